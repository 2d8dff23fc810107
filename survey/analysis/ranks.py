"""Ranks: what people put first, in which place an option stands on average, and which of two stands higher.

People may rank only some of the options. Those they leave out share the places that are left: each counts as standing in
the middle of them, which is its average over every full order that fits what the person said (mid-ranks: Kendall 1945,
Biometrika 33:239). So nobody is left out, the mean places of all options average to the middle place, and an option is
not called better for being named by few who like it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from survey.analysis.shares import Share
from survey.model import Question, Rankings


@dataclass(frozen=True)
class Placed:
    """Where one option was put: how many put it 1st, 2nd, …, and its mean place when those left out share the rest."""

    option: str
    places: tuple[int, ...]
    base: int
    mean: float

    @property
    def first(self) -> Share:
        """The share that put it first."""
        return Share(self.option, self.places[0], self.base)

    @property
    def named(self) -> Share:
        """The share that put it in any place at all."""
        return Share(self.option, sum(self.places), self.base)


@dataclass(frozen=True)
class Agreement:
    """How far people agree on one order: Kendall's W from 0 (not at all) to 1 (all alike), and Friedman's test."""

    w: float
    statistic: float
    freedom: int
    p: float


@dataclass(frozen=True)
class Ranks:
    """The rankings of one question, counted together. ``base`` is how many ranked anything.

    ``above`` holds, for two options, how many put the one above the other; those who left out both are in neither.
    ``agreement`` is None where nobody ranked anything.
    """

    question: Question
    base: int
    placed: tuple[Placed, ...]
    above: Mapping[tuple[str, str], int]
    agreement: Agreement | None

    def preferred(self, option: str, other: str) -> Share:
        """Return the share that put one option above the other, of those who named either of the two."""
        over = self.above[option, other]
        return Share(option, over, over + self.above[other, option])


def ranks(question: Question, rankings: Iterable[Rankings], *, after_reveal: bool = False) -> Ranks:
    """Return the private rankings of a question, those sent after its result was shown left out unless asked for."""
    orders: Counter[tuple[str, ...]] = Counter()
    for part in rankings:
        asked = part.question in (question.id, question.was)
        if asked and part.mode.private and (after_reveal or not part.after_reveal):
            orders.update(part.counts)
    base = orders.total()
    sums = dict.fromkeys(question.values, 0.0)
    places = {option: [0] * question.places for option in question.values}
    above = {
        pair: 0 for one, other in combinations(question.values, 2) for pair in ((one, other), (other, one))
    }
    for order, people in orders.items():
        for option, place in _mid_ranks(question, order).items():
            sums[option] += place * people
        for place, option in enumerate(order):
            places[option][place] += people
            for other in question.values:
                if other not in order[: place + 1]:
                    above[option, other] += people
    placed = tuple(
        Placed(option, tuple(places[option]), base, sums[option] / base if base else 0.0)
        for option in question.values
    )
    return Ranks(question, base, placed, above, _agreement(question, orders, sums) if base else None)


def _mid_ranks(question: Question, order: tuple[str, ...]) -> dict[str, float]:
    """Return each option's place; those left out stand in the middle of the places that are left."""
    left = (len(order) + 1 + len(question.values)) / 2
    return dict.fromkeys(question.values, left) | {
        option: float(place) for place, option in enumerate(order, start=1)
    }


def _agreement(
    question: Question, orders: Mapping[tuple[str, ...], int], sums: Mapping[str, float]
) -> Agreement:
    """Return Kendall's W and Friedman's χ² = n(m − 1)W, corrected for ties (Kendall & Gibbons 1990, chapter 6).

    The options somebody leaves out are tied. Friedman's null hypothesis, that every order of a person's own places is
    as likely as any other, holds for such people too. Checked on Hollander & Wolfe 1973, p. 140 (the example of R's
    ``friedman.test``: 22 runners, 3 ways round a base; where two times are equal they are the slower ones, so each
    runner's times are a ranking whose end may be left out): rank sums 53, 47, 32, χ² 11.143, p .0038.
    """
    from scipy.special import chdtrc  # scipy.stats would take a second to load

    people, options = sum(orders.values()), len(question.values)
    middle = people * (options + 1) / 2
    spread = sum((total - middle) ** 2 for total in sums.values())
    ties = sum(_ties(options - len(order)) * count for order, count in orders.items())
    w = 12 * spread / (people**2 * (options**3 - options) - people * ties)
    statistic = people * (options - 1) * w
    return Agreement(w, statistic, options - 1, float(chdtrc(options - 1, statistic)))


def _ties(left_out: int) -> int:
    return left_out**3 - left_out
