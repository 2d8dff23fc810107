"""From one page to the next without a cookie: a seat or a receipt code goes along in the address, sealed, not for long.

A phone that keeps cookies never sees this. Without them, or when answers are changed by their code on another phone, who
is meant must reach the next page somehow: every POST ends in a 303, so that refresh and Back are harmless. A seat or a
code in an address could be passed on with a shared link, so the address holds a seal instead: made under the
performance's own key, good for half an hour, useless in another performance, and dead for good once the performance is
finished and its key destroyed.
"""

import hmac
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64

from starlette.requests import Request

from survey.model import Performance
from survey.phone.seat_cookie import seat_in_cookie
from survey.phone.visit import Visit

MINUTES = 30
_NONCE, _UNTIL, _TAG, _LONGEST = 12, 5, 16, 64
TYPED = "typed "
"""What stands before typed words, so that no seal of a seat or a code can be taken for one of them, nor the other way round."""


def carrying(
    visit: Visit,
    end: str,
    request: Request,
    *,
    seat: str | None,
    code: str | None,
    words: str = "",
    typed: str = "",
    **query: str,
) -> str:
    """Return the address of a page of this performance, with whatever must be carried there.

    ``query``: what else the address says. ``words``: what to say about two words; ``typed``: what they were, when they are to be looked at again.
    """
    said = query | ({"words": words} if words else {})
    key = visit.performance.seat_key
    if key is not None and words and len((TYPED + typed).encode()) <= _LONGEST:
        said["t"] = seal(key, TYPED + typed)
    if key is not None and code is not None:
        return visit.address(end, r=seal(key, code), **said)
    if key is not None and seat is not None and seat_in_cookie(request) is None:
        return visit.address(end, k=seal(key, seat), **said)
    return visit.address(end, **said)


def carried_seat(performance: Performance, request: Request) -> str | None:
    """Return the seat an address carries. It counts only when no cookie came."""
    return _not_typed(_carried(performance, request.query_params.get("k", "")))


def carried_code(performance: Performance, request: Request) -> str | None:
    """Return the receipt code an address carries."""
    return _not_typed(_carried(performance, request.query_params.get("r", "")))


def carried_words(performance: Performance, request: Request) -> str:
    """Return the two words an address carries as they were typed; "" for none."""
    carried = _carried(performance, request.query_params.get("t", "")) or ""
    return carried.removeprefix(TYPED) if carried.startswith(TYPED) else ""


def seal(key: bytes, text: str, *, now: float | None = None) -> str:
    """Return a seat or a code sealed under a performance's key."""
    until = int(time.time() if now is None else now) + MINUTES * 60
    head = secrets.token_bytes(_NONCE) + until.to_bytes(_UNTIL, "big")
    hidden = _masked(key, head, text.encode())
    return urlsafe_b64encode(head + hidden + _tag(key, head + hidden)).decode().rstrip("=")


def unseal(key: bytes, sealed: str, *, now: float | None = None) -> str | None:
    """Return what was sealed; None when the seal is broken, too old, or another performance's."""
    try:
        whole = urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
    except (NotBase64, ValueError):
        return None
    head, hidden, tag = whole[: _NONCE + _UNTIL], whole[_NONCE + _UNTIL : -_TAG], whole[-_TAG:]
    if not hidden or not hmac.compare_digest(tag, _tag(key, head + hidden)):
        return None
    if int.from_bytes(head[_NONCE:], "big") < (time.time() if now is None else now):
        return None
    return _masked(key, head, hidden).decode()


def _carried(performance: Performance, sealed: str) -> str | None:
    return unseal(performance.seat_key, sealed) if performance.seat_key and sealed else None


def _not_typed(carried: str | None) -> str | None:
    return None if carried is None or carried.startswith(TYPED) else carried


def _masked(key: bytes, head: bytes, text: bytes) -> bytes:
    """XOR with a one-time pad of 64 bytes; applied twice it gives the text back."""
    pad = hmac.digest(key, b"on the way" + head, "sha512")
    if len(text) > _LONGEST:
        raise ValueError(f"Only {_LONGEST} bytes can be sealed.")
    return bytes(one ^ other for one, other in zip(text, pad, strict=False))


def _tag(key: bytes, text: bytes) -> bytes:
    return hmac.digest(key, b"seal" + text, "sha256")[:_TAG]
