"""Next reveals what stands hidden, then goes on; whoever presses twice on one picture gets one step."""

import pytest

from survey.model import Performance, RevealState, Wave
from survey.publication import public_result
from survey.room.acts import EndOfRun, darken, go_on, go_to
from survey.room.now import now
from survey.room.status import stage_status
from survey.room.words import Words
from survey.storage.checkpoints import reveals
from survey.storage.database import Database
from tests.databases import add_nest_performance
from tests.phone.leading import answer, prepare_run, stage_of


@pytest.fixture
def after(sqlite_database: Database) -> Performance:
    """A performance whose *after* questions are open."""
    return add_nest_performance(sqlite_database, wave=Wave.AFTER)


@pytest.fixture
def run(sqlite_database: Database, after: Performance) -> list[str]:
    """Join, a prompt, a question and the goodbye; the question is on stage, its result hidden."""
    run = prepare_run(sqlite_database, after)
    sqlite_database.write(lambda connection: go_to(connection, after, run[2]))
    return run


def press(database: Database, performance: Performance, to: str = "", saw_hidden: bool | None = None) -> None:
    database.write(lambda connection: go_on(connection, performance, to=to, saw_hidden=saw_hidden))


def revealed(database: Database, performance: Performance) -> list[RevealState]:
    with database.reading() as connection:
        return [row.state for row in reveals(connection, performance.id)]


def test_next_reveals_first_and_goes_on_second(
    sqlite_database: Database, after: Performance, run: list[str]
) -> None:
    answer(sqlite_database, after, 12)
    press(sqlite_database, after)
    assert revealed(sqlite_database, after) == [RevealState.SHOWN]
    assert stage_of(sqlite_database, after).cue_id == run[2]
    press(sqlite_database, after)
    assert stage_of(sqlite_database, after).cue_id == run[3]
    with pytest.raises(EndOfRun):
        press(sqlite_database, after)


def test_two_presses_on_one_picture_are_one_step(
    sqlite_database: Database, after: Performance, run: list[str]
) -> None:
    answer(sqlite_database, after, 12)
    for _ in range(2):
        press(sqlite_database, after, run[3], saw_hidden=True)
    assert revealed(sqlite_database, after) == [RevealState.SHOWN]
    assert stage_of(sqlite_database, after).cue_id == run[2]
    for _ in range(2):
        press(sqlite_database, after, run[3], saw_hidden=False)
    assert stage_of(sqlite_database, after).cue_id == run[3]


def test_a_result_that_cannot_be_shown_yet_keeps_nobody(
    sqlite_database: Database, after: Performance, run: list[str]
) -> None:
    answer(sqlite_database, after, 3)
    press(sqlite_database, after, run[3], saw_hidden=True)
    assert revealed(sqlite_database, after) == []
    assert stage_of(sqlite_database, after).cue_id == run[3]


def test_nothing_is_revealed_behind_the_black(
    sqlite_database: Database, after: Performance, run: list[str]
) -> None:
    answer(sqlite_database, after, 12)
    sqlite_database.write(lambda connection: darken(connection, after))
    press(sqlite_database, after)
    assert revealed(sqlite_database, after) == []
    assert stage_of(sqlite_database, after).cue_id == run[3]


def test_the_status_says_the_cue_and_what_the_room_sees_of_it(
    sqlite_database: Database, after: Performance, run: list[str]
) -> None:
    def said() -> str:
        with sqlite_database.reading() as connection:
            return stage_status(connection, after, now(connection, after), Words("Question", "Home system"))

    answer(sqlite_database, after, 12)
    assert said() == "Cue 3 of 4: Question, Home system. Hidden."
    press(sqlite_database, after)
    with sqlite_database.reading() as connection:
        there = now(connection, after)
        assert there.question is not None
        spoken = public_result(connection, after, there.question, there.wave).spoken
    assert spoken
    assert said() == f"Cue 3 of 4: Question, Home system. Shown: {spoken}"
    sqlite_database.write(lambda connection: darken(connection, after))
    assert said() == "The stage is black."
