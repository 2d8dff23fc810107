"""The real Chromium: found, and brought by ``python -m tests.chromium`` (so by ``make test``) where there is none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

MISSING = (
    "The tests need Chromium, and it could not be brought here. Install it, then run this again: "
    "apt-get install chromium (Debian), or: python -m playwright install --with-deps chromium"
)
PATIENCE = 600
"""Seconds until one step of bringing it is given up."""


class ChromiumMissing(Exception):
    """There is no Chromium and none could be brought. Carries the sentence what to do."""


def whole_chromium(browser_type: Any) -> str:
    """Return the path of the browser as people have it: with settings of its own, and pages kept for Back.

    Raises ChromiumMissing.
    """
    for path in (shutil.which("chromium"), str(browser_type.executable_path)):
        if path and Path(path).exists():
            return path
    raise ChromiumMissing(MISSING)


def quick_chromium(browser_type: Any) -> str:
    """Return the path of the same browser without its windows, where there is one: a quarter less work.

    Raises ChromiumMissing.
    """
    installed = Path(browser_type.executable_path).parents[1]  # …/chromium-1234/chrome-linux/chrome
    shells = installed.parent.glob(f"{installed.name.replace('-', '_headless_shell-')}/*/*headless*shell")
    shell = shutil.which("chromium-headless-shell") or next(map(str, shells), None)
    return shell or whole_chromium(browser_type)


def bring(*, root: bool) -> str:
    """Return a Chromium that starts: the one on the PATH, Playwright's own, Debian's by apt, Playwright's by download.

    The later ones are installed where the earlier ones are not; apt only as ``root``. Raises ChromiumMissing.
    """
    if path := _starts():
        return path
    if root and shutil.which("apt-get"):
        _say("No Chromium here: installing Debian's with apt-get.")
        if _done("apt-get", "update", "-qq") and _done("apt-get", "install", "-y", "-qq", "chromium"):
            _done("apt-get", "install", "-y", "-qq", "chromium-headless-shell")  # quicker, where there is one
        if path := _starts():
            return path
    _say("No Chromium here: downloading Playwright's.")
    _done(sys.executable, "-m", "playwright", "install", "chromium")
    if path := _starts():
        return path
    raise ChromiumMissing(MISSING)


def _starts() -> str | None:
    """Return the path of a Chromium that can say its version, if there is one."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = str(playwright.chromium.executable_path)
    for path in (shutil.which("chromium"), own):
        if path and Path(path).exists() and _done(path, "--version", quiet=True):
            return path
    return None


def _done(*command: str, quiet: bool = False) -> bool:
    """Run a command; say whether it went well. What it prints in trouble is for whoever is waiting."""
    try:
        ran = subprocess.run(
            command,
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if quiet else sys.stderr,
            stderr=subprocess.DEVNULL if quiet else None,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        _say(str(error))
        return False
    return ran.returncode == 0


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201 - make prints


if __name__ == "__main__":
    try:
        _say(f"Chromium: {bring(root=os.geteuid() == 0)}")
    except ChromiumMissing as missing:
        sys.exit(str(missing))
