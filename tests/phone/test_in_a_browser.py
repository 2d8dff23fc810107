"""In the real Chromium: walks by keyboard, without scripts, without cookies, with text twice as large, and what is asked of whom."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from survey.model import Performance, Wave
from tests.chromium import whole_chromium
from tests.databases import add_nest_performance
from tests.languages import offer_every_translation
from tests.phone.conftest import Site
from tests.phone.states import STATES, deleted, in_trouble, thanked, wrong_number
from tests.phone.test_accessible import LANGUAGES
from tests.phone.visitor import SIDEWAYS, Visitor, people, visiting


@pytest.mark.parametrize("state", ["one answer in trouble", "thanks", "what we keep"])
def test_text_twice_as_large_needs_no_sideways_scroll(
    chromium: Any, site: Site, after: Performance, state: str
) -> None:
    with visiting(chromium, site, after, bypass_csp=True, viewport={"width": 320, "height": 740}) as visitor:
        STATES[state](visitor)
        visitor.page.add_style_tag(content="html { font-size: 250% !important }")
        assert visitor.page.evaluate(SIDEWAYS) == 0


@pytest.fixture(scope="session")
def large_letters(chromium: Any) -> Iterator[Any]:
    """Chromium as somebody has set it who needs letters twice as large."""
    browser = chromium.browser_type.launch(
        executable_path=whole_chromium(chromium.browser_type),
        args=["--no-sandbox", "--disable-gpu", "--blink-settings=defaultFontSize=32"],
    )
    yield browser
    browser.close()


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_letters_set_twice_as_large_need_no_sideways_scroll_in_any_language(
    large_letters: Any, site: Site, language: str
) -> None:
    performance = add_nest_performance(site.database, wave=Wave.AFTER, families=True)
    offer_every_translation(site.database, performance.version_id)
    with visiting(
        large_letters, site, performance, locale=language, viewport={"width": 320, "height": 740}
    ) as visitor:
        page = visitor.page
        for path in (
            f"/p/{performance.code}",
            f"/p/{performance.code}?view=one#step-7",
            f"/p/{performance.code}/kept",
            f"/p/{performance.code}/look",
            f"/p/{performance.code}/room",
            "/join",
            "/receipt",
        ):
            assert page.goto(site.url + path).status == 200
            assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "40px"
            assert (path, page.evaluate(SIDEWAYS)) == (path, 0)
        thanked(visitor)
        assert page.evaluate(SIDEWAYS) == 0


def test_the_form_is_one_request_and_nothing_ever_asks_another_host(
    chromium: Any, site: Site, after: Performance
) -> None:
    with visiting(chromium, site, after) as visitor:
        asked: list[str] = []
        visitor.page.on("request", lambda request: asked.append(request.url))
        complaints: list[str] = []
        visitor.page.on("console", lambda message: complaints.append(message.text))
        visitor.open()
        visitor.page.wait_for_load_state("networkidle")
        assert asked == [f"{site.url}/p/{after.code}"]
        for walk in (deleted, wrong_number):
            walk(visitor)
        visitor.open(f"/p/{after.code}/kept")
        assert {url for url in asked if not url.startswith(site.url)} == set()
        # The style's hash is in force: a page whose policy refused its own style would complain here.
        assert [complaint for complaint in complaints if "Content Security Policy" in complaint] == []


def tab_to(page: Any, what: str) -> None:
    """Press Tab until something has the focus, which is always to be seen."""
    for _ in range(150):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches(':focus-visible')"), "focus is always to be seen"
        if page.evaluate("what => document.activeElement.matches(what)", what):
            return
    raise AssertionError(f"no Tab leads to {what}")


def press(page: Any, what: str) -> None:
    """Go to a button or a link by Tab, press Enter and wait for the page it leads to."""
    tab_to(page, what)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_with_the_keyboard_alone_answers_are_sent_changed_seen_and_deleted(
    chromium: Any, site: Site, after: Performance
) -> None:
    with visiting(chromium, site, after) as visitor:
        visitor.open()
        page = visitor.page
        for question in ("home_system", "share_with", "trust_nhs"):
            tab_to(page, f"[name={question}]")
            page.keyboard.press("Space")
        press(page, "#send")
        assert page.locator("h1").inner_text() == "Your answers are in."
        press(page, "form[action*='/change'] button")
        first, second = page.locator("[name=home_system]").all()[:2]
        assert first.is_checked()
        tab_to(page, "[name=home_system]")
        page.keyboard.press("ArrowDown")
        assert second.is_checked()
        press(page, "#send")
        assert people(site, after) == 1
        press(page, "a[href^='/receipt/']")
        press(page, "main button")
        assert "It depends" in page.inner_text("main")
        press(page, "form[action*='/receipt/delete'] button")
        press(page, "form[action*='/receipt/delete'] button")
        assert people(site, after) == 0


def test_after_an_error_the_summary_has_the_focus_and_leads_to_the_question(
    chromium: Any, site: Site, after: Performance
) -> None:
    with visiting(chromium, site, after) as visitor:
        in_trouble(visitor)
        page = visitor.page
        assert page.title().startswith("Error:")
        assert page.evaluate("document.activeElement.className") == "trouble"
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.url.endswith("#q-share_with")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.name") == "share_with"
        assert page.input_value("#q-differently") == "long " * 80


def test_without_javascript_everything_works(chromium: Any, site: Site, after: Performance) -> None:
    with visiting(chromium, site, after, java_script_enabled=False) as visitor:
        thanked(visitor)
        page = visitor.page
        assert page.locator("h1").inner_text() == "Your answers are in."
        page.reload()
        visitor.follow("text=Change my answers")
        assert page.is_checked("input[name=home_system][value=depends]")
        page.check("input[name=home_system][value=acceptable]")
        with page.expect_navigation(url="**/thanks"):
            page.click("#send")
        with page.expect_navigation():
            page.go_back()
        with page.expect_navigation(url="**/thanks"):
            page.click("#send")
        assert people(site, after) == 1
        visitor.follow("text=Someone else wants to answer")
        assert not page.is_checked("input[name=home_system][value=acceptable]")
        visitor.answer()
        assert people(site, after) == 2
        page.click("summary:has-text('Show my code')")  # hidden from the next person on a shared phone
        visitor.follow("text=See or delete my answers")
        visitor.follow("text=Show my answers")
        visitor.follow("text=Delete my answers")
        visitor.follow("text=Delete for good")
        assert people(site, after) == 1


@pytest.fixture
def refusing(chromium: Any, tmp_path: Path) -> Iterator[Any]:
    """A real Chromium set to refuse all cookies."""
    profile = tmp_path / "profile" / "Default"
    profile.mkdir(parents=True)
    settings = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (profile / "Preferences").write_text(json.dumps(settings))
    path = whole_chromium(chromium.browser_type)
    context = chromium.browser_type.launch_persistent_context(
        profile.parent, executable_path=path, args=["--no-sandbox", "--disable-gpu"]
    )
    yield context
    context.close()


def test_a_browser_that_refuses_cookies_answers_changes_and_deletes(
    refusing: Any, site: Site, after: Performance
) -> None:
    visitor = Visitor(refusing.pages[0], site, after)
    thanked(visitor)
    page = visitor.page
    assert refusing.cookies() == []
    assert page.locator("h1").inner_text() == "Your answers are in."
    receipt = page.inner_text(".receipt")
    page.reload()
    visitor.follow("text=Change my answers")
    assert page.is_checked("input[name=home_system][value=depends]")
    page.check("input[name=home_system][value=acceptable]")
    visitor.send()
    assert page.inner_text(".receipt") == receipt
    assert people(site, after) == 1
    visitor.follow("text=See or delete my answers")
    visitor.follow("text=Show my answers")
    visitor.follow("text=Delete my answers")
    visitor.follow("text=Delete for good")
    assert people(site, after) == 0
