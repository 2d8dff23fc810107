"""A response: sending again replaces, one seat is one respondent, deletion is real."""

from survey.model import Performance
from survey.storage.database import Database


def test_fixtures(database: Database, performance: Performance) -> None:
    assert performance.open_wave == "before"
