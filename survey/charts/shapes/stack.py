"""How a stack looks: diverging bars, the question to their left, three columns of numbers to their right."""

from functools import lru_cache

import altair as alt

from survey.charts.picture import Shape, across, fixed, frame, rows_of
from survey.charts.theme import INK, PAPER, QUIET

LABELS, PLOT, COLUMNS = 230, 400, 250
STEP = 56
LINE_HEIGHT = 18


@lru_cache
def stack_shape(count: int, colours: tuple[tuple[str, str], ...], reach: int) -> Shape:
    """Return the shape of so many questions, with each answer's colour, reaching so far either way."""
    y = alt.Y(
        "row:O",
        axis=None,
        scale=alt.Scale(domain=list(range(count)), paddingInner=0.34, paddingOuter=0.17),
    )
    x = alt.X(
        "begins:Q",
        scale=alt.Scale(domain=[-reach, reach], nice=False),
        axis=alt.Axis(
            title="in 100 of those who answered; the answers in between are centred on the line",
            values=list(range(-reach, reach + 1, 20)),
            labelExpr="abs(datum.value)",
            labelFlush=False,
            labelOverlap=False,
        ),
    )
    colour = alt.Color(
        "answer:N",
        scale=alt.Scale(domain=[name for name, _ in colours], range=[colour for _, colour in colours]),
        legend=alt.Legend(title=None, orient="top", direction="horizontal", symbolType="square"),
    )
    zero = fixed(zero=0).mark_rule(color=INK, strokeWidth=1.5).encode(x=alt.X("zero:Q"))
    bars = rows_of("pieces").encode(y=y)
    beside = rows_of("rows").encode(y=y)
    layers = [
        frame(-LABELS, PLOT + COLUMNS),
        zero,
        bars.mark_bar(stroke=PAPER, strokeWidth=1).encode(
            x=x, x2=alt.X2("ends:Q"), color=colour, tooltip="said:N"
        ),
        bars.mark_text().encode(
            x=alt.X("middle:Q"), text=alt.Text("number:N"), color=alt.Color("ink:N", scale=None)
        ),
        beside.mark_text(
            align="right", lineBreak="\n", lineHeight=LINE_HEIGHT, fontSize=15, dy={"expr": "datum.lift"}
        ).encode(x=across(-16), text=alt.Text("label:N")),
        beside.mark_text(align="left", color=QUIET, fontStyle="italic").encode(
            x=across(PLOT / 2 + 12), text=alt.Text("instead:N")
        ),
    ]
    for place, column in enumerate(("against", "in_favour", "answers")):
        place_x = across(PLOT + 50 + place * 80)
        layers.append(
            beside.mark_text(fontSize=17, fontWeight=600, dy=-9).encode(
                x=place_x, text=alt.Text(f"{column}:N")
            )
        )
        layers.append(
            beside.mark_text(fontSize=12.5, color=QUIET, dy=9, lineBreak="\n", lineHeight=13).encode(
                x=place_x, text=alt.Text(f"{column}_word:N")
            )
        )
    chart = alt.layer(*layers).properties(width=PLOT, height=STEP * count)
    return Shape(chart)
