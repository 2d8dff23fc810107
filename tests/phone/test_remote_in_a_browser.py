"""The remote in a real browser: two phones lead one stage, the phone stays awake, no script is needed, everybody can use it."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from survey.model import Performance
from survey.storage.database import Database
from survey.storage.rooms import show
from survey.storage.waves import finish_performance
from tests.phone.conftest import Site
from tests.phone.leading import answer, prepare_run, stage_of
from tests.phone.visitor import SIDEWAYS, SMALL_TARGETS
from tests.screen.looking import violations

PHONE = {"width": 360, "height": 740}
EVERY = ("minor", "moderate", "serious", "critical")
TOO_SMALL = SMALL_TARGETS.replace("width < 44", "width < 64").replace("height < 44", "height < 64")
UNSEEN = """() => [...document.querySelectorAll('#dock button')].filter(one => {
    const box = one.getBoundingClientRect();
    return box.top < 0 || box.left < 0 || box.bottom > innerHeight || box.right > innerWidth;
}).length"""
NOW = "section[aria-labelledby=on]"
WAITING = re.compile(r"Black\s+Behind the black")
CLEARED = re.compile(r"Black\s*$")
WITHIN = 2.0
"""Seconds until what one remote does shows on the other."""


@pytest.fixture
def run(sqlite_database: Database, after: Performance) -> list[str]:
    return prepare_run(sqlite_database, after)


@contextmanager
def remote(chromium: Any, site: Site, performance: Performance, **options: Any) -> Iterator[Any]:
    """Give a phone that shows the remote."""
    context = chromium.new_context(viewport=PHONE, **options)
    page = context.new_page()
    page.goto(f"{site.url}/d/{performance.code}")
    try:
        yield page
    finally:
        context.close()


def on_stage(page: Any) -> str:
    """Return what the remote says is on stage."""
    return str(page.locator("#now .stage").inner_text())


def test_what_one_remote_does_shows_on_the_other_within_two_seconds(
    chromium: Any, site: Site, after: Performance, run: list[str]
) -> None:
    with remote(chromium, site, after) as one, remote(chromium, site, after) as other:
        loaded = other.evaluate("performance.timeOrigin")
        one.click("#press-forth")
        one.locator("#on", has_text="cue 1 of 4").wait_for()
        for act, seen in (
            ("#press-forth", "Who decides about <b>sleep</b>?"),
            ("#press-black", WAITING),
            ("#press-clear", CLEARED),
            ("#press-back", "Who decides about"),
        ):
            began = time.monotonic()
            one.click(act)
            other.locator(NOW, has_text=seen).wait_for(timeout=5_000)
            assert time.monotonic() - began < WITHIN, act
        assert other.evaluate("performance.timeOrigin") == loaded  # in its place, without loading anew
        assert stage_of(site.database, after).cue_id == run[1]


def place_of(page: Any) -> list[int]:
    """Return where the largest button stands, in whole pixels."""
    return [round(number) for number in page.locator("#press-forth").bounding_box().values()]


def test_a_press_is_sent_without_leaving_the_page_and_the_thumb_stays_where_it_is(
    chromium: Any, site: Site, after: Performance, run: list[str]
) -> None:
    with remote(chromium, site, after) as page:
        loaded = page.evaluate("performance.timeOrigin")
        place = place_of(page)
        for number in (1, 2, 3):
            page.click("#press-forth")
            page.locator("#on", has_text=f"cue {number} of 4").wait_for()
            assert place_of(page) == place
            assert page.evaluate("document.activeElement.id") == "press-forth"
            assert page.evaluate("scrollY") == 0
        page.click("#press-reveal")
        page.get_by_role("alert").wait_for()
        assert page.evaluate("performance.timeOrigin") == loaded


def test_without_script_everything_works_and_going_back_repeats_nothing(
    chromium: Any, site: Site, after: Performance, run: list[str]
) -> None:
    answer(site.database, after, 12)
    with remote(chromium, site, after, java_script_enabled=False) as page:
        assert page.locator("#sleep").is_visible()
        for _ in range(3):
            with page.expect_navigation():
                page.click("#press-forth")
        with page.expect_navigation():
            page.click("#press-reveal")
        assert page.locator("text=The room sees the result").is_visible()
        before = stage_of(site.database, after)
        page.reload()
        page.go_back()
        page.reload()
        assert stage_of(site.database, after) == before
        with page.expect_navigation():
            page.click("text=All cues and questions")
        with page.expect_navigation():
            page.get_by_role("button", name="Goodbye").click()
        assert on_stage(page) == "Goodbye"


def test_the_phone_stays_awake_where_it_may_and_is_told_to_where_it_may_not(
    chromium: Any, site: Site, after: Performance, run: list[str]
) -> None:
    asked = "navigator.wakeLock.request = () => { window.asked = 1 + (window.asked || 0); return Promise.resolve({}) }"
    for script, visible in ((asked, False), ("delete Navigator.prototype.wakeLock", True)):
        context = chromium.new_context(viewport=PHONE)
        context.add_init_script(script)
        page = context.new_page()
        page.goto(f"{site.url}/d/{after.code}")
        page.wait_for_timeout(300)
        assert page.locator("#sleep").is_visible() == visible
        assert page.evaluate("window.asked || 0") == (0 if visible else 1)
        context.close()


def test_keys_do_what_the_buttons_do(chromium: Any, site: Site, after: Performance, run: list[str]) -> None:
    with remote(chromium, site, after) as page:
        for key, seen in (
            ("PageDown", "cue 1 of 4"),
            ("ArrowRight", "cue 2 of 4"),
            ("PageUp", "cue 1 of 4"),
            ("Space", "cue 2 of 4"),
            ("b", WAITING),
            (".", re.compile(r"4\s+Prompt")),
        ):
            page.evaluate("document.activeElement.blur()")
            page.keyboard.press(key)
            page.locator(NOW, has_text=seen).wait_for(timeout=3_000)
            assert (page.locator(".waits").count() == 1) == (seen is WAITING)
        before = stage_of(site.database, after)
        page.focus("nav a")
        for key in ("PageDown", "b", "Escape"):  # a link has the focus: its own keys are its own
            page.keyboard.press(key)
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("Escape")
        page.keyboard.press("PageUp")  # what comes of it shows that nothing came of the others
        page.locator(NOW, has_text="cue 1 of 4").wait_for(timeout=3_000)
        assert before.cue_id == run[1]


def test_a_network_that_is_away_is_said_and_nothing_is_sent_twice(
    chromium: Any, site: Site, after: Performance, run: list[str]
) -> None:
    with remote(chromium, site, after) as page:
        page.wait_for_timeout(300)
        page.context.set_offline(True)
        page.click("#press-forth")
        page.locator("#away", has_text="No connection").wait_for()
        page.context.set_offline(False)
        page.locator("#away", has_text="No connection").wait_for(state="detached")
        assert stage_of(site.database, after).cue_id is None
        page.click("#press-forth")
        page.locator("#on", has_text="cue 1 of 4").wait_for()


def test_the_timer_counts_down_on_the_phone(
    chromium: Any, site: Site, after: Performance, run: list[str]
) -> None:
    with remote(chromium, site, after) as page:
        page.click("#press-timer")
        clock = page.locator("#left")
        clock.wait_for()
        page.locator("#left", has_text="4:58").wait_for(timeout=5_000)
        page.click("#press-timer")
        clock.wait_for(state="detached")


FACES = ("start", "prompt", "revealed", "refused", "black", "last", "finished", "cues")


def face(site: Site, performance: Performance, page: Any, name: str, query: str) -> None:
    """Bring a remote into one of its states."""
    end = "/cues" if name == "cues" else ""
    presses = {
        "prompt": ["forth", "timer"],
        "revealed": ["forth", "reveal"],
        "refused": ["forth", "reveal"],
        "black": ["black"],
        "last": ["forth"],
    }
    if name == "revealed":
        answer(site.database, performance, 12)
    if name == "refused":
        site.database.write(lambda c: show(c, performance.id, {"view": "prompt", "text": "x"}))
        end = "?not=not-yet"
    if name == "finished":
        site.database.write(lambda c: finish_performance(c, performance.id))
    join = "&" if "?" in end else "?"
    page.goto(f"{site.url}/d/{performance.code}{end}{join + query if query else ''}")
    for act in presses.get(name, []):
        if name not in ("refused",):
            page.click(f"#press-{act}")
            page.wait_for_timeout(250)


@pytest.mark.parametrize("query", ["", "shade=light"], ids=["dark", "light"])
def test_axe_finds_nothing_and_every_button_is_a_thumb_wide(
    chromium: Any, site: Site, after: Performance, run: list[str], query: str
) -> None:
    context = chromium.new_context(viewport=PHONE, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{site.url}/d/{after.code}")
    page.click("#press-forth")
    page.wait_for_timeout(250)
    found: dict[str, object] = {}
    for name in FACES:
        face(site, after, page, name, query)
        found[name] = (
            violations(page, impacts=EVERY),
            page.evaluate(TOO_SMALL.replace("a, button", "button")),
            page.evaluate(SMALL_TARGETS),
            page.evaluate(SIDEWAYS),
            page.evaluate(UNSEEN),
        )
    context.close()
    assert found == dict.fromkeys(FACES, ([], [], [], 0, 0))


@pytest.mark.parametrize(("width", "height"), [(320, 568), (180, 370), (740, 360), (1280, 720)])
def test_on_other_screens_nothing_is_cut_off(
    chromium: Any, site: Site, after: Performance, run: list[str], width: int, height: int
) -> None:
    with remote(chromium, site, after) as page:
        page.set_viewport_size({"width": width, "height": height})
        page.click("#press-forth")
        page.wait_for_timeout(300)
        assert page.evaluate(SIDEWAYS) == 0
        assert page.evaluate(UNSEEN) == 0
        assert on_stage(page) == "How to join"


def test_the_browser_complains_of_nothing_and_asks_nobody_else(
    chromium: Any, site: Site, after: Performance, run: list[str]
) -> None:
    complaints: list[str] = []
    asked: list[str] = []
    context = chromium.new_context(viewport=PHONE)
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{site.url}/d/{after.code}")
    for key in ("PageDown", "'", '"', "\\", "Tab", "b"):
        page.keyboard.press(key)
    page.wait_for_timeout(2_500)
    context.close()
    assert complaints == []
    assert [url for url in asked if not url.startswith((site.url, "data:"))] == []
