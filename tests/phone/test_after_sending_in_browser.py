"""After sending, in the real Chromium: states beside those in states.py, and what only a browser can tell."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from survey.model import Performance, Wave
from survey.storage.database import Database
from tests.databases import add_nest_performance
from tests.phone.conftest import Site
from tests.phone.offering import join, offer, people, reveal
from tests.phone.test_accessible import LOOKS, RUN, TAGS, WIDTHS
from tests.phone.visitor import BRIGHTEST, SIDEWAYS, SMALL_TARGETS, Visitor, visiting


@pytest.fixture
def after(sqlite_database: Database) -> Performance:
    """A performance after the show: everything is offered, two results are revealed, the pledge has been joined."""
    performance = add_nest_performance(sqlite_database, wave=Wave.AFTER, capacity=None, attendance=200)
    offer(sqlite_database, performance)
    seats = people(sqlite_database, performance, "home_system", "depends", 21)
    people(sqlite_database, performance, "home_system", "acceptable", 14)
    people(sqlite_database, performance, "research_nhs", "very_likely", 30)
    reveal(sqlite_database, performance, "home_system")
    reveal(sqlite_database, performance, "research_nhs")
    join(sqlite_database, performance, seats)
    return performance


def go(visitor: Visitor, way: str) -> None:
    visitor.open(f"/p/{visitor.performance.code}/{way}")


def thanked(visitor: Visitor) -> None:
    visitor.open()
    visitor.page.check("input[name=home_system][value=depends]")
    visitor.send()


def pledged(visitor: Visitor) -> None:
    thanked(visitor)
    visitor.follow("text=I pledge this")


def unfolded(visitor: Visitor) -> None:
    go(visitor, "information")
    for summary in visitor.page.locator("section > details > summary").all():
        summary.click()
    for summary in visitor.page.locator("details details > summary").all():
        summary.click()


def nothing_revealed(visitor: Visitor) -> None:
    visitor.performance = add_nest_performance(visitor.site.database, wave=Wave.AFTER)
    go(visitor, "results")


def mistyped(visitor: Visitor) -> None:
    go(visitor, "stay-in-touch")
    visitor.page.fill("#address", "ann@")
    visitor.follow("text=Put me on the list")


def listed(visitor: Visitor) -> None:
    go(visitor, "stay-in-touch")
    visitor.page.fill("#address", "ann@example.org")
    visitor.follow("text=Put me on the list")


def taken_off(visitor: Visitor) -> None:
    go(visitor, "stay-in-touch")
    visitor.page.fill("#address", "ann@example.org")
    visitor.follow("text=Take me off the list")


STATES: dict[str, Callable[[Visitor], None]] = {
    "thanks with everything": thanked,
    "pledged": pledged,
    "what the room said": lambda visitor: go(visitor, "results"),
    "nothing revealed": nothing_revealed,
    "information": lambda visitor: go(visitor, "information"),
    "information unfolded": unfolded,
    "resources": lambda visitor: go(visitor, "resources"),
    "stay in touch": lambda visitor: go(visitor, "stay-in-touch"),
    "a mistyped address": mistyped,
    "on the list": listed,
    "off the list": taken_off,
}


@pytest.mark.parametrize("state", ["pledged", "nothing revealed", "information unfolded", "off the list"])
def test_everyone_can_use_it(chromium: Any, site: Site, after: Performance, state: str) -> None:
    with visiting(chromium, site, after, bypass_csp=True) as visitor:
        STATES[state](visitor)
        page = visitor.page
        page.add_style_tag(content=BRIGHTEST)
        page.evaluate(Axe().axe_script)
        found: list[str] = []
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 740})
            found += [f"{width}: smaller than 44 px: {target}" for target in page.evaluate(SMALL_TARGETS)]
            if page.evaluate(SIDEWAYS) > 0:
                found.append(f"{width}: scrolls sideways")
            for look in LOOKS:
                page.emulate_media(**look)
                found += [f"{width} {look}: {problem}" for problem in page.evaluate(RUN, TAGS)]
        assert found == []


@pytest.mark.parametrize("state", ["thanks with everything", "what the room said", "information unfolded"])
def test_text_twice_as_large_needs_no_sideways_scroll(
    chromium: Any, site: Site, after: Performance, state: str
) -> None:
    with visiting(chromium, site, after, bypass_csp=True, viewport={"width": 320, "height": 740}) as visitor:
        STATES[state](visitor)
        visitor.page.add_style_tag(content="html { font-size: 250% !important }")
        assert visitor.page.evaluate(SIDEWAYS) == 0


def test_no_page_asks_another_host_and_none_breaks_its_own_policy(
    chromium: Any, site: Site, after: Performance
) -> None:
    with visiting(chromium, site, after) as visitor:
        asked: list[str] = []
        complaints: list[str] = []
        visitor.page.on("request", lambda request: asked.append(request.url))
        visitor.page.on("console", lambda message: complaints.append(message.text))
        for walk in STATES.values():
            visitor.page.context.clear_cookies()  # another person: a phone that has sent is not shown the form at once
            walk(visitor)
        assert {urlsplit(url).netloc for url in asked if url.startswith("http")} == {
            urlsplit(site.url).netloc
        }
        assert [complaint for complaint in complaints if "Content Security Policy" in complaint] == []


def test_the_address_page_is_never_told_where_its_visitor_came_from(
    chromium: Any, site: Site, after: Performance
) -> None:
    with visiting(chromium, site, after) as visitor:
        asked: list[Any] = []
        thanked(visitor)
        page = visitor.page
        page.goto(f"{page.url}?k=a-seal-of-this-phone") if "?" not in page.url else None
        page.on("request", lambda request: asked.append(request))
        with page.expect_navigation(url="**/stay-in-touch*"):
            page.click("text=Leave an e-mail address")
        page.fill("#address", "ann@example.org")
        with page.expect_navigation():
            page.click("text=Put me on the list")
        told = [request.all_headers().get("referer", "") for request in asked]
        assert len(told) >= 2
        assert [where for where in told if "thanks" in where or "k=" in where] == []
        assert page.locator("h1").inner_text() == "You are on the list"


def test_bars_have_the_length_of_their_numbers_from_the_side_reading_begins(
    chromium: Any, site: Site, after: Performance
) -> None:
    with visiting(chromium, site, after, viewport={"width": 360, "height": 740}) as visitor:
        go(visitor, "results")
        lengths = visitor.page.evaluate(
            """() => [...document.querySelectorAll('th svg')].map(svg => {
                const bar = svg.firstElementChild.getBoundingClientRect(), whole = svg.getBoundingClientRect();
                return [Math.round(100 * bar.width / whole.width), Math.round(bar.left - whole.left),
                        svg.closest('tr').lastElementChild.textContent];
            })"""
        )
        numbers = [(length, left, int(shown)) for length, left, shown in lengths if shown.isdecimal()]
        assert len(numbers) >= 3
        assert all(abs(length - shown) <= 1 and left == 0 for length, left, shown in numbers)
