"""Invented translations in tests: every sentence has words, so that only the machinery is looked at."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from survey.language import catalogues
from survey.language.catalogues import LOCALE, underscored
from survey.model import Performance, Wave
from survey.questionnaire import load_translations, pieces
from survey.storage.database import Connection, Database
from survey.storage.questionnaires import find_version
from survey.storage.translations import approve, publish_translation, translation_into
from tests.databases import add_nest_performance

GREETINGS = {"ur": "اردو", "pl": "po polsku", "ar": "عربي", "zh-Hans": "中文"}
"""What every invented sentence in a language begins with."""
READER = "Amina Khan"


@contextmanager
def invented_catalogues(folder: Path) -> Iterator[Path]:
    """Let the app speak invented words in all four languages, from a folder that a test may change."""
    shutil.copy(LOCALE / "houselights.pot", folder)
    for language in GREETINGS:
        write_catalogue(folder, language)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogues, "LOCALE", folder)
        forget_catalogues()
        yield folder
    forget_catalogues()


def write_catalogue(folder: Path, language: str, changed: Mapping[str, str] | None = None) -> None:
    """Write a catalogue in which every sentence has invented words, or those given for it."""
    found = Catalog(locale=underscored(language), fuzzy=False)
    with (folder / "houselights.pot").open("rb") as file:
        template = read_po(file)
    for message in template:
        if isinstance(message.id, tuple):
            found.add(
                message.id, tuple(f"{GREETINGS[language]} {message.id[1]}" for _ in range(found.num_plurals))
            )
        elif isinstance(message.id, str) and message.id:
            found.add(message.id, (changed or {}).get(message.id, f"{GREETINGS[language]} {message.id}"))
    path = folder / language / "LC_MESSAGES" / "houselights.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, found)


def forget_catalogues() -> None:
    """Read the catalogues again, as a start does."""
    for read_once in (catalogues.catalogue, catalogues.interface, catalogues.interface_mark):
        read_once.cache_clear()


def translated(database: Database, version_id: str, *languages: str, changed: str = "") -> None:
    """Store an invented translation of a version into each language, approved by nobody yet."""

    def act(connection: Connection) -> None:
        for language in languages:
            words = {
                place: f"{GREETINGS[language]} {text.reference}{changed}"
                for place, text in pieces(find_version(connection, version_id)).items()
            }
            publish_translation(connection, version_id, language, words)

    database.write(act)


def approved(database: Database, version_id: str, *languages: str) -> None:
    """Let a named person approve each language as it stands."""

    def act(connection: Connection) -> None:
        for language in languages:
            there = translation_into(connection, version_id, find_version(connection, version_id), language)
            approve(
                connection,
                version_id,
                language,
                name=READER,
                on=date(2026, 4, 25),
                sentences=there.sentences,
            )

    database.write(act)


def nest_in(database: Database, *languages: str, wave: Wave = Wave.AFTER) -> Performance:
    """Add a performance of The Nest whose questionnaire is approved in these languages."""
    performance = add_nest_performance(database, wave=wave)
    translated(database, performance.version_id, *languages)
    approved(database, performance.version_id, *languages)
    return performance


def offer_every_translation(database: Database, version_id: str) -> list[str]:
    """Let a named person approve every translation there is, in its real words; return the languages then offered."""

    def act(connection: Connection) -> list[str]:
        questionnaire = find_version(connection, version_id)
        for draft in load_translations(questionnaire):
            publish_translation(connection, version_id, draft.language, draft.words)
            read = translation_into(connection, version_id, questionnaire, draft.language).sentences
            approve(connection, version_id, draft.language, name=READER, on=date(2026, 4, 25), sentences=read)
        return list(find_version(connection, version_id).languages)

    return database.write(act)
