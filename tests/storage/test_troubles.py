"""A PostgreSQL server in trouble: a standby, a lock, a broken rule. Said in our words, in time, and nothing of it in the log."""

import logging
import time
import traceback
from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import Connection, create_engine, insert, text
from sqlalchemy.pool import NullPool
from starlette.testclient import TestClient

from survey.storage.database import Database, DatabaseBusy, Fault, open_database
from survey.storage.places import place_of
from survey.storage.productions import add_production, productions
from survey.storage.tables import respondent, source
from tests.databases import add_nest_performance
from tests.phone.conftest import phone_app

CANARY = "canary-of-a-keyed-hash"


@pytest.fixture
def server(postgresql_url: str) -> Iterator[Database]:
    """A fresh PostgreSQL database."""
    with closing(open_database(postgresql_url, visiting=True)) as opened:
        yield opened


def operator_says(database: Database, *sentences: str) -> None:
    engine = create_engine(place_of(database.url).url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for sentence in sentences:
            connection.execute(text(sentence))
    engine.dispose()


def read_only(database: Database, on: str) -> None:
    """Let the server take no writes, as a standby does, or take them again; every connection is cut, or none."""
    name = place_of(database.url).url.database
    cut = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = "
    )
    operator_says(
        database,
        "SET default_transaction_read_only = off",
        f"ALTER DATABASE {name} SET default_transaction_read_only = {on}",
    )
    if on == "on":
        operator_says(database, f"{cut}'{name}'")


def add(connection: Connection) -> None:
    add_production(connection, name="The Nest")


def test_a_server_that_takes_no_writes_is_said_to_be_one_and_found_again_by_itself(server: Database) -> None:
    performance = add_nest_performance(server)
    with TestClient(phone_app(server), follow_redirects=False) as phone:
        read_only(server, "on")
        with pytest.raises(DatabaseBusy) as refused:
            server.write(add)
        sent = phone.post(f"/p/{performance.code}", data={"home_system": "depends", "_wave": "before"})

        assert refused.value.fault is Fault.READ_ONLY
        assert server.health.fault is Fault.READ_ONLY, "so /healthz answers 503"
        assert sent.status_code == 503

        read_only(server, "off")
        server.write(add)
        assert server.health.fault is None


def test_what_breaks_a_rule_is_refused_without_a_word_of_it_in_the_log(
    server: Database, caplog: pytest.LogCaptureFixture
) -> None:
    performance = add_nest_performance(server)

    def twice(connection: Connection) -> None:
        made_by = {"id": "a source", "performance_id": performance.id, "provenance": "collected", "note": ""}
        connection.execute(insert(source).values(made_by))
        person = {
            "performance_id": performance.id,
            "source_id": "a source",
            "mode": "phone",
            "seat_hash": CANARY,
        }
        for id in ("one", "two"):
            connection.execute(insert(respondent).values(id=id, **person))

    with caplog.at_level(logging.DEBUG), pytest.raises(DatabaseBusy) as refused:
        server.write(twice)

    assert "uq_respondent_performance_id_seat_hash" in caplog.text
    said = "".join(traceback.format_exception(refused.value))
    assert [words for words in (caplog.text, said) if CANARY in words or "DETAIL" in words] == []


def test_a_table_locked_by_an_operator_holds_no_page_up_for_long(server: Database) -> None:
    engine = create_engine(place_of(server.url).url, poolclass=NullPool)
    with engine.connect() as other:
        other.execute(text("LOCK TABLE production IN ACCESS EXCLUSIVE MODE"))
        began = time.monotonic()
        with pytest.raises(DatabaseBusy), server.reading() as connection:
            productions(connection)
        assert time.monotonic() - began < 10
    engine.dispose()
    with server.reading() as connection:
        assert productions(connection) == []


@pytest.mark.parametrize(
    ("writing", "limits"), [(True, ("5s", "10s", "1min")), (False, ("2s", "20s", "1min"))]
)
def test_every_connection_has_its_limits_of_time(
    server: Database, writing: bool, limits: tuple[str, ...]
) -> None:
    def read(connection: Connection) -> tuple[object, ...]:
        names = ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout")
        return tuple(connection.scalar(text(f"SHOW {name}")) for name in names)

    if writing:
        assert server.write(read) == limits
    else:
        with server.reading() as connection:
            assert read(connection) == limits


def test_a_connection_that_was_cut_costs_nobody_an_answer(server: Database) -> None:
    server.write(add)
    name = place_of(server.url).url.database
    operator_says(
        server,
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}' "
        "AND pid <> pg_backend_pid()",
    )

    server.write(add)

    with server.reading() as connection:
        assert len(productions(connection)) == 2
