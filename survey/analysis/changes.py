"""Changes: the same people before and after. Only linked respondents; never mixed with the others."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from survey.analysis.ranges import Interval, critical
from survey.model import Kind, Pairs, Question, Wave


@dataclass(frozen=True)
class Movement:
    """How many linked people moved up an ordered question's options, stayed, moved down."""

    up: int
    same: int
    down: int


@dataclass(frozen=True)
class Change:
    """Linked people by agreeing or not, before and after.

    ``net`` is moved to minus moved away, as a share of the base; ``interval`` its Bonett-Price interval, wide
    enough for all the ``questions`` that are followed;
    ``p`` the mid-P McNemar test; ``left_out`` how many linked people answered after the result had been shown.
    """

    question: Question
    stayed_agree: int
    moved_to: int
    moved_away: int
    stayed_not: int
    interval: Interval
    p: float
    questions: int = 1
    movement: Movement | None = None
    left_out: int = 0

    @property
    def base(self) -> int:
        """How many linked people answered the question both times."""
        return self.stayed_agree + self.moved_to + self.moved_away + self.stayed_not

    @property
    def stayed(self) -> int:
        """How many stayed on their side."""
        return self.stayed_agree + self.stayed_not

    @property
    def net(self) -> float:
        """Moved to minus moved away, as a share of the base."""
        return (self.moved_to - self.moved_away) / self.base if self.base else 0.0


@dataclass(frozen=True)
class FirstChoices:
    """Linked people by whether they put the same answer first before and after."""

    question: Question
    same: int
    other: int
    left_out: int = 0

    @property
    def base(self) -> int:
        """How many linked people ranked something both times."""
        return self.same + self.other


def first_choices(question: Question, pairs: Iterable[Pairs], *, after_reveal: bool = False) -> FirstChoices:
    """Return how many linked people put the same answer first both times, and how many another.

    Answers sent after the result had been shown stay out unless ``after_reveal``.
    """
    same, other, left_out = 0, 0, 0
    for part in pairs:
        if part.question not in (question.id, question.was):
            continue
        if part.after_reveal and not after_reveal:
            left_out += sum(part.counts.values())
            continue
        for (before, after), people in part.counts.items():
            if before[0] == after[0]:
                same += people
            else:
                other += people
    return FirstChoices(question, same, other, left_out)


def changes(
    question: Question,
    pairs: Iterable[Pairs],
    *,
    options: tuple[str, ...] = (),
    after_reveal: bool = False,
    questions: int = 1,
) -> Change:
    """Return how linked people moved between agreeing (``options``, by default the question's) and not.

    ``questions`` is how many are followed from before to after: the interval allows for them. Answers sent after the result
    had been shown stay out unless ``after_reveal``. Raises ValueError when the question names no agree options and none are given.
    """
    followed = set(options or question.agree)
    if not followed:
        raise ValueError(f"Question {question.id} names no agree options, so no change is followed.")
    places = {option: place for place, option in enumerate(question.values)}
    ordered = question.kind in (Kind.SCALE, Kind.NUMBER)
    cells = dict.fromkeys([(True, True), (False, True), (True, False), (False, False)], 0)
    moves = {1: 0, 0: 0, -1: 0}
    left_out = 0
    for part in pairs:
        if part.question not in (question.id, question.was):
            continue
        if part.after_reveal and not after_reveal:
            left_out += sum(part.counts.values())
            continue
        for (before, after), people in part.counts.items():
            cells[not followed.isdisjoint(before), not followed.isdisjoint(after)] += people
            if ordered:
                step = places[after[0]] - places[before[0]]
                moves[(step > 0) - (step < 0)] += people
    return change_of(
        question,
        (cells[True, True], cells[False, True], cells[True, False], cells[False, False]),
        questions=questions,
        movement=Movement(moves[1], moves[0], moves[-1]) if ordered else None,
        left_out=left_out,
    )


def change_of(
    question: Question,
    cells: tuple[int, int, int, int],
    *,
    questions: int = 1,
    movement: Movement | None = None,
    left_out: int = 0,
) -> Change:
    """Return the change of people who stayed agreeing, moved to it, moved away, stayed not agreeing."""
    stayed_agree, to, away, stayed_not = cells
    return Change(
        question,
        stayed_agree,
        to,
        away,
        stayed_not,
        bonett_price(to, away, sum(cells), comparisons=questions),
        mcnemar_mid_p(to, away),
        questions,
        movement,
        left_out,
    )


def questions_followed(questions: Iterable[Question]) -> int:
    """Return how many questions are followed from before to after, at least 1: every net's interval allows for them."""
    both = {one.id for one in questions if one.asked >= set(Wave) and one.agree}
    return max(1, len(both))


def bonett_price(to: int, away: int, base: int, *, comparisons: int = 1) -> Interval:
    """Return the interval of the net change (to − away)/base, by Bonett & Price's Laplace-adjusted Wald method.

    At 95 %, or wider so that ``comparisons`` such intervals are right together (Bonferroni).

    Bonett & Price 2012, BJMSP 65:479, as in Fagerland, Lydersen & Laake 2014, Stat Med 33:2850: one person is added
    to each movement, two to the base. Checked on Cavo 2012 (6, 16 of 161): −0.1195 to −0.0032, the figure their
    R package ``contingencytables`` is tested on.
    """
    plus, minus = (to + 1) / (base + 2), (away + 1) / (base + 2)
    half = critical(comparisons=comparisons) * math.sqrt((plus + minus - (plus - minus) ** 2) / (base + 2))
    return Interval(max(-1.0, plus - minus - half), min(1.0, plus - minus + half))


def mcnemar_mid_p(to: int, away: int) -> float:
    """Return the two-sided mid-P value of McNemar's test on those who moved.

    Fagerland, Lydersen & Laake 2013, BMC Med Res Methodol 13:91: the exact conditional p less the probability of
    what was seen. Their example (Bentur 2009: 1 and 7 moved) has asymptotic p .034, exact .070, mid-P .039.
    Where nobody moved there is nothing to test: 1.
    """
    from scipy.special import bdtr  # scipy.stats would take a second to load

    moved, fewer = to + away, min(to, away)
    if not moved:
        return 1.0
    # Summed up exactly, person by person, this would cost the cube of how many moved.
    log = math.lgamma(moved + 1) - math.lgamma(to + 1) - math.lgamma(away + 1) - moved * math.log(2)
    chance = math.exp(log)
    return 1 - chance / 2 if to == away else 2 * float(bdtr(fewer, moved, 0.5)) - chance
