"""The journal (SQLite's WAL) and what deletion leaves behind: both are tidied between acts.

Only the one writer thread of the serving process empties the journal, holding the writer's lock (TRUNCATE): checkpoints
of several processes at the same instant can lose pages in SQLite 3.7.0 to 3.51.2.

``secure_delete`` clears what is deleted, but not the copies that a page left in its unused part when it was split
earlier (a test found one comment in 150). VACUUM writes the file anew without them.
"""

import sqlite3
import time
from pathlib import Path

from survey.storage.mark import loss_words, mark, marked, note_loss, unmark
from survey.storage.readers import TOO_LONG, Readers

LARGE = 4 * 1024 * 1024
"""Bytes from which the journal is emptied even while people are sending."""
HUGE = 64 * 1024 * 1024
"""Bytes from which readers that hold on for too long are sent away; and from which VACUUM does not fit into memory."""
AGAIN = 0.25
"""Seconds until another try when something was deleted and a reader was in the way."""
LATER = 2.0
"""Seconds until another try otherwise."""
OVERDUE = 60.0
"""Seconds after a deletion when the file is written anew even while people are sending."""

HELD = (
    "Another program reads the database and does not let go: the journal beside it (its name ends in -wal) grows until the "
    "disk is full. Close that program. Everything is saved meanwhile, and the journal is emptied by itself then."
)
"""What staff read while the journal cannot be emptied, and none of our own readers can be the reason."""

REST = 20
"""How many times longer than it took before the file is written anew again: people are waiting to write."""


class Journal:
    """The journal of one database file. A visitor to another process's database leaves emptying it to that one."""

    def __init__(self, database: Path, readers: Readers, *, serving: bool) -> None:
        self._database = database
        self._file = _beside(database)
        self._readers = readers
        self._serving = serving
        self._not_before = 0.0
        self._deleted_in_journal = False
        self._deleted_in_file: float | None = None
        self._rested = 0.0
        self._identity = _identity(database)
        self._stuck: tuple[int, float] | None = None
        self._unmarked = True

    @property
    def hurried(self) -> bool:
        """Something that was deleted is still on the disk."""
        return self._deleted_in_journal or self._deleted_in_file is not None

    @property
    def words(self) -> str:
        """What staff should know of the journal now; "" when all is well."""
        held = self._stuck is not None and time.monotonic() - self._stuck[1] > TOO_LONG
        return " ".join(filter(None, (loss_words(self._database), HELD if held else "")))

    def forget(self) -> None:
        """Take note that something was deleted."""
        self._deleted_in_journal = self._serving
        self._deleted_in_file = self._deleted_in_file or time.monotonic()

    def wants(self) -> bool:
        """Return whether there is anything to tidy."""
        return self._deleted_in_file is not None or (self._serving and self.size() > 0)

    def tidy(self, driver: sqlite3.Connection, *, idle: bool) -> None:
        """Do what it is time for. Between acts: at once after a deletion, when nobody is sending, when it is large."""
        now = time.monotonic()
        if now < self._not_before:
            return
        wait = driver.execute("PRAGMA busy_timeout").fetchone()[0]
        driver.execute("PRAGMA busy_timeout=50")  # people are waiting to write
        try:
            if self._deleted_in_file is not None and (idle or now > self._deleted_in_file + OVERDUE):
                self._write_anew(driver)
            if self._serving and (idle or self._deleted_in_journal or self.size() >= LARGE):
                self._empty(driver)
        finally:
            driver.execute(f"PRAGMA busy_timeout={wait}")

    def found(self) -> None:
        """Take note of which file the database is, the first time it is opened."""
        self._identity = self._identity or _identity(self._database)

    def look(self, driver: sqlite3.Connection) -> None:
        """Find out whether a journal with what was acknowledged was taken away; the evidence is kept."""
        number = marked(self._database)
        if number > driver.execute("PRAGMA user_version").fetchone()[0]:
            note_loss(self._database)

    def number(self, driver: sqlite3.Connection) -> int:
        """Return the number to ``mark`` after the COMMIT of the transaction that is open; 0 when there is nothing to."""
        if not self._unmarked:
            return 0
        number: int = driver.execute("PRAGMA user_version").fetchone()[0] + 1
        driver.execute(f"PRAGMA user_version={number}")
        return number

    def mark(self, number: int) -> None:
        """Write the mark, if there is one to write, before anybody is answered."""
        if number:
            mark(self._database, number)
            self._unmarked = not self._serving  # a visitor does not know when the journal is emptied

    def leave(self) -> None:
        """Take the mark away at the end, if the journal was emptied."""
        if self._serving and not self.moved() and not self.size():
            unmark(self._database)

    def moved(self) -> bool:
        """Return whether the file was taken away, or another put in its place: our journal must not meet that one."""
        return self._identity is not None and _identity(self._database) != self._identity

    def size(self) -> int:
        """Return the journal's size in bytes."""
        return _size(self._file)

    def _write_anew(self, driver: sqlite3.Connection) -> None:
        began = time.monotonic()
        if began < self._rested:
            return
        driver.execute(f"PRAGMA temp_store={'FILE' if _size(self._database) > HUGE else 'MEMORY'}")
        try:
            driver.execute("VACUUM")
        except sqlite3.OperationalError:  # another program is writing, or the disk is full
            self._not_before = time.monotonic() + LATER
            return
        self._deleted_in_file = None
        self._deleted_in_journal = self._serving
        ended = time.monotonic()
        self._rested = ended + REST * (ended - began)

    def _empty(self, driver: sqlite3.Connection) -> None:
        self._unmarked = True
        busy, _pages, done = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if not busy:
            self._deleted_in_journal = False
            self._stuck = None
            return
        self._not_before = time.monotonic() + (AGAIN if self._deleted_in_journal else LATER)
        if self.size() >= HUGE:
            self._readers.send_away()
            # Our own readers come and go, and what they leave to be done changes: one that holds on keeps it where it is.
            if self._stuck is None or self._stuck[0] != done:
                self._stuck = done, time.monotonic()


def grown(database: Path) -> str:
    """Return what to say of a journal that has become huge, "" if it has not: for a process that does not empty it."""
    file = _beside(database)
    if (size := _size(file)) < HUGE:
        return ""
    return (
        f"{file} has grown to {size / 1024**2:.0f} MB. While Houselights runs that means that another program reads the "
        "database and does not let go: close it. If Houselights is not running, start it: it empties this file."
    )


def _beside(database: Path) -> Path:
    return database.with_name(f"{database.name}-wal")


def _identity(file: Path) -> tuple[int, int] | None:
    """Return what tells one file from another that lies in the same place; None when there is none."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0
