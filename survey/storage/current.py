"""The one open database of this process: opened at start, used everywhere, closed at stop."""

from survey.storage.database import Database

_open: list[Database] = []


class NoDatabase(Exception):
    """Nothing has opened the database yet."""


def use(database: Database | None) -> None:
    """Make this the process's database; None when it is closed."""
    _open[:] = [] if database is None else [database]


def database() -> Database:
    """Return the process's database. Raises NoDatabase before the start and after the stop."""
    if not _open:
        raise NoDatabase("The database is not open.")
    return _open[0]
