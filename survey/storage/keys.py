"""Keys: random, so that no order of arrival can be read from them."""

import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256

CODE_LETTERS = "23456789bcdfghjkmnpqrstvwxyz"
"""No 0, 1, i, l or o to mistake, no vowels to make a word."""


def new_key() -> str:
    """Return a random key of 96 bits."""
    return secrets.token_urlsafe(12)


def key_made_of(*words: str) -> str:
    """Return the key that these words always make; as random as they are, and nothing of them can be read from it."""
    return urlsafe_b64encode(sha256("\0".join(words).encode()).digest()[:12]).decode()


def new_code() -> str:
    """Return a performance's code: 8 unambiguous characters."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(8))


def new_join_number() -> str:
    """Return a number short enough to type: 6 digits, none in front that gets lost."""
    return str(100_000 + secrets.randbelow(900_000))
