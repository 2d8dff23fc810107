"""Differences: two audiences compared, once for every surface. One share, the one interval that decides, one of five verdicts."""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from survey.analysis.figures import enough, suppressed
from survey.analysis.ranges import Interval, critical, wilson
from survey.analysis.shares import Share, Tally, agreeing
from survey.analysis.superiority import Superiority, superiority
from survey.model import Kind, Question

WIDEST, NARROWEST = 10, 3
"""The margin inside which two shares are about the same, in 100: at most, and at least."""
NEGLIGIBLE = 0.0735
"""How close to one half θ is negligible: |Cliff's δ| = |2θ − 1| < .147 (Romano, Kromrey, Coraggio & Skowronek 2006)."""
SHUFFLES = 9_999
SEED = 2017


class Verdict(StrEnum):
    """What two audiences show about one share, in the order in which it is asked."""

    CLEAR = "clear"
    TOO_FEW = "too_few"
    ABOUT_THE_SAME = "about_the_same"
    CLEAR_AS_A_WHOLE = "clear_as_a_whole"
    NONE = "none"


class OverallTest(NamedTuple):
    """A test over all answers to a question: its p, whether it was permuted, Cramér's V where that belongs to it."""

    p: float
    permuted: bool
    association: float | None = None


@dataclass(frozen=True)
class Difference:
    """One share in audience b minus the same share in audience a.

    ``option`` is None for the share agreeing, else the option compared. ``interval`` is wide enough for all the
    ``questions`` a reader could compare (and for the options, where a question is compared option by option): so many
    ``comparisons``. It is drawn, spoken and decides the verdict, with ``margin``; ``interval95`` is for the expert table.
    ``test`` is over all answers of the question: Brunner-Munzel for ordered answers, χ² for one of several options, or for
    the first of a ranking; None for "tick all" questions, whose test needs rows.
    """

    question: Question
    option: str | None
    share_a: Share
    share_b: Share
    interval95: Interval
    interval: Interval
    margin: float
    verdict: Verdict
    questions: int = 1
    comparisons: int = 1
    superiority: Superiority | None = None
    test: OverallTest | None = None

    @property
    def difference(self) -> float:
        """b minus a, as a share."""
        return self.share_b.share - self.share_a.share

    @property
    def clear(self) -> bool:
        """The share differs clearly."""
        return self.verdict is Verdict.CLEAR

    @property
    def small(self) -> bool:
        """The share differs clearly, but by less than the margin inside which shares are about the same."""
        return self.clear and self.interval.within(self.margin)

    @property
    def shown(self) -> bool:
        """Both audiences have enough answers for any figure at all."""
        return not suppressed(min(self.share_a.base, self.share_b.base))


def compare(a: Tally, b: Tally, *, questions: int = 1) -> list[Difference]:
    """Return how two audiences differ in a question both were asked: in the share agreeing, or in each option where none is followed.

    ``questions`` is how many a reader of the questionnaire could compare: together all their intervals are right 95 times in
    100 (Bonferroni). Raises ValueError for tallies of cards or hands.
    """
    question = b.question
    if not (a.private and b.private):
        raise ValueError(f"Cards and hands raised in public are not compared (question {question.id}).")
    followed: list[tuple[str | None, Share, Share]] = (
        [(None, agreeing(a), agreeing(b))]
        if question.agree
        else [(option, a.share(option), b.share(option)) for option in question.values]
    )
    comparisons = questions * len(followed)
    above = test = None
    if question.kind in (Kind.SCALE, Kind.NUMBER):
        above = superiority(_in_order(a, question), _in_order(b, question), comparisons=comparisons)
        test = OverallTest(above.p, above.permuted) if above else None
    elif question.kind in (Kind.ONE, Kind.RANK):
        test = _homogeneity(a, b)
    found = []
    for option, share_a, share_b in followed:
        plain, wide = (newcombe(share_a, share_b, comparisons=number) for number in (1, comparisons))
        margin, base = margin_of(share_a, share_b), min(share_a.base, share_b.base)
        verdict = judge(
            base,
            wide,
            margin=margin,
            exactly=not enough(base) and fisher_mid_p(share_a, share_b) < 0.05 / comparisons,
            whole=above.lean if above and option is None else None,
        )
        found.append(
            Difference(
                question,
                option,
                share_a,
                share_b,
                plain,
                wide,
                margin,
                verdict,
                questions,
                comparisons,
                above,
                test,
            )
        )
    return found


