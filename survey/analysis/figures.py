"""Figures: from how many answers a number is told at all, how it is rounded, and how a p-value is written. Written once."""

import math

LEAST = 10
"""Nothing is shown of fewer answers than this."""
ENOUGH = 30
"""From this base on figures are told in 100 and compared; below it, as plain counts."""


def suppressed(base: int) -> bool:
    """Return whether there are too few answers for any figure at all."""
    return base < LEAST


def few(base: int) -> bool:
    """Return whether there are some, but too few: people who could be told if a total lay beside the total without them."""
    return 0 < base < LEAST


def enough(base: float) -> bool:
    """Return whether there are answers enough to speak in 100, and to tell that two audiences are alike."""
    return base >= ENOUGH


def whole_in_100(share: float) -> int:
    """Return a share or difference in 100, whole, halves rounded away from 0 (−1 to 1 gives −100 to 100)."""
    return int(math.copysign(math.floor(abs(share) * 100 + 0.5 + 1e-9), share))


def p_words(p: float | None) -> str:
    """Return a p-value as statisticians print it, ".031" or "< .001"; nothing where there was no test."""
    if p is None:
        return ""
    return "< .001" if p < 0.001 else f"{p:.3f}".removeprefix("0")
