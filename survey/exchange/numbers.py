"""Whole numbers as programs write them: 7, 7.0, 7,0, 1,204, 1.204,0, 1 204; in any digits."""

import re
import unicodedata

LONGEST = 20
_SIGNS = str.maketrans({"٫": ".", "٬": ",", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "’": "'"})
_WHOLE = re.compile(r"(\d+)(?:[.,]0+)?")
_GROUPED = re.compile(r"([1-9]\d{0,2}(?:([., '])\d{3})(?:\2\d{3})*)(?:(?!\2)[.,]0+)?")


def readings(said: str) -> frozenset[int]:
    """Return every whole number this may be: one for what is plain, two for 1,000 (one, or a thousand), else none."""
    written = "".join(_digit(character) for character in said.strip().translate(_SIGNS))
    if len(written) > LONGEST:
        return frozenset()
    found = set()
    if whole := _WHOLE.fullmatch(written):
        found.add(int(whole[1]))
    if grouped := _GROUPED.fullmatch(written):
        found.add(int(re.sub(r"\D", "", grouped[1])))
    return frozenset(found)


def _digit(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)
