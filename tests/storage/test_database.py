"""The one door for writing: a mistake costs only its own act, trouble with the file costs nobody an answer."""

import asyncio
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import InternalError

from survey.model import Wave
from survey.storage.acts import Act, too_long
from survey.storage.database import Database, DatabaseBusy, DatabaseUnsure, open_database
from survey.storage.journal import HUGE
from survey.storage.places import check_file
from survey.storage.productions import add_production, productions
from survey.storage.responses import responses_count
from survey.storage.tables import production
from survey.storage.writing import WriterPool
from tests.databases import add_nest_performance
from tests.running import in_a_thread
from tests.storage.phones import filled, send


def add(name: str) -> Callable[[Connection], str]:
    return lambda connection: add_production(connection, name=name).id


def names(database: Database) -> list[str]:
    with database.reading() as connection:
        return [found.name for found in productions(connection)]


def file_of(database: Database) -> Path:
    return Path(database.url.removeprefix("sqlite:///"))


def test_what_was_acknowledged_is_read_by_the_next_reader(database: Database) -> None:
    for n in range(5):
        database.write(add(f"{n}"))
        assert names(database)[-1] == f"{n}"


def test_many_threads_write_at_once_and_all_of_it_is_there(database: Database) -> None:
    with ThreadPoolExecutor(32) as threads:
        list(threads.map(lambda n: database.write(add(f"{n:03}")), range(200)))

    assert names(database) == [f"{n:03}" for n in range(200)]


def test_an_asynchronous_route_waits_for_the_commit_without_blocking_others(database: Database) -> None:
    async def evening() -> list[str]:
        return await asyncio.gather(*(database.write_soon(add(f"{n:02}")) for n in range(50)))

    assert len(set(in_a_thread(evening()))) == 50
    assert names(database) == [f"{n:02}" for n in range(50)]


def test_one_persons_mistake_undoes_only_their_own_act(database: Database) -> None:
    def mistaken(connection: Connection) -> None:
        add_production(connection, name="half done")
        raise KeyError("a mistake")

    def clashing(connection: Connection) -> None:
        id = add_production(connection, name="twice").id
        connection.execute(
            production.insert().values({**dict.fromkeys(production.c.keys(), ""), "keep_months": 1, "id": id})
        )

    hold, held = threading.Event(), threading.Event()

    def waiting(connection: Connection) -> None:
        held.set()
        hold.wait(10)

    with ThreadPoolExecutor(8) as threads:
        first = threads.submit(database.write, waiting)
        held.wait(10)  # what follows waits together and shares one commit on SQLite
        wrong = [threads.submit(database.write, act) for act in (mistaken, clashing)]
        right = [threads.submit(database.write, add(f"right {n}")) for n in range(4)]
        time.sleep(0.2)
        hold.set()
        first.result()
        with pytest.raises(KeyError):
            wrong[0].result()
        with pytest.raises(DatabaseBusy):
            wrong[1].result()
        assert len({answer.result() for answer in right}) == 4

    assert names(database) == [f"right {n}" for n in range(4)]


def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises((DatabaseBusy, InternalError)), database.reading() as connection:
        connection.execute(production.delete())


def test_a_reader_sees_one_moment(database: Database) -> None:
    database.write(add("before"))
    with database.reading() as connection:
        assert len(productions(connection)) == 1
        database.write(add("meanwhile"))
        assert len(productions(connection)) == 1
    assert len(names(database)) == 2


def test_a_closed_database_accepts_nothing_and_loses_nothing(database: Database, database_url: str) -> None:
    with ThreadPoolExecutor(16) as threads:
        answers = [threads.submit(database.write, add(f"{n:02}")) for n in range(40)]
        database.close()
    acknowledged = [answer for answer in answers if answer.exception() is None]
    assert all(
        isinstance(answer.exception(), DatabaseBusy) for answer in answers if answer not in acknowledged
    )
    with pytest.raises(DatabaseBusy):
        database.write(add("too late"))

    opened = open_database(database_url)
    assert len(names(opened)) == len(acknowledged)
    opened.close()


