"""How two audiences look: dots with ranges, and beside them a panel with the differences."""

from functools import lru_cache

import altair as alt

from survey.charts.picture import Layers, Shape, across, down, fixed, frame, rows_of
from survey.charts.theme import AUDIENCE_A, AUDIENCE_A_WORDS, AUDIENCE_B, INK, PAPER, QUIET, SHADE

LABELS, SHARES, GAP, DIFFERENCES = 210, 320, 50, 280
STEP = 74
LINE_HEIGHT = 18
APART = 10


@lru_cache
def audiences_shape(count: int, reach: int) -> Shape:
    """Return the shape of so many shares, with a panel of differences that reaches so far either way."""
    y = alt.Y("row:O", axis=None, scale=alt.Scale(domain=list(range(count)), padding=0))
    base = rows_of("rows").encode(y=y)
    without = rows_of("hidden").encode(y=y)
    panels = [_shares(base, without), _differences(base, reach)]
    chart = alt.hconcat(
        *(panel.properties(height=STEP * count) for panel in panels), spacing=GAP
    ).resolve_scale(y="shared")
    return Shape(chart)


def _shares(base: alt.Chart, without: alt.Chart) -> Layers:
    axis = alt.Axis(title="in 100 of those who answered", values=[0, 20, 40, 60, 80, 100], labelFlush=False)
    scale = alt.Scale(domain=[0, 100])
    layers = [frame(-LABELS, SHARES)] + [
        rows.mark_text(
            align="right", lineBreak="\n", lineHeight=LINE_HEIGHT, fontSize=15, dy={"expr": "datum.lift"}
        ).encode(x=across(-16), text=alt.Text("label:N"))
        for rows in (base, without)
    ]
    layers.append(
        without.mark_text(color=QUIET, fontStyle="italic", align="left").encode(
            x=across(12), text=alt.Text("instead:N")
        )
    )
    sides = (
        ("a", AUDIENCE_A, AUDIENCE_A_WORDS, -1, "circle", 0),
        ("b", AUDIENCE_B, AUDIENCE_B, 1, "square", SHARES / 2),
    )
    for side, colour, words, way, shape, at in sides:
        named = rows_of(f"name_{side}")
        layers.append(
            named.mark_text(align="left", fontSize=15, fontWeight=600, color=words, dy=-16).encode(
                x=across(at), y=down(0), text=alt.Text("name:N")
            )
        )
        layers.append(
            base.mark_rule(color=colour, strokeWidth=5, opacity=0.42, yOffset=way * APART).encode(
                x=alt.X(f"{side}_low:Q", scale=scale, axis=axis), x2=alt.X2(f"{side}_high:Q")
            )
        )
        layers.append(
            base.mark_point(
                filled=True,
                opacity=1,
                size=160,
                shape=shape,
                color=colour,
                yOffset=way * APART,
                stroke=PAPER,
                strokeWidth=1,
            ).encode(x=alt.X(f"{side}:Q"), tooltip="said:N")
        )
        layers.append(
            base.mark_text(fontSize=14, fontWeight=600, yOffset=way * APART, dy=way * 15, color=words).encode(
                x=alt.X(f"{side}:Q"), text=alt.Text(f"{side}_number:N")
            )
        )
    return alt.layer(*layers).properties(width=SHARES)


def _differences(base: alt.Chart, reach: int) -> Layers:
    by = 10 if reach == 20 else 20 if reach <= 60 else 40
    axis = alt.Axis(
        title="difference in 100; shaded: about the same",
        values=[at for at in range(-100, 101, by) if abs(at) <= reach],
        labelFlush=False,
        labelExpr="datum.value > 0 ? '+' + datum.value : datum.value < 0 ? '−' + abs(datum.value) : '0'",
    )
    scale = alt.Scale(domain=[-reach, reach], nice=False)
    ground = fixed(zero=0)
    colour = alt.Color("colour:N", scale=None)
    words = base.mark_text(dy=20, fontSize=13.5)
    return alt.layer(
        base.mark_bar(color=SHADE, opacity=1, size=STEP).encode(
            x=alt.X("same_from:Q", scale=scale, axis=axis), x2=alt.X2("same_to:Q")
        ),
        ground.mark_rule(color=INK, strokeDash=[4, 3]).encode(x=alt.X("zero:Q")),
        base.mark_rule().encode(
            x=alt.X("low:Q"),
            x2=alt.X2("high:Q"),
            color=colour,
            strokeWidth=alt.StrokeWidth("thick:Q", scale=None),
        ),
        base.mark_point(filled=True, opacity=1, stroke=PAPER, strokeWidth=1.5).encode(
            x=alt.X("difference:Q"),
            color=colour,
            shape=alt.Shape("shape:N", scale=None),
            size=alt.Size("size:Q", scale=None),
            tooltip="said:N",
        ),
        base.mark_text(
            dy=-19, fontSize=15, fontWeight=600, stroke=PAPER, strokeWidth=4, strokeJoin="round"
        ).encode(x=alt.X("difference:Q"), text=alt.Text("number:N")),
        base.mark_text(dy=-19, fontSize=15, fontWeight=600).encode(
            x=alt.X("difference:Q"), text=alt.Text("number:N"), color=colour
        ),
        base.mark_text(dy=20, fontSize=13.5, stroke=PAPER, strokeWidth=4, strokeJoin="round").encode(
            x=alt.X("verdict_at:Q"), text=alt.Text("verdict:N")
        ),
        words.encode(x=alt.X("verdict_at:Q"), text=alt.Text("verdict:N"), color=colour),
    ).properties(width=DIFFERENCES)
