"""The real Chromium: Debian's if it is there, else the one Playwright installed."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def chromium() -> Iterator[Any]:
    """Open a browser and close it afterwards; say which one it is."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = shutil.which("chromium") or playwright.chromium.executable_path
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        print(f"Chromium {browser.version}")
        yield browser
        browser.close()


def until(page: Any, found: str, arg: object = None, *, seconds: float = 20) -> Any:
    """Return what a function of the page comes to, as soon as that is true; raises TimeoutError after so many seconds.

    It is looked at in every frame, by a script the page's policy lets in: Playwright's ``wait_for_function`` needs eval.
    """
    answer = page.evaluate(
        f"""async ([arg, seconds]) => {{
            const found = {found}
            const end = performance.now() + seconds * 1000
            for (;;) {{
                const answer = found(arg)
                if (answer || performance.now() > end) return answer
                await new Promise(requestAnimationFrame)
            }}
        }}""",
        [arg, seconds],
    )
    if not answer:
        raise TimeoutError(f"not so within {seconds:.0f} seconds: {found}")
    return answer
