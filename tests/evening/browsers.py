"""Real browsers of one evening: phones, one without scripts, one that refuses cookies, a desk and a stage."""

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.chromium import quick_chromium, whole_chromium

VENUE = "venue.test"
"""A plain-http name that is not loopback; the browsers are told that it is this machine."""
PHONE = {"width": 360, "height": 740}
PROJECTOR = {"width": 1920, "height": 1080}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    f"--host-resolver-rules=MAP {VENUE} 127.0.0.1",
]


class Browsers:
    """Opens pages at the venue's address and keeps a picture of everything it is asked to photograph."""

    def __init__(self, chromium: Any, folder: Path) -> None:
        self._type = chromium.browser_type
        self._folder = folder
        self._open: list[Any] = []
        self.requested: list[str] = []
        self.scriptless: Any = None
        self.cookieless: Any = None
        self._browser = self._kept(self._type.launch(executable_path=quick_chromium(self._type), args=FLAGS))

    def phone(self, *, scripts: bool = True) -> Any:
        """Return a page on a phone of its own."""
        return self._page(
            self._browser.new_context(
                viewport=PHONE,
                device_scale_factor=2,
                is_mobile=True,
                has_touch=True,
                java_script_enabled=scripts,
            )
        )

    def phone_without_cookies(self) -> Any:
        """Return a page on a phone whose browser refuses every cookie, as a person can choose in its settings."""
        profile = Path(tempfile.mkdtemp(prefix="houselights-profile-"))
        (profile / "Default").mkdir()
        (profile / "Default" / "Preferences").write_text(
            json.dumps({"profile": {"default_content_setting_values": {"cookies": 2}}})
        )
        context = self._type.launch_persistent_context(
            str(profile),
            executable_path=whole_chromium(self._type),
            args=FLAGS,
            viewport=PHONE,
            device_scale_factor=2,
        )
        return self._page(self._kept(context))

    def screen(self) -> Any:
        """Return a page at projector size, in a browser of its own."""
        return self._page(self._browser.new_context(viewport=PROJECTOR))

    def photograph(self, page: Any, name: str, *, whole: bool = False) -> Path:
        """Keep a picture of a page."""
        path = self._folder / f"{name}.png"
        page.screenshot(path=str(path), full_page=whole)
        return path

    def close(self) -> None:
        """Close every browser."""
        for opened in reversed(self._open):
            opened.close()

    def _kept(self, opened: Any) -> Any:
        self._open.append(opened)
        return opened

    def _page(self, context: Any) -> Any:
        page = context.new_page()
        page.on("request", lambda request: self.requested.append(request.url))
        return page


@contextmanager
def browsers(chromium: Any, folder: Path) -> Iterator[Browsers]:
    """Open the evening's browsers and close them afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    opened = Browsers(chromium, folder)
    try:
        yield opened
    finally:
        opened.close()


def eventually(condition: Callable[[], bool], page: Any, *, seconds: float = 60) -> None:
    """Wait until something is true; fail with what the page says when it does not come."""
    for _ in range(int(seconds * 10)):
        if condition():
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"it did not come; the page says: {page.inner_text('body')[:600]}")
