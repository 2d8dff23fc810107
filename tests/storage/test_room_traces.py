"""What phones gave in the discussion: wiped with a rehearsal, gone on the keeping date, and in no order that tells a thing."""

import secrets
from datetime import date

import pytest
from sqlalchemy import Connection, Table, select, text

from survey.model import ContributionStanding, CueKind, Performance, PollStanding, Wave
from survey.publication import public_poll, reveal_poll
from survey.questionnaire.poll import poll_content
from survey.storage.contributions import (
    add_contribution,
    approve,
    contributions,
    set_support,
    supported_by,
)
from survey.storage.cues import add_cue, cues
from survey.storage.database import Database, open_database
from survey.storage.performances import finish_performance, open_wave, rehearse_wave
from survey.storage.polls import add_poll, find_poll, polls, vote, votes
from survey.storage.retention import purge_due
from survey.storage.tables import contribution, poll_answer, support
from survey.storage.waves import wipe_rehearsal
from tests.databases import add_nest_performance
from tests.storage.test_order import PEOPLE, is_a_trace

ASKED = poll_content("Should the house call the doctor?", ["Yes", "No"])
GIVEN = (poll_answer, contribution, support)
"""The tables that hold what phones gave in the discussion."""


def rows(database: Database, table: Table) -> int:
    with database.reading() as connection:
        return len(connection.execute(select(table)).all())


def take_part(database: Database, performance: Performance, number: int = 12) -> str:
    """Let phones vote, write and support; return the poll."""

    def act(connection: Connection) -> str:
        poll = add_poll(connection, performance.id, ASKED, standing=PollStanding.OPEN)
        one = add_contribution(connection, performance.id, "Who owns the house?")
        approve(connection, performance.id, one.id)
        for n in range(number):
            vote(connection, performance, poll.id, seat=f"seat {n}", options=["option_1"])
            set_support(connection, performance, one.id, seat=f"seat {n}", wanted=True)
        return poll.id

    return database.write(act)


@pytest.mark.parametrize("ending", ["wiped", "opened for real"])
def test_a_rehearsal_leaves_only_what_was_prepared(database: Database, ending: str) -> None:
    performance = add_nest_performance(database, wave=None)
    database.write(lambda c: rehearse_wave(c, performance.id, Wave.AFTER))
    id = take_part(database, performance)
    database.write(lambda c: add_cue(c, performance.id, CueKind.POLL, about={"poll": id}, notes="Slowly."))
    database.write(lambda c: reveal_poll(c, performance, find_poll(c, id)))

    if ending == "wiped":
        database.write(lambda c: wipe_rehearsal(c, performance.id))
    else:
        database.write(lambda c: open_wave(c, performance.id, Wave.BEFORE))

    assert [rows(database, table) for table in GIVEN] == [0, 0, 0]
    with database.reading() as connection:
        assert [cue.notes for cue in cues(connection, performance.id)] == ["Slowly."]
        (poll,) = polls(connection, performance.id)
        assert (poll.id, poll.standing) == (id, PollStanding.PREPARED)
        assert not public_poll(connection, performance, poll).shown


def test_a_rehearsal_elsewhere_takes_nothing_from_tonight(
    database: Database, performance: Performance
) -> None:
    id = take_part(database, performance)
    other = add_nest_performance(database, version_id=performance.version_id, wave=None)
    database.write(lambda c: rehearse_wave(c, other.id, Wave.AFTER))
    database.write(lambda c: wipe_rehearsal(c, other.id))
    with database.reading() as connection:
        assert votes(connection, id).base == 12
        assert find_poll(connection, id).standing is PollStanding.OPEN
        (one,) = contributions(connection, performance.id, ContributionStanding.APPROVED)
        assert supported_by(connection, performance, [one.id], seat="seat 3") == {one.id}


