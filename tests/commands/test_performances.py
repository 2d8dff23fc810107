"""Performances from the command line: added, opened, closed and finished, for scripts and for people."""

import json
from typing import Any

import pytest

from survey.storage.database import Database
from survey.storage.performances import performances
from survey.storage.productions import production_named
from survey.storage.sign_ins import acts
from tests.commands.lines import Commands

NEST = (
    "--production",
    "The Nest",
    "--date",
    "2026-03-20",
    "--venue",
    "Upstairs",
    "--questionnaire",
    "the-nest",
)
TOLD = ("--responsible", "Example Theatre", "--contact", "data@example.org")


def added(commands: Commands, *more: str) -> dict[str, Any]:
    """Add a performance of The Nest; return what the command prints for scripts."""
    printed: dict[str, Any] = json.loads(commands.run("performances", "add", *NEST, *TOLD, *more, "--json"))
    return printed


def test_adding_prints_the_code_and_the_address_phones_open(commands: Commands) -> None:
    made = added(commands, "--capacity", "120")
    assert made["url"] == f"http://theatre.test/p/{made['code']}"
    assert len(made["code"]) == 8
    assert (made["capacity"], made["questionnaire"], made["standing"], made["open"]) == (
        120,
        "the-nest-1",
        "rehearsal",
        None,
    )


def test_families_are_said_on_the_way(commands: Commands, sqlite_database: Database) -> None:
    codes = {added(commands, *more)["code"]: bool(more) for more in ((), ("--families",))}
    with sqlite_database.reading() as connection:
        assert {one.code: one.families for one in performances(connection)} == codes


def test_a_production_is_made_once_and_lends_its_details_to_the_next_performance(
    commands: Commands, sqlite_database: Database
) -> None:
    added(commands)
    again = json.loads(commands.run("performances", "add", *NEST, "--open", "before", "--json"))
    assert again["open"] == "before"
    with sqlite_database.reading() as connection:
        both = performances(connection)
        work = production_named(connection, "The Nest")
    assert work is not None
    assert {one.production_id for one in both} == {work.id}
    assert {(one.responsible, one.contact) for one in both} == {("Example Theatre", "data@example.org")}


def test_what_nobody_wrote_down_comes_from_the_environment(
    commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    from survey.settings import settings

    monkeypatch.setenv("HOUSELIGHTS_RESPONSIBLE", "A Body")
    monkeypatch.setenv("HOUSELIGHTS_CONTACT", "body@example.org")
    settings.cache_clear()
    made = json.loads(commands.run("performances", "add", *NEST, "--open", "after", "--json"))
    assert (made["standing"], made["open"]) == ("running", "after")


def test_opening_without_a_responsible_body_stores_nothing(
    commands: Commands, sqlite_database: Database
) -> None:
    said = commands.fail("performances", "add", *NEST, "--open", "before")
    assert said == "Before this performance can open, write down: who is responsible, how to contact them.\n"
    with sqlite_database.reading() as connection:
        assert performances(connection) == []
        assert production_named(connection, "The Nest") is None


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("--date", "sometime", "date"),
        ("--capacity", "many", "whole number"),
        (
            "--questionnaire",
            "the-tempest",
            "There is no questionnaire 'the-tempest'. There are: citizens-jury, safeguards, the-nest.",
        ),
        ("--production", "", "production"),
        ("--youngest-age", "old", "whole number"),
    ],
)
def test_a_detail_that_cannot_be_read_is_said_in_one_sentence(
    commands: Commands, name: str, value: str, words: str
) -> None:
    said = commands.fail("performances", "add", *NEST, *TOLD, name, value)
    assert words in said
    assert said.count("\n") == 1


def test_a_missing_detail_is_said_in_one_sentence(
    commands: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        commands.run("performances", "add", "--production", "The Nest")
    assert stopped.value.code == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "--date" in said
    assert said.endswith("Look at: houselights performances add --help\n")


def test_a_wave_opens_the_other_closes_and_all_ends_when_finished(commands: Commands) -> None:
    code = added(commands)["code"]

    def after(*arguments: str) -> tuple[object, object]:
        printed = json.loads(commands.run("performances", *arguments, "--json"))
        return printed["standing"], printed["open"]

    assert after("open", code, "before") == ("running", "before")
    assert after("open", code, "after") == ("running", "after")
    assert after("close", code) == ("running", None)
    assert after("finish", code, "--yes") == ("finished", None)
    assert commands.fail("performances", "open", code, "after") == (
        "This performance is finished. It does not reopen.\n"
    )


def test_finishing_asks_and_no_answer_means_no(
    commands: Commands, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import io
    import sys

    from survey.__main__ import main

    code = added(commands)["code"]
    for typed, left in (("", 1), ("no\n", 1), ("yes\n", 0)):
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        assert main(["performances", "finish", code, "--json"]) == left
        printed = capsys.readouterr()
        assert "cannot be undone" in printed.err
        assert left or json.loads(printed.out)["standing"] == "finished"
        assert not left or printed.out == ""


def test_the_list_is_newest_first_and_an_empty_one_says_how_to_begin(commands: Commands) -> None:
    assert "There are no performances yet" in commands.run("performances", "list")
    first = added(commands)["code"]
    later = added(commands, "--date", "2027-01-05")["code"]
    assert [one["code"] for one in json.loads(commands.run("performances", "list", "--json"))] == [
        later,
        first,
    ]
    lines = commands.run("performances", "list").splitlines()
    assert lines[0] == f"{later}  The Nest, 5 January 2027, Upstairs  (rehearsal)"


@pytest.mark.parametrize(
    "arguments",
    [
        ("performances", "open", "nosuchco", "before"),
        ("performances", "close", "nosuchco"),
        ("performances", "finish", "nosuchco", "--yes"),
        ("responses", "count", "nosuchco"),
        ("stage-link", "nosuchco"),
    ],
)
def test_an_unknown_code_is_said(commands: Commands, arguments: tuple[str, ...]) -> None:
    assert commands.fail(*arguments) == "There is no performance with this code.\n"


def test_what_was_done_is_in_the_log(commands: Commands, sqlite_database: Database) -> None:
    code = added(commands, "--open", "before")["code"]
    commands.run("performances", "close", code)
    commands.run("stage-link", code)
    with sqlite_database.reading() as connection:
        assert {(act.act, act.about) for act in acts(connection)} == {
            ("added and opened before", code),
            ("closed", code),
            ("stage link", code),
        }
