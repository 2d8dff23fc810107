"""The pledge: one per phone, taken back at will, joined to no answer, gone on its date."""

from datetime import date

from sqlalchemy import select, text

from survey.model import Performance, Wave
from survey.storage.database import Database, open_database
from survey.storage.performances import finish_performance, open_wave, rehearse_wave, wipe_rehearsal
from survey.storage.pledges import Pledges, join_pledge, pledge_hash, pledges, take_pledge_back
from survey.storage.retention import purge_due
from survey.storage.seats import receipt_hash, seat_hash
from survey.storage.tables import pledge, respondent
from tests.databases import add_nest_performance
from tests.storage.phones import again, code_of, filled, send


def join(database: Database, performance: Performance, seat: str) -> bool:
    send(database, performance, seat, filled(home_system="depends"))
    return database.write(lambda connection: join_pledge(connection, performance, seat))


def seen(database: Database, performance: Performance, seat: str | None = None) -> Pledges:
    with database.reading() as connection:
        return pledges(connection, performance, seat)


def test_a_phone_counts_once_and_can_take_it_back(database: Database, performance: Performance) -> None:
    assert seen(database, performance, "a") == Pledges(0, False)
    assert join(database, performance, "a")
    assert join(database, performance, "a")
    assert join(database, performance, "b")
    assert seen(database, performance, "a") == Pledges(2, True)
    assert seen(database, performance) == Pledges(2, False)
    for _ in range(2):
        database.write(lambda connection: take_pledge_back(connection, performance, "a"))
    assert seen(database, performance, "a") == Pledges(1, False)


def test_only_a_phone_that_has_answered_can_join(database: Database, performance: Performance) -> None:
    assert not database.write(lambda connection: join_pledge(connection, performance, "a thousand times"))
    assert seen(database, performance).count == 0


def test_nothing_stored_of_a_pledge_is_stored_of_answers(
    database: Database, performance: Performance
) -> None:
    assert performance.seat_key is not None
    join(database, performance, "a")
    with database.reading() as connection:
        (hashed,) = connection.scalars(select(pledge.c.pledge_hash))
        (person,) = connection.execute(select(respondent))
    assert hashed == pledge_hash(performance.seat_key, "a")
    assert hashed not in {str(value) for value in person}
    assert hashed not in {
        seat_hash(performance.seat_key, "a"),
        receipt_hash(code_of(performance, "a")),
    }


def test_pledges_stand_still_once_finished_and_go_on_the_keeping_date(
    database: Database, performance: Performance
) -> None:
    join(database, performance, "a")
    database.write(lambda connection: finish_performance(connection, performance.id))
    now = again(database, performance)
    assert not database.write(lambda connection: join_pledge(connection, now, "a"))
    database.write(lambda connection: take_pledge_back(connection, now, "a"))
    assert seen(database, now, "a") == Pledges(1, False)
    database.write(lambda connection: purge_due(connection, date(2099, 3, 19)))
    assert seen(database, now).count == 1
    database.write(lambda connection: purge_due(connection, date(2099, 3, 20)))
    assert seen(database, now).count == 0


def test_pledges_of_a_rehearsal_are_wiped_with_it(database: Database, nest_version: str) -> None:
    performance = add_nest_performance(database, version_id=nest_version, wave=None)
    database.write(lambda connection: rehearse_wave(connection, performance.id, Wave.BEFORE))
    for end in (
        lambda connection: wipe_rehearsal(connection, performance.id),
        lambda connection: open_wave(connection, performance.id, Wave.BEFORE),
    ):
        join(database, again(database, performance), "a")
        assert seen(database, performance).count == 1
        database.write(end)
        assert seen(database, performance).count == 0


def test_postgresql_keeps_no_order_of_pledges_once_finished(postgresql_url: str) -> None:
    database = open_database(postgresql_url)
    performance = add_nest_performance(database)
    for number in range(12):
        join(database, performance, f"seat {number}")
    database.write(lambda connection: finish_performance(connection, performance.id))
    with database.reading() as connection:
        placed = list(connection.scalars(text("SELECT pledge_hash FROM pledge ORDER BY ctid")))
        written = set(connection.scalars(text("SELECT xmin::text FROM pledge")))
    assert placed == sorted(placed)
    assert len(written) == 1
    database.close()
