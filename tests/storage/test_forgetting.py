"""What was deleted leaves PostgreSQL's files; while something still reads it, that is written down and said."""

import itertools
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import Connection, Text, create_engine, func, select, text
from sqlalchemy.pool import NullPool

from survey.model import Comment, Performance
from survey.storage.contributions import add_contribution
from survey.storage.database import Database, open_database
from survey.storage.debts import owed
from survey.storage.forgetting import ANSWERS, WORDS
from survey.storage.notes import add_note, change_note
from survey.storage.places import place_of
from survey.storage.receipts import delete_by_receipt
from survey.storage.retention import purge_due
from survey.storage.tables import comment, debt, production
from survey.storage.waves import close_wave, finish_performance
from tests.databases import add_nest_performance
from tests.storage.phones import code_of, filled, send

CANARY = "the canary in the heap sings once"
PEOPLE = 40


@pytest.fixture
def server(postgresql_url: str) -> Iterator[Database]:
    """A fresh PostgreSQL database, as a command opens it: nothing is paid behind a test's back."""
    opened = open_database(postgresql_url, visiting=True)
    yield opened
    opened.close()


@contextmanager
def reading(url: str, table: str = "comment") -> Iterator[None]:
    """Another program that reads, as a backup does: one snapshot, held."""
    engine = create_engine(place_of(url).url, poolclass=NullPool, isolation_level="REPEATABLE READ")
    with engine.connect() as connection:
        connection.execute(text(f"SELECT count(*) FROM {table}"))
        yield
    engine.dispose()


