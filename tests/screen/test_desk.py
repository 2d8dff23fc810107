"""The desk, act by act: what it offers, what each button does to the room, and what it says when it may not."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from survey.model import Performance, RevealState, Role, Standing, Wave
from survey.publication import ResultState
from survey.settings import ROOT
from survey.storage import current
from survey.storage.database import Database, Fault
from survey.storage.performances import change_performance, finish_performance, rehearse_wave
from survey.storage.responses import held_count, responses_count
from survey.storage.sign_ins import acts, find_sign_in
from tests.databases import add_nest_performance
from tests.publication.evening import Evening, an_evening
from tests.screen.desks import HOME, desk, field, labels, press, read, showing, state_of


@pytest.fixture
def evening(sqlite_database: Database) -> Iterator[Evening]:
    """One performance and its audience, and the desk's page on the same database."""
    current.use(sqlite_database)
    yield an_evening(sqlite_database)
    current.use(None)


def test_the_desk_says_what_is_open_and_how_many_have_answered(evening: Evening) -> None:
    evening.answers(HOME, {"depends": 12})
    said = read(desk(evening))
    assert "The “after” questions are open" in said
    assert "12 people here have answered" in said


def test_below_ten_the_desk_names_no_number_either(evening: Evening) -> None:
    evening.answers(HOME, {"depends": 4})
    said = read(desk(evening))
    assert "fewer than 10 answers" in said
    assert "4 answers" not in said


def test_a_question_goes_on_stage_and_only_its_words_are_shown(evening: Evening) -> None:
    evening.answers(HOME, {"depends": 12})
    page = press(desk(evening), "Show this on stage")
    assert showing(evening) == {"view": "question", "question": HOME, "wave": "after"}
    assert evening.look(HOME).state is ResultState.WAITING
    assert "On stage now" in {button.label for button in page.button if button.disabled}


def test_reveal_hide_and_freeze_do_what_they_say(evening: Evening) -> None:
    evening.expect(90)
    evening.answers(HOME, {"depends": 12, "acceptable": 12})
    page = press(desk(evening), "Show this on stage")
    page = press(page, "Reveal this result")
    assert (state_of(evening), evening.look(HOME).state) == (RevealState.SHOWN, ResultState.SHOWN)
    page = press(page, "Freeze this result")
    assert state_of(evening) is RevealState.FROZEN
    page = press(page, "Let it move again")
    assert state_of(evening) is RevealState.SHOWN
    page = press(page, "Hide this result")
    assert (state_of(evening), evening.look(HOME).state) == (RevealState.HIDDEN, ResultState.HIDDEN)


def test_a_reveal_below_ten_says_why_not_and_shows_nothing(evening: Evening) -> None:
    evening.answers(HOME, {"depends": 9})
    page = press(press(desk(evening), "Show this on stage"), "Reveal this result")
    assert "Fewer than 10 people have answered this question" in read(page)
    assert state_of(evening) is None


def test_a_small_room_offers_newer_answers_only_when_there_are_enough(evening: Evening) -> None:
    evening.expect(30)
    evening.answers(HOME, {"depends": 6, "acceptable": 6})
    page = press(press(desk(evening), "Show this on stage"), "Reveal this result")
    assert not {"Freeze this result", "Reveal the newest answers"} & set(labels(page))
    evening.answers(HOME, {"depends": 9, "acceptable": 8})
    page = press(page.run(), "Reveal the newest answers")
    assert evening.look(HOME).base_words == "of the 29 people who answered"


def test_a_result_that_is_off_the_stage_can_be_hidden_from_the_list(evening: Evening) -> None:
    evening.answers(HOME, {"depends": 6, "acceptable": 6})
    evening.reveal(HOME)
    press(desk(evening), "Hide")
    assert state_of(evening) is RevealState.HIDDEN


def test_the_stage_goes_dark_and_shows_how_to_join_again(evening: Evening) -> None:
    evening.show("contributions")
    page = press(desk(evening), "Make the stage dark")
    assert showing(evening) == {"view": "contributions", "dark": True}
    page = press(page, "Light the stage again")
    assert showing(evening) == {"view": "contributions"}
    press(page, "Show how to join")
    assert showing(evening) == {"view": "join"}


def test_two_desks_see_each_others_acts(evening: Evening) -> None:
    first, second = desk(evening), desk(evening, Role.ORGANISER)
    press(first, "Make the stage dark")
    assert "The stage is dark." in read(second.run())
    press(second, "Close the “after” questions")
    assert "Nothing is open" in read(first.run())