def judge(
    base: float, interval: Interval, *, margin: float, exactly: bool = False, whole: Interval | None = None
) -> Verdict:
    """Return the verdict on a difference, asked in the order of `Verdict`; ``base`` is the smaller of the two.

    ``exactly``: Fisher's mid-P finds a difference too, which a base below 30 needs. ``whole`` is the widened interval of
    θ − ½ where the answers have an order: a share alone does not show that they are alike.
    """
    few = not enough(base)
    if interval.misses_zero and (not few or (exactly and not suppressed(int(base)))):
        return Verdict.CLEAR
    if few:
        return Verdict.TOO_FEW
    if interval.within(margin) and (whole is None or whole.within(NEGLIGIBLE)):
        return Verdict.ABOUT_THE_SAME
    if whole is not None and whole.misses_zero:
        return Verdict.CLEAR_AS_A_WHOLE
    return Verdict.NONE


def margin_of(a: Share, b: Share) -> float:
    """Return the margin inside which two shares are about the same, as a share, whole in 100.

    10 in 100, or half the pooled share, or half of what is left to 100, where that is less; but not less than 3: of rare
    answers 3 and 8 in 100 are not alike.
    """
    base = a.base + b.base
    return margin_at((a.count + b.count) / base if base else 0.0)


def margin_at(share: float) -> float:
    """Return the same margin for a pooled share of 0 to 1."""
    half = math.floor(50 * min(share, 1 - share) + 1e-9)
    return max(NARROWEST, min(WIDEST, half)) / 100


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


def fisher_mid_p(a: Share, b: Share) -> float:
    """Return the two-sided mid-P of Fisher's exact test on two shares: less likely tables, and half of those as likely.

    Lydersen, Fagerland & Laake 2009, Stat Med 28:1159. A lady tasting tea (3 of 4 and 1 of 4; Fisher 1935): .257; Perondi et
    al. 2004 (7 of 34 and 1 of 34): .0297, as the authors' R package ``contingencytables`` is tested on.
    """
    small, large = sorted((a, b), key=lambda share: share.base)
    together = small.count + large.count
    ways = {
        count: math.comb(small.base, count) * math.comb(large.base, together - count)
        for count in range(max(0, together - large.base), min(small.base, together) + 1)
    }
    seen = ways[small.count]
    as_likely = sum(way for way in ways.values() if way == seen)
    rarer = sum(way for way in ways.values() if way < seen)
    return (2 * rarer + as_likely) / (2 * sum(ways.values()))


def _in_order(tally: Tally, question: Question) -> list[int]:
    return [tally.counts.get(option, 0) for option in question.values]


def _homogeneity(a: Tally, b: Tally) -> OverallTest | None:
    """Return χ² over all options with Cramér's V; permuted with a fixed seed if any expected count is below 5."""
    import numpy as np
    from scipy.special import chdtrc  # scipy.stats would take a second to load

    table = np.array([_in_order(a, b.question), _in_order(b, b.question)])
    table = table[:, table.sum(axis=0) > 0]
    if not table.sum(axis=1).all():
        return None
    if table.shape[1] < 2:
        return OverallTest(1.0, False, 0.0)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    statistic = float(((table - expected) ** 2 / expected).sum())
    association = math.sqrt(statistic / table.sum())
    if (expected >= 5).all():
        return OverallTest(float(chdtrc(table.shape[1] - 1, statistic)), False, association)
    pooled = table.sum(axis=0)
    generator = np.random.default_rng(SEED)
    first = generator.multivariate_hypergeometric(pooled, int(table[0].sum()), size=SHUFFLES)
    apart = (((first - expected[0]) ** 2 / expected[0]) + ((first - expected[0]) ** 2 / expected[1])).sum(
        axis=1
    )
    return OverallTest(float((1 + (apart >= statistic - 1e-9).sum()) / (1 + SHUFFLES)), True, association)
