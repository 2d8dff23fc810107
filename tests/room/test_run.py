"""The run of show: going on, going back, black, panic, and two desks at once."""

import pytest

from survey.model import Cue, CueKind, Performance
from survey.publication import NotYet
from survey.room.acts import (
    EndOfRun,
    NothingToReveal,
    clear_stage,
    darken,
    go_back,
    go_on,
    go_to,
    lighten,
    reveal_on_stage,
    start_timer,
    stop_timer,
)
from survey.room.now import now
from survey.storage.cues import CueUnknown, add_cue, change_cue, cues, move_cue, remove_cue
from survey.storage.database import Connection, Database
from survey.storage.rooms import room, show

ASKED = {"question": "home_system", "wave": "after"}


@pytest.fixture
def run(database: Database, performance: Performance) -> list[Cue]:
    def prepare(connection: Connection) -> list[Cue]:
        add_cue(connection, performance.id, CueKind.JOIN)
        add_cue(
            connection,
            performance.id,
            CueKind.PROMPT,
            about={"text": "Who decides?"},
            notes="Wait.",
            minutes=5,
        )
        add_cue(connection, performance.id, CueKind.QUESTION, about=ASKED)
        return cues(connection, performance.id)

    return database.write(prepare)


def names(database: Database, performance: Performance) -> list[str]:
    with database.reading() as connection:
        found = cues(connection, performance.id)
    assert [cue.place for cue in found] == list(range(1, len(found) + 1))
    return [cue.kind.value for cue in found]


def test_the_run_goes_on_and_back_and_ends(
    database: Database, performance: Performance, run: list[Cue]
) -> None:
    kinds = []
    for _ in run:
        database.write(lambda c: go_on(c, performance))
        with database.reading() as connection:
            kinds.append(now(connection, performance).view)
    assert kinds == ["join", "prompt", "question"]
    with pytest.raises(NotYet):  # its result stands hidden, and nothing comes after it
        database.write(lambda c: go_on(c, performance))
    with pytest.raises(EndOfRun, match="last cue"):
        database.write(lambda c: go_on(c, performance, saw_hidden=False))
    assert database.write(lambda c: go_back(c, performance)).id == run[1].id
    database.write(lambda c: go_back(c, performance))
    with pytest.raises(EndOfRun, match="first cue"):
        database.write(lambda c: go_back(c, performance))


def test_after_something_out_of_the_run_back_returns_to_the_cue(
    database: Database, performance: Performance, run: list[Cue]
) -> None:
    database.write(lambda c: go_to(c, performance, run[1].id))
    database.write(lambda c: show(c, performance.id, {"view": "join"}))
    with database.reading() as connection:
        seen = now(connection, performance)
    assert (seen.cue, seen.on_cue, seen.next) == (run[1], False, run[2])
    assert database.write(lambda c: go_back(c, performance)) == run[1]


def test_black_keeps_what_was_on_and_panic_does_not(
    database: Database, performance: Performance, run: list[Cue]
) -> None:
    database.write(lambda c: go_to(c, performance, run[2].id))
    database.write(lambda c: darken(c, performance))
    with database.reading() as connection:
        assert room(connection, performance.id).dark
    database.write(lambda c: lighten(c, performance))
    with database.reading() as connection:
        assert room(connection, performance.id).showing == {"view": "question", **ASKED}
    database.write(lambda c: clear_stage(c, performance))
    database.write(lambda c: lighten(c, performance))
    with database.reading() as connection:
        there = room(connection, performance.id)
    assert there.dark
    assert there.cue_id == run[2].id


def test_a_question_is_hidden_until_it_is_revealed(
    database: Database, performance: Performance, run: list[Cue]
) -> None:
    database.write(lambda c: go_to(c, performance, run[1].id))
    with pytest.raises(NothingToReveal):
        database.write(lambda c: reveal_on_stage(c, performance))


def test_cues_move_change_and_go(database: Database, performance: Performance, run: list[Cue]) -> None:
    database.write(lambda c: move_cue(c, run[2].id, 1))
    assert names(database, performance) == ["question", "join", "prompt"]
    database.write(lambda c: add_cue(c, performance.id, CueKind.BLACK, after=run[2].id))
    assert names(database, performance) == ["question", "black", "join", "prompt"]
    database.write(lambda c: remove_cue(c, run[0].id))
    database.write(lambda c: remove_cue(c, run[0].id))
    assert names(database, performance) == ["question", "black", "prompt"]
    with pytest.raises(CueUnknown):
        database.write(lambda c: change_cue(c, run[0]))
    with pytest.raises(CueUnknown):
        database.write(lambda c: go_to(c, performance, run[0].id))


def test_the_discussion_starts_once_and_the_timer_comes_and_goes(
    database: Database, performance: Performance, run: list[Cue]
) -> None:
    database.write(lambda c: go_on(c, performance))
    with database.reading() as connection:
        first = room(connection, performance.id)
    database.write(lambda c: go_on(c, performance))
    ends = database.write(lambda c: start_timer(c, performance, 5))
    with database.reading() as connection:
        later = room(connection, performance.id)
    assert first.started is not None
    assert (later.started, later.timer_ends) == (first.started, ends)
    assert later.revision > first.revision
    database.write(lambda c: stop_timer(c, performance))
    with database.reading() as connection:
        assert room(connection, performance.id).timer_ends is None
