"""``make test`` on a bare machine: which Chromium it takes, what it installs, and what it says when it cannot."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.chromium import MISSING
from tests.running import ROOT, free_port

pytestmark = pytest.mark.server

BRING = "import sys; from tests.chromium import bring; print(bring(root=sys.argv[1] == 'root'))"


class Machine:
    """A machine with nothing on its PATH and no browser of Playwright's; downloads lead nowhere."""

    def __init__(self, folder: Path) -> None:
        self.commands = folder / "bin"
        self.browsers = folder / "browsers"
        self.commands.mkdir()
        self.said = ""

    def have(self, name: str, script: str) -> Path:
        """Put a command on the PATH."""
        return self._script(self.commands / name, script)

    def have_playwrights(self) -> Path:
        """Put a browser where Playwright keeps its own."""
        own = Path(
            self._asked(
                "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
            )
        )
        own.parent.mkdir(parents=True)
        return self._script(own, "echo Chromium 1")

    def bring(self, who: str = "root") -> str:
        """Return the path of the Chromium that is brought, "" for none."""
        return self._asked(BRING, who)

    def _script(self, path: Path, script: str) -> Path:
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return path

    def _asked(self, *words: str) -> str:
        ran = subprocess.run(
            [sys.executable, "-c", *words],
            cwd=ROOT,
            env={
                **{name: value for name, value in os.environ.items() if "PLAYWRIGHT" not in name},
                "PATH": str(self.commands),
                "PLAYWRIGHT_BROWSERS_PATH": str(self.browsers),
                "PLAYWRIGHT_DOWNLOAD_HOST": f"http://127.0.0.1:{free_port()}",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        self.said = ran.stderr
        return ran.stdout.strip()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A bare machine."""
    return Machine(tmp_path)


APT = 'echo "apt-get $*" >&2; [ "$1 $4" != "install chromium" ] || /bin/cp "$0" "${0%apt-get}chromium"'
"""An apt-get that says what it is told and brings a chromium."""


def test_a_chromium_on_the_path_is_taken_before_playwrights_and_nothing_is_installed(
    machine: Machine,
) -> None:
    machine.have("apt-get", APT)
    machine.have_playwrights()
    there = machine.have("chromium", "echo Chromium 1")
    assert machine.bring() == str(there)
    assert "apt-get" not in machine.said


def test_playwrights_own_is_taken_where_the_path_has_none_that_starts(machine: Machine) -> None:
    machine.have("apt-get", APT)
    machine.have("chromium", "echo 'install the snap first' >&2; exit 1")
    own = machine.have_playwrights()
    assert machine.bring() == str(own)
    assert "apt-get" not in machine.said


def test_root_with_apt_gets_debians_and_its_quicker_sibling(machine: Machine) -> None:
    machine.have("apt-get", APT)
    assert machine.bring() == str(machine.commands / "chromium")
    assert [line for line in machine.said.splitlines() if line.startswith("apt-get")] == [
        "apt-get update -qq",
        "apt-get install -y -qq chromium",
        "apt-get install -y -qq chromium-headless-shell",
    ]


@pytest.mark.parametrize(("who", "apt"), [("somebody", APT), ("root", "exit 100")])
def test_where_nothing_can_be_brought_one_sentence_says_what_to_do(
    machine: Machine, who: str, apt: str
) -> None:
    machine.have("apt-get", apt)
    assert machine.bring(who) == ""
    assert "downloading Playwright's" in machine.said
    assert machine.said.strip().endswith(f"ChromiumMissing: {MISSING}")
    assert "apt-get update" not in machine.said
