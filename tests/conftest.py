"""Fixtures for everybody. A missing tool fails with the sentence how to get it; nothing is skipped."""

import functools
import gc
import importlib
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from survey.demonstration import add_demonstration
from survey.model import Performance
from survey.storage.database import Database, open_database
from survey.storage.migrations import migrate
from tests import unsteady
from tests.chromium import ChromiumMissing, quick_chromium
from tests.databases import PostgreSQL, add_nest_performance, private_postgresql, publish_nest
from tests.running import Server

GROUPS = {
    "sqlite": "SQLite",
    "postgres": "PostgreSQL",
    "page": "page",
    "browser": "browser",
    "server": "server",
    "pure": "none",
}
"""The marks of real parts, and what they are called at the end of a run."""


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgreSQL]:
    """A private PostgreSQL server, started for this run and stopped after it."""
    with private_postgresql() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file that tests copy."""
    file = tmp_path_factory.mktemp("template") / "houselights.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The URL of a fresh SQLite file, up to date."""
    shutil.copy(sqlite_template, tmp_path / "houselights.db")
    return f"sqlite:///{tmp_path / 'houselights.db'}"


@pytest.fixture(scope="session")
def demonstration_template(sqlite_template: Path) -> Path:
    """A migrated SQLite file with the demonstration in it, that tests copy."""
    file = sqlite_template.with_name("demonstration.db")
    shutil.copy(sqlite_template, file)
    opened = open_database(f"sqlite:///{file}")
    opened.write(add_demonstration, timeout=60)
    opened.close()
    return file


@pytest.fixture
def demonstration_url(demonstration_template: Path, tmp_path: Path) -> str:
    """The URL of a fresh SQLite file that holds the demonstration."""
    shutil.copy(demonstration_template, tmp_path / "houselights.db")
    return f"sqlite:///{tmp_path / 'houselights.db'}"


@pytest.fixture
def postgresql_url(postgresql_server: PostgreSQL) -> Iterator[str]:
    """The URL of a fresh PostgreSQL database, up to date."""
    with postgresql_server.migrated() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a fresh database: the test runs once on SQLite and once on PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh database: the test runs once on SQLite and once on PostgreSQL."""
    opened = open_database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_database(sqlite_url: str) -> Iterator[Database]:
    """A fresh SQLite database."""
    opened = open_database(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture
def nest_version(database: Database) -> str:
    """The id of The Nest's published version in ``database``."""
    return publish_nest(database)


@pytest.fixture
def performance(database: Database, nest_version: str) -> Performance:
    """One running performance of The Nest with complete details; its *before* wave is open."""
    return add_nest_performance(database, version_id=nest_version)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The real Chromium, one for all tests of a run."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        try:
            path = quick_chromium(playwright.chromium)
        except ChromiumMissing as missing:
            pytest.fail(str(missing), pytrace=False)
        browser = playwright.chromium.launch(
            executable_path=path,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Start the real server as a process, with a database of its own: ``server = serve()``."""
    started: list[Server] = []

    def start(**environment: str) -> Server:
        server = Server(tmp_path / f"server-{len(started)}", **environment)
        started.append(server)
        server.start()
        return server

    yield start
    for server in started:
        server.stop()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let ``pytest --pictures FOLDER`` keep the pictures of the evening."""
    parser.addoption(
        "--every-view",
        action="store_true",
        help="look at every language in every width and colour (minutes more)",
    )
    parser.addoption(
        "--histories",
        type=int,
        default=0,
        help="walk so many other histories of an evening, not the usual few",
    )
    parser.addoption("--pictures", default=None, help="keep the evening's pictures in this folder")


def pytest_configure(config: pytest.Config) -> None:
    """Name unsteady tests at the end."""
    config.pluginmanager.register(unsteady)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test by the real parts it uses; one that uses none is pure."""
    for item in items:
        for part in real_parts(item):
            item.add_marker(part)
        if not {mark.name for mark in item.iter_markers()} & set(GROUPS):
            item.add_marker("pure")
        unsteady.try_again(item)


def real_parts(item: pytest.Item) -> Iterator[str]:
    """Yield the marks of the real parts that a test's fixtures and helpers use."""
    fixtures = set(getattr(item, "fixturenames", ()))
    chosen = getattr(item, "callspec", None)
    if "postgresql_server" in fixtures:
        yield "postgres"
    if fixtures & {"sqlite_url", "demonstration_url"} or (
        chosen and chosen.params.get("database_url") == "sqlite"
    ):
        yield "sqlite"
    if "chromium" in fixtures:
        yield "browser"
    if fixtures & {"serve", "house"}:
        yield "server"
    if opens_pages(getattr(item, "module", None)):
        yield "page"


@functools.cache
def opens_pages(module: ModuleType | None) -> bool:
    """Whether a test module runs Streamlit's pages: itself, or by a helper it imports."""
    used = {getattr(each, "__module__", None) for each in vars(module).values()} if module else set()
    return any("AppTest" in vars(sys.modules[name]) for name in used if name in sys.modules)


def pytest_collection_finish() -> None:
    """Load what pages need once and freeze it, as the server does: each run of a page ends in a full collection."""
    for heavy in ("altair", "pandas", "streamlit.testing.v1"):
        importlib.import_module(heavy)
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def components_found_once() -> Iterator[None]:
    """Let Streamlit look through every installed package for components once, not for every page a test opens."""
    scanner = importlib.import_module("streamlit.components.v2.manifest_scanner")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scanner, "scan_component_manifests", functools.cache(scanner.scan_component_manifests))
        yield


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how many tests ran on each real part."""
    ran = Counter(
        group
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, [])
        for group in GROUPS
        if group in report.keywords
    )
    terminalreporter.write_sep("-", "ran on real parts")
    terminalreporter.write_line(", ".join(f"{name} {ran[group]}" for group, name in GROUPS.items()))
