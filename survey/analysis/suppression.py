"""Suppression: what may be shown of a result so that it points at nobody. Pure rules; publication decides.

The rules are `evidence.md`, section Disclosure control; tests/analysis/test_suppression.py is their specification.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from survey.model import Kind, Question

LEAST = 10
"""Below this base nothing is shown."""
ENOUGH = 30
"""From this base on all classes are shown, whole in 100; below it, counts of at most three classes."""
FEW = 2
"""This many people in a class, or fewer, could be pointed at."""
STEP = 5
"""This many new answers at least lie between two public states."""
SENSITIVE_STEP = 10
"""The same, for a question marked sensitive."""
BIG_ROOM = 60
"""Rooms expected to be smaller (or of unknown size) get one reveal; larger ones checkpoints."""


class Form(StrEnum):
    """How much of a result is shown."""

    NOTHING = "nothing"
    NEARLY = "nearly everyone"
    COUNTS = "counts"
    IN_100 = "in 100"


class Part(StrEnum):
    """What a bar stands for: one option, one of the three classes, neighbouring classes together, or the rest."""

    OPTION = "option"
    DISAGREE = "disagree"
    NEUTRAL = "neutral"
    AGREE = "agree"
    MERGED = "merged"
    OTHER = "other"


@dataclass(frozen=True)
class Bar:
    """One bar of a public result. ``parts`` are the classes a merged bar joins, lowest first.

    ``count`` is None where even the count is not shown ("nearly everyone", "fewer than 3").
    """

    part: Part
    options: tuple[str, ...]
    count: int | None
    base: int
    parts: tuple[Part, ...] = ()

    @property
    def in_100(self) -> int | None:
        """The share in 100, whole, halves rounded up; None where no count is shown."""
        return None if self.count is None else (200 * self.count + self.base) // (2 * self.base)


@dataclass(frozen=True)
class Shown:
    """What may be shown of one result, everything else already gone. ``base`` is 0 where nothing is shown."""

    form: Form
    base: int
    bars: tuple[Bar, ...] = ()


def shown(question: Question, base: int, counts: Mapping[str, int]) -> Shown:
    """Return what may be shown of a result: rules 1 and 4.

    Below 10 nothing. All, or all but one or two, in one class: "nearly everyone". Below 30, plain counts of three
    classes (or options), one of 1-2 merged. From 30 every option (a number question: every class).
    """
    if base < LEAST:
        return Shown(Form.NOTHING, 0)
    bars = _bars(question, base, counts, by_class=has_classes(question))
    crowded = next((bar for bar in bars if bar.count is not None and bar.count >= base - FEW), None)
    if question.kind is Kind.MANY:
        return _many(bars, base)
    if crowded:
        return Shown(Form.NEARLY, base, (Bar(crowded.part, crowded.options, None, base),))
    if base >= ENOUGH:
        fine = question.kind is not Kind.NUMBER
        return Shown(
            Form.IN_100, base, tuple(_bars(question, base, counts, by_class=False) if fine else bars)
        )
    return Shown(Form.COUNTS, base, tuple(_merged(bars) if has_classes(question) else _others(bars)))


def classes(question: Question) -> dict[Part, tuple[str, ...]]:
    """Return the options of the classes disagree, neutral and agree, in that order.

    An option in neither of the named classes is neutral; a number question that names none has 0-4, 5-7 and 8-10.
    """
    agree, disagree = question.agree, question.disagree
    if question.kind is Kind.NUMBER and not agree and not disagree:
        agree = tuple(value for value in question.values if int(value) >= 8)
        disagree = tuple(value for value in question.values if int(value) <= 4)
    neutral = tuple(value for value in question.values if value not in agree + disagree)
    return {Part.DISAGREE: disagree, Part.NEUTRAL: neutral, Part.AGREE: agree}


def has_classes(question: Question) -> bool:
    """Return whether a question's options lie in order, so that small results are shown by class."""
    return question.kind in (Kind.SCALE, Kind.NUMBER)


def live(expected: int | None) -> bool:
    """Return whether a room is large enough for checkpoints; else its results have one reveal (rules 2 and 3)."""
    return expected is not None and expected >= BIG_ROOM


