"""How large words can be set so that they fit: in hundredths of the picture's height, for a 4:3 and a 16:9 house."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

LETTER, WIDE = 0.55, 1.08
"""How wide a letter is, of its height: a Latin one with what a broken line loses, a Chinese one or an emoji."""
SELDOM_THERE, BOX = range(0x0900, 0x1100), 0.68
"""Scripts from Devanagari to Burmese: where no font knows them, each letter and each mark stands as a box this wide."""
LINE, TALL_LINE = 1.24, 1.65
"""How high a line is: of Latin, Greek, Cyrillic and Chinese letters; of scripts with marks above and below."""
NARROW_HOUSE, WIDE_HOUSE = 120.0, 160.0
"""How wide a full line is, in hundredths of the height: 4:3, 16:9."""
LEAST = 3.6
"""Smaller than this the back row reads nothing: 39 px at 1080."""
BROKEN = 5.0
"""Above this size a word too long for its line makes all words smaller; below it the word is broken."""
STEP = 0.2


@dataclass(frozen=True)
class Fitted:
    """Sizes of type for the two shapes of a house, and whether its script needs room between lines."""

    narrow: float
    wide: float
    tall: bool

    @property
    def style(self) -> str:
        """The sizes as a template sets them."""
        return f"--narrow: {self.narrow:g}; --wide: {self.wide:g}"


def fitted(*words: str, most: float, height: float, part: float = 1.0, between: float = 0.0) -> Fitted:
    """Return the largest sizes up to ``most`` at which words fit ``part`` of the width and so much of the height.

    Several are set alike, one under the other, with so much ``between`` two of them.
    """
    room = height - between * (len(words) - 1)
    narrow, wide = (_size(words, most, room, house * part) for house in (NARROW_HOUSE, WIDE_HOUSE))
    return Fitted(narrow, wide, any(map(_tall, words)))


def _size(words: Sequence[str], most: float, height: float, width: float) -> float:
    size = most
    while size > LEAST and sum(_height(each, size, width) for each in words) > height:
        size = max(LEAST, size - STEP)
    return round(size, 2)


def _height(words: str, size: float, width: float) -> float:
    """Return how high words stand; a word too long for a line counts as not fitting while it could be smaller."""
    lines = 0
    for paragraph in words.splitlines() or [""]:
        if size > BROKEN and any(_length(word) * size > width for word in paragraph.split()):
            return float("inf")
        lines += max(1, ceil(_length(paragraph) * size / width))
    return lines * size * (TALL_LINE if _tall(words) else LINE)


def _length(words: str) -> float:
    return sum(map(_width, words))


def _width(letter: str) -> float:
    """Return how wide a letter or mark may come out; one that few computers have a font for may come out as a box."""
    if unicodedata.east_asian_width(letter) in "WF":
        return WIDE
    if ord(letter) in SELDOM_THERE:
        return BOX
    return 0.0 if unicodedata.combining(letter) else LETTER


def _tall(words: str) -> bool:
    """Return whether words are in a script whose marks need room: Arabic, Hebrew, Devanagari, Thai and their like."""
    return any(0x0590 <= ord(letter) <= 0x10FF for letter in words) or any(
        unicodedata.combining(letter) for letter in unicodedata.normalize("NFC", words)
    )


WORDY_LABEL, WORDY_WORD, WORDY_PICTURE = 60, 20, 540
"""Letters of one answer, of one word, and of all answers with their question from which bars do not stand beside names."""
BELOW_ASKED = 58.0
"""Hundredths of the height that are left for the answers below a question of two lines."""


def wordy(asked: str, labels: Sequence[str]) -> Fitted | None:
    """Return how large answers are set that are so long that each needs lines of its own; None for shorter ones."""
    words = [word for label in labels for word in label.split()]
    if (
        max(map(len, labels), default=0) <= WORDY_LABEL
        and max(map(len, words), default=0) <= WORDY_WORD
        and len(asked) + sum(map(len, labels)) <= WORDY_PICTURE
    ):
        return None
    return fitted(*labels, most=4.6, height=80 - _height(asked, LEAST, NARROW_HOUSE), part=0.84, between=2.8)


def listed(asked: str, options: Sequence[str]) -> bool:
    """Return whether the answers offered fit below a question that waits, as large as they are set there."""
    many = len(options) > 5
    size, gap, width = (3.8, 1.7, 0.43) if many else (5.0, 1.7, 0.95)
    heights = [_height(option, size, NARROW_HOUSE * width) + gap for option in options]
    rows = (len(heights) + 1) // 2
    tallest = max(sum(heights[:rows]), sum(heights[rows:])) if many else sum(heights)
    return tallest <= BELOW_ASKED - max(0.0, _height(asked, 5.2, NARROW_HOUSE) - 13)
