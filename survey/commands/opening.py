"""How a command opens the database: as a visitor beside the server, made first where there is none."""

from collections.abc import Iterator
from contextlib import contextmanager

from survey.settings import settings
from survey.storage.database import Database, open_database
from survey.storage.migrations import migrate
from survey.storage.places import place_of


@contextmanager
def visiting() -> Iterator[Database]:
    """Give the database for one command; a file that is not there yet is made. Raises DatabaseWrong."""
    url = settings().database_url
    file = place_of(url).file
    if file is not None and not file.exists():
        if url == default_url():
            file.parent.mkdir(parents=True, exist_ok=True)
        migrate(url)
    database = open_database(url, visiting=True)
    try:
        yield database
    finally:
        database.close()


def default_url() -> str:
    """Return the address of the database in our own folder, which may be made without asking."""
    return f"sqlite:///{settings().folder / 'houselights.db'}"
