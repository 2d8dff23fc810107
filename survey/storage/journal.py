"""The journal (SQLite's WAL): emptied often, so that it stays small and what was deleted leaves the disk.

Only the one writer thread of the serving process empties it, holding the writer's lock (TRUNCATE): checkpoints of
several processes at the same instant can lose pages in SQLite 3.7.0 to 3.51.2.
"""

import time
from pathlib import Path

from sqlalchemy import Connection

from survey.storage.readers import Readers

LARGE = 4 * 1024 * 1024
"""Bytes from which the journal is emptied even while people are sending."""
HUGE = 64 * 1024 * 1024
"""Bytes from which readers that hold on for too long are sent away."""
AGAIN = 0.25
"""Seconds until another try when something was deleted and a reader was in the way."""
LATER = 2.0
"""Seconds until another try otherwise."""


class Journal:
    """The journal of one database file. ``deleted`` says that it holds something that was deleted."""

    def __init__(self, database: Path, readers: Readers) -> None:
        self._file = database.with_name(f"{database.name}-wal")
        self._readers = readers
        self._not_before = 0.0
        self.deleted = False

    def size(self) -> int:
        """Return its size in bytes."""
        try:
            return self._file.stat().st_size
        except FileNotFoundError:
            return 0

    def tidy(self, connection: Connection, *, idle: bool) -> None:
        """Empty the journal if it is time: at once after a deletion, when nobody is sending, or when it is large."""
        size, now = self.size(), time.monotonic()
        if now >= self._not_before and (idle or self.deleted or size >= LARGE):
            if self._empty(connection):
                self.deleted = False
            else:
                self._not_before = now + (AGAIN if self.deleted else LATER)
                if size >= HUGE:
                    self._readers.send_away()

    def _empty(self, connection: Connection) -> bool:
        driver = connection.connection.driver_connection
        assert driver is not None, "the connection is open"
        wait = driver.execute("PRAGMA busy_timeout").fetchone()[0]
        driver.execute("PRAGMA busy_timeout=50")  # people are waiting to write
        try:
            busy = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            driver.execute(f"PRAGMA busy_timeout={wait}")
        return not busy
