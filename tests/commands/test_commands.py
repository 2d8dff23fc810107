"""The other commands: links, counts, the doctor, copies, and the help that lists nothing that does nothing."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from survey.__main__ import main
from survey.commands import COMMANDS, doctor
from survey.model import Answer, Filled, Performance, Role, Wave
from survey.questionnaire import DATA, load_questionnaire
from survey.serving.server import listen
from survey.settings import read_settings, settings
from survey.storage.database import Database
from survey.storage.questionnaires import publish
from survey.storage.responses import save_response
from survey.storage.seats import new_seat
from survey.storage.sign_ins import find_sign_in, use_link
from tests.commands.lines import Commands
from tests.databases import add_nest_performance
from tests.running import ROOT

CONTRACT = {
    "serve",
    "demo",
    "sign-in-link",
    "doctor",
    "backup",
    "restore",
    "rehearse",
    "languages",
    "performances",
    "questionnaires",
    "responses",
    "export",
    "import",
    "imports",
    "stage-link",
}


def respond(database: Database, performance: Performance, wave: Wave) -> None:
    """Store one response from a phone of its own."""
    filled = Filled(answers=(Answer("home_system", ("acceptable",)),))
    database.write(
        lambda connection: save_response(
            connection,
            performance,
            seat=new_seat(),
            wave=wave,
            version_id=performance.version_id,
            language="en",
            filled=filled,
        )
    )


def test_the_help_lists_every_command_and_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--help"])
    assert stopped.value.code == 0
    listed = {
        line.split()[0]
        for line in capsys.readouterr().out.splitlines()
        if line.startswith("    ") and not line.startswith("     ")
    } - {"COMMAND"}
    assert listed == CONTRACT
    assert len(COMMANDS) == len(CONTRACT) - 1  # backup and restore are one module


def test_no_command_says_so_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([])
    assert stopped.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_command_starts_without_the_heavy_libraries() -> None:
    script = (
        "import sys\nfrom survey.__main__ import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('streamlit', 'pandas', 'altair', 'scipy', 'statsmodels') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("role", ["organiser", "facilitator"])
def test_a_sign_in_link_signs_one_person_in(commands: Commands, sqlite_database: Database, role: str) -> None:
    printed = json.loads(commands.run("sign-in-link", role, "--json"))
    assert printed["url"].startswith("http://theatre.test/sign-in?link=")
    token = sqlite_database.write(lambda connection: use_link(connection, printed["url"].partition("=")[2]))
    with sqlite_database.reading() as connection:
        found = find_sign_in(connection, token)
    assert found is not None
    assert found.role == Role(role)


@pytest.mark.parametrize("role", ["facilitator", "moderator"])
def test_a_sign_in_link_may_be_for_one_performance_only(
    commands: Commands, sqlite_database: Database, role: str
) -> None:
    performance = add_nest_performance(sqlite_database)
    printed = json.loads(commands.run("sign-in-link", role, "--performance", performance.code, "--json"))
    assert (printed["role"], printed["performance"]) == (role, performance.code)
    token = sqlite_database.write(lambda connection: use_link(connection, printed["url"].partition("=")[2]))
    with sqlite_database.reading() as connection:
        found = find_sign_in(connection, token)
    assert found is not None
    assert (found.role, found.code) == (Role(role), performance.code)


def test_a_sign_in_link_that_cannot_be_says_in_one_sentence_how_it_can(
    commands: Commands, sqlite_database: Database
) -> None:
    code = add_nest_performance(sqlite_database).code
    assert "Say which: --performance CODE." in commands.fail("sign-in-link", "moderator")
    assert "Leave the performance out." in commands.fail("sign-in-link", "organiser", "--performance", code)
    assert "no performance with this code" in commands.fail(
        "sign-in-link", "facilitator", "--performance", "nothing2"
    )


@pytest.mark.parametrize("role", ["stage", "director"])
def test_nobody_else_gets_a_sign_in_link(commands: Commands, role: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        commands.run("sign-in-link", role)
    assert stopped.value.code == 2


def test_responses_are_counted_by_wave(commands: Commands, sqlite_database: Database) -> None:
    performance = add_nest_performance(sqlite_database)
    for _ in range(3):
        respond(sqlite_database, performance, Wave.BEFORE)
    printed = json.loads(commands.run("responses", "count", performance.code, "--json"))
    assert (printed["before"], printed["after"], printed["held"]) == (3, 0, 0)
    assert commands.run("responses", "count", performance.code).endswith("3 before, 0 after.\n")


def test_a_copy_put_back_brings_back_what_there_was(
    commands: Commands, sqlite_database: Database, tmp_path: Path
) -> None:
    performance = add_nest_performance(sqlite_database)
    respond(sqlite_database, performance, Wave.BEFORE)
    commands.run("backup", str(tmp_path / "copy.db"))
    respond(sqlite_database, performance, Wave.BEFORE)
    sqlite_database.close()
    commands.run("restore", str(tmp_path / "copy.db"))
    assert json.loads(commands.run("responses", "count", performance.code, "--json"))["before"] == 1


@pytest.mark.parametrize("content", [b"", b"not a database at all"])
def test_what_is_no_copy_is_not_put_back(
    commands: Commands, sqlite_database: Database, content: bytes
) -> None:
    code = add_nest_performance(sqlite_database).code
    said = commands.fail("restore", commands.file("copy.db", content))
    assert said.count("\n") == 1
    assert code in commands.run("performances", "list")


def test_a_copy_that_is_not_there_is_said(commands: Commands, tmp_path: Path) -> None:
    assert (
        commands.fail("restore", str(tmp_path / "none.db")) == f"There is no file {tmp_path / 'none.db'}.\n"
    )


def test_a_command_makes_the_database_where_there_is_none(
    settled: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert Commands(tmp_path, capsys).run("performances", "list").startswith("There are no performances yet")
    assert (tmp_path / "houselights.db").exists()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://somewhere/else", "begins with sqlite:/// or postgresql://"),
        ("sqlite:////no-such-folder/houselights.db", "There is no folder"),
        ("postgresql://nobody@127.0.0.1:1/none", "cannot be used"),
    ],
)
def test_a_wrong_database_address_is_answered_by_one_sentence(
    commands: Commands, monkeypatch: pytest.MonkeyPatch, url: str, words: str
) -> None:
    monkeypatch.setenv("HOUSELIGHTS_DATABASE_URL", url)
    settings.cache_clear()
    said = commands.fail("performances", "list")
    assert words in said
    assert said.count("\n") == 1


def test_a_locked_database_is_answered_by_one_sentence(commands: Commands, sqlite_url: str) -> None:
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        said = commands.fail("sign-in-link", "organiser")
        other.execute("ROLLBACK")
    assert said.count("\n") == 1


class TestDoctor:
    """What the doctor finds."""

    def found(self, commands: Commands, *, code: int = 0) -> dict[str, dict[str, object]]:
        """Return the findings by name."""
        assert main(["doctor", "--json"]) == code
        printed = commands.screen.readouterr().out
        return {finding["check"]: finding for finding in json.loads(printed)}

    def test_a_well_house_is_well(self, commands: Commands, free: None) -> None:
        found = self.found(commands)
        beside = {"address", "port", "disk", "sqlite", "secret"}
        assert set(found) == {"database", "clock", "forgetting", "questionnaires", *beside}
        assert {name for name, finding in found.items() if not finding["ok"]} == {"address"}
        assert "is free; Houselights is not running" in str(found["port"]["words"])
        assert commands.run("doctor").count("\n") == 9

    def test_an_address_phones_cannot_open_is_said(
        self, commands: Commands, free: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for url, ok in (
            ("http://127.0.0.1:8501", False),
            ("http://192.168.1.5", False),
            ("https://8.8.8.8", True),
        ):
            monkeypatch.setenv("HOUSELIGHTS_PUBLIC_URL", url)
            settings.cache_clear()
            assert self.found(commands)["address"]["ok"] == ok

    def test_a_port_used_by_another_program_stops_the_evening(
        self, commands: Commands, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HOUSELIGHTS_HOST", "127.0.0.1")
        with listen("127.0.0.1", 0) as other:
            monkeypatch.setenv("HOUSELIGHTS_PORT", str(other.getsockname()[1]))
            settings.cache_clear()
            assert self.found(commands, code=1)["port"]["ok"] is False

    def test_a_damaged_database_stops_the_evening(
        self, commands: Commands, free: None, sqlite_url: str
    ) -> None:
        Path(sqlite_url.removeprefix("sqlite:///")).write_bytes(b"SQLite format 3\0 and then nothing")
        assert self.found(commands, code=1)["database"]["ok"] is False

    def test_what_was_deleted_and_has_not_left_the_files_is_said(
        self, commands: Commands, free: None, sqlite_url: str
    ) -> None:
        assert self.found(commands)["forgetting"]["ok"] is True
        with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as other, other:
            other.execute("INSERT INTO debt (id, deleted_by) VALUES ('owed', 1)")
        assert self.found(commands)["forgetting"]["ok"] is False

    def test_a_secret_others_can_read_is_said(self, tmp_path: Path) -> None:
        in_force = read_settings({}, tmp_path)
        assert doctor.secret(in_force).ok
        (tmp_path / "secret").chmod(0o644)
        assert doctor.secret(in_force).words.endswith(f"Type: chmod 600 {tmp_path / 'secret'}")

    @pytest.fixture
    def free(self, commands: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
        """A port nobody listens on."""
        monkeypatch.setenv("HOUSELIGHTS_HOST", "127.0.0.1")
        with listen("127.0.0.1", 0) as chosen:
            monkeypatch.setenv("HOUSELIGHTS_PORT", str(chosen.getsockname()[1]))
        settings.cache_clear()


def test_a_questionnaire_edited_after_it_was_published_is_refused_before_anything_is_added(
    commands: Commands, sqlite_database: Database
) -> None:
    questionnaire, content = load_questionnaire(DATA / "the-nest-1.yaml")
    earlier = {**content, "title": {"en": "Other words"}}
    sqlite_database.write(lambda connection: publish(connection, questionnaire, earlier))
    add_nest_performance(sqlite_database, version_id="the-nest-1")
    details = (
        "--production",
        "The Nest",
        "--date",
        "2026-03-20",
        "--venue",
        "V",
        "--questionnaire",
        "the-nest",
    )
    assert "people were asked it in other words" in commands.fail("performances", "add", *details)
    assert commands.run("performances", "list").count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("bow",), "Argument COMMAND: 'bow' is not offered; write one of: serve, sign-in-link, "),
        (("sign-in-link", "chef"), "'chef' is not offered; write one of: organiser, facilitator, moderator."),
        (("sign-in-link", "organiser", "--minutes", "0"), "write a whole number from 1 on, not '0'."),
        (("rehearse", "abc", "--phones", "many"), "write a whole number from 1 on, not 'many'."),
        (("rehearse", "abc", "--seconds", "nan"), "write a number of seconds, such as 30, not 'nan'."),
        (("rehearse", "abc", "--seconds", "-1"), "write a number of seconds, such as 30, not '-1'."),
    ],
)
def test_a_slip_is_answered_by_what_to_write(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    printed = capsys.readouterr()
    assert (stopped.value.code, printed.out) == (2, "")
    assert said in printed.err
    assert "invalid" not in printed.err
