"""A database at fault, made of real parts: SQLite itself refuses, or finds what is no page of its own."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from survey.storage.database import Database, DatabaseBusy, Fault

PAGE = 4096


def file_of(database: Database) -> Path:
    """Return the file of an SQLite database."""
    return Path(database.url.removeprefix("sqlite:///"))


@contextmanager
def full(database: Database) -> Iterator[None]:
    """Let the database not grow by a single page."""
    with _ordered(database, "PRAGMA max_page_count=1", "PRAGMA max_page_count=4294967294"):
        yield


@contextmanager
def read_only(database: Database) -> Iterator[None]:
    """Let the database take no change."""
    with _ordered(database, "PRAGMA query_only=ON", "PRAGMA query_only=OFF"):
        yield


@contextmanager
def gone(database: Database) -> Iterator[None]:
    """Take the file away while it is open."""
    file = file_of(database)
    away = file.with_name("away.db")
    file.rename(away)
    try:
        yield
    finally:
        away.rename(file)


@contextmanager
def damaged(database: Database) -> Iterator[None]:
    """Overwrite every page but the first of a database nothing was written to yet; put them back afterwards."""
    file = file_of(database)
    whole = file.read_bytes()
    with file.open("r+b") as opened:
        opened.seek(PAGE)
        opened.write(b"\xa5" * (len(whole) - PAGE))
    try:
        yield
    finally:
        file.write_bytes(whole)


FAULTS = {Fault.FULL: full, Fault.READ_ONLY: read_only, Fault.GONE: gone}
"""What can be made while everything else goes on, and how."""


@contextmanager
def _ordered(database: Database, order: str, undone: str) -> Iterator[None]:
    """Hold the writer's open connection, and every new one, to an order."""

    def obey(connection: Any, _entry: object) -> None:
        connection.execute(order)

    def say(words: str) -> None:
        database.write(lambda connection: connection.exec_driver_sql(words).close())

    say(order)
    event.listen(Engine, "connect", obey)
    try:
        yield
    finally:
        event.remove(Engine, "connect", obey)
        with suppress(DatabaseBusy):
            say(undone)