def test_closing_and_opening_again_puts_the_way_to_join_on_stage(evening: Evening) -> None:
    evening.show("black")
    page = press(desk(evening), "Close the “after” questions")
    closed = evening.performance
    press(page, "Open the “after” questions")
    assert (closed.open_wave, evening.performance.open_wave) == (None, Wave.AFTER)
    assert showing(evening) == {"view": "join"}


def test_opening_after_closes_before(sqlite_database: Database, evening: Evening) -> None:
    evening.open(Wave.BEFORE)
    press(desk(evening), "Open the “after” questions and close “before”")
    assert evening.performance.open_wave is Wave.AFTER


def test_what_is_missing_before_opening_is_said(evening: Evening) -> None:
    unready = Evening(
        evening.database,
        add_nest_performance(evening.database, wave=None, youngest_age=None, starts_on=date.today()).id,
    )
    page = desk(unready)
    assert "the youngest age expected" in read(page)
    page = press(page, "Open the “before” questions")
    assert "write down: the youngest age expected" in read(page)
    assert unready.performance.standing is Standing.REHEARSAL


def test_opening_for_the_audience_leaves_no_rehearsal_behind(evening: Evening) -> None:
    tonight = Evening(
        evening.database, add_nest_performance(evening.database, wave=None, starts_on=date.today()).id
    )
    tonight.database.write(lambda connection: rehearse_wave(connection, tonight.id, Wave.AFTER))
    tonight.answers(HOME, {"depends": 6, "acceptable": 6})
    tonight.reveal(HOME)
    page = desk(tonight)
    assert "Opening for the audience removes what the rehearsal left (12 answer sheets)" in read(page)
    press(page, "Open the “after” questions")
    with tonight.database.reading() as connection:
        assert responses_count(connection, tonight.id, Wave.AFTER) == 0
    assert (tonight.performance.standing, state_of(tonight)) == (Standing.RUNNING, None)


def overfull(evening: Evening, *, seats: int, more: int) -> None:
    """Let everybody answer for whom there is a seat, and some more."""
    changed = replace(evening.performance, capacity=seats)
    evening.database.write(lambda connection: change_performance(connection, changed))
    evening.answers(HOME, {"depends": seats})
    evening.answers(HOME, {"acceptable": more})


def test_more_answer_sheets_than_seats_wait_and_count_nowhere(evening: Evening) -> None:
    overfull(evening, seats=40, more=12)
    page = press(press(desk(evening), "Show this on stage"), "Reveal this result")
    assert "12 answer sheets more than seats: accept?" in read(page)
    assert {"Accept 12 answer sheets", "Set 12 aside"} <= set(labels(page))
    assert evening.look(HOME).base_words == "of the 40 people who answered"
    assert "40 answers" in read(page)
    assert "52 answers" not in read(page)
    assert "52 people" not in read(page)


def test_accepted_answer_sheets_count(evening: Evening) -> None:
    overfull(evening, seats=40, more=12)
    page = press(desk(evening), "Accept 12 answer sheets")
    assert "12 answer sheets accepted." in read(page)
    assert "52 answers" in read(page)
    assert not [label for label in labels(page) if label.startswith(("Accept", "Set "))]
    with evening.database.reading() as connection:
        assert (held_count(connection, evening.id), responses_count(connection, evening.id, Wave.AFTER)) == (
            0,
            52,
        )
        assert [act.act for act in acts(connection)] == ["counted held responses"]


def test_answer_sheets_set_aside_count_nowhere_and_are_asked_about_no_more(evening: Evening) -> None:
    overfull(evening, seats=40, more=1)
    page = press(desk(evening), "Set 1 aside")
    assert "1 answer sheet set aside." in read(page)
    assert "more than seats" not in read(page)
    with evening.database.reading() as connection:
        assert responses_count(connection, evening.id, Wave.AFTER) == 40


def test_the_second_of_two_desks_finds_nothing_left_to_accept(evening: Evening) -> None:
    overfull(evening, seats=40, more=2)
    first, second = desk(evening), desk(evening)
    press(first, "Set 2 aside")
    assert "No answer sheets wait any more." in read(press(second, "Accept 2 answer sheets"))
    with evening.database.reading() as connection:
        assert responses_count(connection, evening.id, Wave.AFTER) == 40


