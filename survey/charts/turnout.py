"""Who answered, of those who were there: one bar inside another."""

from collections.abc import Sequence
from dataclasses import dataclass

from survey.analysis.shares import Share
from survey.charts.picture import Picture
from survey.charts.shapes.turnout import turnout_shape


@dataclass(frozen=True)
class Bar:
    """One group of people: whole in 100 of those there, and the number printed."""

    row: int
    label: str
    in_100: int
    number: str
    said: str


def turnout(there: int, about: bool, groups: Sequence[tuple[str, Share]]) -> Picture:
    """Return how many of the people there belong to each named group, as bars inside the attendance."""
    heads = f"about {there}" if about else str(there)
    bars = [Bar(0, "there", 100, heads, f"there: {heads}")]
    bars += [
        Bar(
            place,
            name,
            share.in_100,
            f"{share.count} ({share.in_100} in 100)",
            f"{name}: {share.count} ({share.in_100} in 100)",
        )
        for place, (name, share) in enumerate(groups, start=1)
    ]
    words = "; ".join(f"{bar.label}: {bar.number}" for bar in bars)
    return Picture(turnout_shape(len(bars)), {"bars": tuple(bars)}, f"{words}.")
