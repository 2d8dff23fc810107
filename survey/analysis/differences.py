"""Differences: one share in two audiences, with the one interval that is drawn, spoken and decides."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from survey.analysis.figures import enough, suppressed
from survey.analysis.ranges import Interval, critical, wilson
from survey.analysis.shares import Share, Tally, agreeing
from survey.analysis.superiority import Superiority, superiority
from survey.model import Kind, Question

SMALL = 0.10
"""A difference closer to 0 than this is small; an interval inside it means about the same."""
SHUFFLES = 9_999
SEED = 2017


class Verdict(StrEnum):
    """What two audiences show about one share."""

    TOO_FEW = "too_few"
    CLEAR = "clear"
    CLEAR_SMALL = "clear_small"
    ABOUT_THE_SAME = "about_the_same"
    NONE = "none"


@dataclass(frozen=True)
class Difference:
    """One share in audience b minus the same share in audience a.

    ``option`` is None for the share agreeing, else the option compared. ``interval`` allows for the number of
    questions ``compared`` (and of options, where a question is compared option by option) and decides the verdict;
    ``interval95`` is for the expert table. ``p`` is the question's own test: Brunner-Munzel for ordered answers,
    χ² for one of several options, or for the first of a ranking; None for "tick all" questions, whose test needs rows.
    """

    question: Question
    option: str | None
    share_a: Share
    share_b: Share
    interval95: Interval
    interval: Interval
    compared: int
    verdict: Verdict
    superiority: Superiority | None = None
    association: float | None = None
    """Cramér's V, for one of several options and for first choices."""
    p: float | None = None

    @property
    def difference(self) -> float:
        """b minus a, as a share."""
        return self.share_b.share - self.share_a.share

    @property
    def shown(self) -> bool:
        """Both audiences have enough answers for any figure at all."""
        return not suppressed(min(self.share_a.base, self.share_b.base))


def differences(pairs: Sequence[tuple[Tally, Tally]], compared: int | None = None) -> list[Difference]:
    """Return the differences of paired tallies (a, b): the share agreeing, or each option where none is followed.

    Each pair must be a comparable question's. The intervals allow for all the questions ``compared`` (by default
    these pairs), so that together they are right 95 times in 100. Raises ValueError for tallies of cards or hands.
    """
    compared = compared or max(len(pairs), 1)
    found = []
    for a, b in pairs:
        if not (a.private and b.private):
            raise ValueError(f"Cards and hands raised in public are not compared (question {b.question.id}).")
        ordered = b.question.kind in (Kind.SCALE, Kind.NUMBER)
        above = superiority(_in_order(a, b.question), _in_order(b, b.question)) if ordered else None
        p, association = (
            _homogeneity(a, b)
            if b.question.kind in (Kind.ONE, Kind.RANK)
            else (above.p if above else None, None)
        )
        if b.question.agree:
            followed: list[tuple[str | None, Share, Share]] = [(None, agreeing(a), agreeing(b))]
        else:
            followed = [(option, a.share(option), b.share(option)) for option in b.question.values]
        for option, share_a, share_b in followed:
            plain = newcombe(share_a, share_b)
            wide = newcombe(share_a, share_b, comparisons=compared * len(followed))
            verdict = judge(share_a.base, share_b.base, wide)
            found.append(
                Difference(
                    b.question,
                    option,
                    share_a,
                    share_b,
                    plain,
                    wide,
                    compared,
                    verdict,
                    above,
                    association,
                    p,
                )
            )
    return found


def newcombe(a: Share, b: Share, *, comparisons: int = 1) -> Interval:
    """Return the interval of b minus a by Newcombe's hybrid score method (1998, Stat Med 17:873, method 10).

    At 95 %, or wider so that ``comparisons`` such intervals are right together (Bonferroni). A side without
    answers leaves everything possible.
    """
    if not a.base or not b.base:
        return Interval(-1.0, 1.0)
    z = critical(comparisons=comparisons)
    return mover(b.share, wilson(b.share, b.base, z=z), a.share, wilson(a.share, a.base, z=z))


def mover(b: float, range_b: Interval, a: float, range_a: Interval) -> Interval:
    """Return the interval of b minus a from an interval of each (MOVER: Zou & Donner 2008, Stat Med 27:1693)."""
    return Interval(
        b - a - math.hypot(b - range_b.low, range_a.high - a),
        b - a + math.hypot(range_b.high - b, a - range_a.low),
    )


def judge(base_a: int, base_b: int, interval: Interval) -> Verdict:
    """Return the verdict on a difference, asked in this order: too few, clear, about the same, none."""
    if not enough(min(base_a, base_b)):
        return Verdict.TOO_FEW
    if interval.misses_zero:
        return Verdict.CLEAR_SMALL if interval.within(SMALL) else Verdict.CLEAR
    return Verdict.ABOUT_THE_SAME if interval.within(SMALL) else Verdict.NONE


def _in_order(tally: Tally, question: Question) -> list[int]:
    return [tally.counts.get(option, 0) for option in question.values]


def _homogeneity(a: Tally, b: Tally) -> tuple[float | None, float | None]:
    """Return p and Cramér's V of χ² over all options; permuted with a fixed seed if any expected count is below 5."""
    import numpy as np
    from scipy.special import chdtrc  # scipy.stats would take a second to load

    table = np.array([_in_order(a, b.question), _in_order(b, b.question)])
    table = table[:, table.sum(axis=0) > 0]
    if not table.sum(axis=1).all():
        return None, None
    if table.shape[1] < 2:
        return 1.0, 0.0
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    statistic = float(((table - expected) ** 2 / expected).sum())
    association = math.sqrt(statistic / table.sum())
    if (expected >= 5).all():
        return float(chdtrc(table.shape[1] - 1, statistic)), association
    pooled = table.sum(axis=0)
    generator = np.random.default_rng(SEED)
    first = generator.multivariate_hypergeometric(pooled, int(table[0].sum()), size=SHUFFLES)
    apart = (((first - expected[0]) ** 2 / expected[0]) + ((first - expected[0]) ** 2 / expected[1])).sum(
        axis=1
    )
    return float((1 + (apart >= statistic - 1e-9).sum()) / (1 + SHUFFLES)), association
