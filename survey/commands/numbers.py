"""Numbers given to a command: checked at the door, answered in plain words."""

import argparse


def whole(given: str) -> int:
    """Return a whole number from 1 to 1,000,000. Raises ArgumentTypeError."""
    if given.isascii() and given.isdecimal() and 1 <= int(given[:9]) <= 1_000_000 and len(given) < 9:
        return int(given)
    raise argparse.ArgumentTypeError(f"write a whole number from 1 on, not {given!r}")


def seconds(given: str) -> float:
    """Return a number of seconds from 0 to a day. Raises ArgumentTypeError."""
    try:
        number = float(given)
    except ValueError:
        number = -1.0
    if 0 <= number <= 86_400:  # also false for what is no number at all
        return number
    raise argparse.ArgumentTypeError(f"write a number of seconds, such as 30, not {given!r}")
