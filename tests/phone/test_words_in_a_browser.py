"""In the real Chromium: Back shows no code of the person before, and two phones' answers are joined by two words."""

from collections.abc import Iterator
from typing import Any

import pytest

from survey.model import Performance, Wave
from survey.storage.counts import pairs
from survey.storage.performances import open_wave
from survey.words import read_pair
from tests.chromium import whole_chromium
from tests.databases import add_nest_performance
from tests.phone.conftest import Site
from tests.phone.pages import RECEIPT
from tests.phone.visitor import SIDEWAYS, SMALL_TARGETS


@pytest.fixture
def keeping_pages(chromium: Any) -> Iterator[Any]:
    """A Chromium that keeps pages for Back, as everybody's does; the one for other tests does not."""
    browser = chromium.browser_type.launch(
        executable_path=whole_chromium(chromium.browser_type),
        args=["--no-sandbox", "--disable-gpu"],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield browser
    browser.close()


def answer(page: Any, value: str = "depends") -> None:
    page.check(f"input[name=home_system][value={value}]")
    with page.expect_navigation():
        page.click("#send")


def press(page: Any, words: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=words).click()


def travel(page: Any, steps: int) -> None:
    """Go through the history as the Back and Forward buttons do; Playwright's own waits for loads that need not come."""
    page.evaluate("steps => { setTimeout(() => history.go(steps)) }", steps)
    page.wait_for_timeout(700)
    page.wait_for_function("document.readyState === 'complete'")


def codes_in(page: Any) -> list[str]:
    """Every receipt code anywhere in a page, folded away or not."""
    return RECEIPT.findall(page.content().replace("</span><span>", ""))


def test_back_after_someone_else_never_shows_the_first_persons_code(
    keeping_pages: Any, site: Site, after: Performance
) -> None:
    page = keeping_pages.new_context().new_page()
    page.goto(f"{site.url}/p/{after.code}")
    answer(page)
    first = set(codes_in(page))
    assert len(first) == 1
    press(page, "Someone else wants to answer on this phone")
    for step in (-1, 1, -2, 2, -1):
        travel(page, step)
        assert first.isdisjoint(codes_in(page))
        assert page.locator("input:checked").count() == 0
    page.reload()
    assert first.isdisjoint(codes_in(page))
    page.goto(f"{site.url}/p/{after.code}")
    answer(page, "acceptable")
    second = set(codes_in(page))
    assert second.isdisjoint(first)
    assert not page.locator(".receipt").is_visible()
    page.get_by_text("Show my code").click()
    assert page.locator(".receipt").is_visible()


def test_back_after_forgetting_the_phone_shows_no_code(
    keeping_pages: Any, site: Site, after: Performance
) -> None:
    page = keeping_pages.new_context().new_page()
    page.goto(f"{site.url}/p/{after.code}")
    answer(page)
    page.goto(f"{site.url}/p/{after.code}/kept")
    press(page, "Forget this phone")
    assert "This phone is forgotten." in page.inner_text("main")
    for step in (-1, -1, 2):
        travel(page, step)
        assert codes_in(page) == []
        assert page.locator("input:checked").count() == 0
    assert page.context.cookies() == []


def test_another_phone_joins_by_two_words(chromium: Any, site: Site) -> None:
    performance = add_nest_performance(site.database, wave=Wave.BEFORE)
    address = f"{site.url}/p/{performance.code}"
    options: dict[str, Any] = {"viewport": {"width": 320, "height": 740}}
    first, second = chromium.new_context(**options), chromium.new_context(**options)
    try:
        mine, other = first.new_page(), second.new_page()
        mine.goto(address)
        answer(mine)
        words = mine.locator(".words").inner_text()
        assert read_pair(words) is not None
        usable(mine)
        mine.goto(f"{address}/kept")
        usable(mine)
        site.database.write(lambda connection: open_wave(connection, performance.id, Wave.AFTER))

        other.goto(address)
        other.get_by_text("Answered before, on another phone, on paper or with a card?").click()
        usable(other)
        other.get_by_label("Your two words").fill("rivver lump")
        answer(other, "acceptable")
        assert "The two words did not match any answers." in other.inner_text("main")
        usable(other)
        other.get_by_label("Your two words").fill(f" {words.upper()} ")
        press(other, "Put my answers together")
        assert "now belong together" in other.inner_text("main")
        usable(other)
    finally:
        first.close()
        second.close()
    with site.database.reading() as connection:
        assert [sum(each.counts.values()) for each in pairs(connection, [performance.id])] == [1]


def usable(page: Any) -> None:
    """Nothing too small to tap, no scrolling sideways."""
    assert page.evaluate(SMALL_TARGETS) == []
    assert page.evaluate(SIDEWAYS) == 0
