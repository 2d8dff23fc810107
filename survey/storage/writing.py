"""Writing: one thread with group commit on SQLite, a pool on PostgreSQL. Both answer only after COMMIT."""

import random
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from queue import Empty, Full, Queue
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from survey.storage.acts import Act
from survey.storage.busy import PATIENCE, DatabaseBusy, DatabaseUnsure, Fault
from survey.storage.debts import AT_ONCE, Debts
from survey.storage.forgetting import asked_to_forget
from survey.storage.health import Health, fault_of
from survey.storage.journal import Journal
from survey.storage.troubles import read_only, trouble_of, worth_another_try

WAITING = 4096
"""How many acts may wait before the next one is told to come back."""
TOGETHER = 128
"""How many acts share one COMMIT at most."""
PAUSES = (0.01, 0.02, 0.05, 0.1, 0.2)
"""Seconds, at most, before an act that met another one is carried out again on PostgreSQL."""
ONE_AFTER_ANOTHER = text("SELECT pg_advisory_xact_lock(20150401, hashtext(current_schema()))")
"""Held until the COMMIT by every act that is not the crowd's: one at a time in this schema, from whichever process."""
TIDYING_SECONDS = 2.0
"""How often the journal is looked at while nobody sends; commands beside the server write into it too."""
HURRIED_SECONDS = 0.25
"""The same while it holds something that was deleted."""


class Writer(Protocol):
    """Carries out acts, each in a transaction, and answers after COMMIT."""

    def submit(self, act: Act) -> None:
        """Take an act; its answer comes to it. Raises DatabaseBusy when too many are waiting."""

    def close(self) -> None:
        """Finish what was accepted, then stop."""


class WriterThread:
    """SQLite's only writer: takes what is waiting, writes it in one transaction, then answers everybody."""

    def __init__(self, engine: Engine, journal: Journal, health: Health) -> None:
        self._engine = engine
        self._journal = journal
        self._health = health
        self._waiting: Queue[Act | None] = Queue(WAITING)
        self._door = threading.Lock()
        self._closed = False
        self._connection: Connection | None = None
        self._thread = threading.Thread(target=self._run, name="houselights-writer", daemon=True)
        self._thread.start()

    def submit(self, act: Act) -> None:
        """Take an act; its answer comes to it. Raises DatabaseBusy when too many are waiting."""
        assert threading.current_thread() is not self._thread, (
            "an act may not start another: it would wait for itself"
        )
        with self._door:
            if self._closed:
                raise DatabaseBusy("The database is being closed.")
            try:
                self._waiting.put_nowait(act)
            except Full as error:
                raise DatabaseBusy("Too many answers are waiting to be written.") from error

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
        if self._journal.moved():
            self._refuse(acts, None, Fault.GONE)
            return
        outcomes: list[tuple[Any, BaseException | None]] = []
        try:
            while len(outcomes) < len(acts):
                connection = self._line()
                with connection.begin() as transaction:
                    outcomes = [attempt(connection, act) for act in acts]
                    wanted = [act for act in acts if act.may_commit()]
                    if len(wanted) < len(acts):  # given up meanwhile: not stored, and the others begin again
                        transaction.rollback()
                        for act in wanted:
                            act.once_more()
                        acts, outcomes = wanted, []
        except SQLAlchemyError as error:
            # A full disk inside a SAVEPOINT rolls everything back: nobody's act may be called stored.
            self._refuse(acts, error, fault_of(error) if isinstance(error, DBAPIError) else None)
            return
        if not acts:
            return
        if asked_to_forget(connection):
            self._journal.forget()
        self._tidy(idle=False)  # before answering: "deleted" is said when it is gone
        for act, (result, mistake) in zip(acts, outcomes, strict=True):
            if mistake is None:
                act.answer.set_result(result)
            else:
                act.answer.set_exception(mistake)

    def _refuse(self, acts: list[Act], error: Exception | None, fault: Fault | None) -> None:
        self._hang_up()
        if fault is not None:
            self._health.wrote(fault)
        for act in acts:
            busy = DatabaseBusy("The database could not write. Nothing was stored.", fault)
            busy.__cause__ = error
            act.answer.set_exception(busy)

    def _patience(self) -> float:
        return HURRIED_SECONDS if self._journal.hurried else TIDYING_SECONDS

    def _tidy(self, *, idle: bool) -> None:
        if self._journal.wants() and not self._journal.moved():
            try:
                driver = self._line().connection.driver_connection
                assert isinstance(driver, sqlite3.Connection)
                self._journal.tidy(driver, idle=idle)
            except (SQLAlchemyError, sqlite3.Error) as error:
                self._hang_up()  # what was committed stays committed; the next act opens a new connection
                if isinstance(error, DBAPIError | sqlite3.Error) and fault_of(error):
                    self._health.wrote(fault_of(error))

    def _line(self) -> Connection:
        if self._connection is None:
            self._journal.found()
            self._connection = self._engine.connect()
        return self._connection

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None


