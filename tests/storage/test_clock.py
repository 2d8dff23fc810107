"""Keeping dates never act on one clock."""

from datetime import UTC, datetime, timedelta

import pytest

from survey.model import Performance
from survey.serving.keeping import keep_or_ask
from survey.storage.clock import clock_agrees, last_open, note_clock
from survey.storage.database import Database
from survey.storage.responses import responses_by_receipt
from survey.storage.sign_ins import record
from tests.storage.phones import code_of, filled, send

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
DUE = datetime(2099, 3, 20, 9, tzinfo=UTC)
"""The performance's keeping date."""


@pytest.fixture
def answered(database: Database, performance: Performance) -> Performance:
    """A running performance with one answer, in a house that was open yesterday."""
    send(database, performance, "seat", filled(home_system="depends"))
    database.write(lambda connection: note_clock(connection, NOW - timedelta(days=1)))
    return performance


def kept(database: Database, performance: Performance) -> bool:
    with database.reading() as connection:
        return responses_by_receipt(connection, code_of(performance, "seat")) is not None


def test_a_clock_years_ahead_deletes_nothing_and_asks(database: Database, answered: Performance) -> None:
    for _ in range(3):  # however often it looks, and whatever is done meanwhile by the same clock
        asked = database.write(lambda connection: keep_or_ask(connection, DUE))
        assert "says 20 March 2099, but Houselights was last open on 29 November 2026" in asked
        database.write(lambda connection: record(connection, None, "opened after", answered.code))
    assert kept(database, answered)


def test_once_the_organiser_has_said_that_it_is_right_what_is_due_goes(
    database: Database, answered: Performance
) -> None:
    database.write(lambda connection: note_clock(connection, DUE))
    assert database.write(lambda connection: keep_or_ask(connection, DUE)) == ""
    assert not kept(database, answered)


def test_a_house_that_is_open_day_by_day_is_never_asked(database: Database, answered: Performance) -> None:
    def look(days: int) -> str:
        return database.write(lambda connection: keep_or_ask(connection, NOW + timedelta(days=days)))

    assert [look(days) for days in range(0, 400, 30)] == [""] * 14
    assert kept(database, answered)


@pytest.mark.parametrize(
    ("days", "right"), [(-400, False), (-31, True), (31, True), (32, False), (400, False)]
)
def test_a_clock_is_believed_within_a_month_of_the_last_time(
    sqlite_database: Database, days: int, right: bool
) -> None:
    sqlite_database.write(lambda connection: note_clock(connection, NOW))
    with sqlite_database.reading() as connection:
        assert clock_agrees(connection, NOW + timedelta(days=days)) is right


def test_a_house_from_before_is_judged_by_its_newest_act(sqlite_database: Database) -> None:
    with sqlite_database.reading() as connection:
        assert last_open(connection) is None
        assert clock_agrees(connection, DUE)
    sqlite_database.write(lambda connection: record(connection, None, "opened after", "x"))
    with sqlite_database.reading() as connection:
        assert not clock_agrees(connection, DUE)
