"""A journal taken away after ``kill -9`` is said; one that was left, or that another program has put into the database, is not."""

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from survey.commands import doctor
from survey.settings import ROOT, read_settings
from survey.storage.copies import backup, restore
from survey.storage.database import Database, open_database
from survey.storage.mark import evidence_of_loss, loss_words, mark_of
from survey.storage.productions import add_production, productions

SERVER = """
import sys, time
from survey.storage import writing
from survey.storage.database import open_database
from survey.storage.productions import add_production

writing.TIDYING_SECONDS = 600.0  # it is killed before the journal is emptied, however slow this machine is
database = open_database(sys.argv[1])
for name in ("one", "two", "three"):
    database.write(lambda connection: add_production(connection, name=name))
print("acknowledged", flush=True)
time.sleep(600)
"""


def killed(url: str) -> Path:
    """Let a process acknowledge three names, and kill it while they stand in the journal only; return the journal."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, url], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "acknowledged\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    journal = Path(f"{file_of(url)}-wal")
    assert journal.stat().st_size
    return journal


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def names(database: Database) -> int:
    with database.reading() as connection:
        return len(productions(connection))


def look(url: str) -> tuple[str, int]:
    """Open a database, save something and look, as a starting house does; return what staff read, and how many names."""
    with closing(open_database(url)) as database:
        database.write(lambda connection: add_production(connection, name="after"))
        database.look_well()
        return database.health.words, names(database)


def test_a_journal_taken_away_after_a_crash_is_said_until_somebody_has_seen_to_it(
    sqlite_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    killed(sqlite_url).unlink()
    in_force = read_settings({"HOUSELIGHTS_DATABASE_URL": sqlite_url}, tmp_path)
    assert doctor.database(in_force).ok, "the evening can go on"
    assert not doctor.saved(in_force).ok, "whoever looks first finds it"
    for again in (1, 2):
        words, count = look(sqlite_url)
        assert words.startswith("Saved answers are missing from houselights.db")
        assert (count, caplog.messages) == (again, [words] * again)
    evidence_of_loss(file_of(sqlite_url)).unlink()
    assert look(sqlite_url) == ("", 3)
    assert doctor.saved(in_force).ok


def test_a_journal_that_was_left_or_put_into_the_database_by_another_program_is_no_loss(
    sqlite_url: str,
) -> None:
    killed(sqlite_url)
    assert look(sqlite_url) == ("", 4)
    journal = killed(sqlite_url)
    with closing(sqlite3.connect(file_of(sqlite_url))) as shell:
        assert shell.execute("SELECT count(*) FROM production").fetchone() == (7,)
    assert not journal.exists()
    assert look(sqlite_url) == ("", 8)


def test_after_a_clean_stop_no_mark_is_left_and_another_file_may_be_put_in_its_place(
    sqlite_url: str, tmp_path: Path
) -> None:
    file, older = file_of(sqlite_url), tmp_path / "older.db"
    older.write_bytes(file.read_bytes())
    assert look(sqlite_url) == ("", 1)
    assert not mark_of(file).exists()
    older.replace(file)
    assert look(sqlite_url) == ("", 1)


def test_a_copy_put_back_after_a_loss_takes_the_word_away(sqlite_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup(sqlite_url, copy)
    killed(sqlite_url).unlink()
    restore(copy, sqlite_url)
    assert look(sqlite_url) == ("", 1)
    killed(sqlite_url).unlink()
    assert look(sqlite_url)[0]
    restore(copy, sqlite_url)
    assert look(sqlite_url) == ("", 1)


def test_what_a_command_saves_beside_the_server_is_marked_too(
    sqlite_database: Database, sqlite_url: str
) -> None:
    file = file_of(sqlite_url)
    for _ in range(3):
        with closing(open_database(sqlite_url, visiting=True)) as visitor:
            visitor.write(lambda connection: add_production(connection, name="beside"))
            with visitor.reading() as connection:
                number = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            assert mark_of(file).read_text() == str(number)
    sqlite_database.look_well()
    assert loss_words(file) == sqlite_database.health.words == ""
