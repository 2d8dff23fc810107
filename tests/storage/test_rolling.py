"""One copy beside the database, renewed when something was written, without what people took back."""

import os
import shutil
from pathlib import Path

import pytest

from survey.model import Comment, Wave
from survey.storage.copies import backup, restore
from survey.storage.database import Database, DatabaseWrong, open_database
from survey.storage.responses import delete_by_receipt
from survey.storage.rolling import renew_copy, rolling_copy
from tests.databases import add_nest_performance
from tests.storage.phones import code_of, filled, send, sent

CANARY = "a canary that nobody else would write"


def test_the_copy_is_renewed_when_something_was_written_and_only_then(
    sqlite_database: Database, tmp_path: Path
) -> None:
    performance = add_nest_performance(sqlite_database)
    renewed = []
    for seat in ("one", "two"):
        send(sqlite_database, performance, seat, filled(home_system="depends"))
        renewed += [renew_copy(sqlite_database.url)]
    assert renewed == [True, True]
    copy = rolling_copy(tmp_path / "houselights.db")
    assert copy.stat().st_mode & 0o077 == 0
    opened = open_database(f"sqlite:///{copy}", visiting=True)
    assert sent(opened, performance, "two", Wave.BEFORE) == filled(home_system="depends")
    opened.close()
    sqlite_database.close()
    renew_copy(sqlite_database.url)
    before = copy.stat().st_ino
    assert not renew_copy(sqlite_database.url)
    assert copy.stat().st_ino == before


def test_what_was_deleted_is_gone_from_the_copy_when_it_is_renewed(
    sqlite_database: Database, tmp_path: Path
) -> None:
    performance = add_nest_performance(sqlite_database)
    send(sqlite_database, performance, "leaves", filled(Comment("differently", CANARY)))
    send(sqlite_database, performance, "stays", filled(home_system="depends"))
    renew_copy(sqlite_database.url)
    assert where(CANARY, tmp_path) >= {"houselights.db.copy"}
    sqlite_database.write(lambda connection: delete_by_receipt(connection, code_of(performance, "leaves")))
    assert renew_copy(sqlite_database.url)
    sqlite_database.close()
    assert where(CANARY, tmp_path) == set()


def test_what_was_deleted_is_gone_from_copies_set_aside_too_and_they_keep_their_date(
    sqlite_database: Database, tmp_path: Path
) -> None:
    performance = add_nest_performance(sqlite_database)
    send(sqlite_database, performance, "leaves", filled(Comment("differently", CANARY)))
    send(sqlite_database, performance, "stays", filled(home_system="depends"))
    aside, damaged = (tmp_path / f"houselights.db.{name}" for name in ("before-update", "replaced-1"))
    backup(sqlite_database.url, aside)
    damaged.write_text("this is not a database " * 100)
    os.utime(aside, (1_000_000_000, 1_000_000_000))
    sqlite_database.write(lambda connection: delete_by_receipt(connection, code_of(performance, "leaves")))
    renew_copy(sqlite_database.url)
    sqlite_database.close()
    assert where(CANARY, tmp_path) == set()
    assert aside.stat().st_mtime == 1_000_000_000
    assert damaged.read_text().startswith("this is not")
    left = open_database(f"sqlite:///{aside}", visiting=True)
    assert sent(left, performance, "stays", Wave.BEFORE) == filled(home_system="depends")
    left.close()


def where(words: str, folder: Path) -> set[str]:
    """The files that hold some words."""
    return {file.name for file in folder.iterdir() if words.encode() in file.read_bytes()}


def test_the_copy_takes_the_place_of_a_damaged_database(sqlite_database: Database, tmp_path: Path) -> None:
    performance = add_nest_performance(sqlite_database)
    send(sqlite_database, performance, "seat", filled(home_system="depends"))
    renew_copy(sqlite_database.url)
    sqlite_database.close()
    file = tmp_path / "houselights.db"
    file.write_text("this is not a database " * 100)
    with pytest.raises(DatabaseWrong, match="restore FILE"):
        open_database(sqlite_database.url)
    restore(rolling_copy(file), sqlite_database.url)
    back = open_database(sqlite_database.url)
    assert sent(back, performance, "seat", Wave.BEFORE) == filled(home_system="depends")
    back.close()


def test_no_copy_is_made_where_it_would_fill_the_disk(
    sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = os.stat(tmp_path / "houselights.db").st_size
    full = shutil.disk_usage(tmp_path)._replace(free=2 * size)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: full)
    add_nest_performance(sqlite_database)
    assert not renew_copy(sqlite_database.url)
    assert not rolling_copy(tmp_path / "houselights.db").exists()


def test_a_database_on_a_server_is_copied_by_its_own_tools() -> None:
    assert not renew_copy("postgresql://server/houselights")
