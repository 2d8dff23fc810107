"""Ranges: what a share may be in the whole room, when only some of the room answered."""

import math
from dataclasses import dataclass
from statistics import NormalDist

from survey.analysis.figures import whole_in_100
from survey.analysis.shares import Share


@dataclass(frozen=True)
class Interval:
    """A pair of ends, lower first, as shares (−1 to 1 for differences)."""

    low: float
    high: float

    @property
    def in_100(self) -> tuple[int, int]:
        """Both ends in 100, whole, halves rounded away from 0."""
        return whole_in_100(self.low), whole_in_100(self.high)

    def within(self, size: float) -> bool:
        """The whole interval is closer to 0 than ``size``."""
        return -size < self.low and self.high < size

    @property
    def misses_zero(self) -> bool:
        """Zero is outside."""
        return self.low > 0 or self.high < 0


def critical(level: float = 0.95, *, comparisons: int = 1) -> float:
    """Return the two-sided normal critical value, shared out over several comparisons (Bonferroni)."""
    return NormalDist().inv_cdf(1 - (1 - level) / (2 * comparisons))


def wilson(share: float, base: float, *, z: float | None = None) -> Interval:
    """Return Wilson's score interval (Wilson 1927, JASA 22:209; Newcombe 1998, Stat Med 17:857, method 3)."""
    z = critical() if z is None else z
    if base <= 0:
        return Interval(0.0, 1.0)
    middle = share + z * z / (2 * base)
    half = z * math.sqrt(share * (1 - share) / base + z * z / (4 * base * base))
    width = 1 + z * z / base
    return Interval(max(0.0, (middle - half) / width), min(1.0, (middle + half) / width))


def room_range(count: int, base: int, attendance: int | None) -> Interval | None:
    """Return what the share may be in the whole room if the others think like those who answered.

    Wilson's interval with the effective base n(N−1)/(N−n) of a finite population, clipped to what is possible;
    a point if everyone answered. None when the attendance is unknown or smaller than the base, or nobody answered.
    """
    possible = worst_case(count, base, attendance)
    if possible is None or attendance is None or base == attendance:
        return possible
    likely = wilson(count / base, base * (attendance - 1) / (attendance - base))
    return Interval(max(likely.low, possible.low), min(likely.high, possible.high))


def worst_case(count: int, base: int, attendance: int | None) -> Interval | None:
    """Return what the share may be in the whole room whatever the others think: none of them to all of them.

    None when the attendance is unknown or smaller than the base, or nobody answered.
    """
    if attendance is None or base <= 0 or attendance < base:
        return None
    return Interval(count / attendance, (count + attendance - base) / attendance)


def response_rate(responses: int, attendance: int | None) -> Share | None:
    """Return responses over attendance; None when the attendance is unknown or smaller than the responses."""
    if not attendance or attendance < responses:
        return None
    return Share("answered", responses, attendance)
