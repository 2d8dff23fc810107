"""Tests of the suite itself: an unsteady test is tried once more and named, a failing one fails, and few are borne."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import ROOT

pytestmark = pytest.mark.server

CONFTEST = """
import pytest
from tests.unsteady import *
from tests.unsteady import try_again

def pytest_collection_modifyitems(items):
    for item in items:
        try_again(item)
"""
TESTS = """
from pathlib import Path
import pytest

@pytest.mark.server
@pytest.mark.parametrize("number", range({unsteady}))
def test_unsteady(number):
    tried = Path(f"tried-{{number}}")
    there = tried.exists()
    tried.touch()
    assert there, "the first time"

@pytest.mark.browser
def test_broken():
    assert {fine}, "always"

def test_pure():
    tried = Path("tried-pure")
    there = tried.exists() or {fine}
    tried.touch()
    assert there, "not tried again"
"""


@pytest.mark.parametrize(
    ("workers", "unsteady", "fine", "ends"), [(0, 3, True, 0), (2, 4, True, 1), (0, 1, False, 1)]
)
def test_what_passes_only_the_second_time_is_named_and_more_than_three_fail_the_run(
    tmp_path: Path, workers: int, unsteady: int, fine: bool, ends: int
) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "test_some.py").write_text(TESTS.format(unsteady=unsteady, fine=fine))
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n  server: x\n  browser: x\n")
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--numprocesses", str(workers)],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    named = [line for line in ran.stdout.splitlines() if line.startswith("unsteady: ")]
    assert (ran.returncode, len(named)) == (ends, unsteady), ran.stdout
    assert all("the first time" in line for line in named)
    assert ("more than the 3 that are borne" in ran.stdout) == (unsteady > 3)
    assert ("2 failed" in ran.stdout) == (not fine)
