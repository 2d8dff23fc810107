"""An evening in the past to import into."""

from collections.abc import Callable

import pytest

from survey.exchange import Given, Occasion
from survey.model import Performance
from survey.storage.database import Database
from survey.storage.performances import PerformanceUnknown, find_performance
from survey.storage.questionnaires import find_version
from tests.databases import add_nest_performance


@pytest.fixture
def past(sqlite_database: Database) -> Performance:
    """A performance of The Nest."""
    return add_nest_performance(sqlite_database, wave=None)


@pytest.fixture
def given(sqlite_database: Database, past: Performance) -> Callable[..., Given]:
    """Return what the command says for rows that do not; by default the performance only."""

    def find(code: str) -> Occasion | None:
        with sqlite_database.reading() as connection:
            try:
                found = find_performance(connection, code)
            except PerformanceUnknown:
                return None
            return Occasion(found, find_version(connection, found.version_id))

    def make(**said: str) -> Given:
        return Given(**({"find": find, "performance": past.code} | said))  # type: ignore[arg-type]

    return make
