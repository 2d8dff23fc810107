"""How one question looks: a bar for each answer and, on the same scale, a strip for the whole room."""

from functools import lru_cache

import altair as alt

from survey.charts.picture import Layers, Shape, across, down, frame, rows_of
from survey.charts.theme import FOR, INK, LINE, QUIET, RATHER_FOR

LABELS, PLOT, NUMBERS = 170, 325, 50
LINE_HEIGHT = 16
STRIP = 58


@lru_cache
def question_shape(count: int, tallest: int, *, in_100: bool, room: bool) -> Shape:
    """Return the shape of so many answers, the longest of so many lines, in 100 or counted, with a strip or without."""
    step = {1: 20 if count > 8 else 30, 2: 36}.get(tallest, 18 * tallest)
    unit = "in 100 of those who answered" if in_100 else "people, of the fewer than 30 who answered"
    ticks = [0, 20, 40, 60, 80, 100]
    x = alt.X(
        "in_100:Q",
        scale=alt.Scale(domain=[0, 100]),
        axis=alt.Axis(title=unit, values=ticks, labels=in_100 and not room, labelFlush=False),
    )
    rows = rows_of("bars").encode(
        y=alt.Y(
            "row:O",
            axis=None,
            scale=alt.Scale(domain=list(range(count)), paddingInner=0.22, paddingOuter=0.1),
        )
    )
    answers = alt.layer(
        frame(-LABELS, PLOT + NUMBERS),
        rows.mark_bar(cornerRadiusEnd=2).encode(
            x=x, color=alt.Color("colour:N", scale=None), tooltip="said:N"
        ),
        rows.mark_text(align="left", dx=8, fontSize=15, fontWeight=600).encode(
            x=alt.X("in_100:Q"), text=alt.Text("number:N")
        ),
        rows.mark_text(
            align="right", lineBreak="\n", lineHeight=LINE_HEIGHT, dy={"expr": "datum.lift"}
        ).encode(x=across(-12), text=alt.Text("label:N")),
    ).properties(width=PLOT, height=step * count)
    return Shape(alt.vconcat(answers, _room(ticks), spacing=18) if room else answers)


def _room(ticks: list[int]) -> Layers:
    row = rows_of("strip")
    middle = down(STRIP / 2)
    x = alt.X(
        "worst_low:Q",
        scale=alt.Scale(domain=[0, 100]),
        axis=alt.Axis(
            title="in 100 of the whole room: likely range (blue), widest possible (sand)",
            values=ticks,
            labelFlush=False,
        ),
    )
    return alt.layer(
        row.mark_rule(color=LINE, strokeWidth=12).encode(x=x, x2=alt.X2("worst_high:Q"), y=middle),
        row.mark_rule(color=RATHER_FOR, strokeWidth=20).encode(
            x=alt.X("low:Q"), x2=alt.X2("high:Q"), y=middle
        ),
        row.mark_tick(color=FOR, thickness=4, size=28).encode(x=alt.X("share:Q"), y=middle),
        row.mark_text(color=INK, fontSize=13, fontWeight=600, align="right", dx=-1, dy=-21).encode(
            x=alt.X("low:Q"), y=middle, text=alt.Text("low:Q")
        ),
        row.mark_text(color=INK, fontSize=13, fontWeight=600, align="left", dx=1, dy=-21).encode(
            x=alt.X("high:Q"), y=middle, text=alt.Text("high:Q")
        ),
        row.mark_text(color=QUIET, fontSize=13, align="right", dx=-6).encode(
            x=alt.X("worst_low:Q"), y=middle, text=alt.Text("worst_low:Q")
        ),
        row.mark_text(color=QUIET, fontSize=13, align="left", dx=6).encode(
            x=alt.X("worst_high:Q"), y=middle, text=alt.Text("worst_high:Q")
        ),
        row.mark_text(
            align="right", lineBreak="\n", lineHeight=LINE_HEIGHT, dy={"expr": "datum.lift"}
        ).encode(x=across(-26), y=middle, text=alt.Text("label:N")),
    ).properties(width=PLOT, height=STRIP)
