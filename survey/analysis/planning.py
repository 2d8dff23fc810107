"""Planning: what an audience of a given size can show, told before anyone is asked."""

import math
from dataclasses import dataclass
from statistics import NormalDist

from survey.analysis.ranges import Interval, critical, wilson

FOUR_IN_FIVE = NormalDist().inv_cdf(0.8)


@dataclass(frozen=True)
class Sight:
    """What so many answers per audience can show: the range of one share near 50, and the smallest difference."""

    answers: int
    range: float
    """Half the width of the range of one share near one half, as a share."""
    difference: float
    """The smallest difference between two such audiences that is found four times in five, as a share."""


def sight(answers: int) -> Sight:
    """Return what so many answers per audience can show (evidence.md: 15, 30, 60, 100, 150, 400 answers).

    The range is Wilson's half width, averaged over what an audience would answer whose true share is one half.
    """
    widths = [_half(wilson(count / answers, answers)) for count in range(answers + 1)]
    chances = [_chance(count, answers) for count in range(answers + 1)]
    average = sum(width * chance for width, chance in zip(widths, chances, strict=True))
    return Sight(answers, average, smallest_difference(answers, answers))


def smallest_difference(base_a: int, base_b: int, *, compared: int = 1) -> float:
    """Return the smallest difference between two audiences that is found four times in five, at most 1.

    Near one half, with the interval widened for the number of questions compared: (z_α + z_0.8)·½·√(1/a + 1/b).
    """
    if not base_a or not base_b:
        return 1.0
    spread = 0.5 * math.sqrt(1 / base_a + 1 / base_b)
    return min(1.0, (critical(comparisons=compared) + FOUR_IN_FIVE) * spread)


def answers_for_sameness(compared: int = 1, *, size: float = 0.10) -> int:
    """Return the answers a side that "about the same" needs when both shares are one half.

    From the half width of Newcombe's interval there, z/√(2(n + z²)).
    """
    z = critical(comparisons=compared)
    return math.ceil(z * z / (2 * size * size) - z * z)


def _half(interval: Interval) -> float:
    return (interval.high - interval.low) / 2


def _chance(count: int, answers: int) -> float:
    log = math.lgamma(answers + 1) - math.lgamma(count + 1) - math.lgamma(answers - count + 1)
    return math.exp(log - answers * math.log(2))