def test_as_long_as_there_are_seats_the_desk_says_nothing_about_them(evening: Evening) -> None:
    overfull(evening, seats=40, more=0)
    page = desk(evening)
    assert "seats" not in read(page)
    assert not [label for label in labels(page) if label.startswith(("Accept", "Set "))]


def attendance(page: AppTest, text: str, *, about: bool) -> AppTest:
    field(page, "How many people are here?").input(text)
    page.checkbox[0].set_value(about)
    return press(page, "Save attendance")


def counted(performance: Performance) -> tuple[int | None, bool]:
    return performance.attendance, performance.attendance_about


def test_attendance_is_a_persons_count_about_or_not_and_may_be_unknown(evening: Evening) -> None:
    page = attendance(desk(evening), "118", about=True)
    assert counted(evening.performance) == (118, True)
    page = attendance(page, "", about=True)
    assert counted(evening.performance) == (None, False)
    page = attendance(page, "a crowd", about=False)
    assert "Write a whole number" in read(page)
    assert counted(evening.performance) == (None, False)


def test_another_desks_count_replaces_what_stands_in_the_box(evening: Evening) -> None:
    page = desk(evening)
    evening.expect(77)
    assert field(page.run(), "How many people are here?").value == "77"


def test_a_stage_link_opens_this_stage_only_and_can_be_ended(evening: Evening) -> None:
    page = press(desk(evening), "Make a stage link")
    token = page.code[0].value.rsplit("stage=", 1)[1]
    with evening.database.reading() as connection:
        found = find_sign_in(connection, token)
    assert found is not None
    assert (found.role, found.performance_id) == (Role.STAGE, evening.id)
    page = press(page, "End all stage links")
    assert not page.code
    with evening.database.reading() as connection:
        assert find_sign_in(connection, token) is None


def test_a_finished_performance_opens_no_more_but_still_shows_its_results(evening: Evening) -> None:
    evening.answers(HOME, {"depends": 16, "acceptable": 16})
    evening.database.write(lambda connection: finish_performance(connection, evening.id))
    page = desk(evening)
    assert not [label for label in labels(page) if label.startswith(("Open", "Close", "Make a stage link"))]
    page = press(press(page, "Show this on stage"), "Reveal this result")
    assert evening.look(HOME).spoken == "50 in 100 said acceptable. 0 in 100 said not acceptable."


def test_a_split_room_gets_a_hint(evening: Evening) -> None:
    evening.answers(HOME, {"not_acceptable": 18, "acceptable": 18, "depends": 4})
    page = press(press(desk(evening), "Show this on stage"), "Reveal this result")
    assert "The room is split. Hear one voice from each side." in read(page.run())


def test_a_room_that_leans_is_asked_for_the_other_view(evening: Evening) -> None:
    evening.answers(HOME, {"not_acceptable": 4, "acceptable": 32, "depends": 4})
    page = press(press(desk(evening), "Show this on stage"), "Reveal this result")
    assert "Invite the less common view first." in read(page.run())


def test_written_answers_can_be_asked_on_stage_but_never_revealed(evening: Evening) -> None:
    page = press(desk(evening), "Show this on stage", nth=12)
    assert showing(evening)["question"] == "differently"
    assert "Reveal this result" not in labels(page)


@contextmanager
def held_by_another_program(database: Database) -> Iterator[None]:
    """Hold the write lock of the database's file, as another program can."""
    holder = sqlite3.connect(database.url.removeprefix("sqlite:///"), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    yield
    holder.close()


def test_a_busy_database_changes_nothing_and_says_so(evening: Evening) -> None:
    page = desk(evening)
    before = showing(evening)
    with held_by_another_program(evening.database):
        page = press(page, "Make the stage dark")
    assert f"Nothing was changed. {Fault.LOCKED.value}" in read(page)
    assert showing(evening) == before


def test_every_act_is_in_the_log_with_no_answer_in_it(evening: Evening) -> None:
    evening.answers(HOME, {"depends": 12})
    press(press(desk(evening), "Show this on stage"), "Reveal this result")
    with evening.database.reading() as connection:
        logged = [(act.act, act.about) for act in acts(connection)]
    code = evening.performance.code
    assert set(logged) == {("stage home_system", code), ("revealed home_system", code)}


def test_the_stage_has_no_desk(evening: Evening) -> None:
    page = AppTest.from_file(ROOT / "pages" / "desk.py", default_timeout=60)
    page.user = {"role": "stage", "performance": evening.id}
    page.run()
    assert [text.value for text in page.text] == ["This page is not part of your sign-in. Ask the organiser."]
    assert not page.button
