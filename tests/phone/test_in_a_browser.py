"""In the real Chromium: every state of every page, at arm's length and on a desk, in light, dark and forced colours."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from survey.model import Performance, Wave
from survey.storage.performances import close_wave, finish_performance, open_wave, rehearse_wave
from survey.storage.responses import responses_count
from tests.databases import add_nest_performance
from tests.phone.conftest import Site

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS: list[dict[str, Any]] = [
    {"color_scheme": "light", "forced_colors": "none"},
    {"color_scheme": "dark", "forced_colors": "none"},
    {"color_scheme": "light", "forced_colors": "active"},
]
WIDTHS = (320, 1280)
SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, summary, textarea, input:not([type=hidden])')]
    .filter(one => {
        if (!one.getClientRects().length) return false;
        const within_words = one.tagName === 'A' && getComputedStyle(one).display === 'inline'
            && one.parentElement.textContent.trim() !== one.textContent.trim();
        if (within_words) return false;
        const box = (one.closest('label') || one).getBoundingClientRect();
        return box.width < 44 || box.height < 44;
    }).map(one => one.outerHTML.slice(0, 120))"""
BRIGHTEST = "body { background: var(--light) !important }"
"""Axe cannot judge words on a glow: give the whole ground the glow's own colour, where contrast is least."""
SIDEWAYS = "() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"


@dataclass
class Visitor:
    """One browser with one page, and the performance it came for."""

    page: Any
    site: Site
    performance: Performance

    def open(self, path: str | None = None) -> None:
        """Open a page of the site; the form unless a path is given."""
        self.page.goto(self.site.url + (path or f"/p/{self.performance.code}"))

    def act(self, function: Callable[..., Any], *arguments: Any) -> None:
        """Let the organiser act."""
        self.site.database.write(lambda connection: function(connection, self.performance.id, *arguments))

    def answer(self) -> None:
        """Answer two questions and send."""
        self.page.check("input[name=home_system][value=depends]")
        self.page.check("input[name=research_nhs][value=very_likely]")
        self.send()

    def send(self) -> None:
        """Send the form and wait for the page that comes of it."""
        with self.page.expect_navigation():
            self.page.click("#send")


@contextmanager
def visiting(chromium: Any, site: Site, performance: Performance, **options: Any) -> Iterator[Visitor]:
    context = chromium.new_context(**options)
    try:
        yield Visitor(context.new_page(), site, performance)
    finally:
        context.close()


def filled(visitor: Visitor) -> None:
    visitor.open()
    visitor.page.check("input[name=share_with][value=gp]")
    visitor.page.check("input[name=trust_nhs][value='8']")
    visitor.page.check("input[name=home_system][value=depends]")


def short(visitor: Visitor) -> None:
    """Come before the performance: fewer questions, so that axe is done sooner."""
    visitor.performance = add_nest_performance(visitor.site.database, wave=Wave.BEFORE)


def in_trouble(visitor: Visitor) -> None:
    visitor.open()
    visitor.page.check("input[name=closer_to][value=sara]")
    # Past the script, which would untick one of the two.
    visitor.page.evaluate(
        "for (const value of ['none', 'gp']) document.querySelector(`[name=share_with][value=${value}]`).checked = 1"
    )
    visitor.page.check("input[name=trust_nhs][value='8']")
    visitor.page.fill("#differently", "long " * 80)
    visitor.send()


def nothing_sent(visitor: Visitor) -> None:
    short(visitor)
    visitor.open()
    visitor.send()


def thanked(visitor: Visitor) -> None:
    visitor.open()
    visitor.answer()


def thanked_before(visitor: Visitor) -> None:
    short(visitor)
    thanked(visitor)


def back_again(visitor: Visitor) -> None:
    thanked_before(visitor)
    visitor.open()


def code_by_link(visitor: Visitor) -> None:
    thanked(visitor)
    visitor.page.click("a[href^='/receipt/']")


def own_answers(visitor: Visitor) -> None:
    code_by_link(visitor)
    visitor.page.click("button")


def deleting(visitor: Visitor) -> None:
    own_answers(visitor)
    visitor.page.click("text=Delete my answers")


def deleted(visitor: Visitor) -> None:
    deleting(visitor)
    visitor.page.click("text=Delete for good")


def wrong_code(visitor: Visitor) -> None:
    visitor.open("/receipt")
    visitor.page.fill("#code", "7Q4M")
    visitor.page.click("button")


def wrong_number(visitor: Visitor) -> None:
    visitor.open("/join")
    visitor.page.fill("#code", "123")
    visitor.page.click("button")


def too_late(visitor: Visitor) -> None:
    short(visitor)
    visitor.open()
    visitor.act(open_wave, Wave.AFTER)
    visitor.answer()


def rehearsing(visitor: Visitor) -> None:
    visitor.performance = add_nest_performance(visitor.site.database, wave=None)
    visitor.act(rehearse_wave, Wave.BEFORE)
    visitor.open()


def not_yet(visitor: Visitor) -> None:
    visitor.performance = add_nest_performance(visitor.site.database, wave=None)
    visitor.open()


def closed(visitor: Visitor) -> None:
    visitor.act(close_wave)
    visitor.open()


def finished(visitor: Visitor) -> None:
    visitor.act(finish_performance)
    visitor.open()


STATES: dict[str, Callable[[Visitor], None]] = {
    "the form filled in": filled,
    "one answer in trouble": in_trouble,
    "nothing sent": nothing_sent,
    "thanks": thanked,
    "thanks before": thanked_before,
    "back again": back_again,
    "a code by its link": code_by_link,
    "own answers": own_answers,
    "deleting": deleting,
    "deleted": deleted,
    "a wrong code": wrong_code,
    "too late": too_late,
    "rehearsing": rehearsing,
    "not yet open": not_yet,
    "closed": closed,
    "finished": finished,
    "what we keep": lambda visitor: visitor.open(f"/p/{visitor.performance.code}/kept"),
    "join": lambda visitor: visitor.open("/join"),
    "a wrong number": wrong_number,
    "an unknown code": lambda visitor: visitor.open("/p/zzzzzzzz"),
}


@pytest.mark.parametrize("state", STATES)
def test_everyone_can_use_it(chromium: Any, site: Site, after: Performance, state: str) -> None:
    with visiting(chromium, site, after, bypass_csp=True) as visitor:
        STATES[state](visitor)
        page = visitor.page
        page.add_style_tag(content=BRIGHTEST)
        found: list[str] = []
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 740})
            found += [f"{width}: smaller than 44 px: {target}" for target in page.evaluate(SMALL_TARGETS)]
            if page.evaluate(SIDEWAYS) > 0:
                found.append(f"{width}: scrolls sideways")
            for look in LOOKS:
                page.emulate_media(**look)
                results = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
                found += [
                    f"{width} {look}: {violation['id']} {node['html'][:90]} {node['failureSummary'][:200]}"
                    for violation in results.response["violations"]
                    for node in violation["nodes"][:3]
                ]
        assert found == []


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


def people(site: Site, performance: Performance) -> int:
    with site.database.reading() as connection:
        return responses_count(connection, performance.id, Wave.AFTER)


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
