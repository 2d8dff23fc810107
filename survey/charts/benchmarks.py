"""An audience beside published surveys: a dot with its range on a grey band, a question a row, and what differs in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from survey.analysis.benchmarks import Beside
from survey.analysis.figures import ENOUGH, enough, whole_in_100
from survey.analysis.sentences.differences import verdict_words
from survey.analysis.sentences.phrases import agreed
from survey.charts.picture import Picture
from survey.charts.shapes.benchmarks import LINE_HEIGHT, benchmarks_shape
from survey.charts.theme import INK, QUIET, lift, lines, within

SIMILAR = "a similar question"
NOT_WORKED_OUT = "difference not worked out"


@dataclass(frozen=True)
class Row:
    """One question: the share followed here with its range, whole in 100, and what to say of the difference."""

    row: int
    label: str
    lift: float
    here: int
    low: int
    high: int
    number: str
    verdict: str
    colour: str
    said: str


@dataclass(frozen=True)
class Published:
    """The published share of one question."""

    row: int
    there: int
    number: str


@dataclass(frozen=True)
class Band:
    """The range of a published share, where it is known how many answered."""

    row: int
    low: int
    high: int


@dataclass(frozen=True)
class Hidden:
    """A row without a figure of this audience: the question, and why."""

    row: int
    label: str
    lift: float
    instead: str


def benchmarks(found: Sequence[Beside]) -> Picture:
    """Return the share followed of each question on a band with the published one. Below 30 answers a row says so instead."""
    rows = tuple(_row(place, one) for place, one in enumerate(found) if _enough(one))
    hidden = tuple(
        Hidden(place, _label(one), lift(_label(one), LINE_HEIGHT), f"fewer than {ENOUGH} answers here")
        for place, one in enumerate(found)
        if not _enough(one)
    )
    published = tuple(_published(place, one) for place, one in enumerate(found))
    bands = tuple(
        Band(place, *one.agreeing.there_range.in_100)
        for place, one in enumerate(found)
        if one.agreeing.there_range is not None
    )
    drawn = {"rows": rows, "hidden": hidden, "published": published, "bands": bands}
    return Picture(benchmarks_shape(len(found)), drawn, _words(rows, hidden, published))


def verdict_of(one: Beside) -> str:
    """Return what to say of one difference in a few words: "12 in 100 above (1 to 23)"."""
    if not one.same:
        return SIMILAR
    if one.difference is None or one.verdict is None:
        return NOT_WORKED_OUT
    if not one.clear:
        return within(verdict_words(one.verdict))
    way = "above" if one.difference.low > 0 else "below"
    near, far = sorted(abs(end) for end in one.difference.in_100)
    size = abs(one.agreeing.here.in_100 - whole_in_100(one.agreeing.there))
    return f"{size} in 100 {way} ({near} to {far})"


def _enough(one: Beside) -> bool:
    return enough(one.agreeing.here.base)


def _label(one: Beside) -> str:
    return lines(f"{one.question.name}: {agreed(one.question)}", 34)


def _row(place: int, one: Beside) -> Row:
    line = one.agreeing
    label = _label(one)
    clear = one.clear
    return Row(
        place,
        label,
        lift(label, LINE_HEIGHT),
        line.here.in_100,
        *line.here_range.in_100,
        str(line.here.in_100),
        verdict_of(one),
        INK if clear else QUIET,
        f"{' '.join(label.split())} {line.here.in_100} in 100 here, {whole_in_100(line.there)} in the survey",
    )


def _published(place: int, one: Beside) -> Published:
    there = whole_in_100(one.agreeing.there)
    return Published(place, there, str(there))


def _words(rows: tuple[Row, ...], hidden: tuple[Hidden, ...], published: tuple[Published, ...]) -> str:
    there = {one.row: one.number for one in published}
    said = [
        f"{' '.join(row.label.split())} {row.number} in 100 here, {there[row.row]} in the survey, {row.verdict}."
        for row in rows
    ]
    said += [f"{' '.join(row.label.split())}: {row.instead}." for row in hidden]
    return " ".join(said)
