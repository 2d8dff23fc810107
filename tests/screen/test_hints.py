"""Hints: what the desk says to do, from what the room sees; never from what it does not see."""

from datetime import UTC, datetime, timedelta

import pytest

from survey.model import Kind
from survey.questionnaire.poll import poll_content
from survey.room.acts import ask_now, reveal_on_stage, start_timer
from survey.room.now import now
from survey.screen.room.hints import hints_of
from survey.screen.room.listed import current_of, public_of
from survey.storage.database import Database
from survey.storage.polls import vote
from survey.storage.seats import new_seat
from tests.publication.evening import Evening, an_evening
from tests.screen.desks import HOME
from tests.screen.looking_on import put

SPLIT = "The room is split. Hear one voice from each side."
LEANS = "Most lean one way. Invite the less common view first."
WAIT = "Few have answered yet: give it a minute?"


@pytest.fixture
def evening(sqlite_database: Database) -> Evening:
    """One performance and its audience on a real SQLite file."""
    return an_evening(sqlite_database)


def hints(evening: Evening, *, waiting: int = 0, later: int = 0) -> tuple[str, ...]:
    """Return the desk's hints, so many minutes from now."""
    with evening.database.reading() as connection:
        there = now(connection, evening.performance)
        current = current_of(connection, evening.performance, there)
        result = public_of(connection, evening.performance, current) if current else None
    return hints_of(there, current, result, waiting, datetime.now(UTC) + timedelta(minutes=later))


def revealed(evening: Evening) -> tuple[str, ...]:
    evening.database.write(lambda connection: reveal_on_stage(connection, evening.performance))
    return hints(evening)


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        ({"not_acceptable": 39, "depends": 30, "acceptable": 31}, (SPLIT,)),
        ({"not_acceptable": 20, "depends": 60, "acceptable": 20}, ()),
        ({"not_acceptable": 72, "depends": 14, "acceptable": 14}, (LEANS,)),
    ],
)
def test_a_question_with_two_sides_is_split_where_both_are_large(
    evening: Evening, given: dict[str, int], hint: tuple[str, ...]
) -> None:
    evening.answers(HOME, given)
    put(evening, view="question", question=HOME, wave="after")
    assert hints(evening) == ()
    assert revealed(evening) == hint


@pytest.mark.parametrize(
    ("kind", "votes", "hint"),
    [
        (Kind.ONE, (12, 11, 4), (SPLIT,)),
        (Kind.ONE, (20, 4, 3), (LEANS,)),
        (Kind.ONE, (15, 7, 5), ()),
        (Kind.MANY, (12, 11, 4), ()),
    ],
)
def test_a_poll_is_split_where_two_answers_are_large(
    evening: Evening, kind: Kind, votes: tuple[int, ...], hint: tuple[str, ...]
) -> None:
    content = poll_content("Should the house call the doctor?", ["Yes", "No", "Not sure"], kind=kind)
    asked = evening.database.write(lambda connection: ask_now(connection, evening.performance, content))
    assert hints(evening) == (WAIT,)
    for option, people in zip(asked.question.values, votes, strict=True):
        for _person in range(people):
            evening.database.write(
                lambda connection: vote(
                    connection, evening.performance, asked.id, seat=new_seat(), options=[option]
                )
            )
    assert revealed(evening) == hint


def test_the_timer_and_what_waits_for_a_moderator_are_said_first_and_last(evening: Evening) -> None:
    put(evening, view="question", question=HOME, wave="after")
    evening.database.write(lambda connection: start_timer(connection, evening.performance, 2))
    assert hints(evening, waiting=1) == (WAIT, "1 waits for a moderator.")
    assert hints(evening, waiting=3, later=3) == ("The timer is over.", WAIT, "3 wait for a moderator.")
