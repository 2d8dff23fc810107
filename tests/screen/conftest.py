"""Evidence pages as an organiser opens them, on a real database with two invented audiences."""

from collections.abc import Callable, Iterator

import pytest
from streamlit.testing.v1 import AppTest

from survey.model import Role
from survey.settings import ROOT
from survey.storage import current
from survey.storage.database import Database
from tests.screen.audiences import Audiences, two_audiences

OpenEvidence = Callable[..., AppTest]


@pytest.fixture
def used_database(sqlite_database: Database) -> Iterator[Database]:
    """The database that pages use; nothing is in it yet."""
    current.use(sqlite_database)
    yield sqlite_database
    current.use(None)


@pytest.fixture
def audiences(used_database: Database) -> Audiences:
    """Two invented audiences and a small one in the database that pages use."""
    return two_audiences(used_database)


@pytest.fixture
def evidence_page(used_database: Database) -> OpenEvidence:
    """Open an evidence page with choices in its address: ``evidence_page("results", performance=code)``."""

    def opened(page: str, *, role: Role = Role.ORGANISER, **choices: str) -> AppTest:
        at = AppTest.from_file(ROOT / "pages" / f"{page}.py", default_timeout=60)
        at.user = {"role": role.value, "account": "organiser"}
        for name, value in choices.items():
            at.query_params[name] = value
        return rerun(at)

    return opened


def rerun(at: AppTest) -> AppTest:
    """Run a page and let nothing go wrong silently."""
    at.run()
    assert [str(wrong.value) for wrong in at.exception] == []
    return at
