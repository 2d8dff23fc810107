"""In the real Chromium: walks by keyboard, without scripts, without cookies, with text twice as large, and what is asked of whom."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from survey.model import Performance
from tests.phone.conftest import Site
from tests.phone.states import STATES, deleted, in_trouble, own_answers, thanked, wrong_number
from tests.phone.visitor import SIDEWAYS, Visitor, people, visiting


@pytest.mark.parametrize("state", ["one answer in trouble", "thanks", "what we keep"])
def test_text_twice_as_large_needs_no_sideways_scroll(
    chromium: Any, site: Site, after: Performance, state: str
) -> None:
    with visiting(chromium, site, after, bypass_csp=True, viewport={"width": 320, "height": 740}) as visitor:
        STATES[state](visitor)
        visitor.page.add_style_tag(content="html { font-size: 250% !important }")
        assert visitor.page.evaluate(SIDEWAYS) == 0


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
        for walk in (own_answers, deleted, wrong_number):
            walk(visitor)
        visitor.open(f"/p/{after.code}/kept")
        assert {url for url in asked if not url.startswith(site.url)} == set()
        # The style's hash is in force: a page whose policy refused its own style would complain here.
        assert [complaint for complaint in complaints if "Content Security Policy" in complaint] == []


def test_with_the_keyboard_alone_the_form_is_answered_and_sent(
    chromium: Any, site: Site, after: Performance
) -> None:
    with visiting(chromium, site, after) as visitor:
        visitor.open()
        page = visitor.page
        chosen = {"home_system": False, "share_with": False, "trust_nhs": False}
        for _ in range(120):
            page.keyboard.press("Tab")
            name, kind = page.evaluate(
                "[document.activeElement.name || '', document.activeElement.type || '']"
            )
            assert page.evaluate("(one => one.matches(':focus-visible'))(document.activeElement)"), (
                "focus is always to be seen"
            )
            if name in chosen and not chosen[name]:
                page.keyboard.press("Space")
                chosen[name] = True
            if kind == "submit":
                break
        assert all(chosen.values())
        page.keyboard.press("Enter")
        page.wait_for_url("**/thanks")
        assert page.locator("h1").inner_text() == "Your answers are in."


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
        assert page.url.endswith("#share_with")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.name") == "share_with"
        assert page.input_value("#differently") == "long " * 80


def test_without_javascript_everything_works(chromium: Any, site: Site, after: Performance) -> None:
    with visiting(chromium, site, after, java_script_enabled=False) as visitor:
        thanked(visitor)
        page = visitor.page
        assert page.locator("h1").inner_text() == "Your answers are in."
        page.reload()
        page.click("text=Change my answers")
        assert page.is_checked("input[name=home_system][value=depends]")
        page.check("input[name=home_system][value=acceptable]")
        with page.expect_navigation(url="**/thanks"):
            page.click("#send")
        with page.expect_navigation():
            page.go_back()
        with page.expect_navigation(url="**/thanks"):
            page.click("#send")
        assert people(site, after) == 1
        page.click("text=Someone else wants to answer")
        assert not page.is_checked("input[name=home_system][value=acceptable]")
        visitor.answer()
        assert people(site, after) == 2
        page.click("text=See or delete my answers")
        page.click("text=Show my answers")
        page.click("text=Delete my answers")
        page.click("text=Delete for good")
        assert people(site, after) == 1


@pytest.fixture
def refusing(chromium: Any, tmp_path: Path) -> Iterator[Any]:
    """A real Chromium set to refuse all cookies."""
    profile = tmp_path / "profile" / "Default"
    profile.mkdir(parents=True)
    settings = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (profile / "Preferences").write_text(json.dumps(settings))
    path = shutil.which("chromium") or chromium.browser_type.executable_path
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
    page.click("text=Change my answers")
    assert page.is_checked("input[name=home_system][value=depends]")
    page.check("input[name=home_system][value=acceptable]")
    visitor.send()
    assert page.inner_text(".receipt") == receipt
    assert people(site, after) == 1
    page.click("text=See or delete my answers")
    page.click("text=Show my answers")
    page.click("text=Delete my answers")
    page.click("text=Delete for good")
    assert people(site, after) == 0
