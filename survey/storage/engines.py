"""Engines: how a connection to SQLite or PostgreSQL is made, with every safety in force."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, QueuePool

BUSY_SECONDS = 5
"""How long one statement waits for another program before it says that the database is locked."""

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
    """Return an engine with a pool of this many connections."""
    engine = create_engine(
        url, hide_parameters=True, pool_pre_ping=True, pool_size=connections, max_overflow=0
    )
    event.listen(engine, "connect", _limit_waiting)
    return engine


def postgresql_reading(url: URL) -> Engine:
    """Return an engine whose transactions see one moment and cannot write."""
    return create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=4,
        max_overflow=8,
        pool_timeout=10,
        isolation_level="REPEATABLE READ",
    ).execution_options(postgresql_readonly=True)


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
            {"poolclass": QueuePool, "pool_size": 8, "max_overflow": 8, "pool_timeout": 10}
            if pool
            else {"poolclass": NullPool}
        ),
    )
    event.listen(engine, "connect", _saying(pragmas))

    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "begin", begin_transaction)
    return engine


def _saying(pragmas: tuple[str, ...]) -> Callable[[DBAPIConnection, ConnectionPoolEntry], None]:
    def say(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    return say


def _limit_waiting(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
    cursor.close()
    connection.commit()
