"""How soon a phone on a slow line can read and tap the form: Chromium with a slowed network and processor, cold cache."""

import statistics
from dataclasses import dataclass
from typing import Any

from bench.browser import chromium, until
from bench.house import House
from bench.table import row

LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
"""1.6 Mbit/s down, 750 kbit/s up, 150 ms for each request and its answer."""
SLOWER = 4
TIMES = 5
WATCH = """
window.tappable = 0
const watch = () => {
    const first = document.querySelector("form input[type=radio]")
    const place = first && first.closest("label").getBoundingClientRect()
    if (place && place.height) {
        const there = document.elementFromPoint(place.x + place.width / 2, Math.min(place.y + place.height / 2, innerHeight - 1))
        if (place.y > innerHeight || first.closest("label").contains(there)) window.tappable = performance.now()
    }
    if (!window.tappable) requestAnimationFrame(watch)
}
requestAnimationFrame(watch)
"""
"""The first answer is laid out and lies on top where a finger would touch it (or below what is seen without scrolling)."""
READ = """() => ({
    loaded: performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd,
    painted: performance.getEntriesByName("first-contentful-paint")[0]?.startTime || 0,
    tappable: window.tappable
})"""


@dataclass(frozen=True)
class Opened:
    """One opening of the form, in milliseconds from the start of the navigation."""

    loaded: float
    painted: float
    tappable: float

    @property
    def ready(self) -> float:
        """When the form can be read and tapped."""
        return max(self.painted, self.tappable)


def opened(browser: Any, url: str) -> Opened:
    """Open a form once on a phone that has never seen this server, and tap its first answer."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
    page = context.new_page()
    page.add_init_script(WATCH)
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.clearBrowserCache")
    line.send("Network.emulateNetworkConditions", LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(url)
    until(page, "() => window.tappable && performance.getEntriesByName('first-contentful-paint').length")
    found = Opened(**page.evaluate(READ))
    page.locator("form label:has(input[type=radio])").first.tap()
    assert page.locator("form input[type=radio]").first.is_checked(), "the first answer could not be tapped"
    context.close()
    return found


def measure(house: House, languages: list[str], code: str) -> None:
    """Print a row for each language."""
    row("form on a slow line (median of 5), ms", "loaded", "painted", "tappable", "slowest")
    with chromium() as browser:
        for language in languages:
            url = f"{house.address}/p/{code}?lang={language}"
            opened(browser, url)  # the server renders each language's form once
            runs = [opened(browser, url) for _ in range(TIMES)]
            medians = [
                statistics.median(getattr(run, what) for run in runs)
                for what in ("loaded", "painted", "ready")
            ]
            row(
                f"   {language}",
                *(f"{value:.0f}" for value in medians),
                f"{max(run.ready for run in runs):.0f}",
            )