def attempt(connection: Connection, act: Act) -> tuple[Any, BaseException | None]:
    """Return what an act came to, and its own mistake if it made one: that one alone is undone.

    Raises OperationalError and what tells of a fault, which concern the whole batch.
    """
    savepoint = connection.begin_nested()
    try:
        result = act.function(connection)
        savepoint.commit()
    except OperationalError:
        raise
    except BaseException as mistake:
        if isinstance(mistake, DBAPIError) and fault_of(mistake):
            raise
        # It belongs to whoever asked: it is raised there, not here.
        savepoint.rollback()
        return None, trouble_of(mistake) if isinstance(mistake, DBAPIError) else mistake
    return result, None


class WriterPool:
    """PostgreSQL's writers: each act has a connection and a transaction of its own.

    Acts of the crowd run side by side. All others come one after another, as they do on SQLite: here by a thread of
    their own, between processes by a lock of the database's.
    """

    CONNECTIONS = 8
    """Acts of the crowd that run at once; of two more connections one is for those that come one
    after another, one for debts."""

    def __init__(self, engine: Engine, *, serving: bool) -> None:
        self._engine = engine
        self._places = threading.BoundedSemaphore(WAITING)
        self.debts = Debts(engine, serving=serving)
        self._crowd = ThreadPoolExecutor(self.CONNECTIONS, "houselights-writer")
        self._alone = ThreadPoolExecutor(1, "houselights-alone")

    def submit(self, act: Act) -> None:
        """Take an act; its answer comes to it. Raises DatabaseBusy when too many are waiting."""
        if not self._places.acquire(blocking=False):
            raise DatabaseBusy("Too many answers are waiting to be written.")
        try:
            (self._crowd if act.crowd else self._alone).submit(self._answer, act)
        except RuntimeError as error:
            self._places.release()
            raise DatabaseBusy("The database is being closed.") from error

    def close(self) -> None:
        """Finish what was accepted, then stop."""
        self._crowd.shutdown()
        self._alone.shutdown()
        self.debts.close()
        self._engine.dispose()

    def _answer(self, act: Act) -> None:
        try:
            if act.answer.set_running_or_notify_cancel():
                try:
                    result = self._carry_out(act)
                except BaseException as mistake:  # it belongs to whoever asked: it is raised there, not here
                    act.answer.set_exception(mistake)
                else:
                    act.answer.set_result(result)
        finally:
            self._places.release()

    def _carry_out(self, act: Act) -> Any:
        """Carry an act out, again from its beginning when it met another one, but not for ever."""
        for pause in (*PAUSES, None):
            try:
                return self._once(act)
            except DBAPIError as error:
                if read_only(error):
                    self._engine.dispose()  # the next connection may find the server that took over
                refused = error
            if pause is None or not worth_another_try(refused):
                raise trouble_of(refused)
            time.sleep(random.uniform(0, pause))
        raise AssertionError("the last try either answers or raises")

    def _once(self, act: Act) -> Any:
        with self._engine.connect() as connection:
            with connection.begin() as transaction:
                if act.seconds > PATIENCE:
                    connection.execute(text(f"SET LOCAL statement_timeout = '{act.seconds:.0f}s'"))
                if not act.crowd:
                    connection.execute(ONE_AFTER_ANOTHER)
                result = act.function(connection)
                if not act.may_commit():
                    raise DatabaseBusy("The database took too long. Nothing was stored.")
                try:
                    transaction.commit()
                except DBAPIError as error:
                    if error.connection_invalidated:
                        raise DatabaseUnsure("The connection was cut during the COMMIT.") from None
                    act.once_more()
                    raise
            forgetting = asked_to_forget(connection)
        if forgetting:
            self.debts.pay(AT_ONCE, rest=act.crowd)
        return result
