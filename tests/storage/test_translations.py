"""Translations in the database: words may change, but only what a named person has read is offered."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from survey.language.catalogues import interface
from survey.questionnaire import DATA, TRANSLATIONS, load_questionnaire, pieces
from survey.serving.publishing import publish_questionnaires
from survey.storage.database import Database
from survey.storage.questionnaires import find_version, languages_offered
from survey.storage.sign_ins import acts
from survey.storage.translations import (
    Approval,
    StoredTranslation,
    TranslationIncomplete,
    TranslationUnknown,
    approve,
    publish_translation,
    translation_into,
    translations,
    withdraw,
)
from tests.databases import publish_nest
from tests.languages import READER, approved, invented_catalogues, translated

NEST, _CONTENT = load_questionnaire(DATA / "the-nest-1.yaml")
DAY = date(2026, 4, 25)


@pytest.fixture(autouse=True)
def catalogues(tmp_path: Path) -> Iterator[None]:
    """Invented words in every language."""
    folder = tmp_path / "locale"
    folder.mkdir()
    with invented_catalogues(folder):
        yield


def urdu(database: Database, version_id: str) -> StoredTranslation:
    """The translation into Urdu, as it stands."""
    with database.reading() as connection:
        return translation_into(connection, version_id, NEST, "ur")


def offered(database: Database, version_id: str) -> tuple[str, ...]:
    """The languages a version speaks to phones."""
    with database.reading() as connection:
        return find_version(connection, version_id).languages


def test_an_approval_is_kept_with_the_name_and_the_day(database: Database) -> None:
    id = publish_nest(database)
    translated(database, id, "pl", "ur")
    assert urdu(database, id).approval is None
    assert offered(database, id) == ("en",)
    approved(database, id, "ur")
    assert urdu(database, id).approval == Approval(READER, DAY)
    assert urdu(database, id).offered
    assert offered(database, id) == ("en", "ur")
    with database.reading() as connection:
        assert [(each.language, each.offered) for each in translations(connection, id, NEST)] == [
            ("pl", False),
            ("ur", True),
        ]
        assert languages_offered(connection) == {"ur"}


def test_publishing_the_same_words_again_keeps_the_approval(database: Database) -> None:
    id = publish_nest(database)
    translated(database, id, "ur")
    approved(database, id, "ur")
    translated(database, id, "ur")
    assert offered(database, id) == ("en", "ur")


def test_a_changed_word_ends_the_offer_and_is_named(database: Database) -> None:
    id = publish_nest(database)
    translated(database, id, "ur")
    approved(database, id, "ur")
    words = urdu(database, id).words
    database.write(lambda c: publish_translation(c, id, "ur", {**words, "title": "گھونسلہ"}))
    assert [sentence.place for sentence in urdu(database, id).unread] == ["title"]
    assert urdu(database, id).approval == Approval(READER, DAY)
    assert offered(database, id) == ("en",)
    database.write(lambda c: publish_translation(c, id, "ur", words))
    assert offered(database, id) == ("en", "ur"), "the old words were read"


def test_only_the_sentences_that_were_read_are_approved(database: Database) -> None:
    id = publish_nest(database)
    translated(database, id, "ur")
    questions = urdu(database, id).questions
    database.write(lambda c: approve(c, id, "ur", name=READER, on=DAY, sentences=questions))
    assert urdu(database, id).unread == interface("ur")
    assert offered(database, id) == ("en",)


def test_what_has_no_words_cannot_be_approved(database: Database) -> None:
    id = publish_nest(database)
    words = {place: "اردو" for place in pieces(NEST) if place != "title"}
    database.write(lambda c: publish_translation(c, id, "ur", words))
    assert [sentence.place for sentence in urdu(database, id).missing] == ["title"]
    sentences = urdu(database, id).sentences
    with pytest.raises(TranslationIncomplete, match="1 sentence"):
        database.write(lambda c: approve(c, id, "ur", name=READER, on=DAY, sentences=sentences))
    assert urdu(database, id).approval is None


def test_withdrawing_forgets_name_day_and_what_was_read(database: Database) -> None:
    id = publish_nest(database)
    translated(database, id, "ur")
    approved(database, id, "ur")
    database.write(lambda c: withdraw(c, id, "ur"))
    assert urdu(database, id).approval is None
    assert urdu(database, id).read == frozenset()
    assert offered(database, id) == ("en",)


def test_a_language_nobody_translated_is_named_with_those_there_are(database: Database) -> None:
    id = publish_nest(database)
    translated(database, id, "pl")
    with pytest.raises(TranslationUnknown, match=r"not translated into 'ur'\. There are: pl"):
        urdu(database, id)


def test_publishing_stores_translation_files_and_what_changed_in_them(
    database: Database, tmp_path: Path
) -> None:
    head = {"questionnaire": "the-nest", "version": 1, "language": "ur"}
    path = tmp_path / "the-nest-1.ur.yaml"
    for title in ("ایک", "دو"):
        path.write_text(yaml.safe_dump({**head, "title": title}))
        publish_questionnaires(database, translated=tmp_path)
        assert urdu(database, "the-nest-1").words == {"title": title}
    path.rename(tmp_path / "the-nets-1.ur.yaml")
    (wrong,) = publish_questionnaires(database, translated=tmp_path)
    assert "no questionnaire for this translation" in str(wrong)


def test_a_translation_whose_file_is_gone_is_spoken_no_more_and_put_back_is_a_draft(
    database: Database, tmp_path: Path
) -> None:
    files = tmp_path / "translations"
    files.mkdir()
    for language in ("pl", "ur"):
        shutil.copy(TRANSLATIONS / f"the-nest-1.{language}.yaml", files)
    publish_questionnaires(database, translated=files)
    approved(database, "the-nest-1", "pl", "ur")
    publish_questionnaires(database, translated=files)
    assert offered(database, "the-nest-1") == ("en", "pl", "ur")

    away = (files / "the-nest-1.ur.yaml").rename(tmp_path / "away.yaml")
    publish_questionnaires(database, translated=files)
    assert offered(database, "the-nest-1") == ("en", "pl")
    with database.reading() as connection:
        assert [each.language for each in translations(connection, "the-nest-1", NEST)] == ["pl"]
        assert languages_offered(connection) == {"pl"}
        assert [(each.act, each.about) for each in acts(connection)] == [
            ("withdrew ur, whose file is gone", "the-nest-1")
        ]

    away.rename(files / "the-nest-1.ur.yaml")
    publish_questionnaires(database, translated=files)
    assert urdu(database, "the-nest-1").approval is None
    assert offered(database, "the-nest-1") == ("en", "pl")
