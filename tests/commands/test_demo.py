"""``houselights demo``."""

import json

from tests.commands.lines import Commands


def test_demo_adds_the_nest_and_says_that_it_is_invented(commands: Commands) -> None:
    said = commands.run("demo")
    assert said.startswith("The demonstration is in. Every answer in it is invented.\n")
    assert "The Nest (demonstration), October 2015  (finished)" in said
    assert "The Nest (demonstration), 25 April 2017, 53Two, Manchester  (running)" in said


def test_demo_twice_is_one_demonstration(commands: Commands) -> None:
    first = json.loads(commands.run("demo", "--json"))
    second = json.loads(commands.run("demo", "--json"))
    assert (first["added"], second["added"]) == (True, False)
    assert first["performances"] == second["performances"]
    assert len(first["performances"]) == 4
    assert len(json.loads(commands.run("performances", "list", "--json"))) == 4
    assert commands.run("demo").startswith("The demonstration is there.")


def test_demo_can_be_removed(with_demonstration: Commands) -> None:
    commands = with_demonstration
    assert commands.run("demo", "--remove") == "The demonstration is gone, with its 4 performances.\n"
    assert commands.run("demo", "--remove") == "There is no demonstration to remove.\n"
    assert json.loads(commands.run("performances", "list", "--json")) == []


def test_answers_that_are_not_invented_are_not_removed_unasked(with_demonstration: Commands) -> None:
    commands = with_demonstration
    code = json.loads(commands.run("demo", "--json"))["performances"][0]["code"]
    table = commands.file("past.csv", "home_system\ndepends\n")
    commands.run("import", table, "--performance", code, "--wave", "after", "--mode", "paper")
    assert commands.fail("demo", "--remove").startswith(
        "Answers that are not invented have been added to the demonstration. Export them first"
    )
    assert "is gone" in commands.run("demo", "--remove", "--with-answers")


def test_responses_of_the_demonstration_are_counted(with_demonstration: Commands) -> None:
    commands = with_demonstration
    code = json.loads(commands.run("demo", "--json"))["performances"][1]["code"]
    counted = json.loads(commands.run("responses", "count", code, "--json"))
    assert (counted["before"], counted["after"]) == (234, 240)
