"""The same people before and after: a flow between two columns, or three bars where the flow would point at someone."""

from collections.abc import Iterator
from dataclasses import dataclass

from survey.analysis.figures import whole_in_100
from survey.analysis.suppression import ShownChange
from survey.charts.picture import Picture
from survey.charts.shapes.flow import BETWEEN, LINE_HEIGHT, flow_shape, moves_shape
from survey.charts.theme import FOR, LINE, RATHER_AGAINST, RATHER_FOR, lift, lines

COLUMN = 0.035
"""How much of the width one column takes."""
STEPS = 24
NOT = "#8A857D"
"""Not agreeing is not disagreeing: a grey of its own."""
STAYED_FOR, STAYED_NOT = "#C3D3E4", "#DEDAD2"
SMALL = 2
"""How long a bar is drawn whose number is not shown, in 100."""


@dataclass(frozen=True)
class Edge:
    """One place of a ribbon's two edges, from before (0) to after (1)."""

    ribbon: str
    at: float
    upper: float
    lower: float
    colour: str
    said: str


@dataclass(frozen=True)
class Column:
    """One side before or after, drawn as a column, with its words beside it."""

    begins: float
    ends: float
    upper: float
    lower: float
    middle: float
    words: str
    lift: float
    colour: str
    beside: float
    align: str


@dataclass(frozen=True)
class Number:
    """How many people a ribbon is."""

    at: float
    middle: float
    number: str


@dataclass(frozen=True)
class _Ribbon:
    """One movement: how many people, and where it begins before and ends after, in people from the top."""

    name: str
    size: int
    left: float
    right: float
    colour: str
    number_at: float
    said: str


@dataclass(frozen=True)
class Bar:
    """One movement where the flow is not shown: its number, or that it is fewer than 5."""

    row: int
    label: str
    in_100: int
    number: str
    colour: str
    said: str


def flow(shown: ShownChange) -> Picture:
    """Return how matched people moved: a 2×2 flow, or bars where one of its numbers may not be shown.

    Raises ValueError when nothing may be shown.
    """
    if not drawable(shown):
        raise ValueError("There is nothing to draw of this change.")
    did, did_not = str(shown.question.agree_word), "did not"
    if shown.cells is None or shown.margins is None:
        bars = tuple(_bars(shown, did))
        said = "; ".join(f"{bar.label}: {bar.number}" for bar in bars)
        return Picture(moves_shape(len(bars)), {"bars": bars}, f"Bars, {shown.base} matched people. {said}.")
    stayed_agree, moved_to, moved_away, stayed_not = shown.cells
    before, after = shown.margins
    words = (
        f"A flow of {shown.base} matched people. Before, {before} {did}; after, {after}. {moved_to} {did} only"
        f" after, {moved_away} only before, {stayed_agree} both times, {stayed_not} neither time."
    )
    return _flowing(stayed_agree, moved_to, moved_away, stayed_not, did, did_not, words)


def drawable(shown: ShownChange) -> bool:
    """Return whether there is anything to draw: enough matched people, and not nearly everyone doing the same."""
    return shown.enough and shown.crowd is None


def _bars(shown: ShownChange, did: str) -> Iterator[Bar]:
    moves = (
        (f"{did} only after", shown.moved_to, RATHER_FOR),
        (f"{did} only before", shown.moved_away, RATHER_AGAINST),
    )
    for row, (label, count, colour) in enumerate(moves):
        if count is None:
            yield Bar(row, label, SMALL, "fewer than 5", colour, f"{label}: fewer than 5")
        elif shown.at_least and count:
            yield Bar(row, label, SMALL, "5 or more", colour, f"{label}: 5 or more")
        else:
            yield Bar(row, label, whole_in_100(count / shown.base), str(count), colour, f"{label}: {count}")
    if shown.stayed is not None:
        label, stayed = "stayed on the same side", shown.stayed
        yield Bar(2, label, whole_in_100(stayed / shown.base), str(stayed), LINE, f"{label}: {stayed}")


def _flowing(
    stayed_agree: int, moved_to: int, moved_away: int, stayed_not: int, did: str, did_not: str, words: str
) -> Picture:
    people = stayed_agree + moved_to + moved_away + stayed_not
    gap = people * BETWEEN
    before, after = stayed_agree + moved_away, stayed_agree + moved_to
    ribbons = [
        # Those who stayed are pale, those who moved are not; a number stands where its ribbon is not crossed.
        _Ribbon(
            "stayed agreeing", stayed_agree, 0.0, 0.0, STAYED_FOR, 0.5, f"{stayed_agree} {did} both times"
        ),
        _Ribbon(
            "stayed",
            stayed_not,
            before + gap + moved_to,
            after + gap + moved_away,
            STAYED_NOT,
            0.5,
            f"{stayed_not} {did} neither time",
        ),
        _Ribbon(
            "moved away",
            moved_away,
            float(stayed_agree),
            after + gap,
            RATHER_AGAINST,
            0.2,
            f"{moved_away} {did} only before",
        ),
        _Ribbon(
            "moved to",
            moved_to,
            before + gap,
            float(stayed_agree),
            RATHER_FOR,
            0.2,
            f"{moved_to} {did} only after",
        ),
    ]
    drawn = [ribbon for ribbon in ribbons if ribbon.size]
    columns = [
        _column(side, upper, size, people, lines(f"{size} {what}", 14), colour)
        for side, agreed in (("before", before), ("after", after))
        for upper, size, what, colour in (
            (0.0, agreed, did, FOR),
            (agreed + gap, people - agreed, did_not, NOT),
        )
        if size
    ]
    rows: dict[str, tuple[object, ...]] = {
        "edges": tuple(edge for ribbon in drawn for edge in _edges(ribbon, people)),
        "columns": tuple(columns),
        "numbers": tuple(
            Number(one.number_at, (_height(one, one.number_at) + one.size / 2) / people, str(one.size))
            for one in drawn
        ),
    }
    return Picture(flow_shape(), rows, words)


def _column(side: str, upper: float, size: int, people: int, words: str, colour: str) -> Column:
    left = side == "before"
    return Column(
        0.0 if left else 1 - COLUMN,
        COLUMN if left else 1.0,
        round(upper / people, 4),
        round((upper + size) / people, 4),
        round((upper + size / 2) / people, 4),
        words,
        lift(words, LINE_HEIGHT),
        colour,
        -0.02 if left else 1.02,
        "right" if left else "left",
    )


def _edges(ribbon: _Ribbon, people: int) -> Iterator[Edge]:
    for step in range(STEPS + 1):
        part = step / STEPS
        upper = _height(ribbon, part)
        at = round(COLUMN + part * (1 - 2 * COLUMN), 4)
        yield Edge(
            ribbon.name,
            at,
            round(upper / people, 4),
            round((upper + ribbon.size) / people, 4),
            ribbon.colour,
            ribbon.said,
        )


def _height(ribbon: _Ribbon, part: float) -> float:
    """Return where a ribbon's upper edge is between before and after: a smooth step."""
    return ribbon.left + (ribbon.right - ribbon.left) * part * part * (3 - 2 * part)