def test_an_act_that_takes_too_long_is_given_up(database: Database) -> None:
    free = threading.Event()
    try:
        with pytest.raises(DatabaseBusy):
            database.write(lambda connection: free.wait(20), timeout=0.2)
    finally:
        free.set()
    assert database.write(add("next"))


@pytest.mark.parametrize("crowd", [False, True])
def test_an_act_that_was_given_up_is_not_stored_though_it_had_begun(database: Database, crowd: bool) -> None:
    free = threading.Event()

    def slow(connection: Connection) -> None:
        add("given up")(connection)
        free.wait(20)

    with pytest.raises(DatabaseBusy, match="Nothing was stored"):
        database.write(slow, timeout=0.2, crowd=crowd)
    free.set()
    for n in range(WriterPool.CONNECTIONS):  # whoever carried it out is free again
        database.write(add(f"{n}"), crowd=crowd)

    database.close()
    opened = open_database(database.url)
    assert names(opened) == [f"{n}" for n in range(WriterPool.CONNECTIONS)]
    opened.close()


def test_an_act_whose_commit_had_begun_is_not_said_to_be_lost() -> None:
    act = Act(add("too late to give up"), crowd=False, seconds=1)
    assert act.may_commit()
    assert isinstance(too_long(act), DatabaseUnsure)
    assert not isinstance(too_long(Act(add("waiting"), crowd=False, seconds=1)), DatabaseUnsure)


def test_acts_that_look_and_then_write_come_one_after_another_from_any_process(postgresql_url: str) -> None:
    both = [open_database(postgresql_url, visiting=True) for _ in range(2)]

    def next_number(connection: Connection) -> None:
        add(f"{len(productions(connection)):03}")(connection)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: both[n % 2].write(next_number), range(40)))

    assert names(both[0]) == [f"{n:03}" for n in range(40)]
    for each in both:
        each.close()


def test_sqlite_is_as_durable_and_as_strict_as_promised(sqlite_database: Database) -> None:
    def pragmas(connection: Connection) -> dict[str, object]:
        asked = (
            "journal_mode",
            "synchronous",
            "foreign_keys",
            "trusted_schema",
            "secure_delete",
            "mmap_size",
            "busy_timeout",
            "wal_autocheckpoint",
        )
        return {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked}

    assert sqlite_database.write(pragmas) == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "secure_delete": 1,
        "mmap_size": 0,
        "busy_timeout": 5000,
        "wal_autocheckpoint": 0,
    }
    with sqlite_database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA query_only").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA trusted_schema").scalar() == 0


def test_a_database_locked_by_another_program_says_so_and_recovers_by_itself(
    sqlite_database: Database,
) -> None:
    sqlite_database.write(add("before"))
    other = sqlite3.connect(file_of(sqlite_database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    started = time.monotonic()
    with pytest.raises(DatabaseBusy):
        sqlite_database.write(add("refused"), timeout=20)
    assert time.monotonic() - started < 15
    assert names(sqlite_database) == ["before"]

    other.execute("ROLLBACK")
    other.close()
    sqlite_database.write(add("later"))
    assert names(sqlite_database) == ["before", "later"]


def test_a_full_disk_fails_everybody_in_the_batch_and_recovers_by_itself(sqlite_database: Database) -> None:
    performance = add_nest_performance(sqlite_database, capacity=None)
    limit = sqlite_database.write(
        lambda connection: connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    )
    sqlite_database.write(lambda connection: connection.exec_driver_sql(f"PRAGMA max_page_count={limit + 3}"))
    acknowledged, refused = 0, 0
    with ThreadPoolExecutor(16) as phones:
        form = filled(home_system="depends", research_nhs="not_sure")
        answers = [phones.submit(send, sqlite_database, performance, f"{n}", form) for n in range(150)]
        for answer in answers:
            if answer.exception() is None:
                acknowledged += 1
            else:
                assert isinstance(answer.exception(), DatabaseBusy)
                refused += 1

    assert refused > 0
    with sqlite_database.reading() as connection:  # a new connection has no limit: that is the recovery
        stored = responses_count(connection, performance.id, Wave.BEFORE)
    assert stored == acknowledged
    send(sqlite_database, performance, "after", form)


def test_two_processes_write_into_one_file(sqlite_database: Database, sqlite_url: str) -> None:
    visitor = open_database(sqlite_url, visiting=True)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: (sqlite_database, visitor)[n % 2].write(add(f"{n:03}")), range(100)))

    assert names(visitor) == [f"{n:03}" for n in range(100)]
    visitor.close()
    assert len(names(sqlite_database)) == 100


