"""Catalogues of other languages: read from ``survey/locale``, compiled in memory, never kept as a second file.

A language is named by its BCP 47 tag everywhere: in ``lang`` attributes, in the folder's name, in the database. Babel and
gettext write the same tag with underscores ("zh-Hans" is their "zh_Hans"): see ``underscored``.
"""

import gettext
import json
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

LOCALE = Path(__file__).parent.parent / "locale"
DOMAIN = "houselights"
SOURCE = "en"
OFFICE = ("survey/screen/", "survey/printing/poster", "survey/printing/cards", "survey/analysis/")
"""Where sentences are said that neither a phone nor a paper sheet says: the stage, the poster, reports."""
ON_PHONES_TOO = tuple(f"survey/analysis/sentences/{noun}.py" for noun in ("benchmarks", "phrases"))
"""Sentences of the statistics that phones in the room read too."""


@dataclass(frozen=True)
class Sentence:
    """One sentence beside its translation; several forms where it counts something. No words: not translated."""

    place: str
    reference: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def missing(self) -> bool:
        """Some of it has no words yet."""
        return not self.words or not all(self.words)

    @property
    def mark(self) -> str:
        """The fingerprint of what is said here: it changes when a word does."""
        said = json.dumps([self.place, self.reference, self.words], ensure_ascii=False)
        return sha256(said.encode()).hexdigest()[:16]


def underscored(language: str) -> str:
    """Return a language's tag as Babel and gettext write it."""
    return language.replace("-", "_")


def path_of(language: str) -> Path:
    """Return where the catalogue of a language is, or would be."""
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def translated_languages() -> list[str]:
    """Return the languages that have a catalogue."""
    return sorted(path.parent.parent.name for path in LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def read_catalogue(language: str) -> "Catalog":
    """Return a language's catalogue as its translators wrote it."""
    from babel.messages.pofile import read_po

    with path_of(language).open("rb") as file:
        return read_po(file, locale=underscored(language))


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the sentences of a language, compiled once; an unfilled or doubtful one falls back to English."""
    if language not in translated_languages():
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo

    compiled = BytesIO()
    write_mo(compiled, read_catalogue(language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@cache
def interface(language: str) -> tuple[Sentence, ...]:
    """Return what phones and paper sheets say around the questions, beside its translation; nothing for English."""
    if language == SOURCE:
        return ()
    from babel.messages.pofile import read_po

    with (LOCALE / f"{DOMAIN}.pot").open("rb") as file:
        template = read_po(file)
    there = read_catalogue(language) if language in translated_languages() else None
    said = []
    for message in template:
        if not message.id or not any(map(_on_phones, (where for where, _line in message.locations))):
            continue
        found = there.get(message.id, message.context) if there is not None else None
        reference = _forms(message.id)
        words = _forms(found.string) if found is not None and not found.fuzzy else ()
        said.append(Sentence(reference[0], reference, words))
    return tuple(said)


@cache
def interface_mark(language: str) -> str:
    """Return the fingerprint of all that phones say around the questions in a language."""
    return sha256("".join(sentence.mark for sentence in interface(language)).encode()).hexdigest()


def _on_phones(where: str) -> bool:
    return where in ON_PHONES_TOO or not where.startswith(OFFICE)


def _forms(said: object) -> tuple[str, ...]:
    """Return a message's forms: one, or several where it counts something."""
    return tuple(map(str, said)) if isinstance(said, (tuple, list)) else (str(said or ""),)
