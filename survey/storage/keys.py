"""Keys: random, so that no order of arrival can be read from them."""

import secrets

CODE_LETTERS = "23456789bcdfghjkmnpqrstvwxyz"
"""No 0, 1, i, l or o to mistake, no vowels to make a word."""


def new_key() -> str:
    """Return a random key of 96 bits."""
    return secrets.token_urlsafe(12)


def new_code() -> str:
    """Return a performance's code: 8 unambiguous characters."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(8))


def new_join_number() -> str:
    """Return a number short enough to type: 6 digits, none in front that gets lost."""
    return str(100_000 + secrets.randbelow(900_000))
