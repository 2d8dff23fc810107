"""A published version never changes, and is parsed once."""

import copy
from typing import Any

import pytest

from survey.questionnaire import DATA, load_questionnaire, parse_questionnaire
from survey.storage.database import Database
from survey.storage.migrations import migrate
from survey.storage.questionnaires import (
    VersionChanged,
    VersionUnknown,
    find_version,
    latest_version,
    publish,
    versions,
)


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


def test_changed_words_under_a_published_version_are_refused(database: Database) -> None:
    put(database, nest())
    changed = copy.deepcopy(nest())
    changed["title"]["en"] += "?"

    with pytest.raises(VersionChanged, match="give the new words version 2"):
        put(database, changed)


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
