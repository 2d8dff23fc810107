"""The same people before and after: a flow between two columns, or three bars where the flow would point at someone."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import altair as alt

from survey.analysis.suppression import ShownChange
from survey.charts.picture import Picture, frame, values
from survey.charts.theme import FOR, INK, LINE, QUIET, RATHER_AGAINST, RATHER_FOR, lift, lines

LABELS, PLOT, HEIGHT = 108, 324, 250
LINE_HEIGHT = 18
SIDES: tuple[Literal["right"], Literal["left"]] = ("right", "left")
"""Words stand to the left of the first column and to the right of the last."""
COLUMN = 0.035
"""How much of the width one column takes."""
BETWEEN = 0.09
"""The space between the two sides, as a share of all the people."""
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
class Bar:
    """One movement where the flow is not shown: its number, or that it is fewer than 5."""

    row: int
    label: str
    in_100: float
    number: str
    colour: str


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
        return _barred(bars, f"Bars, {shown.base} matched people. {said}.")
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
            yield Bar(row, label, SMALL, "fewer than 5", colour)
        elif shown.at_least and count:
            yield Bar(row, label, SMALL, "5 or more", colour)
        else:
            yield Bar(row, label, round(100 * count / shown.base, 1), str(count), colour)
    if shown.stayed is not None:
        yield Bar(
            2, "stayed on the same side", round(100 * shown.stayed / shown.base, 1), str(shown.stayed), LINE
        )


@lru_cache(maxsize=128)
def _barred(bars: tuple[Bar, ...], words: str) -> Picture:
    rows = alt.Chart(values(*bars)).encode(
        y=alt.Y("row:O", axis=None, scale=alt.Scale(domain=[bar.row for bar in bars], padding=0.2))
    )
    x = alt.X("in_100:Q", axis=None, scale=alt.Scale(domain=[0, 100]))
    chart = alt.layer(
        frame(-2 * LABELS, PLOT),
        rows.mark_bar(cornerRadiusEnd=2).encode(x=x, color=alt.Color("colour:N", scale=None)),
        rows.mark_text(align="left", dx=8, fontSize=15, fontWeight=600).encode(x="in_100:Q", text="number:N"),
        rows.mark_text(align="right").encode(x=alt.value(-12), text="label:N"),
    ).properties(width=PLOT - 40, height=40 * len(bars))
    return Picture(chart, words)


@lru_cache(maxsize=128)
def _flowing(
    stayed_agree: int, moved_to: int, moved_away: int, stayed_not: int, did: str, did_not: str, words: str
) -> Picture:
    people = stayed_agree + moved_to + moved_away + stayed_not
    gap = people * BETWEEN
    before, after = stayed_agree + moved_away, stayed_agree + moved_to
    ribbons = (
        # name, people, top before, top after, colour: those who stayed are pale, those who moved are not
        ("stayed agreeing", stayed_agree, 0.0, 0.0, STAYED_FOR),
        ("stayed", stayed_not, before + gap + moved_to, after + gap + moved_away, STAYED_NOT),
        ("moved away", moved_away, float(stayed_agree), after + gap, RATHER_AGAINST),
        ("moved to", moved_to, before + gap, float(stayed_agree), RATHER_FOR),
    )
    edges = tuple(
        edge
        for name, size, left, right, colour in ribbons
        if size
        for edge in _edges(name, size, left, right, colour)
    )
    columns = tuple(
        Column(
            0.0 if side == "before" else 1 - COLUMN,
            COLUMN if side == "before" else 1.0,
            upper,
            upper + size,
            upper + size / 2,
            lines(f"{size} {what}", 14),
            lift(lines(f"{size} {what}", 14), LINE_HEIGHT),
            colour,
            -0.02 if side == "before" else 1.02,
            "right" if side == "before" else "left",
        )
        for side, agreed in (("before", before), ("after", after))
        for upper, size, what, colour in (
            (0.0, agreed, did, FOR),
            (agreed + gap, people - agreed, did_not, NOT),
        )
        if size
    )
    numbers = tuple(
        Number(at, _height(left, right, at) + size / 2, str(size))
        for (_name, size, left, right, _colour), at in zip(ribbons, (0.5, 0.5, 0.2, 0.2), strict=True)
        if size
    )
    return _drawn(edges, columns, numbers, people + gap, words)


def _edges(name: str, size: int, left: float, right: float, colour: str) -> Iterator[Edge]:
    for step in range(STEPS + 1):
        part = step / STEPS
        upper = round(_height(left, right, part), 2)
        yield Edge(name, round(COLUMN + part * (1 - 2 * COLUMN), 4), upper, round(upper + size, 2), colour)


def _height(left: float, right: float, part: float) -> float:
    """Return where an edge is between before and after: a smooth step."""
    return left + (right - left) * part * part * (3 - 2 * part)


def _drawn(
    edges: tuple[Edge, ...],
    columns: tuple[Column, ...],
    numbers: tuple[Number, ...],
    reach: float,
    words: str,
) -> Picture:
    x = alt.Scale(domain=[0, 1], nice=False)
    y = alt.Scale(domain=[reach, 0], nice=False)
    colour = alt.Color("colour:N", scale=None)
    ribbons = (
        alt.Chart(values(*edges))
        .mark_area(opacity=0.88)
        .encode(
            x=alt.X("at:Q", scale=x, axis=None),
            y=alt.Y("upper:Q", scale=y, axis=None),
            y2="lower:Q",
            color=colour,
            detail="ribbon:N",
        )
    )
    sides = alt.Chart(values(*columns))
    blocks = sides.mark_rect().encode(
        x=alt.X("begins:Q", scale=x, axis=None),
        x2="ends:Q",
        y=alt.Y("upper:Q", scale=y, axis=None),
        y2="lower:Q",
        color=colour,
    )
    beside = [
        sides.transform_filter(f"datum.align == '{align}'")
        .mark_text(
            align=align, fontSize=15, lineBreak="\n", lineHeight=LINE_HEIGHT, dy={"expr": "datum.lift"}
        )
        .encode(
            x=alt.X("beside:Q", scale=x, axis=None), y=alt.Y("middle:Q", scale=y, axis=None), text="words:N"
        )
        for align in SIDES
    ]
    printed = alt.Chart(values(*numbers)).encode(
        x=alt.X("at:Q", scale=x, axis=None), y=alt.Y("middle:Q", scale=y, axis=None), text="number:N"
    )
    heads = [
        alt.Chart(alt.InlineData(values=[{"words": head}]))
        .mark_text(align=align, fontSize=13, color=QUIET, dy=-14)
        .encode(x=alt.value(at), y=alt.value(0), text="words:N")
        for head, at, align in zip(("before", "after"), (0, PLOT), reversed(SIDES), strict=True)
    ]
    chart = alt.layer(
        frame(-LABELS, PLOT + LABELS),
        ribbons,
        blocks,
        *beside,
        printed.mark_text(fontSize=15, fontWeight=600, color=INK),
        *heads,
    ).properties(width=PLOT, height=HEIGHT)
    return Picture(chart, words)
