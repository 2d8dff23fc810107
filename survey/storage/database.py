"""The database: one door for writing, short read-only visits, and plain words when it cannot be used."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from typing import TypeVar

from sqlalchemy import Connection

from survey.storage.busy import DatabaseBusy, DatabaseUnsure, busy_words
from survey.storage.engines import postgresql_reading, postgresql_writing, sqlite_reading, sqlite_writing
from survey.storage.journal import Journal
from survey.storage.places import DatabaseWrong, check_place, place_of
from survey.storage.readers import Readers
from survey.storage.writing import Writer, WriterPool, WriterThread

__all__ = [
    "Connection",
    "Database",
    "DatabaseBusy",
    "DatabaseUnsure",
    "DatabaseWrong",
    "busy_words",
    "open_database",
]

T = TypeVar("T")
PATIENCE = 10.0
"""How many seconds one act may wait before the person is asked to send again."""


class Database:
    """An open database. One human act is one ``write``; a page reads inside one ``with database.reading()``."""

    def __init__(self, url: str, *, visiting: bool = False) -> None:
        """Open without looking. ``visiting``: another process serves this database (a command beside the server)."""
        self.url = url
        place = place_of(url)
        self._writer: Writer
        if place.file is not None:
            self._readers = Readers(sqlite_reading(place.file))
            journal = Journal(place.file, self._readers, serving=not visiting)
            self._writer = WriterThread(sqlite_writing(place.file), journal)
        else:
            self._writer = WriterPool(postgresql_writing(place.url, connections=WriterPool.CONNECTIONS))
            self._readers = Readers(postgresql_reading(place.url))

    def write(self, function: Callable[[Connection], T], *, timeout: float = PATIENCE) -> T:
        """Carry out one act in one transaction; return what it returned, after COMMIT. Never call it inside another.

        Raises DatabaseBusy when nothing was or will be stored, DatabaseUnsure when that cannot be known any more, and
        whatever the act itself raises (then nothing was stored either).
        """
        answer = self._writer.submit(function)
        try:
            return answer.result(timeout)
        except TimeoutError as error:
            return _given_up(answer, error)

    async def write_soon(self, function: Callable[[Connection], T], *, timeout: float = PATIENCE) -> T:
        """Do the same for an asynchronous route."""
        answer = self._writer.submit(function)
        try:
            return await asyncio.wait_for(asyncio.wrap_future(answer), timeout)
        except TimeoutError as error:
            return _given_up(answer, error)

    def reading(self) -> AbstractContextManager[Connection]:
        """Give a connection that sees one moment and cannot write; leave it soon. Raises DatabaseBusy."""
        return self._readers.visit()

    def close(self) -> None:
        """Finish what was accepted, then close every connection."""
        self._writer.close()
        self._readers.close()


def _given_up(answer: Future[T], waited: TimeoutError) -> T:
    """Give up an act: what has not begun never will. Returns what came at the last moment; raises DatabaseBusy, DatabaseUnsure."""
    if answer.cancel():
        raise DatabaseBusy("The database took too long.") from waited
    if answer.done():
        return answer.result()
    raise DatabaseUnsure("The database took too long, and may still store what was sent.") from waited


def open_database(url: str, *, visiting: bool = False) -> Database:
    """Return the database at a URL, checked and up to date. Raises DatabaseWrong with what to do."""
    check_place(place_of(url))
    return Database(url, visiting=visiting)
