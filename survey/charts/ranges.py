"""One question: bars of its answers and, on the same scale, what the whole room may think."""

from collections.abc import Iterator
from dataclasses import dataclass

from survey.analysis.figures import enough
from survey.analysis.ranges import Interval
from survey.analysis.shares import Share, Tally, sided
from survey.analysis.suppression import Part, classes
from survey.charts.picture import Picture
from survey.charts.shapes.question import LINE_HEIGHT, question_shape
from survey.charts.theme import (
    PLAIN,
    lift,
    lines,
    steps,
)
from survey.model import Kind


@dataclass(frozen=True)
class Bar:
    """One answer: its name, whole people in 100, and the number printed beside it."""

    row: int
    label: str
    lift: float
    in_100: int
    number: str
    colour: str
    said: str


@dataclass(frozen=True)
class Strip:
    """The share followed and its two ranges for the whole room, whole people in 100."""

    label: str
    lift: float
    share: int
    low: int
    high: int
    worst_low: int
    worst_high: int


@dataclass(frozen=True)
class Followed:
    """The share that is followed into the whole room, what those people did, and its two ranges."""

    did: str
    share: Share
    room: Interval
    worst: Interval


def one_question(tally: Tally, followed: Followed | None = None) -> Picture:
    """Return the answers as bars in the order offered, and a strip with both ranges of the whole room.

    Below 30 answers the numbers printed are counts.
    """
    bars = tuple(_bars(tally))
    strip = _strip(followed) if followed else None
    tallest = max(bar.label.count("\n") for bar in bars) + 1
    shape = question_shape(len(bars), tallest, in_100=enough(tally.base), room=strip is not None)
    return Picture(shape, {"bars": bars} | ({"strip": (strip,)} if strip else {}), _words(tally, bars, strip))


def _bars(tally: Tally) -> Iterator[Bar]:
    question = tally.question
    parts = classes(question)
    sizes = [len(parts[part]) for part in (Part.DISAGREE, Part.NEUTRAL, Part.AGREE)]
    colours = steps(sizes[0], sizes[1], sizes[2]) if sided(question) else [PLAIN] * len(question.values)
    letters = 24
    for row, (value, colour) in enumerate(zip(question.values, colours, strict=True)):
        share = tally.share(value)
        label = lines(str(question.option(value).label), letters)
        number = str(share.in_100) if enough(tally.base) else str(share.count)
        told = f"{question.option(value).label}: {number} {_unit(tally)}"
        yield Bar(row, label, lift(label, LINE_HEIGHT), share.in_100, number, colour, told)


def _unit(tally: Tally) -> str:
    return "in 100" if enough(tally.base) else f"of {tally.base}"


def _strip(followed: Followed) -> Strip:
    (low, high), (worst_low, worst_high) = followed.room.in_100, followed.worst.in_100
    did = lines(followed.did, 20)
    return Strip(did, lift(did, LINE_HEIGHT), followed.share.in_100, low, high, worst_low, worst_high)


def _words(tally: Tally, bars: tuple[Bar, ...], strip: Strip | None) -> str:
    unit = _unit(tally)
    answers = "; ".join(f"{' '.join(bar.label.split())} {bar.number} {unit}" for bar in bars)
    drawn = "Bars of first choices" if tally.question.kind is Kind.RANK else "Bars"
    said = f"{drawn}, {tally.base} answers. {answers}."
    if strip:
        said += (
            f" In the whole room {strip.low} to {strip.high} in 100 {' '.join(strip.label.split())} if the others think like those"
            f" who answered; anything from {strip.worst_low} to {strip.worst_high} if they do not."
        )
    return said
