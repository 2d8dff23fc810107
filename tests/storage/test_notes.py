"""Notes of a discussion: in their order, minutes since its start, and gone on the keeping date."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from survey.model import Note, Performance, Wave
from survey.storage.database import Database
from survey.storage.notes import NoteUnknown, add_note, change_note, find_note, notes, remove_note
from survey.storage.performances import open_wave, rehearse_wave, wipe_rehearsal
from survey.storage.retention import purge_due
from survey.storage.rooms import start_discussion
from survey.storage.tables import room
from tests.databases import add_nest_performance


def written(database: Database, performance: Performance) -> list[Note]:
    with database.reading() as connection:
        return notes(connection, performance.id)


def began(database: Database, performance: Performance, ago: timedelta) -> None:
    database.write(lambda connection: start_discussion(connection, performance.id))
    database.write(
        lambda connection: connection.execute(update(room).values(started=datetime.now(UTC) - ago))
    )


def test_notes_stand_in_their_order_with_the_minutes_since_the_start(
    database: Database, performance: Performance
) -> None:
    database.write(lambda c: add_note(c, performance.id, "Doors late", cue="How to join"))
    began(database, performance, timedelta(minutes=12, seconds=50))
    database.write(
        lambda c: add_note(c, performance.id, "I would want to know", quotation=True, speaker="Ada")
    )

    assert [
        (n.place, n.minutes, n.quotation, n.text, n.speaker, n.cue) for n in written(database, performance)
    ] == [
        (1, None, False, "Doors late", "", "How to join"),
        (2, 12, True, "I would want to know", "Ada", ""),
    ]


def test_a_note_can_be_corrected_and_keeps_its_moment(database: Database, performance: Performance) -> None:
    began(database, performance, timedelta(minutes=3))
    made = database.write(lambda c: add_note(c, performance.id, "A nrse spoke", cue="Prompt: Who decides?"))
    database.write(
        lambda c: change_note(c, performance.id, made.id, "A nurse spoke", quotation=True, speaker="")
    )

    (now,) = written(database, performance)
    assert (now.text, now.quotation) == ("A nurse spoke", True)
    assert (now.minutes, now.cue, now.place) == (3, "Prompt: Who decides?", 1)


def test_a_removed_note_is_gone_and_the_next_comes_after_the_last(
    database: Database, performance: Performance
) -> None:
    first = database.write(lambda c: add_note(c, performance.id, "One"))
    database.write(lambda c: add_note(c, performance.id, "Two"))
    database.write(lambda c: remove_note(c, performance.id, first.id))
    database.write(lambda c: remove_note(c, performance.id, first.id))
    database.write(lambda c: add_note(c, performance.id, "Three"))

    assert [(n.place, n.text) for n in written(database, performance)] == [(2, "Two"), (3, "Three")]
    with database.reading() as connection, pytest.raises(NoteUnknown):
        find_note(connection, performance.id, first.id)


def test_nobody_changes_another_performances_note(database: Database, performance: Performance) -> None:
    other = add_nest_performance(database, version_id=performance.version_id)
    made = database.write(lambda c: add_note(c, other.id, "Theirs"))

    with pytest.raises(NoteUnknown):
        database.write(lambda c: change_note(c, performance.id, made.id, "Ours", quotation=False, speaker=""))
    database.write(lambda c: remove_note(c, performance.id, made.id))
    assert [n.text for n in written(database, other)] == ["Theirs"]


def test_notes_go_on_the_keeping_date_even_if_no_phone_answered(
    database: Database, performance: Performance
) -> None:
    later = add_nest_performance(database, version_id=performance.version_id, keep_until=date(2100, 1, 1))
    for found in (performance, later):
        database.write(lambda c: add_note(c, found.id, "Said in the room"))

    database.write(lambda c: purge_due(c, date(2099, 3, 19)))
    assert len(written(database, performance)) == 1
    database.write(lambda c: purge_due(c, date(2099, 3, 20)))
    assert written(database, performance) == []
    assert len(written(database, later)) == 1


def test_notes_of_a_rehearsal_go_when_it_is_wiped_and_when_the_doors_open(
    database: Database, nest_version: str
) -> None:
    rehearsed = add_nest_performance(database, version_id=nest_version, wave=None)
    database.write(lambda c: rehearse_wave(c, rehearsed.id, Wave.AFTER))
    for end in (
        lambda c: wipe_rehearsal(c, rehearsed.id),
        lambda c: open_wave(c, rehearsed.id, Wave.AFTER),
    ):
        database.write(lambda c: add_note(c, rehearsed.id, "Testing, testing"))
        database.write(end)
        assert written(database, rehearsed) == []
