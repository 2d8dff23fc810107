"""What a look at the stage has to store before it can show it: steps of results, of a change, of an audience beside another."""

from survey.model import CueKind, Performance
from survey.publication import (
    benchmark_due,
    beside_due,
    change_due,
    checkpoint_due,
    write_benchmark,
    write_beside,
    write_change,
    write_due_checkpoints,
)
from survey.screen.room.pictures.view import other_audience, question_on_stage, wave_on_stage
from survey.storage.database import Connection
from survey.storage.rooms import room


def due(connection: Connection, performance: Performance) -> bool:
    """Return whether anything on stage has a step to be stored. Reads, never writes."""
    if checkpoint_due(connection, performance):
        return True
    showing = room(connection, performance.id).showing
    view = showing.get("view")
    if view not in (CueKind.CHANGE, CueKind.BESIDE):
        return False
    asked = question_on_stage(connection, performance, showing)
    if asked is None:
        return False
    if view == CueKind.CHANGE:
        return change_due(connection, performance, asked)
    wave, named = wave_on_stage(showing), showing.get("benchmark")
    if named:
        return benchmark_due(connection, performance, asked, wave, str(named))
    other = other_audience(connection, showing)
    return other is not None and beside_due(connection, performance, other, asked, wave)


def write_due(connection: Connection, performance: Performance) -> None:
    """Store every step that is due. Two stages that look at once store it once."""
    write_due_checkpoints(connection, performance)
    showing = room(connection, performance.id).showing
    view = showing.get("view")
    asked = question_on_stage(connection, performance, showing)
    if asked is None:
        return
    wave, named = wave_on_stage(showing), showing.get("benchmark")
    other = other_audience(connection, showing)
    if view == CueKind.CHANGE:
        write_change(connection, performance, asked)
    elif view == CueKind.BESIDE and named:
        write_benchmark(connection, performance, asked, wave, str(named))
    elif view == CueKind.BESIDE and other is not None:
        write_beside(connection, performance, other, asked, wave)
