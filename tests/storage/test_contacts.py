"""The list of addresses: one per production, apart from everything, gone on one day, in no order of arrival."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from sqlalchemy import select, text

from survey.model import Performance
from survey.storage.contacts import (
    add_contact,
    contacts,
    contacts_until,
    keeping_date,
    remove_contact,
    remove_contacts,
)
from survey.storage.database import Database, open_database
from survey.storage.performances import finish_performance
from survey.storage.retention import purge_due
from survey.storage.tables import contact
from survey.storage.tombstones import tombstones
from tests.databases import add_nest_performance

LATER = date(2100, 6, 1)


def leave(database: Database, performance: Performance, *addresses: str) -> None:
    for address in addresses:
        database.write(lambda connection: add_contact(connection, performance, address))


def listed(database: Database, performance: Performance) -> list[str]:
    with database.reading() as connection:
        return contacts(connection, performance.production_id)


def test_an_address_is_on_the_list_once_however_it_is_capitalised(
    database: Database, performance: Performance
) -> None:
    leave(database, performance, "zoe@example.org", "Ann@example.org", "ann@EXAMPLE.org")
    assert listed(database, performance) == ["Ann@example.org", "zoe@example.org"]


def test_addresses_are_taken_off_one_by_one_or_all_at_once(
    database: Database, performance: Performance
) -> None:
    leave(database, performance, "ann@example.org", "bo@example.org", "cy@example.org")
    work = performance.production_id
    assert database.write(lambda connection: remove_contact(connection, work, "BO@example.org"))
    assert not database.write(lambda connection: remove_contact(connection, work, "bo@example.org"))
    assert listed(database, performance) == ["ann@example.org", "cy@example.org"]
    assert database.write(lambda connection: remove_contacts(connection, work)) == 2
    assert listed(database, performance) == []


def test_one_day_holds_for_the_whole_list_and_never_moves_later(
    database: Database, performance: Performance
) -> None:
    later = add_nest_performance(database, version_id=performance.version_id, keep_until=LATER)
    leave(database, later, "ann@example.org")
    with database.reading() as connection:
        assert keeping_date(connection, later) == LATER
    leave(database, performance, "bo@example.org")
    leave(database, later, "cy@example.org", "ann@example.org")
    with database.reading() as connection:
        assert set(connection.scalars(select(contact.c.keep_until))) == {performance.keep_until}
        assert keeping_date(connection, later) == performance.keep_until
        assert contacts_until(connection, later.production_id) == performance.keep_until


def test_the_list_goes_on_its_day_though_nobody_answered(
    database: Database, performance: Performance
) -> None:
    leave(database, performance, "ann@example.org")
    database.write(lambda connection: purge_due(connection, date(2099, 3, 19)))
    assert listed(database, performance) == ["ann@example.org"]
    database.write(lambda connection: purge_due(connection, date(2099, 3, 20)))
    assert listed(database, performance) == []


def test_a_contact_holds_nothing_but_its_production_its_address_and_a_day() -> None:
    assert [column.name for column in contact.columns] == ["id", "production_id", "address", "keep_until"]


def test_an_address_taken_off_is_gone_from_the_disk(sqlite_database: Database, tmp_path: Path) -> None:
    performance = add_nest_performance(sqlite_database)
    canary = "canary-3141@example.org"
    leave(sqlite_database, performance, canary, "bo@example.org")
    sqlite_database.write(lambda connection: remove_contact(connection, performance.production_id, canary))
    sqlite_database.close()
    left = [file.name for file in tmp_path.iterdir() if canary.encode() in file.read_bytes()]
    assert left == []


def test_nothing_kept_of_an_address_taken_off_tells_which_it_was(
    sqlite_database: Database, tmp_path: Path
) -> None:
    performance = add_nest_performance(sqlite_database)
    kept = set()
    for _ in range(2):
        leave(sqlite_database, performance, "ann@example.org")
        sqlite_database.write(
            lambda connection: remove_contact(connection, performance.production_id, "ann@example.org")
        )
        kept |= tombstones(tmp_path / "houselights.db")
    assert len(kept) == 2  # the same address, and each time another key


def test_sqlite_keeps_contacts_and_pledges_without_row_numbers(sqlite_database: Database) -> None:
    with sqlite_database.reading() as connection:
        made = {row.name: row.sql for row in connection.execute(text("SELECT name, sql FROM sqlite_master"))}
    assert all("WITHOUT ROWID" in made[name] for name in ("contact", "pledge"))


def test_postgresql_keeps_no_order_of_contacts_once_finished(postgresql_url: str) -> None:
    database = open_database(postgresql_url)
    performance = add_nest_performance(database)
    leave(database, performance, *(f"{number:02}@example.org" for number in range(20)))
    database.write(lambda connection: finish_performance(connection, performance.id))
    with database.reading() as connection:
        placed = list(connection.execute(text("SELECT id, address FROM contact ORDER BY ctid")))
        written = set(connection.scalars(text("SELECT xmin::text FROM contact")))
    assert [row.id for row in placed] == sorted(row.id for row in placed)
    assert [row.address for row in placed] != sorted(row.address for row in placed)
    assert len(written) == 1
    database.close()


def test_two_browsers_leaving_one_address_at_once_put_it_on_the_list_once(
    database: Database, performance: Performance
) -> None:
    def put(address: str) -> bool:
        return database.write(lambda connection: add_contact(connection, performance, address))

    with ThreadPoolExecutor(8) as browsers:
        added = list(browsers.map(put, ["ann@example.org", "Ann@example.org"] * 8))
    assert added.count(True) == 1
    assert len(listed(database, performance)) == 1
