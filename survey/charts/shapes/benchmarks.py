"""How an audience beside published surveys looks: grey bands, dots with ranges on them, the difference in words."""

from functools import lru_cache

import altair as alt

from survey.charts.picture import Shape, across, down, fixed, frame, rows_of
from survey.charts.theme import AUDIENCE_B, INK, PAPER, QUIET

LABELS, SHARES, VERDICTS = 270, 400, 200
STEP = 70
LINE_HEIGHT = 18
BAND, BAND_WORDS = "#BDB7AD", QUIET
HIGH = 30


@lru_cache
def benchmarks_shape(count: int) -> Shape:
    """Return the shape of so many questions."""
    y = alt.Y("row:O", axis=None, scale=alt.Scale(domain=list(range(count)), padding=0))
    rows, hidden, published, bands = (
        rows_of(name).encode(y=y) for name in ("rows", "hidden", "published", "bands")
    )
    axis = alt.Axis(title="in 100 of those who answered", values=[0, 20, 40, 60, 80, 100], labelFlush=False)
    scale = alt.Scale(domain=[0, 100])
    key = fixed(here="●  this audience, with its likely range", there="▮  the survey, with its likely range")
    layers = [
        frame(-LABELS, SHARES + VERDICTS),
        bands.mark_bar(color=BAND, height=HIGH, minBandSize=4).encode(
            x=alt.X("low:Q", scale=scale, axis=axis), x2=alt.X2("high:Q")
        ),
        published.mark_tick(color=INK, thickness=2, size=HIGH).encode(
            x=alt.X("there:Q", scale=scale, axis=axis)
        ),
        rows.mark_rule(color=PAPER, strokeWidth=8).encode(x=alt.X("low:Q"), x2=alt.X2("high:Q")),
        rows.mark_rule(color=AUDIENCE_B, strokeWidth=4).encode(x=alt.X("low:Q"), x2=alt.X2("high:Q")),
        rows.mark_point(
            filled=True, opacity=1, size=190, color=AUDIENCE_B, stroke=PAPER, strokeWidth=2
        ).encode(x=alt.X("here:Q"), tooltip="said:N"),
        rows.mark_text(dy=-23, fontSize=14, fontWeight=600, color=AUDIENCE_B).encode(
            x=alt.X("here:Q"), text=alt.Text("number:N")
        ),
        published.mark_text(dy=24, fontSize=14, fontWeight=600, color=BAND_WORDS).encode(
            x=alt.X("there:Q"), text=alt.Text("number:N")
        ),
        rows.mark_text(align="left", fontSize=14.5).encode(
            x=across(SHARES + 22), text=alt.Text("verdict:N"), color=alt.Color("colour:N", scale=None)
        ),
        hidden.mark_text(color=QUIET, fontStyle="italic", align="left").encode(
            x=across(SHARES + 22), text=alt.Text("instead:N")
        ),
        key.mark_text(align="left", fontSize=14, fontWeight=600, color=AUDIENCE_B, dy=-18).encode(
            x=across(0), y=down(0), text=alt.Text("here:N")
        ),
        key.mark_text(align="left", fontSize=14, fontWeight=600, color=BAND_WORDS, dy=-18).encode(
            x=across(SHARES / 2 + 70), y=down(0), text=alt.Text("there:N")
        ),
    ]
    layers += [
        named.mark_text(
            align="right", lineBreak="\n", lineHeight=LINE_HEIGHT, fontSize=15, dy={"expr": "datum.lift"}
        ).encode(x=across(-16), text=alt.Text("label:N"))
        for named in (rows, hidden)
    ]
    return Shape(alt.layer(*layers).properties(width=SHARES, height=STEP * count))
