"""The palette and the settings every picture shares: paper ground, printed numbers, one family of colours.

Colours were checked for colour-vision deficiency and a weak projector; shape or position doubles every one of them.
"""

import textwrap
from typing import Any

PAPER = "#FBF8F3"
INK = "#1B1F24"
QUIET = "#565B61"
LINE = "#D9D2C6"
SHADE = "#EFE8DB"
FONT = "Source Sans, Arial, sans-serif"

AGAINST = "#A84C00"
RATHER_AGAINST = "#F2A65A"
BETWEEN = "#C8C8C8"
RATHER_FOR = "#7FB8E6"
FOR = "#0B4A8F"
PLAIN = "#5B7A99"
"""Answers that lie on no scale."""

AUDIENCE_A = "#D55E00"
AUDIENCE_B = "#0B4A8F"
AUDIENCE_A_WORDS = "#A84C00"
"""The first audience's colour where it is read as small text: 4.5:1 on paper."""

CONFIG: dict[str, Any] = {
    # Vega's own labels print full precision; every picture carries its own sentence instead.
    "aria": False,
    # Left alone a mark tells every field it is drawn from; ours tell a sentence, or nothing.
    "mark": {"aria": False, "tooltip": None},
    "font": FONT,
    "background": "transparent",
    "view": {"stroke": None},
    "axis": {
        "aria": False,
        "labelColor": INK,
        "labelFontSize": 13,
        "titleColor": QUIET,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "titlePadding": 8,
        "gridColor": LINE,
        "domain": False,
        "ticks": False,
        "labelPadding": 6,
    },
    "legend": {
        "aria": False,
        "labelColor": INK,
        "labelFontSize": 14,
        "labelLimit": 420,
        "columnPadding": 18,
        "offset": 12,
    },
    "text": {"color": INK, "fontSize": 14},
}


def ink_on(colour: str) -> str:
    """Return the colour of a number printed on a bar of this colour, readable at 4.5:1 or better."""
    return "#FFFFFF" if colour in (AGAINST, FOR) else INK


def steps(against: int, between: int, in_favour: int) -> list[str]:
    """Return the diverging colours of an ordered question with so many answers on each side, in scale order.

    The strongest colour is at the far ends; an answer alone on its side is strong.
    """
    left = [AGAINST] * max(against - 1, 1) + [RATHER_AGAINST] * (against > 1)
    right = [RATHER_FOR] * (in_favour > 1) + [FOR] * max(in_favour - 1, 1)
    return (left if against else []) + [BETWEEN] * between + (right if in_favour else [])


def lines(words: str, letters: int) -> str:
    """Return words broken into lines no longer than so many letters."""
    return "\n".join(textwrap.wrap(words, letters)) or words


def lift(words: str, height: float) -> float:
    """Return how far to lift broken lines so that they stand centred on their row."""
    return -words.count("\n") * height / 2


def within(label: str) -> str:
    """Return a label as it stands inside a line: "Clear difference" as "clear difference"."""
    return label[:1].lower() + label[1:]


def signed(number: int) -> str:
    """Return a difference with its sign, a real minus."""
    return f"{'+' if number > 0 else '−' if number < 0 else ''}{abs(number)}"
