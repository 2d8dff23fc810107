"""The database: one door for writing, short read-only visits, and plain words when it cannot be used."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from typing import TypeVar

from sqlalchemy import Connection

from survey.storage.acts import Act, too_long
from survey.storage.busy import PATIENCE, DatabaseBusy, DatabaseUnsure, Fault, busy_words
from survey.storage.engines import postgresql_reading, postgresql_writing, sqlite_reading, sqlite_writing
from survey.storage.health import Health, prove
from survey.storage.journal import Journal
from survey.storage.places import DatabaseWrong, check_file, check_place, place_of
from survey.storage.readers import Readers
from survey.storage.writing import Writer, WriterPool, WriterThread

__all__ = [
    "PATIENCE",
    "Connection",
    "Database",
    "DatabaseBusy",
    "DatabaseUnsure",
    "DatabaseWrong",
    "Fault",
    "busy_words",
    "open_database",
]

T = TypeVar("T")
LAST_SECONDS = 5.0
"""How much longer an act is waited for whose COMMIT has begun: only its answer can say what came of it."""


class Database:
    """An open database. One human act is one ``write``; a page reads inside one ``with database.reading()``."""

    def __init__(self, url: str, *, visiting: bool = False) -> None:
        """Open without looking. ``visiting``: another process serves this database (a command beside the server)."""
        self.url = url
        place = place_of(url)
        self.health = Health(silent=visiting)
        """What is wrong with the database now, as far as anyone has met it."""
        self._file = place.file
        self._journal: Journal | None = None
        self._writer: Writer
        if place.file is not None:
            self._readers = Readers(sqlite_reading(place.file))
            journal = self._journal = Journal(place.file, self._readers, serving=not visiting)
            self._writer = WriterThread(sqlite_writing(place.file), journal, self.health)
        else:
            engine = postgresql_writing(place.url, connections=WriterPool.CONNECTIONS + 2)
            self._writer = WriterPool(engine, serving=not visiting)
            self._readers = Readers(postgresql_reading(place.url))

    def write(
        self, function: Callable[[Connection], T], *, timeout: float = PATIENCE, crowd: bool = False
    ) -> T:
        """Carry out one act in one transaction; return what it returned, after COMMIT. Never call it inside another.

        Acts come one after another, whichever process asks, so that whatever an act looks at stays as it saw it. On
        PostgreSQL an act of the ``crowd`` runs beside others: it holds what it looks at itself. An act may be carried
        out again from its beginning, when it met another or the connection was cut: it changes nothing but the database.

        Raises DatabaseBusy when nothing was stored and nothing will be, DatabaseUnsure when that cannot be known, and
        whatever the act itself raises (then nothing was stored either).
        """
        act = Act(function, crowd=crowd, seconds=timeout)
        self._writer.submit(act)
        for patience in (timeout, LAST_SECONDS):
            try:
                answer: T = self._noted(act.answer, patience)
            except TimeoutError:
                if act.give_up():
                    break
            else:
                return answer
        raise too_long(act)

    async def write_soon(
        self, function: Callable[[Connection], T], *, timeout: float = PATIENCE, crowd: bool = False
    ) -> T:
        """Do the same for an asynchronous route."""
        act = Act(function, crowd=crowd, seconds=timeout)
        self._writer.submit(act)
        answer: asyncio.Future[T] = asyncio.wrap_future(act.answer)
        for patience in (timeout, LAST_SECONDS):
            done, _waiting = await asyncio.wait([answer], timeout=patience)
            if done:
                return self._noted(answer)
            if act.give_up():
                break
        raise too_long(act)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one moment and cannot write; leave it soon. Raises DatabaseBusy."""
        try:
            with self._readers.visit() as connection:
                yield connection
        except DatabaseBusy as busy:
            if busy.fault is not None:
                self.health.read(busy.fault)
            raise
        self.health.read(None)

    def look_well(self) -> None:
        """Find out whether a fault is over, and whether the file is still there: by writing, and when it was damaged by
        looking all of it through. Takes as long as that does; what it finds is in ``health``.
        """
        if self.health.fault is Fault.DAMAGED:
            with suppress(DatabaseWrong):
                if self._file is not None:  # of a server only the next reader or writer can say it
                    check_file(self._file)
                self.health.whole()
        if self.health.fault is not None or (self._journal is not None and self._journal.moved()):
            with suppress(DatabaseBusy):
                self.write(prove)
        self.health.say()

    def _noted(self, answer: "Future[T] | asyncio.Future[T]", *patience: float) -> T:
        """Return what an act came to, once ``health`` knows whether it could be written."""
        try:
            result = answer.result(*patience)
        except DatabaseBusy as busy:
            if busy.fault is not None:
                self.health.wrote(busy.fault)
            raise
        self.health.wrote(None)
        return result

    def forgotten(self, *, patience: float = 0.0) -> bool:
        """Return whether all that was deleted has left the tables' files, after trying for so many seconds.

        Always so on SQLite, where the writer's thread sees to it. On PostgreSQL an open snapshot may be in the way.
        """
        return not isinstance(self._writer, WriterPool) or self._writer.debts.pay(patience)

    def close(self) -> None:
        """Finish what was accepted, then close every connection."""
        self._writer.close()
        self._readers.close()


def open_database(url: str, *, visiting: bool = False) -> Database:
    """Return the database at a URL, checked and up to date. Raises DatabaseWrong with what to do."""
    check_place(place_of(url))
    return Database(url, visiting=visiting)
