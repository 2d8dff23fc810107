"""Seats: one random token per phone and performance; only an HMAC of it is ever stored."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterator
from itertools import islice

from survey.words import Pair, bare_code, drawn

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
RECEIPT_LETTERS = 16


NEXT = "-next"
TRIES = 16
"""How many pairs of words one phone may try until one is free."""
MOST_CARDS = 400
"""How many word cards one performance may have."""
MOST_SHEETS = 400
"""How many paper sheets one performance may have. Their pairs follow those of the cards: MOST_CARDS may not change."""


def new_seat() -> str:
    """Return a new seat token for a phone's cookie."""
    return secrets.token_urlsafe(16)


def next_seat() -> str:
    """Return a new seat for the next person on the same phone; the seat itself says that the phone is shared."""
    return new_seat() + NEXT


def is_shared(seat: str) -> bool:
    """Return whether somebody else answered on this phone before this seat."""
    return seat.endswith(NEXT)


def phone_pairs(key: bytes, seat: str) -> Iterator[Pair]:
    """Return the pairs of words a seat may get, the first free one counts: the same each time, so none is stored."""
    return islice(drawn(key, f"words of {seat}", cards=False), TRIES)


def card_pairs(key: bytes, number: int = MOST_CARDS) -> list[Pair]:
    """Return the pairs on a performance's cards, all different; printing again gives the same."""
    pairs: dict[Pair, None] = {}
    for pair in drawn(key, "words of cards", cards=True):
        pairs[pair] = None
        if len(pairs) >= number:
            break
    return list(pairs)


def sheet_pairs(key: bytes, number: int = MOST_SHEETS) -> list[Pair]:
    """Return the pairs on a performance's paper sheets, the first on sheet 1; none is on a card, and no phone shows one."""
    return card_pairs(key, MOST_CARDS + number)[MOST_CARDS:]


def words_hash(key: bytes, pair: Pair) -> str:
    """Return what is stored of two words."""
    return hmac.new(key, b"words:" + pair.canonical.encode(), hashlib.sha256).hexdigest()


def words_of(key: bytes, seat: str, hashed: str) -> Pair | None:
    """Return a seat's own two words again; None when its words are a card's."""
    return next((pair for pair in phone_pairs(key, seat) if words_hash(key, pair) == hashed), None)


def seat_hash(key: bytes, seat: str) -> str:
    """Return what is stored of a seat; without the performance's key it leads nowhere."""
    return hmac.new(key, b"seat:" + seat.encode(), hashlib.sha256).hexdigest()


def receipt(key: bytes, seat: str) -> str:
    """Return a seat's receipt code, the same each time: 80 bits as four groups of four ("7Q4M-9XKD-2PVA-H3NB")."""
    number = int.from_bytes(hmac.new(key, b"receipt:" + seat.encode(), hashlib.sha256).digest()[:10], "big")
    return _in_fours("".join(CROCKFORD[number >> shift & 31] for shift in range(75, -1, -5)))


def receipt_typed(typed: str) -> str:
    """Return a receipt code as we write it, however it was typed: case, dashes, spaces, O for 0, I or L for 1.

    What can be no code stays nobody's: too long, it is cut one letter beyond the longest; a letter none has is a "?".
    """
    letters = bare_code(typed).upper().translate(MISREAD)[: RECEIPT_LETTERS + 1]
    return _in_fours(re.sub(f"[^{CROCKFORD}]", "?", letters))


def receipt_hash(code: str) -> str:
    """Return what is stored of a receipt, however it was typed."""
    return hashlib.sha256(receipt_typed(code).replace("-", "").encode()).hexdigest()


def _in_fours(letters: str) -> str:
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def new_seat_key() -> bytes:
    """Return a performance's own key; destroyed when the performance is finished."""
    return secrets.token_bytes(32)
