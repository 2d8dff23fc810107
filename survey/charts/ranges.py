"""One question: bars of its answers and, on the same scale, what the whole room may think."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import altair as alt

from survey.analysis.ranges import Interval
from survey.analysis.shares import Tally, agreeing
from survey.analysis.suppression import ENOUGH, Part, classes
from survey.charts.picture import Layers, Picture, values
from survey.charts.theme import (
    AGAINST,
    BETWEEN,
    FOR,
    INK,
    LINE,
    PLAIN,
    QUIET,
    RATHER_FOR,
    lift,
    lines,
    steps,
)
from survey.model import Kind

LABELS, PLOT, NUMBERS = 200, 330, 60
LINE_HEIGHT = 16
STRIP = 70


@dataclass(frozen=True)
class Bar:
    """One answer: its name, whole people in 100, and the number printed beside it."""

    row: int
    label: str
    lift: float
    in_100: int
    number: str
    colour: str


@dataclass(frozen=True)
class Strip:
    """The share followed and its two ranges for the whole room, whole people in 100."""

    label: str
    share: int
    low: int
    high: int
    worst_low: int
    worst_high: int


def one_question(tally: Tally, *, room: Interval | None = None, worst: Interval | None = None) -> Picture:
    """Return the answers as bars in the order offered, and a strip with both ranges where they are known.

    Below 30 answers the numbers printed are counts.
    """
    bars = tuple(_bars(tally))
    strip = _strip(tally, room, worst) if room and worst and tally.question.agree else None
    return _drawn(bars, strip, tally.base, _words(tally, bars, strip))


def _bars(tally: Tally) -> Iterator[Bar]:
    question = tally.question
    parts = classes(question)
    sizes = [len(parts[part]) for part in (Part.DISAGREE, Part.NEUTRAL, Part.AGREE)]
    if question.kind is Kind.NUMBER:
        sides = dict(zip((Part.DISAGREE, Part.NEUTRAL, Part.AGREE), (AGAINST, BETWEEN, FOR), strict=True))
        colours = [sides[part] for value in question.values for part in parts if value in parts[part]]
    elif question.agree and question.disagree:
        colours = steps(sizes[0], sizes[1], sizes[2])
    else:
        colours = [PLAIN] * len(question.values)
    letters = 28
    for row, (value, colour) in enumerate(zip(question.values, colours, strict=True)):
        share = tally.share(value)
        label = lines(str(question.option(value).label), letters)
        number = str(share.in_100) if tally.base >= ENOUGH else str(share.count)
        yield Bar(row, label, lift(label, LINE_HEIGHT), share.in_100, number, colour)


def _strip(tally: Tally, room: Interval, worst: Interval) -> Strip:
    (low, high), (worst_low, worst_high) = room.in_100, worst.in_100
    followed = agreeing(tally)
    return Strip(str(tally.question.agree_word), followed.in_100, low, high, worst_low, worst_high)


def _words(tally: Tally, bars: tuple[Bar, ...], strip: Strip | None) -> str:
    unit = "in 100" if tally.base >= ENOUGH else f"of {tally.base}"
    answers = "; ".join(f"{' '.join(bar.label.split())} {bar.number} {unit}" for bar in bars)
    said = f"Bars, {tally.base} answers. {answers}."
    if strip:
        said += (
            f" In the whole room {strip.low} to {strip.high} in 100 {strip.label} if the others think like those"
            f" who answered; anything from {strip.worst_low} to {strip.worst_high} if they do not."
        )
    return said


@lru_cache(maxsize=512)
def _drawn(bars: tuple[Bar, ...], strip: Strip | None, base: int, words: str) -> Picture:
    tall = any("\n" in bar.label for bar in bars)
    step = 22 if len(bars) > 8 and not tall else 40 if tall else 34
    unit = "in 100 of those who answered" if base >= ENOUGH else f"people, of the {base} who answered"
    ticks = [0, 20, 40, 60, 80, 100]
    x = alt.X(
        "in_100:Q",
        scale=alt.Scale(domain=[0, 100]),
        axis=alt.Axis(title=unit, values=ticks, labels=base >= ENOUGH and strip is None, labelFlush=False),
    )
    rows = alt.Chart(values(*bars)).encode(
        y=alt.Y(
            "row:O",
            axis=None,
            scale=alt.Scale(domain=[bar.row for bar in bars], paddingInner=0.22, paddingOuter=0.1),
        )
    )
    answers = alt.layer(
        _frame(),
        rows.mark_bar(cornerRadiusEnd=2).encode(x=x, color=alt.Color("colour:N", scale=None)),
        rows.mark_text(align="left", dx=8, fontSize=15, fontWeight=600).encode(x="in_100:Q", text="number:N"),
        rows.mark_text(
            align="right", lineBreak="\n", lineHeight=LINE_HEIGHT, dy={"expr": "datum.lift"}
        ).encode(x=alt.value(-12), text="label:N"),
    ).properties(width=PLOT, height=step * len(bars))
    if strip is None:
        return Picture(answers, words)
    return Picture(alt.vconcat(answers, _room(strip, ticks), spacing=18), words)


def _frame() -> alt.Chart:
    """Return two unseen points that keep every picture equally wide, so that they line up on a page."""
    edges = alt.Chart(alt.InlineData(values=[{"at": -LABELS}, {"at": PLOT + NUMBERS}]))
    unseen: alt.Chart = edges.mark_point(opacity=0).encode(x=alt.X("at:Q", scale=None), y=alt.value(0))
    return unseen


def _room(strip: Strip, ticks: list[int]) -> Layers:
    row = alt.Chart(values(strip))
    middle = alt.value(STRIP / 2)
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
        row.mark_rule(color=LINE, strokeWidth=12).encode(x=x, x2="worst_high:Q", y=middle),
        row.mark_rule(color=RATHER_FOR, strokeWidth=24).encode(x="low:Q", x2="high:Q", y=middle),
        row.mark_tick(color=FOR, thickness=4, size=34).encode(x="share:Q", y=middle),
        row.mark_text(color=INK, fontSize=13, fontWeight=600, align="right", dx=4, dy=-23).encode(
            x="low:Q", y=middle, text="low:Q"
        ),
        row.mark_text(color=INK, fontSize=13, fontWeight=600, align="left", dx=-4, dy=-23).encode(
            x="high:Q", y=middle, text="high:Q"
        ),
        row.mark_text(color=QUIET, fontSize=13, align="right", dx=-6).encode(
            x="worst_low:Q", y=middle, text="worst_low:Q"
        ),
        row.mark_text(color=QUIET, fontSize=13, align="left", dx=6).encode(
            x="worst_high:Q", y=middle, text="worst_high:Q"
        ),
        row.mark_text(align="right").encode(x=alt.value(-12), y=middle, text="label:N"),
    ).properties(width=PLOT, height=STRIP)
