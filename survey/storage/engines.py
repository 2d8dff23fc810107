"""Engines: how a connection to SQLite or PostgreSQL is made, with every safety in force."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, QueuePool

from survey.storage.busy import PATIENCE

BUSY_SECONDS = 5
"""How long one statement waits for another program before it says that the database is locked."""
READING_WAITS = 2
"""The same on PostgreSQL for a page that only reads: there nobody but an operator's tool can be in its way."""
READING_SECONDS = 20
"""How long one statement of a page that only reads may take on PostgreSQL."""
FORGOTTEN_SECONDS = 60
"""After how many idle seconds PostgreSQL ends a transaction of a process that hangs."""

SAFE = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA mmap_size=0",
    "PRAGMA temp_store=MEMORY",  # no answer in a temporary file
)
WRITING = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # NORMAL loses acknowledged answers in a power cut
    "PRAGMA secure_delete=ON",
    "PRAGMA wal_autocheckpoint=0",  # the writer thread empties the journal, under the writer's lock: see journal.py
)


def sqlite_writing(path: Path) -> Engine:
    """Return an engine whose transactions begin IMMEDIATE."""
    return _sqlite(path, (*SAFE, *WRITING), "BEGIN IMMEDIATE", pool=False)


def sqlite_reading(path: Path) -> Engine:
    """Return an engine that cannot write, with a small pool."""
    return _sqlite(path, (*SAFE, "PRAGMA query_only=ON", "PRAGMA cache_size=-8000"), "BEGIN", pool=True)


def postgresql_writing(url: URL, *, connections: int) -> Engine:
    """Return an engine with a pool of this many connections. A connection that was cut is found by using it."""
    engine = create_engine(url, hide_parameters=True, pool_size=connections, max_overflow=0)
    event.listen(engine, "connect", _saying(_limits(waiting=BUSY_SECONDS, statement=PATIENCE)))
    return engine


def postgresql_reading(url: URL) -> Engine:
    """Return an engine whose transactions see one moment and cannot write."""
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=4,
        max_overflow=8,
        pool_timeout=PATIENCE,
        isolation_level="REPEATABLE READ",
    )
    event.listen(engine, "connect", _saying(_limits(waiting=READING_WAITS, statement=READING_SECONDS)))
    return engine.execution_options(postgresql_readonly=True)


def connect_sqlite(path: Path) -> sqlite3.Connection:
    """Return a bare connection to a file that exists; never makes one."""
    return sqlite3.connect(
        f"file:{quote(str(path))}?mode=rw",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,  # we say BEGIN ourselves
        check_same_thread=False,
    )


def _sqlite(path: Path, pragmas: tuple[str, ...], begin: str, *, pool: bool) -> Engine:
    engine = create_engine(
        "sqlite://",
        creator=lambda: connect_sqlite(path),
        hide_parameters=True,
        **(
            {"poolclass": QueuePool, "pool_size": 8, "max_overflow": 8, "pool_timeout": PATIENCE}
            if pool
            else {"poolclass": NullPool}
        ),
    )
    event.listen(engine, "connect", _saying(pragmas))

    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "begin", begin_transaction)
    return engine


def _saying(sentences: tuple[str, ...]) -> Callable[[DBAPIConnection, ConnectionPoolEntry], None]:
    def say(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for sentence in sentences:
            cursor.execute(sentence)
        cursor.close()
        connection.commit()

    return say


def _limits(*, waiting: float, statement: float) -> tuple[str, ...]:
    return (
        f"SET lock_timeout = '{waiting:.0f}s'",
        f"SET statement_timeout = '{statement:.0f}s'",
        f"SET idle_in_transaction_session_timeout = '{FORGOTTEN_SECONDS}s'",
    )
