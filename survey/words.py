"""Two words ("river lamp") that bring together what one person sends before and after on different phones.

Every row of ``data/words/two-words.csv`` is one meaning, every column a language: a pair shown in one language may be
typed in any of them. No word stands for two meanings in any language, and in alphabets one slip of a finger never makes
another word. A pair has no order: people remember "lamp river" as well. Phones' pairs are rows an odd distance apart,
printed cards' an even distance, so the two never collide. Rows are only ever added at the end.
"""

import csv
import hmac
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count

from survey.settings import ROOT

FILE = ROOT / "data" / "words" / "two-words.csv"
ALIKE = str.maketrans(
    {
        "\N{LATIN SMALL LETTER L WITH STROKE}": "l",
        "\N{ARABIC LETTER ALEF MAKSURA}": "\N{ARABIC LETTER YEH}",
        "\N{ARABIC LETTER FARSI YEH}": "\N{ARABIC LETTER YEH}",
        "\N{ARABIC LETTER KEHEH}": "\N{ARABIC LETTER KAF}",
        "\N{ARABIC LETTER TEH MARBUTA}": "\N{ARABIC LETTER HEH}",
        "\N{ARABIC LETTER TEH MARBUTA GOAL}": "\N{ARABIC LETTER HEH}",
        "\N{ARABIC LETTER HEH GOAL}": "\N{ARABIC LETTER HEH}",
        "\N{ARABIC LETTER HEH DOACHASHMEE}": "\N{ARABIC LETTER HEH}",
        "\N{ARABIC TATWEEL}": None,
    }
)
"""Letters that keyboards of neighbouring languages write differently."""


@dataclass(frozen=True)
class Pair:
    """Two different words by their rows, the lower first."""

    one: int
    other: int

    @property
    def on_a_card(self) -> bool:
        """Whether it belongs to the pairs for printed cards; the others are for phones."""
        return (self.other - self.one) % 2 == 0

    @property
    def canonical(self) -> str:
        """The same text whatever language it was typed in."""
        return self.shown("en")

    def shown(self, language: str) -> str:
        """Return the two words as people of a language read them; in English where the language has none."""
        rows = word_rows()
        return " ".join(rows[row].get(language) or rows[row]["en"] for row in (self.one, self.other))


@cache
def word_rows() -> tuple[dict[str, str], ...]:
    """Return every meaning: language → word."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def plain(word: str) -> str:
    """Return a word without what people leave out or type differently: case, accents, vowel marks, dashes."""
    parts = unicodedata.normalize("NFKD", word.casefold().translate(ALIKE))
    return "".join(letter for letter in parts if letter.isalpha()).translate(ALIKE)


LONGEST_CODE = 64
"""So many letters of a typed code are looked at; no code of ours has half as many."""


def bare_code(typed: str) -> str:
    """Return a code typed by hand as its letters and digits: no dashes or spaces, any keyboard's digits as 0 to 9."""
    letters = unicodedata.normalize("NFKC", re.sub(r"[\W_]+", "", typed)[:LONGEST_CODE])
    return "".join(str(unicodedata.decimal(each)) if each.isdecimal() else each for each in letters)


def read_pair(typed: str) -> Pair | None:
    """Return the pair somebody typed, in any language and either order; None when it is not two of our words.

    Nothing is guessed: a word that is not exactly one of ours is none. Written together ("riverlamp", or Chinese without
    a space) the words are read only if there is one way to read them.
    """
    known = _rows_by_word()
    whole = plain(typed)
    halves = [part for part in map(plain, re.split(r"[\s,;.:/&+\u060c\u3001\uff0c-]+", typed)) if part]
    ways = [(whole[:at], whole[at:]) for at in range(1, len(whole))] if len(halves) == 1 else [tuple(halves)]
    found = {
        Pair(*sorted(known[half] for half in way))
        for way in ways
        if len(way) == 2 and all(half in known for half in way) and known[way[0]] != known[way[1]]
    }
    return found.pop() if len(found) == 1 else None


def drawn(key: bytes, about: str, *, cards: bool) -> Iterator[Pair]:
    """Yield pairs for phones or for cards, without end: the same each time under one key, about one thing."""
    words = len(word_rows())
    for number in count():
        digest = hmac.digest(key, f"{about}:{number}".encode(), "sha256")
        one, other = sorted(int.from_bytes(digest[at : at + 8], "big") % words for at in (0, 8))
        if one != other and Pair(one, other).on_a_card is cards:
            yield Pair(one, other)


@cache
def _rows_by_word() -> dict[str, int]:
    return {plain(word): row for row, words in enumerate(word_rows()) for word in words.values()}