def test_on_the_keeping_date_it_goes_even_where_nobody_filled_in_the_form(
    database: Database, performance: Performance
) -> None:
    later = add_nest_performance(database, version_id=performance.version_id, keep_until=date(2100, 1, 1))
    stays = take_part(database, later, 3)
    goes = take_part(database, performance)
    database.write(lambda c: reveal_poll(c, performance, find_poll(c, goes)))

    database.write(lambda c: purge_due(c, performance.keep_until))

    with database.reading() as connection:
        assert votes(connection, goes).base == 0
        assert votes(connection, stays).base == 3
        assert contributions(connection, performance.id, ContributionStanding.APPROVED) == []
        assert len(contributions(connection, later.id, ContributionStanding.APPROVED)) == 1
        assert public_poll(connection, performance, find_poll(connection, goes)).shown, (
            "what was shown stays a total"
        )
    assert rows(database, support) == 3


def arrive_in_order(database: Database, performance: Performance) -> tuple[dict[str, int], dict[str, int]]:
    """Let people vote, write and support one after the other; return who stands behind each number a table holds."""
    supported = database.write(lambda c: add_contribution(c, performance.id, "supported").id)
    database.write(lambda c: approve(c, performance.id, supported))
    poll = database.write(lambda c: add_poll(c, performance.id, ASKED, standing=PollStanding.OPEN)).id
    voters: dict[str, int] = {}
    supporters: dict[str, int] = {}
    for n in range(PEOPLE):
        seat = secrets.token_urlsafe(16)
        database.write(lambda c: vote(c, performance, poll, seat=seat, options=["option_1"]))
        database.write(lambda c: set_support(c, performance, supported, seat=seat, wanted=True))
        database.write(lambda c: add_contribution(c, performance.id, f"{n:03}"))
        with database.reading() as connection:
            for table, known in ((poll_answer, voters), (support, supporters)):
                for voter in connection.scalars(select(table.c.voter_hash)):
                    known.setdefault(voter, n)
    return voters, supporters


def orders(
    connection: Connection, voters: dict[str, int], supporters: dict[str, int], by: str = ""
) -> list[list[int]]:
    """Return in which order people come out of each table."""
    chosen = connection.scalars(text(f"SELECT voter_hash FROM poll_answer {by}"))
    behind = connection.scalars(text(f"SELECT voter_hash FROM support {by}"))
    said = connection.scalars(text(f"SELECT text FROM contribution WHERE text <> 'supported' {by}"))
    return [
        [voters[each] for each in chosen],
        [supporters[each] for each in behind],
        [int(words) for words in said],
    ]


def test_no_plain_query_tells_who_voted_wrote_or_supported_first(
    database: Database, performance: Performance
) -> None:
    behind = arrive_in_order(database, performance)
    database.write(lambda c: finish_performance(c, performance.id))
    with database.reading() as connection:
        assert [is_a_trace(order) for order in orders(connection, *behind)] == [False, False, False]


def test_sqlite_keeps_no_hidden_row_numbers_of_the_discussion(sqlite_database: Database) -> None:
    with sqlite_database.reading() as connection:
        tables = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
        made: dict[str, str] = {row.name: row.sql for row in tables}
    assert [table.name for table in GIVEN if "WITHOUT ROWID" not in made[table.name]] == []


def test_postgresql_keeps_no_transaction_numbers_or_places_of_the_discussion(postgresql_url: str) -> None:
    database = open_database(postgresql_url)
    performance = add_nest_performance(database)
    behind = arrive_in_order(database, performance)
    with database.reading() as connection:
        traced = orders(connection, *behind, by="ORDER BY ctid")
        assert [is_a_trace(order) for order in traced] == [True, True, True]
    database.write(lambda c: finish_performance(c, performance.id))
    with database.reading() as connection:
        placed = orders(connection, *behind, by="ORDER BY ctid")
        assert [is_a_trace(order) for order in placed] == [False, False, False]
        for table in GIVEN:
            numbers = connection.scalars(text(f"SELECT DISTINCT xmin::text FROM {table.name}")).all()
            assert len(numbers) == 1
    database.close()
