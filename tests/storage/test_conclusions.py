"""Conclusions written together: two desks never overwrite each other unseen, and nothing typed is lost."""

from datetime import date
from pathlib import Path

import pytest

from survey.model import Performance, Wave
from survey.storage.conclusions import (
    ConclusionChanged,
    Written,
    conclusion,
    write_conclusion,
)
from survey.storage.database import Database
from survey.storage.performances import open_wave, rehearse_wave
from survey.storage.retention import purge_due
from survey.storage.rooms import room
from tests.databases import add_nest_performance

FIRST = "Patients should be told.\nIndependent people should check."


def write(database: Database, performance: Performance, text: str, revision: int) -> Written:
    return database.write(lambda connection: write_conclusion(connection, performance.id, text, revision))


def on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()) if file.is_file())


def stored(database: Database, performance: Performance) -> str:
    with database.reading() as connection:
        return conclusion(connection, performance.id)


def test_nothing_is_concluded_until_somebody_writes(database: Database, performance: Performance) -> None:
    assert stored(database, performance) == ""
    assert write(database, performance, FIRST, 0) == Written(FIRST, 1)
    assert stored(database, performance) == FIRST


def test_one_after_the_other_both_desks_write(database: Database, performance: Performance) -> None:
    first = write(database, performance, FIRST, 0)
    assert write(database, performance, "Shorter.", first.revision) == Written("Shorter.", 2)


def test_of_two_desks_at_once_the_second_is_told_both_texts(
    database: Database, performance: Performance
) -> None:
    first = write(database, performance, FIRST, 0)
    write(database, performance, "One desk.", first.revision)
    with pytest.raises(ConclusionChanged) as refused:
        write(database, performance, "The other desk.", first.revision)
    assert (refused.value.stored, refused.value.typed) == (Written("One desk.", 2), "The other desk.")
    assert stored(database, performance) == "One desk."
    write(database, performance, "One desk. The other desk.", refused.value.stored.revision)
    assert stored(database, performance) == "One desk. The other desk."


def test_two_desks_that_write_first_at_once_do_not_overwrite_either(
    database: Database, performance: Performance
) -> None:
    write(database, performance, FIRST, 0)
    with pytest.raises(ConclusionChanged):
        write(database, performance, "The other desk.", 0)


def test_saving_what_is_saved_already_is_no_quarrel(database: Database, performance: Performance) -> None:
    write(database, performance, FIRST, 0)
    assert write(database, performance, FIRST, 0) == Written(FIRST, 1)


def test_every_screen_looks_again_when_conclusions_change(
    database: Database, performance: Performance
) -> None:
    write(database, performance, FIRST, 0)
    with database.reading() as connection:
        before = room(connection, performance.id).revision
    write(database, performance, "Shorter.", 1)
    with database.reading() as connection:
        assert room(connection, performance.id).revision > before


def test_what_was_written_in_rehearsal_does_not_stay(database: Database) -> None:
    made = add_nest_performance(database, wave=None)
    database.write(lambda connection: rehearse_wave(connection, made.id, Wave.AFTER))
    write(database, made, "Only trying.", 0)
    database.write(lambda connection: open_wave(connection, made.id, Wave.AFTER))
    assert stored(database, made) == ""


def test_conclusions_go_on_the_keeping_date(database: Database) -> None:
    made = add_nest_performance(database, keep_until=date(2099, 3, 20))
    write(database, made, FIRST, 0)
    database.write(lambda connection: purge_due(connection, date(2099, 3, 19)))
    assert stored(database, made) == FIRST
    database.write(lambda connection: purge_due(connection, date(2099, 3, 20)))
    assert stored(database, made) == ""


def test_words_that_were_changed_are_gone_from_the_disk(sqlite_database: Database, tmp_path: Path) -> None:
    made = add_nest_performance(sqlite_database)
    write(sqlite_database, made, "Canary words of a jury", 0)
    assert b"Canary words of a jury" in on_disk(tmp_path)
    write(sqlite_database, made, "Other words", 1)
    assert b"Canary words of a jury" not in on_disk(tmp_path)
