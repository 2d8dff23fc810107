"""``questionnaires``: what can be asked, what is set aside, and a file checked before anybody is asked."""

import json

from survey.model import Wave
from survey.questionnaire import DATA, TRANSLATIONS, load_questionnaire
from survey.storage.database import Database
from survey.storage.questionnaires import publish
from tests.commands.lines import Commands
from tests.databases import add_nest_performance

NEST = (DATA / "the-nest-1.yaml").read_text(encoding="utf-8")


def publish_other_words(database: Database) -> None:
    """Let an audience have been asked The Nest's version 1 in other words than its file has today."""
    questionnaire, content = load_questionnaire(DATA / "the-nest-1.yaml")
    content["title"] = {"en": "Another title"}
    database.write(lambda connection: publish(connection, questionnaire, content))
    add_nest_performance(database, version_id="the-nest-1", wave=Wave.AFTER)


def test_a_file_that_can_be_used_is_said_to_be(commands: Commands) -> None:
    said = commands.run("questionnaires", "check", str(DATA / "the-nest-1.yaml"))
    assert said == "the-nest-1.yaml can be used: The Nest, version 1, 13 questions.\n"
    told = json.loads(commands.run("questionnaires", "check", str(DATA / "the-nest-1.yaml"), "--json"))
    assert told["ok"] is True
    assert commands.run("questionnaires", "check", str(TRANSLATIONS / "the-nest-1.pl.yaml")).endswith(
        "in pl.\n"
    )


def test_a_file_that_cannot_be_used_is_answered_with_its_line_and_what_to_do(commands: Commands) -> None:
    path = commands.file("the-nest-1.yaml", NEST.replace("kind: one", "kind: radio", 1))
    said = commands.fail("questionnaires", "check", path)
    assert said.startswith("the-nest-1.yaml, line 11, question home_system: 'kind' is 'radio'. Use one of")
    assert said.count("\n") == 1


def test_another_program_reads_the_file_the_line_and_what_to_do(commands: Commands) -> None:
    path = commands.file("the-nest-1.yaml", NEST.replace("kind: one", "kind: radio", 1))
    assert commands.answer("questionnaires", "check", path, "--json") == 1
    told = json.loads(commands.screen.readouterr().out)
    assert (told["ok"], told["file"], told["line"]) == (False, "the-nest-1.yaml", 11)
    assert told["what"].endswith("What other tools call radio is kind: one.")


def test_a_file_changed_under_a_published_version_is_told_to_raise_it(
    commands: Commands, sqlite_database: Database
) -> None:
    publish_other_words(sqlite_database)
    for command in (("check", str(DATA / "the-nest-1.yaml")),):
        assert "Raise its version to 2" in commands.fail("questionnaires", *command)
    listed = commands.run("questionnaires", "list")
    assert "the-nest-1  Another title  (13 questions; published)" in listed
    assert "safeguards-1  " in listed
    assert "set aside: the-nest-1.yaml: Version 1 is published" in listed
    told = json.loads(commands.run("questionnaires", "list", "--json"))
    assert {each["id"]: each["published"] for each in told["versions"]}["the-nest-1"] is True
    assert [each["file"] for each in told["set_aside"]] == ["the-nest-1.yaml"]
    doctor = json.loads(commands.run("doctor", "--json"))
    found = {each["check"]: each for each in doctor}["questionnaires"]
    assert not found["ok"]
    assert "Raise its version to 2" in found["words"]
