"""Phones in tests: the real routes over a real SQLite file, asked by a plain client or by a real browser."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from survey.model import Performance, Wave
from survey.phone.greeting import Greeting
from survey.phone.limits import Limits
from survey.phone.refusals import EXCEPTIONS
from survey.phone.routes import phone_routes
from survey.settings import settings
from survey.storage.database import Database
from tests.databases import add_nest_performance

AFTER_ANSWERS = {
    "home_system": "depends",
    "research_nhs": "very_likely",
    "research_university": "fairly_likely",
    "research_company": "not_sure",
    "closer_to": "sara",
    "share_with": ["gp", "emergency"],
    "ask_first": "always",
    "matters_most": ["told", "say_no", "proof"],
    "trust_nhs": "8",
    "trust_internet": "0",
    "targeted_ads": "neither",
    "heard_of_optout": "no",
    "differently": "That my sleep is data too.",
    "differently_quote": "yes",
}
BEFORE_ANSWERS = {"home_system": "acceptable", "research_nhs": "not_sure"}


@pytest.fixture(autouse=True)
def plain_http(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A venue's plain-http address, whatever this machine's environment says."""
    monkeypatch.setenv("HOUSELIGHTS_PUBLIC_URL", "http://testserver")
    monkeypatch.setenv("HOUSELIGHTS_SECRET", "a secret only for these tests")
    settings.cache_clear()
    yield
    settings.cache_clear()


def phone_app(database: Database) -> Starlette:
    """Return the phones' routes as an app of their own, with the house's pages for trouble."""
    return Starlette(
        routes=phone_routes(lambda: database),
        exception_handlers={kind: page for kind, page in EXCEPTIONS.items() if kind != 500},
        middleware=[
            Middleware(Greeting, database=lambda: database, audience=lambda path: True, seconds=0),
            Middleware(Limits, ours=lambda path: True),
        ],
    )


@pytest.fixture
def client(sqlite_database: Database) -> Iterator[TestClient]:
    """A phone that keeps cookies and follows no redirect by itself."""
    with TestClient(phone_app(sqlite_database), follow_redirects=False) as client:
        yield client


@pytest.fixture
def before(sqlite_database: Database) -> Performance:
    """A performance whose *before* questions are open."""
    return add_nest_performance(sqlite_database, wave=Wave.BEFORE)


@pytest.fixture
def after(sqlite_database: Database) -> Performance:
    """A performance whose *after* questions are open."""
    return add_nest_performance(sqlite_database, wave=Wave.AFTER)


@dataclass(frozen=True)
class Site:
    """The phones' pages on a real port, for a real browser."""

    url: str
    database: Database


@contextmanager
def served(app: Starlette, database: Database) -> Iterator[Site]:
    """Serve an app by uvicorn in a thread."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, access_log=False, log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield Site(f"http://127.0.0.1:{port}", database)
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture
def site(sqlite_database: Database) -> Iterator[Site]:
    """The phones' pages on a real port."""
    with served(phone_app(sqlite_database), sqlite_database) as site:
        yield site
