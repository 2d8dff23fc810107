"""Places: where a database is, and whether what lies there can be trusted."""

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from survey.storage.engines import connect_sqlite

REVISIONS = (
    "3f1c8a52d7e4",
    "8b40d6e19a27",
    "c5e2f7049d31",
    "e1a94c60b8d5",
    "5d0b7c31f9a6",
    "a7d20c95e3b1",
    "b7d20f5a9c13",
    "a7d30c95e2b4",
    "c93e5b17f024",
)
"""Every revision in ``migrations/versions``, oldest first; this Houselights expects to find the last."""


class DatabaseWrong(Exception):
    """The database cannot be used; the words say why and what to do."""


@dataclass(frozen=True)
class Place:
    """Where a database is: a file for SQLite, a server for PostgreSQL (then ``file`` is None)."""

    url: URL
    file: Path | None

    @property
    def name(self) -> str:
        """What to call it in a sentence; never with a password."""
        return str(self.file) if self.file is not None else self.url.render_as_string(hide_password=True)


def place_of(url: str) -> Place:
    """Return the place a URL names. Raises DatabaseWrong when it names none."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise DatabaseWrong(
            "HOUSELIGHTS_DATABASE_URL is not a database address. "
            "Write sqlite:////folder/houselights.db or postgresql://name:password@server/database."
        ) from error
    if parsed.drivername == "sqlite":
        if not parsed.database or parsed.database == ":memory:" or parsed.host:
            raise DatabaseWrong("The SQLite address names no file. Write sqlite:////folder/houselights.db.")
        return Place(parsed, Path(parsed.database).absolute())
    if parsed.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        return Place(parsed.set(drivername="postgresql+psycopg"), None)
    raise DatabaseWrong(
        f"Houselights cannot use a {parsed.drivername.split('+')[0]!r} database. "
        "Write an address that begins with sqlite:/// or postgresql://."
    )


def check_place(place: Place) -> None:
    """Make sure that a whole, current, durable database is there. Raises DatabaseWrong with what to do."""
    if place.file is not None:
        if not place.file.exists():
            check_folder(place.file)
            raise DatabaseWrong(
                f"There is no database at {place.file} yet. Start Houselights once: it makes one."
            )
        check_file(place.file)
    else:
        check_server(place)
    found = revision_at(place)
    check_revision(place, found)
    if found != REVISIONS[-1]:
        raise DatabaseWrong(
            f"The database at {place.name} was made by an older Houselights. "
            "Start this one once: it makes a copy and brings the database up to date."
        )


def check_revision(place: Place, found: str | None) -> None:
    """Make sure that a database is not newer than this Houselights. Raises DatabaseWrong."""
    if found is not None and found not in REVISIONS:
        raise DatabaseWrong(
            f"The database at {place.name} was made by a newer Houselights. "
            "Start that one, or restore a copy this one knows."
        )


def check_folder(file: Path) -> None:
    """Make sure that a file can be made here. Raises DatabaseWrong."""
    if not file.parent.is_dir():
        raise DatabaseWrong(
            f"There is no folder {file.parent} for the database. Make it, or correct the address."
        )


VERSIONS = "alembic_version"
"""The table every database of ours has."""
PUT_BACK = "Put a copy in its place with: houselights restore FILE"


def check_file(file: Path, advice: str = PUT_BACK) -> None:
    """Make sure that a file is a whole SQLite database, and ours. Raises DatabaseWrong; changes and makes nothing.

    Only SQLite opens it: closing a file opened beside it would drop the locks of this process's own connections, and
    another process could then take the journal away (https://www.sqlite.org/howtocorrupt.html, 2.2).
    """
    if file.is_dir():
        raise DatabaseWrong(f"{file} is a folder, not a database. Correct the address.")
    if not os.access(file, os.R_OK):
        raise DatabaseWrong(f"The file {file} cannot be read. Correct its permissions.")
    if not file.stat().st_size:
        raise DatabaseWrong(f"The file {file} is empty: a copy may have been interrupted. {advice}")
    connection = connect_sqlite(file)
    try:
        faults = [row[0] for row in connection.execute("PRAGMA quick_check(1)")]
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.OperationalError as error:
        raise DatabaseWrong(
            f"The database {file} cannot be opened ({error}). Is another program using it?"
        ) from error
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
            raise DatabaseWrong(f"The file {file} is not a database. {advice}") from error
        raise DatabaseWrong(f"The database {file} is damaged or only half copied. {advice}") from error
    finally:
        connection.close()
    if faults != ["ok"]:
        raise DatabaseWrong(f"The database {file} is damaged or only half copied. {advice}")
    if tables and VERSIONS not in tables:
        advice = "Correct HOUSELIGHTS_DATABASE_URL." if advice == PUT_BACK else advice
        raise DatabaseWrong(f"The database {file} belongs to another program. {advice}")


def check_server(place: Place) -> None:
    """Make sure that a PostgreSQL server answers and keeps what it acknowledges. Raises DatabaseWrong."""
    engine = create_engine(
        place.url, poolclass=NullPool, hide_parameters=True, connect_args={"connect_timeout": 5}
    )
    try:
        with engine.connect() as connection:
            kept = {name: connection.scalar(text(f"SHOW {name}")) for name in ("synchronous_commit", "fsync")}
    except (OperationalError, DBAPIError) as error:
        reason = str(error.orig).strip().splitlines()[-1] if error.orig else "no reason given"
        raise DatabaseWrong(
            f"The PostgreSQL server at {place.name} cannot be used: {reason}. "
            "Start it, or correct HOUSELIGHTS_DATABASE_URL."
        ) from error
    for name, value in kept.items():
        if value == "off":
            raise DatabaseWrong(
                f"The PostgreSQL server at {place.name} has {name}=off: an acknowledged answer could be lost in a "
                f"power cut. Set {name}=on."
            )


def revision_at(place: Place) -> str | None:
    """Return the revision of the database at a place; None before its first migration. Raises DatabaseWrong."""
    if place.file is not None:
        engine = create_engine("sqlite://", creator=lambda: connect_sqlite(_file(place)), poolclass=NullPool)
    else:
        engine = create_engine(place.url, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            return revision_of(connection)
    except SQLAlchemyError as error:
        raise DatabaseWrong(f"The database at {place.name} cannot be read.") from error


def revision_of(connection: Connection) -> str | None:
    """Return the revision a connection finds; None before the first migration."""
    if not inspect(connection).has_table(VERSIONS):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def _file(place: Place) -> Path:
    assert place.file is not None
    return place.file
