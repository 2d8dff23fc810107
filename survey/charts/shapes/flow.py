"""How before and after look: two columns with ribbons between them, or bars where the flow is not shown."""

from functools import lru_cache
from typing import Literal

import altair as alt

from survey.charts.picture import Shape, across, down, fixed, frame, rows_of
from survey.charts.theme import INK, QUIET

LABELS, PLOT, HEIGHT = 108, 324, 250
LINE_HEIGHT = 18
BETWEEN = 0.09
"""The space between the two sides, as a share of all the people."""
SIDES: tuple[Literal["right"], Literal["left"]] = ("right", "left")
"""Words stand to the left of the first column and to the right of the last."""


@lru_cache
def flow_shape() -> Shape:
    """Return the shape of a 2×2 flow; heights are shares of the people."""
    x = alt.Scale(domain=[0, 1], nice=False)
    y = alt.Scale(domain=[1 + BETWEEN, 0], nice=False)
    colour = alt.Color("colour:N", scale=None)
    ribbons = (
        rows_of("edges")
        .mark_area(opacity=0.88)
        .encode(
            x=alt.X("at:Q", scale=x, axis=None),
            y=alt.Y("upper:Q", scale=y, axis=None),
            y2=alt.Y2("lower:Q"),
            color=colour,
            detail=alt.Detail("ribbon:N"),
            tooltip="said:N",
        )
    )
    sides = rows_of("columns")
    blocks = sides.mark_rect().encode(
        x=alt.X("begins:Q", scale=x, axis=None),
        x2=alt.X2("ends:Q"),
        y=alt.Y("upper:Q", scale=y, axis=None),
        y2=alt.Y2("lower:Q"),
        color=colour,
    )
    beside = [
        sides.transform_filter(f"datum.align == '{align}'")
        .mark_text(
            align=align, fontSize=15, lineBreak="\n", lineHeight=LINE_HEIGHT, dy={"expr": "datum.lift"}
        )
        .encode(
            x=alt.X("beside:Q", scale=x, axis=None),
            y=alt.Y("middle:Q", scale=y, axis=None),
            text=alt.Text("words:N"),
        )
        for align in SIDES
    ]
    printed = rows_of("numbers").encode(
        x=alt.X("at:Q", scale=x, axis=None),
        y=alt.Y("middle:Q", scale=y, axis=None),
        text=alt.Text("number:N"),
    )
    heads = [
        fixed(words=head)
        .mark_text(align=align, fontSize=13, color=QUIET, dy=-14)
        .encode(x=across(at), y=down(0), text=alt.Text("words:N"))
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
    return Shape(chart)


@lru_cache
def moves_shape(count: int) -> Shape:
    """Return the shape of so many movements as bars."""
    rows = rows_of("bars").encode(
        y=alt.Y("row:O", axis=None, scale=alt.Scale(domain=list(range(count)), padding=0.2))
    )
    x = alt.X("in_100:Q", axis=None, scale=alt.Scale(domain=[0, 100]))
    chart = alt.layer(
        frame(-2 * LABELS, PLOT),
        rows.mark_bar(cornerRadiusEnd=2).encode(
            x=x, color=alt.Color("colour:N", scale=None), tooltip="said:N"
        ),
        rows.mark_text(align="left", dx=8, fontSize=15, fontWeight=600).encode(
            x=alt.X("in_100:Q"), text=alt.Text("number:N")
        ),
        rows.mark_text(align="right").encode(x=across(-12), text=alt.Text("label:N")),
    ).properties(width=PLOT - 40, height=40 * count)
    return Shape(chart)
