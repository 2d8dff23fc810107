"""Debts of forgetting on PostgreSQL: what was deleted, and has not left the tables' files yet.

A deleted row lies in its file until nobody can see it any more, and its bytes until they are written over. So the
tables are written anew, in the order of their random keys, once no snapshot is older than the deletion. Who deletes
notes a debt in the same transaction; whoever runs next pays it: the act itself, the server a moment later, a command.
"""

import threading
import time

from sqlalchemy import Connection, Engine, delete, exists, func, select, text
from sqlalchemy.exc import DBAPIError

from survey.storage.forgetting import ANSWERS
from survey.storage.tables import debt, performance

AT_ONCE = 0.5
"""Seconds an act that deleted something tries for before it answers."""
SOON = 1.0
"""Seconds until the server tries again while something is owed."""
LOOKING = 30.0
"""Seconds until it looks for what another process owes."""
REST = 20
"""How many times longer than it took before the tables are written anew again: people are waiting to write."""
LARGE = 32 * 1024 * 1024
"""Bytes of the tables from which they are not written anew while an audience answers: all would wait for seconds."""
ONE_PAYS = "pg_try_advisory_lock(20150402, hashtext(current_schema()))"
LIMITS = (
    "SET lock_timeout = '250ms'",  # while it waits for a table, everybody behind it does
    "SET statement_timeout = '300s'",
)
SEEN_BY_SOMEBODY = text("""
    SELECT EXISTS (
        SELECT 1 FROM pg_stat_activity
        WHERE pid <> pg_backend_pid()
        AND (datid IS NULL OR datid = 0 OR datname = current_database())
        AND greatest(age(backend_xmin), age(backend_xid)) >= age(CAST(CAST(:newest AS text) AS xid))
    ) OR EXISTS (
        SELECT 1 FROM pg_prepared_xacts WHERE age(transaction) >= age(CAST(CAST(:newest AS text) AS xid))
    ) OR EXISTS (
        SELECT 1 FROM pg_replication_slots WHERE age(xmin) >= age(CAST(CAST(:newest AS text) AS xid))
    )
""")
"""Whether a snapshot, a transaction or a standby is as old as a deletion: it may still see what was deleted."""
OWED = (
    "What was deleted or finished has not left the database's files yet: something else is reading them, such as a "
    "backup being made, or an audience is answering and the tables are large. While Houselights runs it goes by itself "
    "when that has ended."
)
"""What staff are told until then."""
CYCLE = 2**32
"""PostgreSQL counts transactions in so many numbers, again and again."""


SIZE = text("SELECT " + " + ".join(f"pg_table_size('{table.name}')" for table in ANSWERS))
ANSWERING = select(exists().where(performance.c.open_wave.is_not(None)))


def owed(connection: Connection) -> bool:
    """Return whether anything that was deleted may still lie in the database's files; always False on SQLite.

    There the writer's thread clears the file and its journal itself.
    """
    return bool(connection.scalar(select(func.count()).select_from(debt)))


class Debts:
    """The debts of one PostgreSQL database, paid by a thread of its own while it is served."""

    def __init__(self, engine: Engine, *, serving: bool) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._rested = 0.0
        self._vacuumed: set[str] = set()
        self._wake = threading.Event()
        self._closed = False
        self._thread: threading.Thread | None = None
        if serving:
            self._thread = threading.Thread(target=self._run, name="houselights-forgetting", daemon=True)
            self._thread.start()

    def pay(self, patience: float, *, rest: bool = False) -> bool:
        """Return whether nothing is owed any more, after trying for so many seconds. ``rest``: not right after the last time."""
        until = time.monotonic() + patience
        while not (rest and time.monotonic() < self._rested):
            with self._lock:
                if self._paid():
                    return True
            if time.monotonic() >= until:
                break
            time.sleep(0.05)
        self._rested = max(self._rested, time.monotonic() + SOON)
        self._wake.set()
        return False

    def close(self) -> None:
        """Let the thread come to its end."""
        self._closed = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        patience = SOON
        while not self._closed:
            self._wake.wait(patience)
            self._wake.clear()
            if self._closed:
                return
            time.sleep(max(0.0, min(SOON, self._rested - time.monotonic())))
            with self._lock:
                patience = LOOKING if self._paid() else SOON

    def _paid(self) -> bool:
        """Try once. Whatever is in the way, a debt stays written down."""
        try:
            with self._engine.connect() as connection:
                alone = connection.execution_options(isolation_level="AUTOCOMMIT")
                debts = alone.execute(select(debt.c.id, debt.c.deleted_by)).all()
                if not debts:
                    return True
                try:
                    return self._pay(alone, [row.id for row in debts], max(row.deleted_by for row in debts))
                finally:
                    connection.invalidate()  # its limits and its lock go with it
        except DBAPIError:
            return False

    def _pay(self, alone: Connection, ids: list[str], newest: int) -> bool:
        if not alone.scalar(text(f"SELECT {ONE_PAYS}")):
            return False  # another process is at it
        if alone.scalar(SEEN_BY_SOMEBODY, {"newest": str(newest % CYCLE)}):
            return False
        began = time.monotonic()
        for limit in LIMITS:
            alone.execute(text(limit))
        if alone.scalar(SIZE) >= LARGE and alone.scalar(ANSWERING):
            if not self._vacuumed.issuperset(ids):  # no row is left, but its bytes may be
                alone.execute(text(f"VACUUM {', '.join(table.name for table in ANSWERS)}"))
                self._vacuumed = set(ids)
            return False
        for table in ANSWERS:
            alone.execute(text(f"CLUSTER {table.name} USING pk_{table.name}"))
        alone.execute(delete(debt).where(debt.c.id.in_(ids)))
        ended = time.monotonic()
        self._rested = ended + REST * (ended - began)
        return not alone.scalar(select(func.count()).select_from(debt))
