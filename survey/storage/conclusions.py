"""Conclusions: what a jury or a workshop has written down together. Two desks never overwrite each other unseen."""

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from survey.storage.forgetting import forget
from survey.storage.rooms import touch_room
from survey.storage.tables import conclusion as conclusions


@dataclass(frozen=True)
class Written:
    """Conclusions as they are stored; ``revision`` grows with every change and is 0 while nothing was written."""

    text: str = ""
    revision: int = 0


class ConclusionChanged(Exception):
    """Another desk has written meanwhile: ``stored`` is what it wrote, ``typed`` what was not stored."""

    def __init__(self, stored: Written, typed: str) -> None:
        self.stored = stored
        self.typed = typed
        super().__init__("Another desk has changed the conclusions meanwhile. Put both texts together.")


def conclusion(connection: Connection, performance_id: str) -> str:
    """Return what has been written down together, "" for nothing."""
    return written_conclusion(connection, performance_id).text


def written_conclusion(connection: Connection, performance_id: str) -> Written:
    """Return the same with its revision, to be given back when it is changed."""
    wanted = select(conclusions).where(conclusions.c.performance_id == performance_id)
    row = connection.execute(wanted).one_or_none()
    return Written() if row is None else Written(row.text, row.revision)


def write_conclusion(connection: Connection, performance_id: str, text: str, revision: int) -> Written:
    """Store conclusions that were read at a revision, and return them. Raises ConclusionChanged if they are newer now."""
    stored = written_conclusion(connection, performance_id)
    if stored.text == text:
        return stored
    if stored.revision != revision:
        raise ConclusionChanged(stored, text)
    now = Written(text, revision + 1)
    if revision:
        own = conclusions.c.performance_id == performance_id
        connection.execute(update(conclusions).where(own).values(text=now.text, revision=now.revision))
        forget(connection)
    else:
        connection.execute(
            insert(conclusions).values(performance_id=performance_id, text=text, revision=now.revision)
        )
    touch_room(connection, performance_id)
    return now
