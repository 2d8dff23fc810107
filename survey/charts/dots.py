"""Two audiences: a dot with its range for each, and beside it the difference whose thick line decides."""

from collections.abc import Sequence
from dataclasses import dataclass

from survey.analysis.differences import Difference, Verdict
from survey.analysis.figures import LEAST, whole_in_100
from survey.analysis.ranges import wilson
from survey.analysis.sentences.differences import verdict_words
from survey.charts.picture import Picture
from survey.charts.shapes.audiences import LINE_HEIGHT, audiences_shape
from survey.charts.theme import (
    INK,
    QUIET,
    lift,
    lines,
    signed,
    within,
)


@dataclass(frozen=True)
class Row:
    """One share in both audiences, whole people in 100, and the difference with the interval that decides."""

    row: int
    label: str
    lift: float
    a: int
    a_low: int
    a_high: int
    a_number: str
    b: int
    b_low: int
    b_high: int
    b_number: str
    difference: int
    low: int
    high: int
    number: str
    verdict: str
    verdict_at: int
    same_from: int
    same_to: int
    colour: str
    shape: str
    size: int
    thick: int
    said: str


@dataclass(frozen=True)
class Hidden:
    """A row without figures: the question, and why."""

    row: int
    label: str
    lift: float
    instead: str


@dataclass(frozen=True)
class Name:
    """What one audience is called."""

    name: str


def audiences(differences: Sequence[Difference], name_a: str, name_b: str) -> Picture:
    """Return shares of two audiences as dots with ranges, and their differences.

    The thick line is the widened interval that decides; a diamond is a clear difference, a circle is not.
    Below 10 answers on either side a row says so instead.
    """
    reach = _reach(differences)
    rows = tuple(_row(place, one, reach) for place, one in enumerate(differences) if one.shown)
    hidden = tuple(
        Hidden(
            place, _label(one), lift(_label(one), LINE_HEIGHT), f"fewer than {LEAST} answers in one audience"
        )
        for place, one in enumerate(differences)
        if not one.shown
    )
    named = {"name_a": (Name(f"● {name_a}"),), "name_b": (Name(f"■ {name_b}"),)}
    shape = audiences_shape(len(rows) + len(hidden), reach)
    return Picture(shape, {"rows": rows, "hidden": hidden, **named}, _words(rows, hidden, name_a, name_b))


def _label(one: Difference) -> str:
    words = one.question.name if one.option is None else str(one.question.option(one.option).label)
    return lines(words, 27)


def _reach(differences: Sequence[Difference]) -> int:
    """Return how far the difference panel reaches: coarse steps, so that the picture holds still."""
    ends = [abs(end) for one in differences if one.shown for end in one.interval.in_100]
    return next(size for size in (20, 40, 60, 80, 100) if size >= max(ends, default=0) or size == 100)


def _row(place: int, one: Difference, reach: int) -> Row:
    label = _label(one)
    a_low, a_high = wilson(one.share_a.share, one.share_a.base).in_100
    b_low, b_high = wilson(one.share_b.share, one.share_b.base).in_100
    low, high = one.interval.in_100
    difference = whole_in_100(one.difference)
    clear = one.clear
    few = one.verdict is Verdict.TOO_FEW
    return Row(
        place,
        label,
        lift(label, LINE_HEIGHT),
        one.share_a.in_100,
        a_low,
        a_high,
        one.share_a.said,
        one.share_b.in_100,
        b_low,
        b_high,
        one.share_b.said,
        difference,
        low,
        high,
        "" if few else signed(difference),
        within(verdict_words(one.verdict, small=one.small)),
        max(min(difference, round(0.6 * reach)), -round(0.6 * reach)),
        -whole_in_100(one.margin),
        whole_in_100(one.margin),
        INK if clear else QUIET,
        "diamond" if clear else "circle",
        230 if clear else 130,
        1 if few else 8,
        f"{' '.join(label.split())}: {one.share_a.said} and {one.share_b.said}, {within(verdict_words(one.verdict, small=one.small))}",
    )


def _words(rows: tuple[Row, ...], hidden: tuple[Hidden, ...], name_a: str, name_b: str) -> str:
    said = [
        f"{' '.join(row.label.split())}: {name_a} {row.a_number}, {name_b} {row.b_number}, {row.verdict}"
        + (f" ({row.low} to {row.high})." if row.number else ".")
        for row in rows
    ]
    said += [f"{' '.join(row.label.split())}: {row.instead}." for row in hidden]
    return "In 100 of those who answered. " + " ".join(said)