def superuser(url: str, act: Callable[[Connection], object]) -> object:
    engine = create_engine(place_of(url).url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        done = act(connection)
    engine.dispose()
    return done


def in_a_file(database: Database, words: str) -> bool:
    """Whether words lie in any file of the tables that hold what people gave, or of the statistics."""

    def look(connection: Connection) -> bool:
        connection.execute(text("CHECKPOINT"))
        names = [*(table.name for table in ANSWERS), "pg_statistic"]
        files = "pg_read_binary_file(pg_relation_filepath(CAST(:name AS regclass)))"
        holding = text(f"SELECT position(convert_to(:words, 'UTF8') in {files}) > 0")
        return any(connection.scalar(holding, {"name": name, "words": words}) for name in names)

    return bool(superuser(database.url, look))


def is_owed(database: Database) -> bool:
    with database.reading() as connection:
        return owed(connection)


def said(database: Database, performance: Performance) -> str:
    """Send a comment from a phone; return the receipt that deletes it."""
    send(database, performance, "seat", filled(Comment("differently", CANARY), trust_nhs="3"))
    return code_of(performance, "seat")


def delete(database: Database, code: str) -> None:
    assert database.write(lambda connection: delete_by_receipt(connection, code), crowd=True)


def test_deleted_words_leave_the_file_at_once(server: Database) -> None:
    code = said(server, add_nest_performance(server))
    assert in_a_file(server, CANARY)

    delete(server, code)

    assert server.forgotten(patience=10)
    assert not in_a_file(server, CANARY)
    assert not is_owed(server)


@pytest.mark.parametrize("table", ["comment", "production"])
def test_words_deleted_beside_an_open_snapshot_are_owed_until_it_ends(server: Database, table: str) -> None:
    code = said(server, add_nest_performance(server))
    with reading(server.url, table):
        delete(server, code)

        assert not server.forgotten()
        assert is_owed(server)
        assert in_a_file(server, CANARY), "the reader can still see it, and so it is said"

    assert server.forgotten(patience=10)
    assert not is_owed(server)
    assert not in_a_file(server, CANARY)


def test_a_note_that_was_changed_leaves_the_file(server: Database) -> None:
    performance = add_nest_performance(server)
    noted = server.write(lambda c: add_note(c, performance.id, CANARY))

    server.write(lambda c: change_note(c, performance.id, noted.id, "other", quotation=False, speaker=""))

    assert server.forgotten(patience=10)
    assert not in_a_file(server, CANARY)


def test_large_tables_are_not_written_anew_while_an_audience_answers(
    server: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("survey.storage.debts.LARGE", 0)
    performance = add_nest_performance(server)
    delete(server, said(server, performance))
    assert not server.forgotten()
    assert is_owed(server)

    server.write(lambda connection: close_wave(connection, performance.id))

    assert server.forgotten(patience=10)
    assert not in_a_file(server, CANARY)


def test_what_goes_on_the_keeping_date_beside_an_open_snapshot_leaves_the_file(server: Database) -> None:
    performance = add_nest_performance(server, keep_until=date(2099, 3, 20))
    said(server, performance)
    server.write(lambda c: add_contribution(c, performance.id, CANARY))
    with reading(server.url, "production"):
        assert server.write(lambda c: purge_due(c, date(2099, 3, 20))) == [performance.code]
        assert is_owed(server)

    assert server.forgotten(patience=10)
    assert not in_a_file(server, CANARY)


def places(database: Database) -> list[int]:
    """Return what people said, in the order in which it lies in the file."""
    with database.reading() as connection:
        return [int(row[0]) for row in connection.execute(text("SELECT text FROM comment ORDER BY ctid"))]


def written(database: Database) -> int:
    """Return how many rows of comments lie in the file, those nobody sees among them: each has its own place."""
    with database.reading() as connection:
        places = connection.scalars(text("SELECT CAST(ctid AS text) FROM comment"))
        found = [place.strip("()").split(",") for place in places]
    assert {page for page, _row in found} == {"0"}, "few enough for one page"
    return max(int(row) for _page, row in found)


def rising(order: list[int]) -> float:
    return sum(after > before for before, after in itertools.pairwise(order)) / len(order)


def test_finishing_beside_an_open_reader_mixes_the_order_once_it_has_gone(server: Database) -> None:
    performance = add_nest_performance(server)
    for n in range(PEOPLE):
        send(server, performance, f"{n}", filled(Comment("differently", f"{n:03}"), trust_nhs="1"))
    with reading(server.url):
        server.write(lambda connection: finish_performance(connection, performance.id))

        assert is_owed(server)
        assert written(server) > PEOPLE, "as it was first written, each row still lies there"

    assert server.forgotten(patience=10)
    assert 0.2 < rising(places(server)) < 0.8
    assert written(server) == PEOPLE
    assert not is_owed(server)


def test_the_server_pays_what_a_command_left_owing(server: Database, postgresql_url: str) -> None:
    code = said(server, add_nest_performance(server))
    with reading(server.url):
        delete(server, code)
    assert is_owed(server)

    serving = open_database(postgresql_url)
    deadline = time.monotonic() + 30
    while is_owed(server) and time.monotonic() < deadline:
        time.sleep(0.1)
    serving.close()

    assert not is_owed(server)
    assert not in_a_file(server, CANARY)


def test_an_act_that_is_undone_owes_nothing(server: Database) -> None:
    performance = add_nest_performance(server)
    code = said(server, performance)

    def undone(connection: Connection) -> None:
        delete_by_receipt(connection, code)
        raise KeyError("a mistake")

    with pytest.raises(KeyError):
        server.write(undone)
    with server.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(debt)) == 0
        assert connection.scalar(select(func.count()).select_from(comment)) == 1


def test_sqlite_owes_nothing(sqlite_database: Database) -> None:
    code = said(sqlite_database, add_nest_performance(sqlite_database))
    delete(sqlite_database, code)
    assert sqlite_database.forgotten()
    assert not is_owed(sqlite_database)


def test_no_statistics_are_kept_of_words(server: Database) -> None:
    performance = add_nest_performance(server)
    for n in range(PEOPLE):
        send(server, performance, f"{n}", filled(Comment("differently", f"{CANARY} {n}"), trust_nhs="1"))
        server.write(lambda c: add_note(c, performance.id, CANARY))

    superuser(server.url, lambda connection: connection.execute(text("ANALYZE")))

    with server.reading() as connection:
        kept = connection.execute(text("SELECT tablename, attname FROM pg_stats WHERE schemaname = 'public'"))
        sampled = {tuple(row) for row in kept}
    assert (production.name, production.c.name.name) in sampled, "statistics are taken"
    assert [column for column in WORDS if (column.table.name, column.name) in sampled] == []
    assert not in_a_file_of_statistics(server)


def in_a_file_of_statistics(database: Database) -> bool:
    with database.reading() as connection:
        looked = text("SELECT count(*) FROM pg_stats WHERE CAST(histogram_bounds AS text) LIKE :words")
        return bool(connection.scalar(looked, {"words": f"%{CANARY}%"}))


def test_every_column_of_peoples_words_is_known_as_one() -> None:
    """Texts in the tables of what people gave are words, all of them."""
    texts = {column for table in ANSWERS for column in table.c if isinstance(column.type, Text)}
    assert texts <= set(WORDS)
