"""Results: what may be shown of one question (rules 1 and 4)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from survey.analysis.figures import enough, suppressed, whole_in_100
from survey.model import Kind, Question

FEW = 2
"""This many people in a class, or fewer, could be pointed at."""
MANY = 100
"""From this base on one or two people in a class are hidden by its rounding: 1 in 100 may be one person or two."""
MOST_APART = 7
"""A scale of more options than this is read by class."""


class Form(StrEnum):
    """How much of a result is shown."""

    NOTHING = "nothing"
    NEARLY = "nearly everyone"
    COUNTS = "counts"
    IN_100 = "in 100"


class Part(StrEnum):
    """What a bar stands for: an option, one of the three classes, neighbouring classes together, the rest, or a few people."""

    OPTION = "option"
    DISAGREE = "disagree"
    NEUTRAL = "neutral"
    AGREE = "agree"
    MERGED = "merged"
    OTHER = "other"
    FEW = "few"


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
    classes (or options), one of 1-2 merged. From 30 every option (a number question: every class); below 100 one of 1-2 is
    "fewer than 3 people". Whatever is hidden leaves more than one possibility, also to whoever knows these rules.
    """
    if suppressed(base):
        return Shown(Form.NOTHING, 0)
    bars = bars_of(question, base, counts, by_class=has_classes(question))
    crowded = next((bar for bar in bars if bar.count is not None and bar.count >= base - FEW), None)
    if question.kind is Kind.MANY:
        return _many(bars, base)
    if crowded:
        return Shown(Form.NEARLY, base, (Bar(crowded.part, crowded.options, None, base),))
    coarse = tuple(_merged(bars) if has_classes(question) else _others(bars))
    if not enough(base):
        return Shown(Form.COUNTS, base, coarse)
    by_class = question.kind is Kind.NUMBER or (has_classes(question) and len(question.values) > MOST_APART)
    fine = tuple(bars_of(question, base, counts, by_class=by_class))
    if base >= MANY or not any(_small(bar) for bar in fine):
        return Shown(Form.IN_100, base, fine)
    return Shown(Form.IN_100, base, coarse if by_class else tuple(_few_apart(fine)))


def told(shown: Shown, options: Collection[str]) -> int | None:
    """Return how many gave one of these options, where the bars shown say so; else None: their sum would say more."""
    inside = [bar for bar in shown.bars if set(bar.options) <= set(options)]
    if {option for bar in inside for option in bar.options} != set(options):
        return None
    counts = [bar.count for bar in inside if bar.count is not None]
    return sum(counts) if len(counts) == len(inside) else None


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


def _told(hidden: list[Bar]) -> bool:
    """Return whether the sum of bars that are known to be of 0-2 people each leaves only one possibility."""
    return len(hidden) == 1 or _sum(hidden) == FEW * len(hidden)


def _sum(bars: list[Bar]) -> int:
    return sum(bar.count or 0 for bar in bars)


def _few_apart(bars: Sequence[Bar]) -> list[Bar]:
    """Write options of 0-2 people as "fewer than 3 people"; where the total would tell how many, as other answers."""
    few = [bar for bar in bars if (bar.count or 0) <= FEW]
    if _told(few):
        return _others(bars)
    return [Bar(Part.FEW, bar.options, None, bar.base) if bar in few else bar for bar in bars]


def _merged(bars: list[Bar]) -> list[Bar]:
    """Join a class of 1-2 with its smaller neighbour; two small ends with each other.

    Not all but two are in one class, so of three classes whatever is joined comes to three people or more. An end of 3
    counts as small beside one of 1-2: else ends of four together could only be two and two.
    """
    small = [place for place, bar in enumerate(bars) if _small(bar)]
    if not small:
        return bars
    low, high = (bars[place].count or 0 for place in (0, -1))
    if len(bars) == 3 and 0 < min(low, high) <= FEW and max(low, high) <= FEW + 1:
        return [bars[1], _joined(Part.OTHER, [bars[0], bars[2]])]
    beside = [near for near in (small[0] - 1, small[0] + 1) if 0 <= near < len(bars)]
    first, second = sorted((small[0], min(beside, key=lambda near: bars[near].count or 0)))
    return [*bars[:first], _joined(Part.MERGED, bars[first : second + 1]), *bars[second + 1 :]]


def _others(bars: Sequence[Bar]) -> list[Bar]:
    """Put options of 0-2 together as other answers, once one of them is of 1-2.

    With the next smallest where they are only 1-2 people; with all that are equally small where they could only be of two
    each; and with a single option of 3 beside them, which would else tell the same.
    """
    if not any(_small(bar) for bar in bars):
        return list(bars)
    hidden = {place for place, bar in enumerate(bars) if (bar.count or 0) <= FEW}
    kept = {place: bar.count or 0 for place, bar in enumerate(bars) if place not in hidden}
    few = [bars[place] for place in hidden]
    if kept and (_sum(few) <= FEW or _told(few) or list(kept.values()) == [FEW + 1]):
        equal = [place for place, count in kept.items() if count == min(kept.values())]
        hidden |= _beside(hidden, equal) if len(few) == 1 else set(equal if _told(few) else equal[:1])
    return [
        *(bar for place, bar in enumerate(bars) if place not in hidden),
        _joined(Part.OTHER, [bars[place] for place in sorted(hidden)]),
    ]


def _beside(hidden: Collection[int], equal: Sequence[int]) -> set[int]:
    """Return what is hidden together with the only small option: some of the ``equal`` next ones, and itself.

    All of them fall into pairs, the last three into one group: whichever of a pair was the small one, the same two
    are hidden.
    """
    alike = sorted([*hidden, *equal])
    pairs = [set(alike[place : place + 2]) for place in range(0, len(alike) - len(alike) % 2, 2)]
    if len(alike) % 2:
        pairs[-1].add(alike[-1])
    return next(pair for pair in pairs if pair & set(hidden))


def _many(bars: list[Bar], base: int) -> Shown:
    """Return each option apart ("tick all" counts do not add up): nearly everyone, few and plain ones."""
    form = Form.IN_100 if enough(base) else Form.COUNTS
    few = [bar for bar in bars if _small(bar) and base < MANY]
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
