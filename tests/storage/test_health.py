"""The database's health: each fault is known by its name, costs no answer, and is over without a restart."""

import shutil

import pytest
from sqlalchemy import Connection

from survey.storage.database import Database, DatabaseBusy, Fault, open_database
from survey.storage.health import Health
from survey.storage.productions import add_production, productions
from tests.faulty import FAULTS, damaged, file_of


def large(connection: Connection) -> None:
    """Store more than fits into the pages there are."""
    for number in range(200):
        add_production(connection, name=f"{number} " + "x" * 500)


def count(database: Database) -> int:
    with database.reading() as connection:
        return len(productions(connection))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_known_by_its_name_and_over_when_it_is_over(
    sqlite_database: Database, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    with FAULTS[fault](sqlite_database):
        for _ in range(3):
            with pytest.raises(DatabaseBusy) as refused:
                sqlite_database.write(large)
            assert refused.value.fault is fault
        assert sqlite_database.health.fault is fault
        assert caplog.messages == [fault.value]
    sqlite_database.look_well()
    assert sqlite_database.health.fault is None
    assert caplog.messages[1:] == ["The database can be read and written again."]
    assert count(sqlite_database) == 0
    sqlite_database.write(large)
    assert count(sqlite_database) == 200


def test_nothing_is_written_beside_a_file_put_in_the_database_s_place(sqlite_database: Database) -> None:
    file = file_of(sqlite_database)
    other, ours = file.with_name("other.db"), file.with_name("ours.db")
    shutil.copy(file, other)
    sqlite_database.write(lambda connection: add_production(connection, name="Before"))
    file.rename(ours)
    other.rename(file)
    journal = file.with_name(f"{file.name}-wal").read_bytes()
    sqlite_database.look_well()  # though nobody writes
    assert sqlite_database.health.fault is Fault.GONE
    with pytest.raises(DatabaseBusy) as refused:
        sqlite_database.write(lambda connection: add_production(connection, name="Lost"))
    assert refused.value.fault is Fault.GONE
    assert file.with_name(f"{file.name}-wal").read_bytes() == journal
    ours.rename(file)
    sqlite_database.look_well()
    sqlite_database.write(lambda connection: add_production(connection, name="After"))
    with sqlite_database.reading() as connection:
        assert [found.name for found in productions(connection)] == ["After", "Before"]


def test_a_damaged_database_is_said_until_all_of_it_is_whole_again(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    try:
        with damaged(database):
            with pytest.raises(DatabaseBusy) as read:
                count(database)
            with pytest.raises(DatabaseBusy) as written:
                database.write(large)
            assert (read.value.fault, written.value.fault) == (Fault.DAMAGED, Fault.DAMAGED)
            database.look_well()
            assert database.health.fault is Fault.DAMAGED
        database.look_well()
        assert database.health.fault is None
        database.write(large)
        assert count(database) == 200
    finally:
        database.close()


def test_a_mistake_of_one_act_is_no_fault_of_the_house(sqlite_database: Database) -> None:
    def twice(connection: Connection) -> None:
        connection.exec_driver_sql("INSERT INTO alembic_version SELECT version_num FROM alembic_version")

    with pytest.raises(DatabaseBusy):
        sqlite_database.write(twice)
    assert sqlite_database.health.fault is None


def test_a_fault_that_stays_is_said_once_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    now = [1000.0]
    health = Health(clock=lambda: now[0])
    for _ in range(25):  # two minutes, a try every five seconds
        health.wrote(Fault.FULL)
        now[0] += 5
    assert caplog.messages == [Fault.FULL.value] * 3
    health.wrote(None)
    health.wrote(None)
    assert len(caplog.messages) == 4


def test_reading_well_does_not_mean_writing_well() -> None:
    health = Health(silent=True)
    health.wrote(Fault.READ_ONLY)
    health.read(None)
    assert health.fault is Fault.READ_ONLY
