"""Productions and performances: details come from the production, codes are unguessable, deletion takes everything."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from survey.model import EventKind, LawfulBasis, Performance, Purpose, Standing, Wave
from survey.storage.database import Database
from survey.storage.keys import new_code
from survey.storage.performances import (
    PerformanceUnknown,
    add_performance,
    change_performance,
    delete_performance,
    find_performance,
    mark_reached,
    months_after,
    performance_by_id,
    performance_by_join_number,
    performances,
    set_attendance,
    was_reached,
)
from survey.storage.productions import (
    ProductionUnknown,
    add_production,
    change_production,
    find_production,
    production_named,
    productions,
)
from survey.storage.tables import metadata
from tests.databases import add_nest_performance
from tests.storage.phones import again, filled, send


def test_a_production_is_found_by_its_name_however_it_is_capitalised(database: Database) -> None:
    made = database.write(lambda connection: add_production(connection, name=" The Nest "))

    with database.reading() as connection:
        assert production_named(connection, "the nest") == made
        assert find_production(connection, made.id) == made
        assert production_named(connection, "The Next") is None
        with pytest.raises(ProductionUnknown):
            find_production(connection, "nothing")


def test_productions_stand_in_order_of_their_names(database: Database) -> None:
    for name in ("whose data", "The Nest", "Another"):
        database.write(lambda connection: add_production(connection, name=name))

    with database.reading() as connection:
        assert [found.name for found in productions(connection)] == ["Another", "The Nest", "whose data"]


def test_a_production_may_change_and_its_performances_keep_their_details(
    database: Database, nest_version: str
) -> None:
    performance = add_nest_performance(database, version_id=nest_version)
    with database.reading() as connection:
        made = find_production(connection, performance.production_id)
    changed = replace(made, responsible="Another body", purpose=Purpose.RESEARCH, keep_months=3)
    database.write(lambda connection: change_production(connection, changed))

    with database.reading() as connection:
        assert find_production(connection, made.id) == changed
    assert again(database, performance).responsible == performance.responsible


def test_details_not_given_come_from_the_production(database: Database, nest_version: str) -> None:
    work = database.write(
        lambda connection: add_production(
            connection,
            name="The Nest",
            responsible="Example Theatre",
            contact="data@example.org",
            purpose=Purpose.RESEARCH,
            lawful_basis=LawfulBasis.PUBLIC_TASK,
            keep_months=6,
        )
    )
    far = date.today() + timedelta(days=400)
    made = database.write(
        lambda connection: add_performance(
            connection, production_id=work.id, version_id=nest_version, starts_on=far, venue="Bar"
        )
    )

    assert (made.responsible, made.contact, made.purpose, made.lawful_basis) == (
        "Example Theatre",
        "data@example.org",
        Purpose.RESEARCH,
        LawfulBasis.PUBLIC_TASK,
    )
    assert made.keep_until == months_after(far, 6)
    assert (made.standing, made.open_wave, made.join_number) == (Standing.REHEARSAL, None, None)
    assert again(database, made) == made


def test_a_past_performance_is_kept_from_today_on(database: Database, nest_version: str) -> None:
    made = add_nest_performance(
        database, version_id=nest_version, wave=None, starts_on=date(2015, 10, 24), keep_until=None
    )

    assert made.keep_until == months_after(date.today(), 12)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 12, 15), 2, date(2028, 2, 15)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
    ],
)
def test_months_later_is_the_same_day_or_the_months_last(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


def test_a_code_has_eight_letters_that_nobody_mistakes() -> None:
    codes = {new_code() for _ in range(500)}

    assert len(codes) == 500
    assert all(re.fullmatch("[2-9bcdfghjkmnpqrstvwxyz]{8}", code) for code in codes)


def test_a_performance_is_found_by_its_code_however_it_is_typed(
    database: Database, performance: Performance
) -> None:
    with database.reading() as connection:
        assert find_performance(connection, f" {performance.code.upper()} ") == performance
        assert performance_by_id(connection, performance.id) == performance
        with pytest.raises(PerformanceUnknown):
            find_performance(connection, "22222222")


def test_an_open_performance_is_found_by_its_number_in_any_digits(
    database: Database, performance: Performance
) -> None:
    number = performance.join_number or ""
    arabic = "".join("٠١٢٣٤٥٦٧٨٩"[int(digit)] for digit in number)

    with database.reading() as connection:
        for typed in (number, f"{number[:3]} {number[3:]}", arabic):
            assert performance_by_join_number(connection, typed) == performance
        assert performance_by_join_number(connection, "") is None
        assert performance_by_join_number(connection, "12") is None


def test_performances_stand_newest_date_first(database: Database, nest_version: str) -> None:
    for year in (2017, 2026, 2015):
        add_nest_performance(
            database,
            version_id=nest_version,
            wave=None,
            starts_on=date(year, 4, 25),
            kind=EventKind.SCREENING,
            date_precision="year",
        )

    with database.reading() as connection:
        assert [found.starts_on.year for found in performances(connection)] == [2026, 2017, 2015]


def test_changed_details_are_stored_and_what_opens_it_is_not_touched(
    database: Database, performance: Performance
) -> None:
    changed = replace(
        performance, venue="Studio", capacity=45, standing=Standing.FINISHED, open_wave=None, code="x"
    )
    database.write(lambda connection: change_performance(connection, changed))

    now = again(database, performance)
    assert (now.venue, now.capacity) == ("Studio", 45)
    assert (now.standing, now.open_wave, now.code) == (Standing.RUNNING, Wave.BEFORE, performance.code)


def test_attendance_may_be_counted_guessed_or_unknown(database: Database, performance: Performance) -> None:
    for attendance, about in ((84, False), (120, True), (None, False)):
        database.write(lambda connection: set_attendance(connection, performance.id, attendance, about))
        now = again(database, performance)
        assert (now.attendance, now.attendance_about) == (attendance, about)


def test_it_is_remembered_only_that_a_phone_came_from_outside(
    database: Database, performance: Performance
) -> None:
    with database.reading() as connection:
        assert not was_reached(connection, performance.id)
    database.write(lambda connection: mark_reached(connection, performance.id))
    with database.reading() as connection:
        assert was_reached(connection, performance.id)


def test_deleting_a_performance_takes_all_that_belongs_to_it(
    database: Database, performance: Performance
) -> None:
    send(database, performance, "seat", filled(home_system="depends"))
    database.write(lambda connection: delete_performance(connection, performance.id))

    with database.reading() as connection:
        left = {
            table.name
            for table in metadata.sorted_tables
            if connection.scalar(select(func.count()).select_from(table))
        }
        assert left == {"production", "questionnaire_version"}
        with pytest.raises(PerformanceUnknown):
            find_performance(connection, performance.code)
    with pytest.raises(PerformanceUnknown):
        database.write(lambda connection: delete_performance(connection, performance.id))
