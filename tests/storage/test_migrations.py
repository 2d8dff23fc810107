"""Migrations: the same tables by revision as in the code, on either database; nothing lost on the way."""

import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, Engine, create_engine, func, select, text

from survey.model import Mode, Provenance, Wave, Way
from survey.storage import migrations
from survey.storage.checkpoints import add_checkpoint, checkpoints
from survey.storage.counts import counts
from survey.storage.database import open_database
from survey.storage.engines import sqlite_writing
from survey.storage.evidence import add_source, add_tally
from survey.storage.migrations import migrate, scripts
from survey.storage.migrations.versions import step_tables, totals_tables
from survey.storage.places import REVISIONS, DatabaseWrong, place_of
from survey.storage.responses import response_counts
from survey.storage.tables import metadata
from tests.databases import PostgreSQL, add_nest_performance
from tests.storage.phones import filled, send

ROOT = Path(__file__).parents[2]


def engine_of(url: str) -> Engine:
    place = place_of(url)
    return sqlite_writing(place.file) if place.file else create_engine(place.url)


def test_the_migrated_schema_is_the_one_in_the_code(database_url: str) -> None:
    engine = engine_of(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def schema(file: Path) -> dict[str, list[str]]:
    """Return what each table and index of a file was made of, in any order."""
    connection = sqlite3.connect(file)
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    connection.close()
    return {name: sorted(re.split(r"\W+", sql)) for name, sql in rows if name != "alembic_version"}


def test_sqlite_makes_the_very_same_tables_with_and_without_row_numbers(
    sqlite_url: str, tmp_path: Path
) -> None:
    plain = tmp_path / "plain.db"
    engine = create_engine(f"sqlite:///{plain}")
    metadata.create_all(engine)
    engine.dispose()
    file = place_of(sqlite_url).file
    assert file is not None

    assert schema(file) == schema(plain)
    without = {name for name, sql in schema(file).items() if "ROWID" in sql}
    assert without == {"respondent", "other_seat", "response", "answer", "comment", "pledge", "contact"} | {
        "other_way",
        "poll_answer",
        "contribution",
        "support",
    }


def test_every_revision_is_known_by_name() -> None:
    history = [revision.revision for revision in scripts().walk_revisions()][::-1]
    assert history == list(REVISIONS)


def test_migrating_twice_changes_nothing(database_url: str) -> None:
    database = open_database(database_url)
    performance = add_nest_performance(database)
    send(database, performance, "seat", filled(home_system="depends"))
    database.close()

    migrate(database_url)

    database = open_database(database_url)
    with database.reading() as connection:
        assert [row.count for row in response_counts(connection, [performance.id])] == [1]
    database.close()


def start_at_once(url: str) -> list[str]:
    """Migrate in three processes at the same time; return what they complained about."""
    migrating = f"from survey.storage.migrations import migrate; migrate({url!r})"
    starts = [
        subprocess.Popen([sys.executable, "-c", migrating], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    return [start.communicate(timeout=120)[1] for start in starts]


def test_processes_that_start_at_once_make_one_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'houselights.db'}"

    assert start_at_once(url) == ["", "", ""]
    open_database(url).close()
    assert [file.name for file in tmp_path.iterdir()] == ["houselights.db"]


def test_processes_that_start_at_once_migrate_a_server_once(postgresql_server: PostgreSQL) -> None:
    with postgresql_server.empty() as url:
        assert start_at_once(url) == ["", "", ""]
        open_database(url).close()


def test_only_its_owner_may_read_the_file(tmp_path: Path) -> None:
    migrate(f"sqlite:///{tmp_path / 'houselights.db'}")
    assert (tmp_path / "houselights.db").stat().st_mode & 0o077 == 0


class NextRelease:
    """A later revision, carried out by our own migration code: the table everything hangs on is made anew."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path, upgrade: str) -> None:
        versions = folder / "versions"
        versions.mkdir()
        for revision in (migrations.FOLDER / "versions").glob("[!_]*.py"):
            (versions / revision.name).write_text(revision.read_text())
        (versions / "next.py").write_text(
            "import sqlalchemy as sa\nfrom alembic import op\n"
            f"revision = 'next'\ndown_revision = {REVISIONS[-1]!r}\n"
            f"def upgrade():\n{upgrade}\n"
        )
        monkeypatch.setattr(migrations, "FOLDER", folder)
        for module in ("places", "migrations"):
            monkeypatch.setattr(f"survey.storage.{module}.REVISIONS", (*REVISIONS, "next"))


REMAKE = (
    "    with op.batch_alter_table('production', recreate='always') as table:\n"
    "        table.add_column(sa.Column('subtitle', sa.String()))"
)
BREAK = '    op.execute("DELETE FROM production")'


def house_with_answers(url: str) -> dict[str, int]:
    database = open_database(url)
    for wave in Wave:
        performance = add_nest_performance(database, wave=wave)
        for n in range(20):
            send(database, performance, f"{n}", filled(home_system="depends"))
    database.close()
    return rows_of(url)


def rows_of(url: str) -> dict[str, int]:
    engine = engine_of(url)
    with engine.connect() as connection:
        counted = {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata.sorted_tables
        }
    engine.dispose()
    return counted


def test_a_table_made_anew_keeps_every_answer_and_a_copy_lies_beside(
    sqlite_url: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = house_with_answers(sqlite_url)
    assert before["answer"] == 40
    NextRelease(monkeypatch, tmp_path_factory.mktemp("release"), REMAKE)

    migrate(sqlite_url)

    assert rows_of(sqlite_url) == before
    file = place_of(sqlite_url).file
    assert file is not None
    assert "subtitle" in schema(file)["production"]
    copy = file.with_name(f"houselights.db.before-{REVISIONS[-1]}")
    assert rows_of(f"sqlite:///{copy}") == before
    assert "subtitle" not in schema(copy)["production"]
    open_database(sqlite_url).close()


def test_a_migration_that_would_orphan_answers_changes_nothing(
    sqlite_url: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = house_with_answers(sqlite_url)
    NextRelease(monkeypatch, tmp_path_factory.mktemp("release"), BREAK)

    with pytest.raises(DatabaseWrong, match="would have lost what they belong to"):
        migrate(sqlite_url)

    assert rows_of(sqlite_url) == before


def test_an_old_step_knows_how_its_answers_came_where_they_are_still_those(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    performance = add_nest_performance(database)
    for n in range(12):
        send(database, performance, f"{n}", filled(home_system="depends"))

    def add_steps(connection: Connection) -> None:
        for step, base in ((1, 10), (2, 12)):
            where = (connection, performance.id, Wave.BEFORE, "home_system")
            add_checkpoint(*where, step=step, base=base, counts={"depends": base}, ways={})

    database.write(add_steps)
    database.close()
    engine = engine_of(sqlite_url)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE checkpoint DROP COLUMN ways"))
        with Operations.context(MigrationContext.configure(connection)):
            step_tables.upgrade()
    engine.dispose()

    database = open_database(sqlite_url)
    with database.reading() as connection:
        first, second = checkpoints(connection, performance.id, Wave.BEFORE, "home_system")
    database.close()
    assert (first.ways, second.ways) == (None, {Way(Mode.PHONE, "en", Provenance.COLLECTED): 12})


def test_a_later_revision_runs_on_postgresql_too(
    postgresql_url: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = house_with_answers(postgresql_url)
    NextRelease(
        monkeypatch,
        tmp_path_factory.mktemp("release"),
        "    op.add_column('production', sa.Column('subtitle', sa.String()))",
    )

    migrate(postgresql_url)

    assert rows_of(postgresql_url) == before


def test_totals_from_before_they_knew_their_version_stay_what_they_were(database_url: str) -> None:
    database = open_database(database_url)
    performance = add_nest_performance(database)

    def counted_cards(connection: Connection) -> None:
        cards = add_source(connection, performance.id, Provenance.COUNTED, "Cards")
        given = {"acceptable": 7, "depends": 0, "not_acceptable": 5}
        about = {"wave": Wave.BEFORE, "mode": Mode.CARD, "question": "home_system"}
        add_tally(connection, cards, **about, counts=given, base=12)  # type: ignore[arg-type]

    database.write(counted_cards)
    with database.reading() as connection:
        there = counts(connection, [performance.id])
    database.close()
    engine = engine_of(database_url)
    with engine.begin() as connection:
        old = "source_id, wave, mode, question, option"
        connection.execute(text(f"CREATE TABLE kept AS SELECT {old}, count, base FROM tally"))
        connection.execute(text("DROP TABLE tally"))
        columns = ", ".join(f"{name} VARCHAR NOT NULL" for name in old.split(", "))
        connection.execute(
            text(
                f"CREATE TABLE tally ({columns}, count INTEGER NOT NULL, base INTEGER NOT NULL, CONSTRAINT pk_tally PRIMARY KEY "
                f"({old}), CONSTRAINT fk_tally_source_id_source FOREIGN KEY(source_id) REFERENCES source (id) ON DELETE CASCADE)"
            )
        )
        connection.execute(text(f"INSERT INTO tally ({old}, count, base) SELECT * FROM kept"))
        connection.execute(text("DROP TABLE kept"))
        with Operations.context(MigrationContext.configure(connection)):
            totals_tables.upgrade()
    engine.dispose()

    database = open_database(database_url)
    with database.reading() as connection:
        assert counts(connection, [performance.id]) == there
        assert there[0].counts == {"acceptable": 7, "depends": 0, "not_acceptable": 5}
    database.close()
