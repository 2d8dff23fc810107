"""Cues: the run of show of one performance's discussion, in order."""

from collections.abc import Iterable

from sqlalchemy import Connection, Row, delete, insert, select, update

from survey.model import Cue, CueKind
from survey.storage.keys import new_key
from survey.storage.tables import cue


class CueUnknown(LookupError):
    """There is no such cue: another desk took it out of the run."""

    def __init__(self) -> None:
        super().__init__("This cue is no longer in the run. Choose another.")


def cues(connection: Connection, performance_id: str) -> list[Cue]:
    """Return a performance's cues in their order."""
    rows = connection.execute(select(cue).where(cue.c.performance_id == performance_id).order_by(cue.c.place))
    return [_cue(row) for row in rows]


def find_cue(connection: Connection, id: str) -> Cue:
    """Return one cue. Raises CueUnknown."""
    row = connection.execute(select(cue).where(cue.c.id == id)).one_or_none()
    if row is None:
        raise CueUnknown
    return _cue(row)


def add_cue(
    connection: Connection,
    performance_id: str,
    kind: CueKind,
    *,
    about: dict[str, str] | None = None,
    notes: str = "",
    minutes: int | None = None,
    after: str | None = None,
) -> Cue:
    """Add a cue at the end of the run, or right ``after`` another, and return it."""
    there = cues(connection, performance_id)
    places = {each.id: number for number, each in enumerate(there, start=1)}
    place = places.get(after or "", len(there)) + 1
    made = Cue(new_key(), performance_id, place, kind, dict(about or {}), notes, minutes)
    connection.execute(
        insert(cue).values(
            id=made.id,
            performance_id=performance_id,
            place=made.place,
            kind=kind.value,
            about=dict(made.about),
            notes=notes,
            minutes=minutes,
        )
    )
    before, behind = there[: place - 1], there[place - 1 :]
    _number(connection, [*(each.id for each in before), made.id, *(each.id for each in behind)])
    return made


def change_cue(connection: Connection, changed: Cue) -> None:
    """Store what a cue shows, its notes and its minutes; its place stays. Raises CueUnknown."""
    done = connection.execute(
        update(cue)
        .where(cue.c.id == changed.id)
        .values(
            kind=changed.kind.value,
            about=dict(changed.about),
            notes=changed.notes,
            minutes=changed.minutes,
        )
    )
    if done.rowcount != 1:
        raise CueUnknown


def move_cue(connection: Connection, id: str, to: int) -> None:
    """Move a cue to a place in the run (1 is the first). Raises CueUnknown."""
    moved = find_cue(connection, id)
    others = [each.id for each in cues(connection, moved.performance_id) if each.id != id]
    at = max(1, min(to, len(others) + 1)) - 1
    _number(connection, [*others[:at], id, *others[at:]])


def remove_cue(connection: Connection, id: str) -> None:
    """Take a cue out of the run; one that is gone already is fine."""
    row = connection.execute(select(cue.c.performance_id).where(cue.c.id == id)).one_or_none()
    if row is None:
        return
    connection.execute(delete(cue).where(cue.c.id == id))
    _number(connection, [each.id for each in cues(connection, row.performance_id)])


def _number(connection: Connection, ids: Iterable[str]) -> None:
    for place, id in enumerate(ids, start=1):
        connection.execute(update(cue).where(cue.c.id == id, cue.c.place != place).values(place=place))


def _cue(row: Row[*tuple[object, ...]]) -> Cue:
    return Cue(row.id, row.performance_id, row.place, CueKind(row.kind), row.about, row.notes, row.minutes)
