"""Where the real Chromium is: Debian's if it is there, else the one Playwright installed."""

import shutil
from typing import Any


def whole_chromium(browser_type: Any) -> str:
    """Return the path of the browser as people have it: with settings of its own, and pages kept for Back."""
    return shutil.which("chromium") or str(browser_type.executable_path)


def quick_chromium(browser_type: Any) -> str:
    """Return the path of the same browser without its windows, where there is one: a quarter less work."""
    return shutil.which("chromium-headless-shell") or whole_chromium(browser_type)
