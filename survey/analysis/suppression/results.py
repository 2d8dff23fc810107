"""Results: what may be shown of one question (rules 1 and 4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from survey.analysis.figures import enough, suppressed, whole_in_100
from survey.model import Kind, Question

FEW = 2
"""This many people in a class, or fewer, could be pointed at."""


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
        """The share in 100, whole; None where no count is shown."""
        return None if self.count is None else whole_in_100(self.count / self.base)


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
    if suppressed(base):
        return Shown(Form.NOTHING, 0)
    bars = bars_of(question, base, counts, by_class=has_classes(question))
    crowded = next((bar for bar in bars if bar.count is not None and bar.count >= base - FEW), None)
    if question.kind is Kind.MANY:
        return _many(bars, base)
    if crowded:
        return Shown(Form.NEARLY, base, (Bar(crowded.part, crowded.options, None, base),))
    if enough(base):
        fine = question.kind is not Kind.NUMBER
        return Shown(
            Form.IN_100, base, tuple(bars_of(question, base, counts, by_class=False) if fine else bars)
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


def bars_of(question: Question, base: int, counts: Mapping[str, int], *, by_class: bool) -> list[Bar]:
    """Return every option, or every class, as a bar with its exact count: not yet fit to be shown."""
    if not by_class:
        return [Bar(Part.OPTION, (option,), counts.get(option, 0), base) for option in question.values]
    return [
        Bar(part, options, sum(counts.get(option, 0) for option in options), base, (part,))
        for part, options in classes(question).items()
        if options
    ]


def _small(bar: Bar) -> bool:
    return bar.count is not None and 0 < bar.count <= FEW


def _merged(bars: list[Bar]) -> list[Bar]:
    """Join a class of 1-2 with its smaller neighbour; the two ends with each other if both are so small.

    Not all but two are in one class, so of three classes whatever is joined comes to three people or more.
    """
    small = [place for place, bar in enumerate(bars) if _small(bar)]
    if not small:
        return bars
    if small == [0, 2]:
        return [bars[1], _joined(Part.OTHER, [bars[0], bars[2]])]
    beside = [near for near in (small[0] - 1, small[0] + 1) if 0 <= near < len(bars)]
    first, second = sorted((small[0], min(beside, key=lambda near: bars[near].count or 0)))
    return [*bars[:first], _joined(Part.MERGED, bars[first : second + 1]), *bars[second + 1 :]]


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
    form = Form.IN_100 if enough(base) else Form.COUNTS
    few = [bar for bar in bars if _small(bar) and not enough(base)]
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
