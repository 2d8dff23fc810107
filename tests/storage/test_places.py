"""A database that cannot be used says so in plain words, and nothing is made beside it."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from survey.model import Wave
from survey.storage.database import DatabaseWrong, open_database
from survey.storage.migrations import migrate
from survey.storage.places import REVISIONS, place_of
from tests.databases import PostgreSQL, add_nest_performance
from tests.storage.phones import filled, send

DOORS: list[Callable[[str], object]] = [open_database, migrate]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("houselights.db", "is not a database address"),
        ("", "is not a database address"),
        ("postgresql://server:port/x", "is not a database address"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("mysql://server/houselights", "cannot use a 'mysql' database"),
        ("postgresql+asyncpg://server/x", "cannot use a 'postgresql"),
    ],
)
def test_an_address_that_names_no_database_says_what_to_write(url: str, words: str) -> None:
    for door in DOORS:
        with pytest.raises(DatabaseWrong, match=words):
            door(url)


@pytest.mark.parametrize(
    "url", ["postgresql://u:p@server/x", "postgres://u:p@server/x", "postgresql+psycopg://server/x"]
)
def test_postgresql_may_be_spelled_in_three_ways(url: str) -> None:
    assert place_of(url).url.drivername == "postgresql+psycopg"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    for door in DOORS:
        with pytest.raises(DatabaseWrong, match="There is no folder"):
            door(f"sqlite:///{tmp_path / 'nowhere' / 'houselights.db'}")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_file_is_not_made_by_looking(tmp_path: Path) -> None:
    with pytest.raises(DatabaseWrong, match=r"There is no database at .* yet"):
        open_database(f"sqlite:///{tmp_path / 'houselights.db'}")
    assert list(tmp_path.iterdir()) == []


def whole_database(tmp_path: Path) -> Path:
    file = tmp_path / "houselights.db"
    migrate(f"sqlite:///{file}")
    database = open_database(f"sqlite:///{file}")
    performance = add_nest_performance(database, wave=Wave.BEFORE, capacity=None)
    for n in range(200):
        send(database, performance, f"{n}", filled(home_system="depends"))
    database.close()
    return file


def spoil(file: Path, how: str) -> str:
    content = file.read_bytes()
    if how == "text":
        file.write_text("Dear diary, this is not a database.\n" * 500)
        return "is not a database"
    if how == "empty":
        file.write_bytes(b"")
        return "is empty"
    if how == "half copied":
        file.write_bytes(content[: len(content) // 2])
        return "damaged or only half copied"
    if how == "a page lost":
        file.write_bytes(content[:4096] + b"\0" * 40960 + content[45056:])
        return "damaged or only half copied"
    assert how == "a folder"
    file.unlink()
    file.mkdir()
    return "is a folder"


@pytest.mark.parametrize("how", ["text", "empty", "half copied", "a page lost", "a folder"])
def test_a_spoiled_file_is_refused_and_stays_as_it_is(tmp_path: Path, how: str) -> None:
    file = whole_database(tmp_path)
    words = spoil(file, how)
    before = file.read_bytes() if file.is_file() else b""

    for door in DOORS:
        with pytest.raises(DatabaseWrong, match=words):
            door(f"sqlite:///{file}")

    assert [found.name for found in tmp_path.iterdir()] == ["houselights.db"]
    assert (file.read_bytes() if file.is_file() else b"") == before


def test_a_journal_without_its_file_is_not_covered_by_a_new_one(tmp_path: Path) -> None:
    (tmp_path / "houselights.db-wal").write_bytes(b"answers")
    with pytest.raises(DatabaseWrong, match="its journal is there"):
        migrate(f"sqlite:///{tmp_path / 'houselights.db'}")
    assert (tmp_path / "houselights.db-wal").read_bytes() == b"answers"


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "houselights.db"
    other = sqlite3.connect(file)
    other.execute("CREATE TABLE something (id TEXT)")
    other.close()

    with pytest.raises(DatabaseWrong, match=r"another program\. Correct HOUSELIGHTS_DATABASE_URL"):
        open_database(f"sqlite:///{file}")


def test_a_database_of_an_older_version_is_to_be_started_once(database_url: str) -> None:
    engine = create_engine(place_of(database_url).url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :first"), {"first": REVISIONS[0]})
    engine.dispose()

    with pytest.raises(DatabaseWrong, match="older Houselights"):
        open_database(database_url)


def test_a_newer_database_is_refused(database_url: str) -> None:
    engine = create_engine(place_of(database_url).url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'from the future'"))
    engine.dispose()

    for door in DOORS:
        with pytest.raises(DatabaseWrong, match="newer Houselights"):
            door(database_url)


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    for door in DOORS:
        with pytest.raises(DatabaseWrong) as refused:
            door("postgresql://houselights:not-to-be-seen@127.0.0.1:1/houselights")
        assert "127.0.0.1" in str(refused.value)
        assert "not-to-be-seen" not in str(refused.value)
        assert "Start it, or correct HOUSELIGHTS_DATABASE_URL" in str(refused.value)


def test_a_database_missing_on_the_server_is_named(postgresql_server: PostgreSQL) -> None:
    with pytest.raises(DatabaseWrong, match='database "nothing" does not exist'):
        open_database(postgresql_server.address("nothing"))


def test_a_server_that_acknowledges_before_it_keeps_is_refused(postgresql_url: str) -> None:
    engine = create_engine(place_of(postgresql_url).url)
    name = place_of(postgresql_url).url.database
    with engine.begin() as connection:
        connection.execute(text(f"ALTER DATABASE {name} SET synchronous_commit = off"))
    engine.dispose()

    for door in DOORS:
        with pytest.raises(DatabaseWrong, match="synchronous_commit=off"):
            door(postgresql_url)
