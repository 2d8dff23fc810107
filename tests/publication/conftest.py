"""What publication's tests stand on."""

import pytest

from survey.storage.database import Database
from tests.publication.evening import Evening, an_evening


@pytest.fixture
def evening(sqlite_database: Database) -> Evening:
    """One performance and its audience on a real SQLite file."""
    return an_evening(sqlite_database)
