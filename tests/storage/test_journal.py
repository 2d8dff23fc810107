"""The journal beside an SQLite database: who keeps it from being emptied is said, and what to do about it."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from survey.commands import doctor
from survey.settings import read_settings
from survey.storage.database import Database
from survey.storage.journal import HELD
from survey.storage.productions import add_production, productions
from tests.faulty import file_of


@pytest.fixture(autouse=True)
def _soon_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("survey.storage.journal.LARGE", 256 * 1024)
    monkeypatch.setattr("survey.storage.journal.HUGE", 1024 * 1024)
    monkeypatch.setattr("survey.storage.journal.LATER", 0.05)
    monkeypatch.setattr("survey.storage.journal.TOO_LONG", 0.5)
    monkeypatch.setattr("survey.storage.readers.TOO_LONG", 0.5)


@contextmanager
def another_reader(database: Database) -> Iterator[None]:
    """Let another connection see one moment, as a database browser left open does."""
    with closing(sqlite3.connect(file_of(database), isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM production").fetchone()
        yield


def until(come: Callable[[], bool], database: Database) -> None:
    """Look at the database, as the house does every few seconds, until something has come."""
    deadline = time.monotonic() + 30
    while not come():
        assert time.monotonic() < deadline, f"still: {database.health.words!r}"
        time.sleep(0.02)
        database.look_well()


def grow(database: Database) -> None:
    database.write(lambda connection: add_production(connection, name="x" * 200_000))


def test_another_programs_reader_that_lets_the_journal_grow_is_said_until_it_lets_go(
    sqlite_database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    grow(sqlite_database)
    with another_reader(sqlite_database):
        for _ in range(10):
            grow(sqlite_database)
        until(lambda: sqlite_database.health.words == HELD, sqlite_database)
        for _ in range(3):
            sqlite_database.look_well()
        assert caplog.messages == [HELD], "once a minute"
        assert sqlite_database.health.fault is None, "everything can be saved"
        in_force = read_settings({"HOUSELIGHTS_DATABASE_URL": sqlite_database.url}, tmp_path)
        found = doctor.journal(in_force)
        assert not found.ok
        assert "another program reads the database" in found.words
    until(lambda: not sqlite_database.health.words, sqlite_database)
    assert caplog.messages[1:] == [f"This is over: {HELD}"]
    assert doctor.journal(in_force).ok


def test_our_own_readers_are_not_called_another_program(sqlite_database: Database) -> None:
    ended = time.monotonic() + 1.5  # three times as long as one reader may stay
    while time.monotonic() < ended:
        with sqlite_database.reading() as connection:
            productions(connection)
            grow(sqlite_database)
        sqlite_database.look_well()
        assert sqlite_database.health.words == ""
