"""Health: what is wrong with the database now, known from what it answered last, and said in the log once a minute."""

import logging
import sqlite3
import time
from collections.abc import Callable

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from survey.storage.busy import Fault
from survey.storage.places import VERSIONS

log = logging.getLogger("houselights")
SAY_EVERY = 60.0
"""Seconds between two lines in the log about one fault that stays."""
FAULTS = {fault.value for fault in Fault}
SQLITE = {
    sqlite3.SQLITE_BUSY: Fault.LOCKED,
    sqlite3.SQLITE_LOCKED: Fault.LOCKED,
    sqlite3.SQLITE_FULL: Fault.FULL,
    sqlite3.SQLITE_READONLY: Fault.READ_ONLY,
    sqlite3.SQLITE_PERM: Fault.READ_ONLY,
    sqlite3.SQLITE_IOERR: Fault.FAILING,
    sqlite3.SQLITE_CORRUPT: Fault.DAMAGED,
    sqlite3.SQLITE_NOTADB: Fault.DAMAGED,
    sqlite3.SQLITE_CANTOPEN: Fault.GONE,
}
"""SQLite's primary result code → fault."""
POSTGRESQL = {
    "53100": Fault.FULL,
    "25006": Fault.READ_ONLY,
    "58030": Fault.FAILING,
    "XX001": Fault.DAMAGED,
    "XX002": Fault.DAMAGED,
    "08": Fault.GONE,
    "57P": Fault.GONE,
}
"""The beginning of PostgreSQL's SQLSTATE → fault."""


def fault_of(error: DBAPIError | sqlite3.Error) -> Fault | None:
    """Return which fault of database or disk an error tells of; None when it is an act's own mistake, or passing."""
    driver = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(driver, sqlite3.Error):
        return SQLITE.get(getattr(driver, "sqlite_errorcode", 0) & 0xFF)
    state = str(getattr(driver, "sqlstate", None) or "")
    if not state and isinstance(error, DBAPIError) and error.connection_invalidated:
        return Fault.GONE
    return next((fault for begin, fault in POSTGRESQL.items() if state.startswith(begin)), None)


class Health:
    """What reading and writing came to last. Damage stays until the whole database was looked through."""

    def __init__(self, *, silent: bool = False, clock: Callable[[], float] = time.monotonic) -> None:
        self._silent = silent
        self._clock = clock
        self._reading: Fault | None = None
        self._writing: Fault | None = None
        self._damaged = False
        self._warning = ""
        self._said: tuple[str, float] = ("", 0.0)

    @property
    def fault(self) -> Fault | None:
        """What is wrong now."""
        return Fault.DAMAGED if self._damaged else self._writing or self._reading

    @property
    def words(self) -> str:
        """What staff should read now: what is wrong, or what will be unless somebody sees to it; "" when all is well."""
        return self.fault.value if self.fault else self._warning

    def warn(self, words: str) -> None:
        """Take note of what somebody should see to, though everything can be read and written; "" when it is over."""
        self._warning = words

    def read(self, fault: Fault | None) -> None:
        """Take note of what reading came to: a fault, or that it went well."""
        self._damaged = self._damaged or fault is Fault.DAMAGED
        if fault is not self._reading or fault is not None:
            self._reading = fault
            self.say()

    def wrote(self, fault: Fault | None) -> None:
        """Take note of what writing came to: a fault, or that it went well."""
        self._damaged = self._damaged or fault is Fault.DAMAGED
        if fault is not self._writing or fault is not None:
            self._writing = fault
            self.say()

    def whole(self) -> None:
        """Take note that the whole database was looked through, and is not damaged."""
        self._damaged = False
        self._reading = self._writing = None
        self.say()

    def say(self) -> None:
        """Say in the log what is wrong when it begins and every minute while it lasts; and that it is over."""
        words, (said, when) = self.words, self._said
        if words == said and (not words or self._clock() - when < SAY_EVERY):
            return
        self._said = (words, self._clock())
        if self._silent:  # a command says it itself
            return
        if said in FAULTS and not self.fault:
            log.warning("The database can be read and written again.")
        elif not words:
            log.warning("This is over: %s", said)
        if words:
            log.error("%s", words)


def prove(connection: Connection) -> None:
    """Write what changes nothing, so that the disk has to take it."""
    connection.execute(text(f"UPDATE {VERSIONS} SET version_num = version_num"))
