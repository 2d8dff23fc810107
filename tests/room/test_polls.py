"""A question on the spot: one vote a phone, one reveal, nothing joined to answers."""

import dataclasses

import pytest
from sqlalchemy import select

from survey.model import Kind, Performance, Poll, PollStanding
from survey.publication import NotYet, poll_tally, public_poll
from survey.publication.polls import newer_votes
from survey.questionnaire.poll import poll_content
from survey.questionnaire.wrong import QuestionnaireWrong
from survey.room.acts import ask_now, hide_on_stage, reveal_on_stage
from survey.storage.database import Database
from survey.storage.performances import performance_by_id
from survey.storage.polls import PollClosed, find_poll, set_poll, vote, vote_of
from survey.storage.tables import poll_answer, respondent
from survey.storage.waves import close_wave, finish_performance
from tests.databases import add_nest_performance

ASKED = poll_content("Should the house call the doctor?", ["Yes", "No", "Only if Sean agrees"])


@pytest.fixture
def poll(database: Database, performance: Performance) -> Poll:
    return database.write(lambda c: ask_now(c, performance, ASKED))


def cast(database: Database, performance: Performance, poll: Poll, seat: str, *options: str) -> None:
    database.write(lambda c: vote(c, performance, poll.id, seat=seat, options=options))


def shown(database: Database, performance: Performance, poll: Poll) -> dict[str, str]:
    with database.reading() as connection:
        return {bar.label: bar.shown for bar in public_poll(connection, performance, poll).bars}


def test_a_phone_counts_once_and_may_change_its_mind(
    database: Database, performance: Performance, poll: Poll
) -> None:
    cast(database, performance, poll, "seat", "option_1")
    cast(database, performance, poll, "seat", "option_2")
    with database.reading() as connection:
        assert vote_of(connection, performance, poll.id, seat="seat") == ("option_2",)
        tally = poll_tally(connection, performance, poll)
    assert (tally.base, tally.counts) == (1, {"option_1": 0, "option_2": 1, "option_3": 0})
    cast(database, performance, poll, "seat")
    with database.reading() as connection:
        assert poll_tally(connection, performance, poll).base == 0


def test_nothing_shows_before_ten_and_later_votes_do_not_move_it(
    database: Database, performance: Performance, poll: Poll
) -> None:
    for number in range(9):
        cast(database, performance, poll, f"seat-{number}", "option_1" if number < 5 else "option_2")
    with pytest.raises(NotYet):
        database.write(lambda c: reveal_on_stage(c, performance))
    assert shown(database, performance, poll) == {}
    cast(database, performance, poll, "seat-9", "option_2")
    database.write(lambda c: reveal_on_stage(c, performance))
    first = shown(database, performance, poll)
    assert first == {"Yes": "5", "No": "5", "Only if Sean agrees": "0"}
    for number in range(10, 24):
        cast(database, performance, poll, f"seat-{number}", "option_1" if number % 2 else "option_2")
    database.write(lambda c: reveal_on_stage(c, performance))
    assert shown(database, performance, poll) == first
    cast(database, performance, poll, "seat-24", "option_1")
    assert shown(database, performance, poll) == first
    database.write(lambda c: reveal_on_stage(c, performance))
    assert shown(database, performance, poll) == {"Yes": "13", "No": "12", "Only if Sean agrees": "0"}
    database.write(lambda c: hide_on_stage(c, performance))
    assert shown(database, performance, poll) == {}


def test_a_poll_is_drawn_again_only_when_its_votes_have_doubled_also_after_the_questions_closed(
    sqlite_database: Database,
) -> None:
    performance = add_nest_performance(sqlite_database)
    poll = sqlite_database.write(lambda c: ask_now(c, performance, ASKED))
    sqlite_database.write(lambda c: close_wave(c, performance.id))
    closed = dataclasses.replace(performance, open_wave=None)
    for number in range(12):
        cast(sqlite_database, closed, poll, f"seat-{number}", "option_1" if number % 2 else "option_2")
    sqlite_database.write(lambda c: reveal_on_stage(c, closed))
    first = shown(sqlite_database, closed, poll)
    for number in range(12, 20):
        cast(sqlite_database, closed, poll, f"seat-{number}", "option_1" if number % 2 else "option_2")
    sqlite_database.write(lambda c: reveal_on_stage(c, closed))
    assert shown(sqlite_database, closed, poll) == first


def test_votes_are_new_to_the_room_only_when_revealing_would_show_them(
    sqlite_database: Database,
) -> None:
    performance = add_nest_performance(sqlite_database)
    poll = sqlite_database.write(lambda c: ask_now(c, performance, ASKED))

    def newer(votes: range) -> bool:
        for number in votes:
            cast(
                sqlite_database, performance, poll, f"seat-{number}", "option_1" if number % 2 else "option_2"
            )
        with sqlite_database.reading() as connection:
            return newer_votes(connection, performance, poll)

    assert not newer(range(9))
    assert newer(range(9, 10))
    sqlite_database.write(lambda c: reveal_on_stage(c, performance))
    assert not newer(range(10, 24))
    assert newer(range(24, 25))


def test_a_closed_poll_takes_nothing_nor_one_of_a_finished_performance(
    database: Database, performance: Performance, poll: Poll
) -> None:
    database.write(lambda c: set_poll(c, poll.id, PollStanding.CLOSED))
    with pytest.raises(PollClosed):
        cast(database, performance, poll, "seat", "option_1")
    database.write(lambda c: set_poll(c, poll.id, PollStanding.OPEN))
    database.write(lambda c: finish_performance(c, performance.id))
    with database.reading() as connection:
        finished = performance_by_id(connection, performance.id)
    with pytest.raises(PollClosed):
        cast(database, finished, poll, "seat", "option_1")


def test_no_stored_number_joins_a_vote_to_a_respondent(
    database: Database, performance: Performance, poll: Poll
) -> None:
    other = database.write(lambda c: ask_now(c, performance, ASKED))
    for each in (poll, other):
        cast(database, performance, each, "seat", "option_1")
    with database.reading() as connection:
        voters = list(connection.scalars(select(poll_answer.c.voter_hash)))
        seats = set(connection.scalars(select(respondent.c.seat_hash)))
    assert len(set(voters)) == 2
    assert not seats & set(voters)


@pytest.mark.parametrize(
    ("text", "options", "kind", "words"),
    [
        ("", ["Yes", "No"], Kind.ONE, "Type the question first"),
        ("Why?", ["Yes"], Kind.ONE, "at least two answers"),
        ("Why?", ["Yes", "yes"], Kind.ONE, "the same"),
        ("Why?", [str(n) for n in range(8)], Kind.MANY, "at most 7"),
        ("Why not? " * 25, ["Yes", "No"], Kind.ONE, "too long"),
        ("Why?", ["Yes", "no, " * 20], Kind.ONE, "too long"),
        ("Why?", ["Yes", "No"], Kind.COMMENT, "Choose one answer"),
    ],
)
def test_a_poll_that_cannot_be_asked_says_what_to_do(
    text: str, options: list[str], kind: Kind, words: str
) -> None:
    with pytest.raises(QuestionnaireWrong, match=words):
        poll_content(text, options, kind=kind)


def test_a_number_poll_is_read_back_with_its_ends(database: Database, performance: Performance) -> None:
    content = poll_content("How much would you trust it?", kind=Kind.NUMBER, low="Not at all", high="Fully")
    made = database.write(lambda c: ask_now(c, performance, content))
    with database.reading() as connection:
        found = find_poll(connection, made.id)
    assert found.question.values == tuple(str(number) for number in range(11))
    assert str(found.question.high_label) == "Fully"
