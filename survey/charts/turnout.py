"""Who answered, of those who were there: one bar inside another."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import altair as alt

from survey.analysis.shares import Share
from survey.charts.picture import Picture, values
from survey.charts.theme import FOR, LINE

PLOT = 420
STEP = 36


@dataclass(frozen=True)
class Bar:
    """One group of people, how many they are, and how many were there."""

    row: int
    label: str
    people: int
    there: int
    number: str


def turnout(there: int, about: bool, groups: Sequence[tuple[str, Share]]) -> Picture:
    """Return how many of the people there belong to each named group, as bars inside the attendance."""
    heads = f"about {there}" if about else str(there)
    bars = [Bar(0, "there", there, there, heads)]
    bars += [
        Bar(place, name, share.count, there, f"{share.count} ({share.in_100} in 100)")
        for place, (name, share) in enumerate(groups, start=1)
    ]
    words = "; ".join(f"{bar.label}: {bar.number}" for bar in bars)
    return _drawn(tuple(bars), f"{words}.")


@lru_cache(maxsize=128)
def _drawn(bars: tuple[Bar, ...], words: str) -> Picture:
    rows = alt.Chart(values(*bars)).encode(
        y=alt.Y("row:O", axis=None, scale=alt.Scale(domain=[bar.row for bar in bars], padding=0.18))
    )
    x = alt.X("there:Q", axis=None, scale=alt.Scale(domain=[0, bars[0].there], nice=False))
    chart = alt.layer(
        rows.mark_bar(color=LINE).encode(x=x),
        rows.mark_bar(color=FOR).encode(x="people:Q"),
        rows.mark_text(align="left", dx=10, fontSize=15, fontWeight=600).encode(x="there:Q", text="number:N"),
        rows.mark_text(align="right").encode(x=alt.value(-12), text="label:N"),
    ).properties(width=PLOT, height=STEP * len(bars))
    return Picture(chart, words)
