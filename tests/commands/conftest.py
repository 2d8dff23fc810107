"""Commands on a database of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.settings import settings
from tests.commands.lines import Commands


@pytest.fixture
def commands(settled: None, sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Commands:
    """The command line, on a fresh database: ``sqlite_url``."""
    return Commands(tmp_path, capsys)


@pytest.fixture
def with_demonstration(
    settled: None, demonstration_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Commands:
    """The command line, on a database that holds the demonstration."""
    return Commands(tmp_path, capsys)


@pytest.fixture
def settled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Settings of our own, whatever this machine's environment says."""
    monkeypatch.setenv("HOUSELIGHTS_DATABASE_URL", f"sqlite:///{tmp_path / 'houselights.db'}")
    monkeypatch.setenv("HOUSELIGHTS_PUBLIC_URL", "http://theatre.test")
    monkeypatch.setenv("HOUSELIGHTS_SECRET", "a secret only for these tests")
    settings.cache_clear()
    yield
    settings.cache_clear()
