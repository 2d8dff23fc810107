"""Voters: a phone in the room counts once in each poll, and nothing joins its votes to its answers or to each other."""

import hmac


def voter_hash(seat_key: bytes, about: str, seat: str) -> str:
    """Return what stands for a seat in one poll, or beside one contribution, and nowhere else.

    The key is derived from the performance's seat key and from what is voted about, so each vote has a number of its own
    (HMAC-SHA-256 as a key derivation, RFC 5869 section 3.1: distinct labels give independent keys).
    """
    own_key = hmac.digest(seat_key, b"vote:" + about.encode(), "sha256")
    return hmac.digest(own_key, seat.encode(), "sha256").hex()
