"""Notes: moments of a discussion that somebody marked, in their order. No time of day, only minutes since the start."""

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select, update

from survey.model import Note
from survey.storage.forgetting import forget
from survey.storage.keys import new_key
from survey.storage.rooms import room
from survey.storage.tables import note


class NoteUnknown(LookupError):
    """There is no such note in this performance: somebody has removed it."""

    def __init__(self) -> None:
        super().__init__("This note has been removed.")


def add_note(
    connection: Connection,
    performance_id: str,
    text: str,
    *,
    quotation: bool = False,
    speaker: str = "",
    cue: str = "",
) -> Note:
    """Store a note after all others, with the whole minutes since the discussion started (None before), and return it."""
    last = connection.scalar(select(func.max(note.c.place)).where(note.c.performance_id == performance_id))
    started = room(connection, performance_id).started
    minutes = None if started is None else max(0, int((datetime.now(UTC) - started).total_seconds() // 60))
    made = Note(new_key(), performance_id, quotation, text, speaker, cue, minutes, (last or 0) + 1)
    connection.execute(
        insert(note).values(
            id=made.id,
            performance_id=performance_id,
            place=made.place,
            quotation=quotation,
            text=text,
            speaker=speaker,
            cue=cue,
            minutes=minutes,
        )
    )
    return made


def notes(connection: Connection, performance_id: str) -> list[Note]:
    """Return a performance's notes in their order."""
    rows = connection.execute(
        select(note).where(note.c.performance_id == performance_id).order_by(note.c.place, note.c.id)
    )
    return [_note(row) for row in rows]


def find_note(connection: Connection, performance_id: str, id: str) -> Note:
    """Return one note of a performance. Raises NoteUnknown."""
    row = connection.execute(select(note).where(*_one(performance_id, id))).one_or_none()
    if row is None:
        raise NoteUnknown
    return _note(row)


def change_note(
    connection: Connection, performance_id: str, id: str, text: str, *, quotation: bool, speaker: str
) -> None:
    """Store other words in a note's place; its moment stays. Raises NoteUnknown."""
    changed = update(note).where(*_one(performance_id, id))
    done = connection.execute(changed.values(text=text, quotation=quotation, speaker=speaker))
    if done.rowcount != 1:
        raise NoteUnknown
    forget(connection)


def remove_note(connection: Connection, performance_id: str, id: str) -> None:
    """Delete a note; one that is gone already is fine."""
    if connection.execute(delete(note).where(*_one(performance_id, id))).rowcount:
        forget(connection)


def _one(performance_id: str, id: str) -> tuple[ColumnElement[bool], ...]:
    return note.c.performance_id == performance_id, note.c.id == id


def _note(row: Row[*tuple[object, ...]]) -> Note:
    return Note(
        row.id, row.performance_id, row.quotation, row.text, row.speaker, row.cue, row.minutes, row.place
    )
