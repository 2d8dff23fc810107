"""Migrations: bring a database up to date, with a copy first and nothing deleted behind anyone's back."""

import os
from pathlib import Path

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from survey.storage.copies import OWNER_ONLY, also_call, copy_file, drop_old_copies
from survey.storage.engines import sqlite_writing
from survey.storage.places import (
    REVISIONS,
    DatabaseWrong,
    Place,
    check_file,
    check_folder,
    check_revision,
    check_server,
    place_of,
    revision_at,
)
from survey.storage.tables import metadata

FOLDER = Path(__file__).parent


def migrate(url: str) -> None:
    """Make or update the database at a URL. An SQLite database with tables is copied beside itself first, for 14 days.

    Raises DatabaseWrong with what to do; then the database is as it was.
    """
    place = place_of(url)
    if place.file is None:
        check_server(place)
        _update(place, create_engine(place.url, poolclass=NullPool, hide_parameters=True))
    elif place.file.exists():
        check_file(place.file)
        drop_old_copies(place.file)
        _update(place, sqlite_writing(place.file))
    else:
        _make(place.file)


def scripts() -> ScriptDirectory:
    """Return the revisions, found inside the package wherever it is installed."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return ScriptDirectory.from_config(config)


def _make(file: Path) -> None:
    """Make a new file under another name and move it when it is whole: an interrupted start leaves no half."""
    check_folder(file)
    if file.with_name(f"{file.name}-wal").exists():
        raise DatabaseWrong(
            f"{file} is missing, but its journal is there. Put the file back beside it, or restore a copy with: "
            "houselights restore FILE"
        )
    unfinished = file.with_name(f".{file.name}.{os.getpid()}.new")
    try:
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY))
        engine = sqlite_writing(unfinished)
        with engine.connect() as connection:
            _upgrade(connection)
        engine.dispose()
        also_call(unfinished, file)
    except FileExistsError:
        return  # another process was quicker
    except (OSError, SQLAlchemyError) as error:
        raise DatabaseWrong(
            f"No database could be made at {file}. Is the folder writable, the disk full?"
        ) from error
    finally:
        for leftover in file.parent.glob(f"{unfinished.name}*"):
            leftover.unlink()


def _update(place: Place, engine: Engine) -> None:
    found = revision_at(place)
    if found == REVISIONS[-1]:
        return
    check_revision(place, found)
    if place.file is not None:
        copy_file(place.file, place.file.with_name(f"{place.file.name}.before-{found or 'first'}"))
    try:
        with engine.connect() as connection:
            _upgrade(connection)
    except SQLAlchemyError as error:
        raise DatabaseWrong(
            f"The database at {place.name} could not be brought up to date; it is as it was."
        ) from error
    finally:
        engine.dispose()


def _upgrade(connection: Connection) -> None:
    """Carry out what is missing in one transaction. Two processes that start at once do it once."""
    script = scripts()

    def revisions(current: object, context: MigrationContext) -> object:
        return script._upgrade_revs("head", current)  # type: ignore[arg-type]

    on_sqlite = connection.dialect.name == "sqlite"
    if on_sqlite:
        _leave_foreign_keys_alone(connection)
    with connection.begin(), EnvironmentContext(Config(), script, fn=revisions) as environment:
        if not on_sqlite:
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(20150401)")
        environment.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
        environment.run_migrations()
        if on_sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
            raise DatabaseWrong(
                f"{len(broken)} rows would have lost what they belong to. Nothing was changed."
            )


def _leave_foreign_keys_alone(connection: Connection) -> None:
    """Before BEGIN, where alone it works: a table made anew must not take its rows' children with it."""
    driver = connection.connection.driver_connection
    assert driver is not None, "the connection is open"
    driver.execute("PRAGMA foreign_keys=OFF")
