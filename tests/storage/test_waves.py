"""Waves are opened and closed by a person; finishing destroys the keys and does not reopen."""

from datetime import date

import pytest
from sqlalchemy import Connection, select

from survey.model import Performance, RevealState, Standing, Wave
from survey.storage.checkpoints import add_checkpoint, checkpoints, reveals, set_reveal
from survey.storage.database import Database
from survey.storage.performances import (
    NotInRehearsal,
    NotReady,
    PerformanceFinished,
    close_wave,
    finish_performance,
    open_wave,
    rehearse_wave,
    wipe_rehearsal,
)
from survey.storage.responses import find_response, responses_count, waves_done
from survey.storage.rooms import room, show
from survey.storage.sign_ins import add_stage_link, find_sign_in
from survey.storage.tables import respondent
from tests.databases import add_nest_performance
from tests.storage.phones import again, filled, send, sent


def test_opening_after_closes_before(database: Database, performance: Performance) -> None:
    assert performance.open_wave is Wave.BEFORE
    database.write(lambda connection: open_wave(connection, performance.id, Wave.AFTER))

    assert again(database, performance).open_wave is Wave.AFTER


def test_one_number_to_type_lives_all_evening(database: Database, performance: Performance) -> None:
    number = performance.join_number
    assert number is not None
    assert len(number) == 6
    assert number.isdecimal()
    database.write(lambda connection: open_wave(connection, performance.id, Wave.AFTER))
    assert again(database, performance).join_number == number

    database.write(lambda connection: close_wave(connection, performance.id))
    database.write(lambda connection: open_wave(connection, performance.id, Wave.AFTER))
    assert again(database, performance).join_number == number
    database.write(lambda connection: finish_performance(connection, performance.id))
    assert again(database, performance).join_number is None


def test_opening_lists_what_the_audience_must_be_told_first(database: Database, nest_version: str) -> None:
    performance = add_nest_performance(
        database,
        version_id=nest_version,
        wave=None,
        responsible=" ",
        contact=" ",
        youngest_age=None,
        keep_until=date(2020, 1, 1),
    )
    with pytest.raises(NotReady) as refused:
        database.write(lambda connection: open_wave(connection, performance.id, Wave.BEFORE))

    assert refused.value.missing == [
        "who is responsible",
        "how to contact them",
        "the youngest age expected",
        "a keeping date in the future",
    ]
    assert again(database, performance).open_wave is None


def test_a_rehearsal_opens_without_details_and_stays_a_rehearsal(
    database: Database, nest_version: str
) -> None:
    performance = add_nest_performance(database, version_id=nest_version, wave=None, youngest_age=None)
    database.write(lambda connection: rehearse_wave(connection, performance.id, Wave.AFTER))

    now = again(database, performance)
    assert (now.standing, now.open_wave) == (Standing.REHEARSAL, Wave.AFTER)
    assert now.join_number is not None


def test_what_was_opened_for_real_does_not_go_back_to_rehearsal(
    database: Database, performance: Performance
) -> None:
    with pytest.raises(NotInRehearsal):
        database.write(lambda connection: rehearse_wave(connection, performance.id, Wave.BEFORE))


def test_wiping_a_rehearsal_leaves_nothing_of_it(database: Database, nest_version: str) -> None:
    performance = add_nest_performance(database, version_id=nest_version, wave=None)
    database.write(lambda connection: rehearse_wave(connection, performance.id, Wave.BEFORE))
    for n in range(3):
        send(database, performance, f"phone {n}", filled(home_system="depends"), wave=Wave.BEFORE)
    database.write(lambda connection: show_something(connection, performance.id))

    assert database.write(lambda connection: wipe_rehearsal(connection, performance.id)) == 3

    with database.reading() as connection:
        assert responses_count(connection, performance.id, Wave.BEFORE) == 0
        assert connection.execute(select(respondent)).all() == []
        assert reveals(connection, performance.id) == []
        assert checkpoints(connection, performance.id, Wave.BEFORE, "home_system") == []
        assert room(connection, performance.id).showing == {"view": "join"}


def test_wiping_a_rehearsal_never_touches_real_answers(database: Database, performance: Performance) -> None:
    send(database, performance, "seat", filled(home_system="depends"))

    assert database.write(lambda connection: wipe_rehearsal(connection, performance.id)) == 0
    assert sent(database, performance, "seat", Wave.BEFORE) == filled(home_system="depends")


def test_opening_for_real_forgets_what_the_room_saw_in_rehearsal(
    database: Database, nest_version: str
) -> None:
    performance = add_nest_performance(database, version_id=nest_version, wave=None)
    database.write(lambda connection: rehearse_wave(connection, performance.id, Wave.BEFORE))
    database.write(lambda connection: show_something(connection, performance.id))

    database.write(lambda connection: open_wave(connection, performance.id, Wave.BEFORE))

    with database.reading() as connection:
        assert reveals(connection, performance.id) == []
        assert room(connection, performance.id).revision == 0


def test_finishing_destroys_the_keys_and_freezes_what_is_shown(
    database: Database, performance: Performance
) -> None:
    send(database, performance, "seat", filled(home_system="depends"))
    stage = database.write(lambda connection: add_stage_link(connection, performance.id))
    database.write(lambda connection: show_something(connection, performance.id))

    database.write(lambda connection: finish_performance(connection, performance.id))

    now = again(database, performance)
    assert (now.standing, now.open_wave, now.join_number, now.seat_key) == (
        Standing.FINISHED,
        None,
        None,
        None,
    )
    with database.reading() as connection:
        assert connection.scalars(select(respondent.c.seat_hash)).all() == [None]
        assert [row.state for row in reveals(connection, performance.id)] == [RevealState.FROZEN]
        assert find_sign_in(connection, stage) is None
        assert find_response(connection, now, seat="seat", wave=Wave.BEFORE) is None
        assert waves_done(connection, now, seat="seat") == set()
        assert responses_count(connection, performance.id, Wave.BEFORE) == 1


def test_a_finished_performance_does_not_reopen(database: Database, performance: Performance) -> None:
    database.write(lambda connection: finish_performance(connection, performance.id))

    for reopen in (open_wave, rehearse_wave):
        with pytest.raises(PerformanceFinished):
            database.write(lambda connection: reopen(connection, performance.id, Wave.AFTER))


def show_something(connection: Connection, performance_id: str) -> None:
    set_reveal(connection, performance_id, Wave.BEFORE, "home_system", RevealState.SHOWN, 1)
    add_checkpoint(
        connection,
        performance_id,
        Wave.BEFORE,
        "home_system",
        step=1,
        base=10,
        counts={"depends": 10},
        ways={},
    )
    show(connection, performance_id, {"view": "black"})
