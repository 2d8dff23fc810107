"""Planning: what an audience of a given size can show, told before anyone is asked."""

import math
from dataclasses import dataclass
from statistics import NormalDist

from survey.analysis.differences import margin_at
from survey.analysis.ranges import Interval, critical, wilson

FOUR_IN_FIVE, NINE_IN_TEN = (NormalDist().inv_cdf(chance) for chance in (0.8, 0.9))


@dataclass(frozen=True)
class Sight:
    """What so many answers per audience can show: the range of one share near 50, and the smallest difference."""

    answers: int
    range: float
    """Half the width of the range of one share near one half, as a share."""
    difference: float
    """The smallest difference between two such audiences that is found four times in five, as a share."""
    audience: int | None = None
    """How many people the range speaks for; None: for everybody of whom these might have been drawn."""


def sight(answers: int, audience: int | None = None) -> Sight:
    """Return what so many answers per audience can show (evidence.md: 15, 30, 60, 100, 150, 400 answers).

    The range is Wilson's half width, averaged over what an audience would answer whose true share is one half. Of one
    room with so many people in the ``audience`` it is narrower (finite population, n(N − 1)/(N − n)): 169 answers of 300
    give 5 in 100, not 8; all answers give none.
    """
    if audience is not None and answers >= audience:
        return Sight(answers, 0.0, smallest_difference(answers, answers), audience)
    worth = answers if audience is None else answers * (audience - 1) / (audience - answers)
    widths = [_half(wilson(count / answers, worth)) for count in range(answers + 1)]
    chances = [_chance(count, answers) for count in range(answers + 1)]
    average = sum(width * chance for width, chance in zip(widths, chances, strict=True))
    return Sight(answers, average, smallest_difference(answers, answers), audience)


def smallest_difference(base_a: int, base_b: int, *, comparisons: int = 1) -> float:
    """Return the smallest difference between two audiences that is found four times in five, at most 1.

    Near one half, with the interval widened for so many comparisons: (z_α + z_0.8)·½·√(1/a + 1/b). A difference of two thirds
    of it is still found about two times in five: it is a chance, not a limit.
    """
    if not base_a or not base_b:
        return 1.0
    spread = 0.5 * math.sqrt(1 / base_a + 1 / base_b)
    return min(1.0, (critical(comparisons=comparisons) + FOUR_IN_FIVE) * spread)


def answers_for_sameness(comparisons: int = 1, *, share: float = 0.5) -> int:
    """Return the answers a side with which two equal audiences hear "about the same" four times in five.

    n = 2p(1 − p)(z(1 − .025/m) + z(.90))²/δ² for shares near p, the margin δ that belongs to them, and m comparisons (two
    one-sided tests: Chow, Shao & Wang 2008, Sample Size Calculations in Clinical Research, chapter 4.2.3).
    """
    reach = critical(comparisons=comparisons) + NINE_IN_TEN
    return round(2 * share * (1 - share) * (reach / margin_at(share)) ** 2)


def _half(interval: Interval) -> float:
    return (interval.high - interval.low) / 2


def _chance(count: int, answers: int) -> float:
    log = math.lgamma(answers + 1) - math.lgamma(count + 1) - math.lgamma(answers - count + 1)
    return math.exp(log - answers * math.log(2))
