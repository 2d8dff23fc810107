"""Rooms: what the stage shows now. It lives here, so that desk, stage and phones can each restart at any moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from survey.storage.insertion import insert_or_change
from survey.storage.tables import room as rooms

FIRST: Mapping[str, Any] = {"view": "join"}


@dataclass(frozen=True)
class Room:
    """What the stage shows, and by which cue if by one; ``revision`` grows with every change.

    ``started``: when the discussion began. ``timer_ends``: when the facilitator's timer runs out.
    """

    showing: Mapping[str, Any]
    revision: int
    cue_id: str | None = None
    started: datetime | None = None
    timer_ends: datetime | None = None

    @property
    def dark(self) -> bool:
        """The stage is black, whatever waits behind the black."""
        return bool(self.showing.get("dark")) or self.showing.get("view") == "black"


def room(connection: Connection, performance_id: str) -> Room:
    """Return what a performance's stage shows; at first how to join."""
    row = connection.execute(select(rooms).where(rooms.c.performance_id == performance_id)).one_or_none()
    if row is None:
        return Room(FIRST, 0)
    return Room(row.showing, row.revision, row.cue_id, row.started, row.timer_ends)


def show(
    connection: Connection, performance_id: str, showing: Mapping[str, Any], *, cue_id: str | None = None
) -> None:
    """Put something on stage: by a cue, or out of the run (the cue that was on stays the place to go on from)."""
    if cue_id is None:
        _change(connection, performance_id, showing=dict(showing))
    else:
        _change(connection, performance_id, showing=dict(showing), cue_id=cue_id)


def start_discussion(connection: Connection, performance_id: str) -> None:
    """Take note of when the discussion began; the first time counts."""
    begun = func.coalesce(rooms.c.started, datetime.now(UTC))
    _change(connection, performance_id, changed_to={"started": begun}, started=datetime.now(UTC))


def set_timer(connection: Connection, performance_id: str, ends: datetime | None) -> None:
    """Let the facilitator's timer run out at a moment; None takes it away."""
    _change(connection, performance_id, timer_ends=ends)


def touch_room(connection: Connection, performance_id: str) -> None:
    """Say that something the room sees has changed, so that every screen looks again."""
    _change(connection, performance_id)


def _change(
    connection: Connection, performance_id: str, *, changed_to: Mapping[str, Any] | None = None, **values: Any
) -> None:
    insert_or_change(
        connection,
        rooms,
        change={"revision": rooms.c.revision + 1, **values, **(changed_to or {})},
        performance_id=performance_id,
        revision=1,
        **({"showing": dict(FIRST)} | values),
    )
