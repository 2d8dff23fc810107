"""Writing: one thread with group commit on SQLite, a pool on PostgreSQL. Both answer only after COMMIT."""

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from queue import Empty, Full, Queue
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from survey.storage.busy import DatabaseBusy, DatabaseUnsure
from survey.storage.forgetting import asked_to_forget, asked_to_rewrite, forget_on_postgresql
from survey.storage.journal import Journal

T = TypeVar("T")
WAITING = 4096
"""How many acts may wait before the next one is told to come back."""
TOGETHER = 128
"""How many acts share one COMMIT at most."""
TIDYING_SECONDS = 2.0
"""How often the journal is looked at while nobody sends; commands beside the server write into it too."""
HURRIED_SECONDS = 0.25
"""The same while it holds something that was deleted."""


class Writer(Protocol):
    """Carries out acts, each in a transaction, and answers after COMMIT."""

    def submit(self, function: Callable[[Connection], T]) -> Future[T]:
        """Return the answer to come. Raises DatabaseBusy when too many are waiting."""

    def close(self) -> None:
        """Finish what was accepted, then stop."""


@dataclass(frozen=True)
class Act:
    """One human act and the place where its answer goes."""

    function: Callable[[Connection], Any]
    answer: Future[Any]


class WriterThread:
    """SQLite's only writer: takes what is waiting, writes it in one transaction, then answers everybody."""

    def __init__(self, engine: Engine, journal: Journal) -> None:
        self._engine = engine
        self._journal = journal
        self._waiting: Queue[Act | None] = Queue(WAITING)
        self._door = threading.Lock()
        self._closed = False
        self._connection: Connection | None = None
        self._thread = threading.Thread(target=self._run, name="houselights-writer", daemon=True)
        self._thread.start()

    def submit(self, function: Callable[[Connection], T]) -> Future[T]:
        """Return the answer to come. Raises DatabaseBusy when too many are waiting."""
        assert threading.current_thread() is not self._thread, (
            "an act may not start another: it would wait for itself"
        )
        answer: Future[T] = Future()
        with self._door:
            if self._closed:
                raise DatabaseBusy("The database is being closed.")
            try:
                self._waiting.put_nowait(Act(function, answer))
            except Full as error:
                raise DatabaseBusy("Too many answers are waiting to be written.") from error
        return answer

    def close(self) -> None:
        """Finish what was accepted, then stop."""
        with self._door:
            if self._closed:
                return
            self._closed = True
        self._waiting.put(None)
        self._thread.join()
        self._engine.dispose()

    def _run(self) -> None:
        closing = False
        while not closing:
            acts, closing = self._next()
            if acts:
                self._carry_out(acts)
            else:
                self._tidy(idle=True)
        self._tidy(idle=True)
        self._hang_up()

    def _next(self) -> tuple[list[Act], bool]:
        acts: list[Act] = []
        try:
            act = self._waiting.get(timeout=self._patience())
            while act is not None:
                if act.answer.set_running_or_notify_cancel():
                    acts.append(act)
                if len(acts) == TOGETHER:
                    return acts, False
                act = self._waiting.get_nowait()
        except Empty:
            return acts, False
        return acts, True

    def _carry_out(self, acts: list[Act]) -> None:
        try:
            connection = self._line()
            with connection.begin():
                outcomes = [attempt(connection, act) for act in acts]
        except SQLAlchemyError as error:
            # A full disk inside a SAVEPOINT rolls everything back: nobody's act may be called stored.
            self._hang_up()
            for act in acts:
                busy = DatabaseBusy("The database could not write. Nothing was stored.")
                busy.__cause__ = error
                act.answer.set_exception(busy)
            return
        if asked_to_forget(connection):
            self._journal.forget()
        self._tidy(idle=False)  # before answering: "deleted" is said when it is gone
        for act, (result, mistake) in zip(acts, outcomes, strict=True):
            if mistake is None:
                act.answer.set_result(result)
            else:
                act.answer.set_exception(mistake)

    def _patience(self) -> float:
        return HURRIED_SECONDS if self._journal.hurried else TIDYING_SECONDS

    def _tidy(self, *, idle: bool) -> None:
        if self._journal.wants():
            try:
                driver = self._line().connection.driver_connection
                assert isinstance(driver, sqlite3.Connection)
                self._journal.tidy(driver, idle=idle)
            except (SQLAlchemyError, sqlite3.Error):
                self._hang_up()  # what was committed stays committed; the next act opens a new connection

    def _line(self) -> Connection:
        self._connection = self._connection or self._engine.connect()
        return self._connection

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None


def attempt(connection: Connection, act: Act) -> tuple[Any, BaseException | None]:
    """Return what an act came to, and its own mistake if it made one: that one alone is undone.

    Raises OperationalError, which concerns the whole batch.
    """
    savepoint = connection.begin_nested()
    try:
        result = act.function(connection)
        savepoint.commit()
    except OperationalError:
        raise
    except BaseException as mistake:  # it belongs to whoever asked: it is raised there, not here
        savepoint.rollback()
        return None, mistake
    return result, None


class WriterPool:
    """PostgreSQL's writers: each act has a connection and a transaction of its own."""

    CONNECTIONS = 8

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._places = threading.BoundedSemaphore(WAITING)
        self._owed: set[bool] = set()
        self._threads = ThreadPoolExecutor(self.CONNECTIONS, "houselights-writer")

    def submit(self, function: Callable[[Connection], T]) -> Future[T]:
        """Return the answer to come. Raises DatabaseBusy when too many are waiting."""
        if not self._places.acquire(blocking=False):
            raise DatabaseBusy("Too many answers are waiting to be written.")
        try:
            answer = self._threads.submit(self._carry_out, function)
        except RuntimeError as error:
            self._places.release()
            raise DatabaseBusy("The database is being closed.") from error
        answer.add_done_callback(lambda _: self._places.release())
        return answer

    def close(self) -> None:
        """Finish what was accepted, then stop."""
        self._threads.shutdown()
        self._engine.dispose()

    def _carry_out(self, function: Callable[[Connection], T]) -> T:
        for last in (False, False, True):
            done = False
            try:
                with self._engine.connect() as connection:
                    with connection.begin():
                        result = function(connection)
                        done = True
                    self._forget(connection)
                return result
            except OperationalError as error:
                # Deadlocks and serialisation failures (class 40) are PostgreSQL's way to say: once more.
                state = str(getattr(error.orig, "sqlstate", "") or "")
                if done and state[:2] in ("", "08", "57"):  # cut off while it said COMMIT
                    raise DatabaseUnsure(
                        "The database did not say whether it stored what was sent."
                    ) from error
                if last or not state.startswith("40"):
                    raise DatabaseBusy("The database could not write. Nothing was stored.") from error
        raise AssertionError("the last try either answers or raises")

    def _forget(self, connection: Connection) -> None:
        """Vacuum or rewrite what a committed act asked for. When the tables are too busy it stays owed to the next act."""
        if asked_to_forget(connection):
            self._owed.add(asked_to_rewrite(connection))
        if self._owed:
            try:
                forget_on_postgresql(connection, ordered=True in self._owed)
                self._owed.clear()
            except OperationalError:
                connection.invalidate()