def journal_size(database: Database) -> int:
    journal = file_of(database).with_name(f"{file_of(database).name}-wal")
    return journal.stat().st_size if journal.exists() else 0


def test_the_journal_is_emptied_while_people_are_sending(sqlite_database: Database) -> None:
    def much(connection: Connection) -> None:
        add_production(connection, name="x" * 1_000_000)

    for _ in range(30):
        sqlite_database.write(much)
        assert journal_size(sqlite_database) < 8 * 1024 * 1024


def test_a_visitor_leaves_the_journal_to_the_serving_process(
    sqlite_database: Database, sqlite_url: str
) -> None:
    sqlite_database.write(add("serving"))
    visitor = open_database(sqlite_url, visiting=True)
    visitor.write(add("x" * 6_000_000))
    assert journal_size(sqlite_database) > 4 * 1024 * 1024
    visitor.close()

    deadline = time.monotonic() + 30
    while journal_size(sqlite_database) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert journal_size(sqlite_database) == 0


def test_a_reader_that_holds_on_does_not_let_the_journal_grow_for_ever(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("survey.storage.readers.TOO_LONG", 0.2)
    monkeypatch.setattr("survey.storage.journal.LATER", 0.1)

    def much(connection: Connection) -> None:
        add_production(connection, name="x" * 8_000_000)

    def hold_on() -> None:
        with sqlite_database.reading() as connection:
            connection.execute(select(func.count()).select_from(production)).all()
            for _ in range(60):
                sqlite_database.write(much, timeout=60)
                time.sleep(0.01)
                if journal_size(sqlite_database) == 0:
                    break
            assert journal_size(sqlite_database) <= HUGE + 32 * 1024 * 1024
            connection.execute(text("SELECT 1")).all()

    with pytest.raises(DatabaseBusy, match="too long"):
        hold_on()
    assert len(names(sqlite_database)) > 5


def test_a_crowd_is_refused_rather_than_piled_up(sqlite_database: Database) -> None:
    free = threading.Event()
    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(sqlite_database.write, lambda connection: free.wait(20), timeout=30)
        waiting = []

        def crowd() -> None:
            for n in range(10_000):
                act = Act(add(f"{n:05}"), crowd=True, seconds=60)
                sqlite_database._writer.submit(act)
                waiting.append(act.answer)

        with pytest.raises(DatabaseBusy, match="Too many"):
            crowd()
        free.set()
        first.result()
        for answer in waiting:
            answer.result(60)
    assert len(names(sqlite_database)) == len(waiting)
    assert 1000 < len(waiting) < 10_000


LOCKED = """
import fcntl, os, sys
file = os.open(sys.argv[1], os.O_RDWR)
try:
    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 510, 0x40000002)
except OSError:
    print("held")
"""
"""Says "held" while some process holds the lock by which SQLite knows that a database in WAL mode is in use."""


def test_looking_a_file_through_leaves_the_lock_of_its_open_connections(sqlite_database: Database) -> None:
    def held() -> str:
        return subprocess.run(
            [sys.executable, "-c", LOCKED, str(file_of(sqlite_database))],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()

    sqlite_database.write(add("The Nest"))
    assert held() == "held"
    check_file(file_of(sqlite_database))
    assert held() == "held"
