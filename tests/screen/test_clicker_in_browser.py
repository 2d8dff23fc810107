"""A clicker in a real browser: which keys lead, in whose window, and that a held key counts once."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from survey.model import CueKind
from survey.room.acts import go_to
from survey.storage.cues import add_cue
from survey.storage.database import open_database
from survey.storage.sign_ins import acts, add_stage_link
from tests.publication.evening import Evening, an_evening
from tests.running import Server
from tests.screen.looking import STAGE, TROUBLE, open_stage, signed_in


@pytest.fixture
def theatre(serve: Callable[..., Server]) -> Iterator[tuple[Server, Evening]]:
    """A real server, and an evening on its database."""
    server = serve()
    database = open_database(server.database_url, visiting=True)
    evening = an_evening(database)
    yield server, evening
    database.close()


KEYS = {
    "next": ("PageDown", "ArrowRight", "ArrowDown", " "),
    "back": ("PageUp", "ArrowLeft", "ArrowUp"),
}


PRESS = (
    "([key, code]) => document.body.dispatchEvent(new KeyboardEvent('keydown', {key, code, bubbles: true}))"
)
"""A key on a keyboard of another alphabet: Playwright's has one layout only."""


def prompts(evening: Evening, *said: str) -> None:
    """Prepare a run of prompts, and put the first on stage."""
    run = [
        evening.database.write(
            lambda connection: add_cue(connection, evening.id, CueKind.PROMPT, about={"text": words})
        )
        for words in said
    ]
    evening.database.write(lambda connection: go_to(connection, evening.performance, run[0].id))


def clicked(evening: Evening) -> list[str]:
    """Return what the log knows of a clicker."""
    with evening.database.reading() as connection:
        return [each.act for each in acts(connection) if each.act.startswith("clicker")]


def test_a_clicker_leads_from_the_stage_window_of_whoever_signed_in(
    theatre: tuple[Server, Evening], chromium: Any
) -> None:
    server, evening = theatre
    said = ("First thing", "Second thing", "Third thing", "Fourth thing", "Fifth thing")
    prompts(evening, *said)
    with signed_in(chromium, server, evening.database) as context:
        page = open_stage(context, server, evening.performance.code)
        page.get_by_role("heading", name=said[0]).wait_for(timeout=60_000)
        for key, words in zip(KEYS["next"], said[1:], strict=True):
            page.keyboard.press(key)
            page.get_by_role("heading", name=words).wait_for(timeout=10_000)
        page.keyboard.press("PageDown")  # there is nothing further on: the picture stays
        page.wait_for_timeout(1500)
        assert page.get_by_role("heading", name=said[4]).is_visible()
        for key, words in zip(KEYS["back"], said[3:0:-1], strict=True):
            page.keyboard.press(key)
            page.get_by_role("heading", name=words).wait_for(timeout=10_000)
        for key in ("b", "."):
            page.keyboard.press(key)
            page.get_by_text("The stage is dark.").wait_for(timeout=10_000, state="attached")
            page.keyboard.press(key)
            page.get_by_role("heading", name=said[1]).wait_for(timeout=10_000)
        for letter in (
            "и",
            "لا",
            ";",
        ):  # the same place on a Cyrillic and an Arabic keyboard; the "." of AZERTY
            code = "Period" if letter == ";" else "KeyB"
            for shown in (page.get_by_text("The stage is dark."), page.get_by_role("heading", name=said[1])):
                page.evaluate(PRESS, [letter, code])
                shown.wait_for(timeout=10_000, state="attached")
        page.keyboard.press("Escape")  # the keys after it show that nothing came of it
        page.keyboard.press("Enter")  # a prompt has no result
        page.evaluate(
            "() => document.body.append(Object.assign(document.createElement('button'), {id: 'own'}))"
        )
        page.focus("#own")
        page.keyboard.press("PageDown")  # a button of one's own has the focus
        page.evaluate("() => document.getElementById('own').remove()")
        assert page.evaluate(TROUBLE) == []
        assert page.locator("button:visible").count() == 0
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.tagName") != "BUTTON"
    done = clicked(evening)
    assert {*done} == {"clicker next", "clicker back", "clicker black"}
    assert done.count("clicker next") == 4


def test_a_held_key_goes_on_once(theatre: tuple[Server, Evening], chromium: Any) -> None:
    server, evening = theatre
    prompts(evening, "First thing", "Second thing", "Third thing")
    with signed_in(chromium, server, evening.database) as context:
        page = open_stage(context, server, evening.performance.code)
        page.get_by_role("heading", name="First thing").wait_for(timeout=60_000)
        for _repeat in range(6):
            page.keyboard.down("PageDown")
        page.keyboard.up("PageDown")
        page.get_by_role("heading", name="Second thing").wait_for(timeout=10_000)
        page.wait_for_timeout(1500)
        assert page.get_by_role("heading", name="Second thing").is_visible()
    assert clicked(evening) == ["clicker next"]


def test_the_stage_links_window_hears_no_key(theatre: tuple[Server, Evening], chromium: Any) -> None:
    server, evening = theatre
    prompts(evening, "First thing", "Second thing")
    token = evening.database.write(lambda connection: add_stage_link(connection, evening.id))
    context = chromium.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    page.goto(f"{server.address}/sign-in?stage={token}")
    page.get_by_role("button").click()
    page.wait_for_url(f"**{STAGE}")
    page.get_by_role("heading", name="First thing").wait_for(timeout=60_000)
    for key in (*KEYS["next"], *KEYS["back"], "b", ".", "Escape"):
        page.keyboard.press(key)
    page.wait_for_timeout(2500)
    assert page.get_by_role("heading", name="First thing").is_visible()
    assert page.locator("button").count() == 0
    assert clicked(evening) == []
    context.close()


def test_the_stage_asks_the_screen_to_stay_awake(theatre: tuple[Server, Evening], chromium: Any) -> None:
    server, evening = theatre
    with signed_in(chromium, server, evening.database) as context:
        page = context.new_page()
        page.add_init_script(
            "navigator.wakeLock.request = kind => { (window.asked ??= []).push(kind); return Promise.resolve(); }"
        )
        refused = []
        page.on(
            "console", lambda said: refused.append(said.text) if "Content Security" in said.text else None
        )
        page.goto(f"{server.address}{STAGE}&performance={evening.performance.code}")
        page.wait_for_selector(".layer", timeout=60_000)
        page.wait_for_function("() => window.asked", timeout=10_000)
        assert page.evaluate("() => window.asked[0]") == "screen"
        assert refused == []
