"""One question: bars of its answers and, on the same scale, what the whole room may think."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import altair as alt

from survey.analysis.ranges import Interval
from survey.analysis.shares import Share, Tally
from survey.analysis.suppression import ENOUGH, Part, classes
from survey.charts.picture import Layers, Picture, frame, values
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

LABELS, PLOT, NUMBERS = 170, 350, 50
LINE_HEIGHT = 16
STRIP = 58


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
    lift: float
    share: int
    low: int
    high: int
    worst_low: int
    worst_high: int


@dataclass(frozen=True)
class Followed:
    """The share that is followed into the whole room, what those people did, and its two ranges."""

    did: str
    share: Share
    room: Interval
    worst: Interval


def one_question(tally: Tally, followed: Followed | None = None) -> Picture:
    """Return the answers as bars in the order offered, and a strip with both ranges of the whole room.

    Below 30 answers the numbers printed are counts.
    """
    bars = tuple(_bars(tally))
    strip = _strip(followed) if followed else None
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
    letters = 24
    for row, (value, colour) in enumerate(zip(question.values, colours, strict=True)):
        share = tally.share(value)
        label = lines(str(question.option(value).label), letters)
        number = str(share.in_100) if tally.base >= ENOUGH else str(share.count)
        yield Bar(row, label, lift(label, LINE_HEIGHT), share.in_100, number, colour)


def _strip(followed: Followed) -> Strip:
    (low, high), (worst_low, worst_high) = followed.room.in_100, followed.worst.in_100
    did = lines(followed.did, 20)
    return Strip(did, lift(did, LINE_HEIGHT), followed.share.in_100, low, high, worst_low, worst_high)


def _words(tally: Tally, bars: tuple[Bar, ...], strip: Strip | None) -> str:
    unit = "in 100" if tally.base >= ENOUGH else f"of {tally.base}"
    answers = "; ".join(f"{' '.join(bar.label.split())} {bar.number} {unit}" for bar in bars)
    said = f"Bars, {tally.base} answers. {answers}."
    if strip:
        said += (
            f" In the whole room {strip.low} to {strip.high} in 100 {' '.join(strip.label.split())} if the others think like those"
            f" who answered; anything from {strip.worst_low} to {strip.worst_high} if they do not."
        )
    return said


@lru_cache(maxsize=512)
def _drawn(bars: tuple[Bar, ...], strip: Strip | None, base: int, words: str) -> Picture:
    tallest = max(bar.label.count("\n") for bar in bars) + 1
    step = {1: 20 if len(bars) > 8 else 30, 2: 36}.get(tallest, 18 * tallest)
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
        frame(-LABELS, PLOT + NUMBERS),
        rows.mark_bar(cornerRadiusEnd=2).encode(x=x, color=alt.Color("colour:N", scale=None)),
        rows.mark_text(align="left", dx=8, fontSize=15, fontWeight=600).encode(x="in_100:Q", text="number:N"),
        rows.mark_text(
            align="right", lineBreak="\n", lineHeight=LINE_HEIGHT, dy={"expr": "datum.lift"}
        ).encode(x=alt.value(-12), text="label:N"),
    ).properties(width=PLOT, height=step * len(bars))
    if strip is None:
        return Picture(answers, words)
    return Picture(alt.vconcat(answers, _room(strip, ticks), spacing=18), words)


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
        row.mark_rule(color=RATHER_FOR, strokeWidth=20).encode(x="low:Q", x2="high:Q", y=middle),
        row.mark_tick(color=FOR, thickness=4, size=28).encode(x="share:Q", y=middle),
        row.mark_text(color=INK, fontSize=13, fontWeight=600, align="right", dx=-1, dy=-21).encode(
            x="low:Q", y=middle, text="low:Q"
        ),
        row.mark_text(color=INK, fontSize=13, fontWeight=600, align="left", dx=1, dy=-21).encode(
            x="high:Q", y=middle, text="high:Q"
        ),
        row.mark_text(color=QUIET, fontSize=13, align="right", dx=-6).encode(
            x="worst_low:Q", y=middle, text="worst_low:Q"
        ),
        row.mark_text(color=QUIET, fontSize=13, align="left", dx=6).encode(
            x="worst_high:Q", y=middle, text="worst_high:Q"
        ),
        row.mark_text(
            align="right", lineBreak="\n", lineHeight=LINE_HEIGHT, dy={"expr": "datum.lift"}
        ).encode(x=alt.value(-26), y=middle, text="label:N"),
    ).properties(width=PLOT, height=STRIP)
