"""``houselights export``."""

import json
import stat
import zipfile
from pathlib import Path

import pandas
import pytest

from survey.__main__ import main
from survey.exchange import TOTALS_WAIT
from survey.model import EventKind, Wave
from survey.storage.database import open_database
from tests.commands.lines import Commands
from tests.databases import add_nest_performance

NAMES = (
    "answers.csv",
    "comments.csv",
    "contributions.csv",
    "counts.csv",
    "notes.csv",
    "codebook.csv",
    "performance.csv",
    "about.txt",
)


@pytest.fixture
def code(with_demonstration: Commands) -> str:
    """The code of a performance with invented answers."""
    return str(json.loads(with_demonstration.run("demo", "--json"))["performances"][0]["code"])


@pytest.fixture
def commands(with_demonstration: Commands) -> Commands:
    """The command line, on a database that holds the demonstration."""
    return with_demonstration


def test_export_writes_answers_and_codebook_into_a_folder(commands: Commands, code: str) -> None:
    output = Path(commands.folder, "for", "research")
    said = commands.run("export", code, "--format", "csv", "--output", str(output))
    assert said.splitlines() == [str(output / f"{code}-{name}") for name in NAMES]
    answers = pandas.read_csv(output / f"{code}-answers.csv")
    assert len(answers) == 204
    assert answers["respondent"].nunique() == 125
    assert set(answers["provenance"]) == {"demonstration"}
    book = pandas.read_csv(output / f"{code}-codebook.csv")
    assert set(answers.columns[8:-1]) <= set(book["question"])


def test_comments_that_may_not_be_quoted_come_in_a_file_of_their_own_when_asked_for(
    commands: Commands,
) -> None:
    output = Path(commands.folder, "all")
    ticks: dict[str, set[str]] = {"comments.csv": set(), "comments-not-to-quote.csv": set()}
    for performance in json.loads(commands.run("performances", "list", "--json")):
        commands.run("export", performance["code"], "--all-comments", "--output", str(output))
        for name, found in ticks.items():
            found.update(pandas.read_csv(output / f"{performance['code']}-{name}")["may_be_quoted"])
    assert ticks == {"comments.csv": {"yes"}, "comments-not-to-quote.csv": {"no"}}


def test_only_their_owner_may_read_exported_files(commands: Commands, code: str) -> None:
    output = Path(commands.folder, "research")
    commands.run("export", code, "--output", str(output))
    commands.run("export", code, "--output", str(Path(commands.folder, "all.zip")))
    for path in (*output.iterdir(), Path(commands.folder, "all.zip")):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_export_into_an_archive_says_nothing_about_when(commands: Commands, code: str) -> None:
    output = Path(commands.folder, "all.zip")
    assert json.loads(commands.run("export", code, "--output", str(output), "--json")) == {
        "code": code,
        "files": [str(output)],
    }
    with zipfile.ZipFile(output) as archive:
        assert archive.namelist() == [f"{code}-{name}" for name in NAMES]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None


def test_export_of_a_jury_that_goes_on_leaves_its_votes_out_and_says_so(
    commands: Commands, demonstration_url: str
) -> None:
    database = open_database(demonstration_url)
    jury = add_nest_performance(database, wave=Wave.BEFORE, kind=EventKind.JURY)
    database.close()
    output = Path(commands.folder, "jury.zip")
    assert main(("export", jury.code, "--output", str(output), "--json")) == 0
    printed = commands.screen.readouterr()
    assert json.loads(printed.out)["files"] == [str(output)]
    assert printed.err == f"{TOTALS_WAIT}\n"
    with zipfile.ZipFile(output) as archive:
        kept_out = {f"{jury.code}-answers.csv", f"{jury.code}-counts.csv"}
        assert set(archive.namelist()) == {f"{jury.code}-{name}" for name in NAMES} - kept_out


def test_export_overwrites_nothing(commands: Commands, code: str) -> None:
    there = Path(commands.folder, f"{code}-codebook.csv")
    there.write_text("mine")
    said = commands.fail("export", code, "--output", str(commands.folder))
    assert said == f"{there} is there already. Choose another place, or remove it first.\n"
    assert there.read_text() == "mine"
    assert not Path(commands.folder, f"{code}-answers.csv").exists()
    archive = commands.file("all.zip", "mine")
    assert "is there already" in commands.fail("export", code, "--output", archive)


def test_export_to_a_place_that_cannot_be_written_is_said_plainly(commands: Commands, code: str) -> None:
    file = commands.file("file", "")
    said = commands.fail("export", code, "--output", f"{file}/research")
    assert said.startswith(f"Nothing can be written to {file}/research: ")
    assert said.endswith("Choose another place.\n")


def test_export_of_an_unknown_performance_is_said_plainly(commands: Commands) -> None:
    assert commands.fail("export", "nowhere", "--output", str(commands.folder / "out")) == (
        "There is no performance with this code.\n"
    )


def test_several_performances_are_exported_side_by_side(commands: Commands) -> None:
    codes = sorted(each["code"] for each in json.loads(commands.run("performances", "list", "--json")))
    output = Path(commands.folder, "both")
    told = json.loads(commands.run("export", *codes, codes[0], "--output", str(output), "--json"))
    assert told["files"] == [str(output / f"{code}-{name}") for code in codes for name in NAMES]
    for code in codes:
        about = pandas.read_csv(output / f"{code}-performance.csv")
        assert list(about["performance"]) == [code]
