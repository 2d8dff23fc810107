"""Before and after as the public sees it: never while answers come in, and never a movement of one to four people."""

import pytest

from survey.model import Question, Wave
from survey.publication import PublicChange, change_due, public_change, write_change
from survey.storage.database import Database
from tests.databases import add_nest_performance
from tests.publication.comparing import Cells, before_and_after, closed
from tests.publication.evening import Evening


@pytest.fixture
def night(sqlite_database: Database) -> Evening:
    """A performance that nobody has answered yet."""
    return Evening(sqlite_database, add_nest_performance(sqlite_database, wave=Wave.BEFORE, capacity=None).id)


def looked(evening: Evening, question: str = "home_system") -> PublicChange:
    """The stage looks: the step that is due is stored, then the room sees the change."""
    asked = evening.question(question)
    evening.database.write(lambda connection: write_change(connection, evening.performance, asked))
    with evening.database.reading() as connection:
        return public_change(connection, evening.performance, asked)


def test_ninety_four_people_are_shown_as_a_flow_with_a_sentence(night: Evening) -> None:
    before_and_after(night, (26, 17, 6, 45))
    seen = looked(night)
    assert seen.flow is not None
    assert (seen.flow.before, seen.flow.after, seen.flow.base) == (32, 43, 94)
    assert seen.spoken == (
        "The room did not clearly move. Of the 94 people we could match, 17 said acceptable only after, 6 only before, 71 "
        "stayed. Net: 12 more in 100 (between 1 fewer and 24 more, allowing for the four questions compared)."
    )
    assert seen.bars == ()


def test_nothing_is_shown_before_a_step_is_stored_or_while_a_wave_is_open(night: Evening) -> None:
    before_and_after(night, (26, 17, 6, 45))
    asked = night.question("home_system")
    with night.database.reading() as connection:
        assert change_due(connection, night.performance, asked)
        assert not public_change(connection, night.performance, asked).shown
    assert looked(night).shown
    night.open(Wave.AFTER)
    assert not looked(night).shown


def join_late(night: Evening, moves: list[tuple[str, str]]) -> None:
    """People who answer both times after everybody else: typed in later, or let in once more."""
    night.open(Wave.BEFORE)
    seats = [night.answer("home_system", before) for before, _after in moves]
    closed(night)
    night.open(Wave.AFTER)
    for seat, (_before, after) in zip(seats, moves, strict=True):
        night.answer("home_system", after, seat=seat)
    closed(night)


def test_latecomers_move_a_change_only_once_they_are_as_many_as_it_shows(night: Evening) -> None:
    before_and_after(night, (6, 6, 6, 6))
    first = looked(night)
    join_late(night, [("not_acceptable", "not_acceptable")] * 4 + [("not_acceptable", "acceptable")])
    assert looked(night) == first
    join_late(night, [("not_acceptable", "acceptable")] * 18)
    assert looked(night) == first
    join_late(night, [("acceptable", "acceptable")])
    assert "Of the 48 people" in looked(night).spoken


def test_somebody_who_takes_back_what_they_said_is_never_seen_to_go(night: Evening) -> None:
    before_and_after(night, (6, 6, 6, 6))
    first = looked(night)
    night.open(Wave.AFTER)
    night.forget_one_who_said("home_system", "not_acceptable")
    closed(night)
    join_late(night, [("acceptable", "acceptable")] * 13 + [("not_acceptable", "acceptable")] * 13)
    assert looked(night) == first


def test_ten_who_left_early_are_not_told_by_what_was_shown_before_them(night: Evening) -> None:
    """29 of 70 had agreed before, 28 of the 60 who stayed: so exactly one of ten known leavers."""
    night.sheets("home_system", {"not_acceptable": 9}, wave=Wave.BEFORE)
    before_and_after(night, (20, 12, 8, 20), once=1)
    seen = looked(night)
    assert seen.flow is None
    assert {bar.shown for bar in seen.bars} == {"5 or more"}


def test_a_result_waits_that_would_tell_of_those_a_shown_change_left_out(night: Evening) -> None:
    night.expect(120)
    before_and_after(night, (20, 12, 8, 20))
    assert looked(night).flow is not None
    night.sheets("home_system", {"not_acceptable": 9, "acceptable": 3}, wave=Wave.AFTER)
    night.sheets("home_system", {"depends": 3}, wave=Wave.AFTER)
    night.reveal("home_system")
    assert night.look("home_system").base_words == "in 100 of the 60 who answered"
    night.sheets("home_system", {"acceptable": 2}, wave=Wave.AFTER)
    night.reveal("home_system")
    assert night.look("home_system").base_words == "in 100 of the 77 who answered, on phones and on paper"


def test_two_stages_store_a_step_once(night: Evening) -> None:
    before_and_after(night, (26, 17, 6, 45))
    assert looked(night) == looked(night)
    with night.database.reading() as connection:
        assert not change_due(connection, night.performance, night.question("home_system"))


@pytest.mark.parametrize(
    ("cells", "once", "bars"),
    [
        (
            (20, 14, 3, 30),
            0,
            [("said acceptable only after", "5 or more"), ("said acceptable only before", "fewer than 5")],
        ),
        (
            (20, 14, 3, 30),
            12,
            [("said acceptable only after", "14"), ("said acceptable only before", "fewer than 5")],
        ),
        (
            (20, 14, 8, 30),
            4,  # their difference would tell what the four said who answered only before
            [("said acceptable only after", "5 or more"), ("said acceptable only before", "5 or more")],
        ),
        (
            (20, 14, 8, 30),
            0,
            [],
        ),
    ],
)
def test_a_movement_of_one_to_four_is_not_counted_out(
    night: Evening, cells: Cells, once: int, bars: list[tuple[str, str]]
) -> None:
    before_and_after(night, cells, once=once)
    seen = looked(night)
    assert [(bar.label, bar.shown) for bar in seen.bars] == bars
    assert (seen.flow is None) == bool(bars)


def test_bars_are_no_longer_than_their_words_say(night: Evening) -> None:
    before_and_after(night, (20, 14, 3, 30))
    assert [bar.length for bar in looked(night).bars] == [100 * 5 // 67, 0]


def test_where_nearly_everyone_stayed_the_sentence_says_it_all(night: Evening) -> None:
    before_and_after(night, (40, 1, 0, 0))
    seen = looked(night)
    assert (seen.flow, seen.bars) == (None, ())
    assert seen.spoken == "Of the 41 people we could match, nearly everyone stayed."


def test_fewer_than_ten_people_are_not_shown(night: Evening) -> None:
    before_and_after(night, (3, 2, 2, 2))
    assert not looked(night).shown


def test_a_question_asked_once_has_no_change(night: Evening) -> None:
    before_and_after(night, (3, 3, 3, 3))
    asked: Question = night.question("targeted_ads")
    with night.database.reading() as connection:
        assert not public_change(connection, night.performance, asked).shown
        assert not change_due(connection, night.performance, asked)
