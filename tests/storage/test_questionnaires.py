"""A version follows its file until it is published; then it never changes. It is parsed once."""

import copy
import shutil
from pathlib import Path
from typing import Any

import pytest

from survey.model import Wave
from survey.questionnaire import (
    DATA,
    TRANSLATIONS,
    QuestionnaireWrong,
    load_questionnaire,
    parse_questionnaire,
)
from survey.serving.publishing import publish_questionnaires
from survey.storage.database import Database
from survey.storage.migrations import migrate
from survey.storage.performances import find_performance, rehearse_wave, wipe_rehearsal
from survey.storage.questionnaires import (
    VersionUnknown,
    find_version,
    latest_version,
    publish,
    published,
    versions,
)
from survey.storage.translations import translations
from tests.databases import add_nest_performance
from tests.storage.phones import filled, send


def nest() -> dict[str, Any]:
    return load_questionnaire(DATA / "the-nest-1.yaml")[1]


def put(database: Database, content: dict[str, Any]) -> str:
    questionnaire = parse_questionnaire(content)
    return database.write(lambda connection: publish(connection, questionnaire, content))


def test_a_version_comes_back_as_it_was_published(database: Database) -> None:
    id = put(database, nest())

    with database.reading() as connection:
        assert find_version(connection, id) == parse_questionnaire(nest())
        assert find_version(connection, id) is find_version(connection, id)


def test_publishing_the_same_again_is_harmless(database: Database) -> None:
    assert put(database, nest()) == put(database, nest())


def reworded() -> dict[str, Any]:
    changed = copy.deepcopy(nest())
    changed["title"]["en"] += "?"
    return changed


def title(database: Database) -> str:
    with database.reading() as connection:
        return str(find_version(connection, "the-nest-1").title)


def is_published(database: Database) -> bool:
    with database.reading() as connection:
        return "the-nest-1" in published(connection)


def test_until_it_is_first_opened_a_version_follows_its_file(database: Database) -> None:
    put(database, nest())
    chosen = add_nest_performance(database, version_id="the-nest-1", wave=None)
    database.write(lambda connection: rehearse_wave(connection, chosen.id, Wave.AFTER))
    assert not is_published(database)

    put(database, reworded())

    assert title(database) == "The Nest?"
    with database.reading() as connection:
        assert find_performance(connection, chosen.code).version_id == "the-nest-1"


def test_a_version_opened_for_its_audience_is_published_and_its_words_stay(database: Database) -> None:
    put(database, nest())
    add_nest_performance(database, version_id="the-nest-1", wave=Wave.BEFORE)
    assert is_published(database)

    with pytest.raises(QuestionnaireWrong, match="Raise its version to 2, in the file and in its name"):
        put(database, reworded())

    assert title(database) == "The Nest"
    assert put(database, nest()) == "the-nest-1"


def test_answers_of_a_rehearsal_publish_a_version_until_they_are_wiped(database: Database) -> None:
    put(database, nest())
    chosen = add_nest_performance(database, version_id="the-nest-1", wave=None)
    database.write(lambda connection: rehearse_wave(connection, chosen.id, Wave.AFTER))
    with database.reading() as connection:
        chosen = find_performance(connection, chosen.code)
    send(database, chosen, "seat", filled(home_system="depends"), wave=Wave.AFTER)
    with pytest.raises(QuestionnaireWrong, match="people were asked it in other words"):
        put(database, reworded())

    database.write(lambda connection: wipe_rehearsal(connection, chosen.id))
    put(database, reworded())

    assert title(database) == "The Nest?"


def folder_with(path: Path, *names: str) -> Path:
    path.mkdir(exist_ok=True)
    for name in names:
        shutil.copy(DATA / name, path)
    return path


def test_one_broken_file_never_stops_the_others(database: Database, tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "files", "the-nest-1.yaml", "safeguards-1.yaml")
    publish_questionnaires(database, folder, TRANSLATIONS)
    (folder / "the-nest-1.yaml").write_text("id: the-nest\nversion: one\n")
    (folder / "new-1.yaml").write_text("\tid: new")

    aside = publish_questionnaires(database, folder, TRANSLATIONS)

    assert {"the-nest-1.yaml", "new-1.yaml"} <= {wrong.source for wrong in aside}
    with database.reading() as connection:
        assert [id for id, _version in versions(connection)] == ["safeguards-1", "the-nest-1"]
        assert str(find_version(connection, "the-nest-1").title) == "The Nest", "as it was stored before"


def test_a_file_changed_under_a_published_version_is_set_aside(
    sqlite_database: Database, tmp_path: Path
) -> None:
    folder = folder_with(tmp_path / "files", "the-nest-1.yaml")
    put(sqlite_database, reworded())
    add_nest_performance(sqlite_database, version_id="the-nest-1", wave=Wave.AFTER)

    aside = publish_questionnaires(sqlite_database, folder, tmp_path)

    assert "the-nest-1.yaml: Version 1 is published" in " ".join(map(str, aside))
    assert title(sqlite_database) == "The Nest?"


def test_a_version_whose_file_is_gone_is_gone_unless_a_performance_has_chosen_it(
    database: Database, tmp_path: Path
) -> None:
    folder = folder_with(tmp_path / "files", "the-nest-1.yaml", "safeguards-1.yaml")
    publish_questionnaires(database, folder, tmp_path)
    add_nest_performance(database, version_id="the-nest-1", wave=None)
    for path in folder.glob("*.yaml"):
        path.unlink()
    publish_questionnaires(database, folder, tmp_path)
    with database.reading() as connection:
        assert [id for id, _version in versions(connection)] == ["the-nest-1"]


def test_a_broken_translation_takes_nothing_away_from_phones(
    sqlite_database: Database, tmp_path: Path
) -> None:
    files = tmp_path / "translations"
    files.mkdir()
    shutil.copy(TRANSLATIONS / "the-nest-1.pl.yaml", files)
    publish_questionnaires(sqlite_database, translated=files)
    (files / "the-nest-1.pl.yaml").write_text("title: {")
    aside = publish_questionnaires(sqlite_database, translated=files)
    assert "the-nest-1.pl.yaml" in {wrong.source for wrong in aside}
    with sqlite_database.reading() as connection:
        stored = translations(connection, "the-nest-1", parse_questionnaire(nest()))
    assert [(each.language, len(each.words) > 10) for each in stored] == [("pl", True)]


def test_the_newest_version_is_found_and_older_ones_stay(database: Database) -> None:
    first = put(database, nest())
    second = put(database, nest() | {"version": 2})
    tenth = put(database, nest() | {"version": 10})

    with database.reading() as connection:
        assert latest_version(connection, "the-nest") == tenth
        assert latest_version(connection, "nothing") is None
        assert [id for id, _ in versions(connection)] == [tenth, second, first]
        with pytest.raises(VersionUnknown):
            find_version(connection, "nothing")


def test_two_databases_with_other_words_under_one_id_do_not_mix(
    sqlite_database: Database, tmp_path_factory: pytest.TempPathFactory
) -> None:
    id = put(sqlite_database, nest())
    url = f"sqlite:///{tmp_path_factory.mktemp('other') / 'other.db'}"
    migrate(url)
    other = Database(url)
    assert put(other, nest() | {"title": {"en": "Another title"}}) == id

    with other.reading() as connection:
        assert str(find_version(connection, id).title) == "Another title"
    other.close()
    with sqlite_database.reading() as connection:
        assert str(find_version(connection, id).title) == nest()["title"]["en"]
