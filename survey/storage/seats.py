"""Seats: one random token per phone and performance; only an HMAC of it is ever stored."""

import hashlib
import hmac
import secrets

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, "\u2013": None, "\u00a0": None})


def new_seat() -> str:
    """Return a new seat token for a phone's cookie."""
    return secrets.token_urlsafe(16)


def seat_hash(key: bytes, seat: str) -> str:
    """Return what is stored of a seat; without the performance's key it leads nowhere."""
    return hmac.new(key, b"seat:" + seat.encode(), hashlib.sha256).hexdigest()


def receipt(key: bytes, seat: str) -> str:
    """Return a seat's receipt code, the same each time: 80 bits as four groups of four ("7Q4M-9XKD-2PVA-H3NB")."""
    number = int.from_bytes(hmac.new(key, b"receipt:" + seat.encode(), hashlib.sha256).digest()[:10], "big")
    letters = "".join(CROCKFORD[number >> shift & 31] for shift in range(75, -1, -5))
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def receipt_hash(code: str) -> str:
    """Return what is stored of a receipt, however it was typed: case, dashes, spaces, O for 0, I or L for 1."""
    return hashlib.sha256(code.strip().upper().translate(MISREAD).encode()).hexdigest()


def new_seat_key() -> bytes:
    """Return a performance's own key; destroyed when the performance is finished."""
    return secrets.token_bytes(32)
