"""Rooms: what the stage shows now. It lives here, so that desk, stage and phones can each restart at any moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from survey.storage.insertion import insert_or_change
from survey.storage.tables import room as rooms


@dataclass(frozen=True)
class Room:
    """What the stage shows; ``revision`` grows with every change."""

    showing: Mapping[str, Any]
    revision: int


def room(connection: Connection, performance_id: str) -> Room:
    """Return what a performance's stage shows; at first how to join."""
    row = connection.execute(select(rooms).where(rooms.c.performance_id == performance_id)).one_or_none()
    return Room({"view": "join"}, 0) if row is None else Room(row.showing, row.revision)


def show(connection: Connection, performance_id: str, showing: Mapping[str, Any]) -> None:
    """Put something on stage."""
    insert_or_change(
        connection,
        rooms,
        change={"showing": dict(showing), "revision": rooms.c.revision + 1},
        performance_id=performance_id,
        showing=dict(showing),
        revision=1,
    )
