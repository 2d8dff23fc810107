"""Two audiences: a dot with its range for each, and beside it the difference whose thick line decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import altair as alt

from survey.analysis.differences import SMALL, Difference, Verdict
from survey.analysis.ranges import round_in_100, wilson
from survey.analysis.suppression import ENOUGH, LEAST
from survey.charts.picture import Layers, Picture, frame, values
from survey.charts.theme import (
    AUDIENCE_A,
    AUDIENCE_A_WORDS,
    AUDIENCE_B,
    INK,
    PAPER,
    QUIET,
    SHADE,
    lift,
    lines,
    signed,
)

LABELS, SHARES, GAP, DIFFERENCES = 210, 320, 50, 280
STEP = 74
LINE_HEIGHT = 18
APART = 10
VERDICTS = {
    Verdict.TOO_FEW: "too few to tell",
    Verdict.CLEAR: "clear difference",
    Verdict.CLEAR_SMALL: "clear, but small",
    Verdict.ABOUT_THE_SAME: "about the same",
    Verdict.NONE: "no clear difference",
}


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
    colour: str
    shape: str
    size: int
    thick: int


@dataclass(frozen=True)
class Hidden:
    """A row without figures: the question, and why."""

    row: int
    label: str
    lift: float
    instead: str


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
    return _drawn(rows, hidden, name_a, name_b, reach, _words(rows, hidden, name_a, name_b))


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
    difference = round_in_100(one.difference)
    clear = one.verdict in (Verdict.CLEAR, Verdict.CLEAR_SMALL)
    few = one.verdict is Verdict.TOO_FEW
    return Row(
        place,
        label,
        lift(label, LINE_HEIGHT),
        one.share_a.in_100,
        a_low,
        a_high,
        _number(one.share_a.in_100, one.share_a.count, one.share_a.base),
        one.share_b.in_100,
        b_low,
        b_high,
        _number(one.share_b.in_100, one.share_b.count, one.share_b.base),
        difference,
        low,
        high,
        "" if few else signed(difference),
        VERDICTS[one.verdict],
        max(min(difference, round(0.6 * reach)), -round(0.6 * reach)),
        INK if clear else QUIET,
        "diamond" if clear else "circle",
        230 if clear else 130,
        1 if few else 8,
    )


def _number(in_100: int, count: int, base: int) -> str:
    return str(in_100) if base >= ENOUGH else f"{count} of {base}"


def _words(rows: tuple[Row, ...], hidden: tuple[Hidden, ...], name_a: str, name_b: str) -> str:
    said = [
        f"{' '.join(row.label.split())}: {name_a} {row.a_number}, {name_b} {row.b_number}, {row.verdict}"
        + (f" ({row.low} to {row.high})." if row.number else ".")
        for row in rows
    ]
    said += [f"{' '.join(row.label.split())}: {row.instead}." for row in hidden]
    return "In 100 of those who answered. " + " ".join(said)


@lru_cache(maxsize=128)
def _drawn(
    rows: tuple[Row, ...], hidden: tuple[Hidden, ...], name_a: str, name_b: str, reach: int, words: str
) -> Picture:
    count = len(rows) + len(hidden)
    y = alt.Y("row:O", axis=None, scale=alt.Scale(domain=list(range(count)), padding=0))
    base = alt.Chart(values(*rows)).encode(y=y)
    without = alt.Chart(values(*hidden)).encode(y=y)
    panels = [_shares(base, without, name_a, name_b), _differences(base, reach)]
    chart = alt.hconcat(
        *(panel.properties(height=STEP * count) for panel in panels), spacing=GAP
    ).resolve_scale(y="shared")
    return Picture(chart, words)


def _shares(base: alt.Chart, without: alt.Chart, name_a: str, name_b: str) -> Layers:
    axis = alt.Axis(title="in 100 of those who answered", values=[0, 20, 40, 60, 80, 100], labelFlush=False)
    scale = alt.Scale(domain=[0, 100])
    layers = [frame(-LABELS, SHARES)] + [
        rows.mark_text(
            align="right", lineBreak="\n", lineHeight=LINE_HEIGHT, fontSize=15, dy={"expr": "datum.lift"}
        ).encode(x=alt.value(-16), text="label:N")
        for rows in (base, without)
    ]
    layers.append(
        without.mark_text(color=QUIET, fontStyle="italic", align="left").encode(
            x=alt.value(12), text="instead:N"
        )
    )
    sides = (
        ("a", AUDIENCE_A, AUDIENCE_A_WORDS, -1, "circle", f"● {name_a}", 0),
        ("b", AUDIENCE_B, AUDIENCE_B, 1, "square", f"■ {name_b}", SHARES / 2),
    )
    for side, colour, words, way, shape, name, at in sides:
        named = alt.Chart(alt.InlineData(values=[{"name": name}]))
        layers.append(
            named.mark_text(align="left", fontSize=15, fontWeight=600, color=words, dy=-16).encode(
                x=alt.value(at), y=alt.value(0), text="name:N"
            )
        )
        layers.append(
            base.mark_rule(color=colour, strokeWidth=5, opacity=0.42, yOffset=way * APART).encode(
                x=alt.X(f"{side}_low:Q", scale=scale, axis=axis), x2=f"{side}_high:Q"
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
            ).encode(x=f"{side}:Q")
        )
        layers.append(
            base.mark_text(fontSize=14, fontWeight=600, yOffset=way * APART, dy=way * 15, color=words).encode(
                x=f"{side}:Q", text=f"{side}_number:N"
            )
        )
    return alt.layer(*layers).properties(width=SHARES)


def _differences(base: alt.Chart, reach: int) -> Layers:
    small = round(100 * SMALL)
    by = 10 if reach == 20 else 20 if reach <= 60 else 40
    axis = alt.Axis(
        title="difference in 100; shaded: closer than 10",
        values=[at for at in range(-100, 101, by) if abs(at) <= reach],
        labelFlush=False,
        labelExpr="datum.value > 0 ? '+' + datum.value : datum.value < 0 ? '−' + abs(datum.value) : '0'",
    )
    scale = alt.Scale(domain=[-reach, reach], nice=False)
    ground = alt.Chart(alt.InlineData(values=[{"from": -small, "to": small, "zero": 0}]))
    colour = alt.Color("colour:N", scale=None)
    words = base.mark_text(dy=20, fontSize=13.5)
    return alt.layer(
        ground.mark_rect(color=SHADE, opacity=1).encode(x=alt.X("from:Q", scale=scale, axis=axis), x2="to:Q"),
        ground.mark_rule(color=INK, strokeDash=[4, 3]).encode(x="zero:Q"),
        base.mark_rule().encode(
            x="low:Q", x2="high:Q", color=colour, strokeWidth=alt.StrokeWidth("thick:Q", scale=None)
        ),
        base.mark_point(filled=True, opacity=1, stroke=PAPER, strokeWidth=1.5).encode(
            x="difference:Q",
            color=colour,
            shape=alt.Shape("shape:N", scale=None),
            size=alt.Size("size:Q", scale=None),
        ),
        base.mark_text(
            dy=-19, fontSize=15, fontWeight=600, stroke=PAPER, strokeWidth=4, strokeJoin="round"
        ).encode(x="difference:Q", text="number:N"),
        base.mark_text(dy=-19, fontSize=15, fontWeight=600).encode(
            x="difference:Q", text="number:N", color=colour
        ),
        base.mark_text(dy=20, fontSize=13.5, stroke=PAPER, strokeWidth=4, strokeJoin="round").encode(
            x="verdict_at:Q", text="verdict:N"
        ),
        words.encode(x="verdict_at:Q", text="verdict:N", color=colour),
    ).properties(width=DIFFERENCES)
