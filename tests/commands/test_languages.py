"""Languages from the command line: what each translation needs, and an approval with a name to it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.storage.database import Database
from survey.storage.questionnaires import find_version
from survey.storage.sign_ins import acts
from tests.commands.lines import Commands
from tests.languages import forget_catalogues, invented_catalogues, write_catalogue


@pytest.fixture(autouse=True)
def catalogues(tmp_path: Path) -> Iterator[Path]:
    """Invented words in every language."""
    folder = tmp_path / "locale"
    folder.mkdir()
    with invented_catalogues(folder) as there:
        yield there


def offered(database: Database) -> tuple[str, ...]:
    """The languages The Nest is offered in."""
    with database.reading() as connection:
        return find_version(connection, "the-nest-1").languages


def test_a_language_is_approved_by_name_and_withdrawn(commands: Commands, sqlite_database: Database) -> None:
    assert "the-nest-1  ur  Not offered yet." in commands.run("languages", "list")
    commands.run("languages", "approve", "the-nest", "ur", "--name", "Amina Khan")
    assert offered(sqlite_database) == ("en", "ur")
    (urdu,) = [
        each
        for each in json.loads(commands.run("languages", "list", "--json"))
        if (each["questionnaire"], each["language"]) == ("the-nest-1", "ur")
    ]
    assert (urdu["offered"], urdu["approved_by"], urdu["missing"]) == (True, "Amina Khan", [])
    commands.run("languages", "withdraw", "the-nest-1", "ur")
    assert offered(sqlite_database) == ("en",)
    with sqlite_database.reading() as connection:
        assert {(act.act, act.about) for act in acts(connection)} == {
            ("approved ur", "the-nest-1"),
            ("withdrew ur", "the-nest-1"),
        }


def test_what_cannot_be_approved_says_why(commands: Commands, catalogues: Path) -> None:
    approve = ("languages", "approve", "the-nest")
    assert "Say who has read every word" in commands.fail(*approve, "ur", "--name", " ")
    assert "There is no questionnaire 'the-next'." in commands.fail(
        "languages", "approve", "the-next", "ur", "--name", "Amina Khan"
    )
    assert "not translated into 'tlh'" in commands.fail(*approve, "tlh", "--name", "Amina Khan")
    write_catalogue(catalogues, "ur", {"Send my answers": ""})
    forget_catalogues()
    assert "1 sentence" in commands.fail(*approve, "ur", "--name", "Amina Khan")
