"""How a turnout looks: bars inside the bar of those who were there."""

from functools import lru_cache

import altair as alt

from survey.charts.picture import Shape, across, across_to, rows_of
from survey.charts.theme import FOR, LINE

PLOT = 420
STEP = 36


@lru_cache
def turnout_shape(count: int) -> Shape:
    """Return the shape of so many groups; lengths are shares of the people there."""
    rows = rows_of("bars").encode(
        y=alt.Y("row:O", axis=None, scale=alt.Scale(domain=list(range(count)), padding=0.18))
    )
    x = alt.X("in_100:Q", axis=None, scale=alt.Scale(domain=[0, 100]))
    chart = alt.layer(
        rows.mark_rect(color=LINE).encode(x=across(0), x2=across_to(PLOT)),
        rows.mark_bar(color=FOR).encode(x=x, tooltip="said:N"),
        rows.mark_text(align="left", dx=10, fontSize=15, fontWeight=600).encode(
            x=across(PLOT), text=alt.Text("number:N")
        ),
        rows.mark_text(align="right").encode(x=across(-12), text=alt.Text("label:N")),
    ).properties(width=PLOT, height=STEP * count)
    return Shape(chart)