def due(
    question: Question,
    last: Mapping[str, int] | None,
    last_base: int,
    counts: Mapping[str, int],
    base: int,
    *,
    closing: bool = False,
) -> bool:
    """Return whether a new public state may follow the ``last`` one (None: there is none yet): rules 2 and 3.

    The first at 10 answers; then when at least 5 more (10 if the question is sensitive, but not at ``closing``)
    have come and at least two options rose. It holds for checkpoints, for replacing a reveal and for closing:
    a remainder of 1-4 never joins.
    """
    if last is None:
        return base >= LEAST
    step = SENSITIVE_STEP if question.sensitive and not closing else STEP
    if base - last_base < step:
        return False
    before, now = _judged(question, last, base), _judged(question, counts, base)
    return sum(now[option] > before.get(option, 0) for option in now) >= 2


def may_pool(bases: Sequence[int]) -> bool:
    """Return whether results of a run may be added up: the part that is hidden alone is nothing, or at least 10."""
    hidden = sum(base for base in bases if base < LEAST)
    return hidden == 0 or hidden >= LEAST


def _bars(question: Question, base: int, counts: Mapping[str, int], *, by_class: bool) -> list[Bar]:
    if by_class:
        return [
            Bar(part, options, sum(counts.get(option, 0) for option in options), base, (part,))
            for part, options in classes(question).items()
            if options
        ]
    return [Bar(Part.OPTION, (option,), counts.get(option, 0), base) for option in question.values]


def _judged(question: Question, counts: Mapping[str, int], base: int) -> dict[str, int]:
    """Return counts as the room sees them: by class for numbers and for small results, else by option."""
    by_class = question.kind is Kind.NUMBER or (question.kind is Kind.SCALE and base < ENOUGH)
    bars = _bars(question, base, counts, by_class=by_class)
    return {bar.part + "".join(bar.options): bar.count or 0 for bar in bars}


def _small(bar: Bar) -> bool:
    return bar.count is not None and 0 < bar.count <= FEW


def _merged(bars: list[Bar]) -> list[Bar]:
    """Join each class of 1-2 with its smaller neighbour; the two ends with each other if all would become one."""
    while any(_small(bar) for bar in bars):
        place = next(place for place, bar in enumerate(bars) if _small(bar))
        if len(bars) == 2:
            break
        beside = [other for other in (place - 1, place + 1) if 0 <= other < len(bars)]
        other = min(beside, key=lambda near: bars[near].count or 0)
        first, second = sorted((place, other))
        rest = [bar for at, bar in enumerate(bars) if at not in (first, second)]
        if all(_small(bar) for bar in rest):
            middle = bars[1]
            return [middle, _joined(Part.OTHER, [bars[0], bars[2]])]
        bars = [*bars[:first], _joined(Part.MERGED, [bars[first], bars[second]]), *bars[second + 1 :]]
    return bars


def _others(bars: list[Bar]) -> list[Bar]:
    """Put options of 1-2 together as other answers, with the next smallest if they are still only 1-2 people."""
    hidden = [bar for bar in bars if _small(bar)]
    kept = [bar for bar in bars if not _small(bar)]
    if hidden and sum(bar.count or 0 for bar in hidden) <= FEW:
        next_smallest = min((bar for bar in reversed(kept) if bar.count), key=lambda bar: bar.count or 0)
        hidden.append(next_smallest)
        kept.remove(next_smallest)
    return [*kept, _joined(Part.OTHER, hidden)] if hidden else kept


def _many(bars: list[Bar], base: int) -> Shown:
    """Return each option apart ("tick all" counts do not add up): nearly everyone, few and plain ones."""
    form = Form.IN_100 if base >= ENOUGH else Form.COUNTS
    few = [bar for bar in bars if _small(bar) and base < ENOUGH]
    plain = [
        Bar(bar.part, bar.options, None if (bar.count or 0) >= base - FEW else bar.count, base)
        for bar in bars
        if bar not in few
    ]
    rest = (
        [Bar(Part.OTHER, tuple(option for bar in few for option in bar.options), None, base)] if few else []
    )
    return Shown(form, base, (*plain, *rest))


def _joined(part: Part, bars: list[Bar]) -> Bar:
    options = tuple(option for bar in bars for option in bar.options)
    parts = tuple(part for bar in bars for part in bar.parts)
    return Bar(part, options, sum(bar.count or 0 for bar in bars), bars[0].base, parts)
