"""Troubles of the databases' drivers, in our own words: none of theirs reaches a person or the log.

PostgreSQL's messages quote the row they are about (DETAIL: keyed hashes, ids, words). What is kept of them is their class,
their SQLSTATE and the name of the constraint.
"""

import logging

from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolEmpty

from survey.storage.busy import DatabaseBusy, Fault
from survey.storage.health import fault_of

log = logging.getLogger("houselights")

UNIQUE, FOREIGN_KEY = "23505", "23503"
READ_ONLY = "25006"
"""The server takes no writes: a standby, or one that is being replaced."""
TAKE_TURNS = "40"
"""The class of deadlocks and serialisation failures."""


def sqlstate(error: DBAPIError) -> str:
    """Return PostgreSQL's five letters for an error, "" on SQLite."""
    return str(getattr(error.orig, "sqlstate", None) or "")


def worth_another_try(error: DBAPIError) -> bool:
    """Return whether the act may come out right when it is carried out again from its beginning.

    Two acts at once met in a lock or in a key: the second now finds what the first has written. Or the connection had
    been cut before anything was committed, or leads to a server that another has taken over from.
    """
    state = sqlstate(error)
    again = state.startswith(TAKE_TURNS) or state in (UNIQUE, FOREIGN_KEY, READ_ONLY)
    return again or error.connection_invalidated


def read_only(error: DBAPIError) -> bool:
    """Return whether the server takes no writes now."""
    return sqlstate(error) == READ_ONLY


def trouble_of(error: DBAPIError | PoolEmpty) -> DatabaseBusy:
    """Return what people are told; what is no passing trouble is logged, without a word of what was being stored."""
    if isinstance(error, PoolEmpty):
        return DatabaseBusy("Too many are reading at once.")
    if read_only(error):
        return DatabaseBusy("The database server takes no writes now. Nothing was stored.", Fault.READ_ONLY)
    fault = fault_of(error)
    passing = fault is not None or isinstance(error, OperationalError | InterfaceError)
    if not passing or isinstance(error, IntegrityError):
        log.error("The database refused an act: %s", " ".join(_named(error)))
    return DatabaseBusy("The database could not do it now. Nothing was stored.", fault)


def _named(error: DBAPIError) -> list[str]:
    constraint = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
    return [part for part in (type(error.orig).__name__, sqlstate(error), constraint) if part]
