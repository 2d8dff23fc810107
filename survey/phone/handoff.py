"""From sending to the thank-you page on a phone that refuses cookies: the seat goes along sealed, and not for long.

A phone with cookies never sees this. Without them the seat must reach the thank-you page in its address, because a 303
keeps the address of the form clean and a refresh harmless. A seat in an address could be passed on with a shared link,
so the address holds a seal instead: the seat under the performance's own key, good for half an hour, useless in another
performance, and dead for good once the performance is finished and its key destroyed.
"""

import hmac
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64

MINUTES = 30
_NONCE, _UNTIL, _TAG = 12, 5, 16


def seal(key: bytes, seat: str, *, now: float | None = None) -> str:
    """Return a seat sealed under a performance's key."""
    until = int(time.time() if now is None else now) + MINUTES * 60
    head = secrets.token_bytes(_NONCE) + until.to_bytes(_UNTIL, "big")
    hidden = _masked(key, head, seat.encode())
    return urlsafe_b64encode(head + hidden + _tag(key, head + hidden)).decode().rstrip("=")


def unseal(key: bytes, sealed: str, *, now: float | None = None) -> str | None:
    """Return the seat; None when the seal is broken, too old, or another performance's."""
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


def _masked(key: bytes, head: bytes, text: bytes) -> bytes:
    """XOR with a one-time pad of 64 bytes; applied twice it gives the text back."""
    pad = hmac.digest(key, b"seat on the way" + head, "sha512")
    if len(text) > len(pad):
        raise ValueError("A seat is at most 64 characters.")
    return bytes(one ^ other for one, other in zip(text, pad, strict=False))


def _tag(key: bytes, text: bytes) -> bytes:
    return hmac.digest(key, b"seal" + text, "sha256")[:_TAG]
