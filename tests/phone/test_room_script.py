"""The discussion's script in a real browser: what is new comes by itself, and nobody is disturbed."""

import re
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn
from starlette.testclient import TestClient

from survey.model import Performance, PollStanding, Wave
from survey.phone.inlined import KEEP_SCRIPT, ROOM_SCRIPT, ROOM_STYLE, STATIC
from survey.phone.room_state import States
from survey.room.acts import ask_now
from survey.storage.contributions import add_contribution, approve, set_support
from survey.storage.polls import set_poll, votes
from survey.storage.responses import responses_count
from survey.storage.rooms import show, touch_room
from survey.storage.seats import new_seat
from tests.phone.conftest import Site, phone_app
from tests.phone.test_room import ASKED, IN
from tests.phone.test_script import KEEPING, NEWER_THAN_2018
from tests.phone.visitor import Visitor, visiting
from tests.running import free_port

NEW = "Something new is on the stage."
LOOK_NOW = "document.dispatchEvent(new Event('visibilitychange'))"
HIDE = """hidden => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true })
    document.dispatchEvent(new Event("visibilitychange"))
}"""


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """States are made anew for every visitor, so that no test waits a second."""
    made = States.__init__
    monkeypatch.setattr(States, "__init__", lambda states: made(states, seconds=0))


@pytest.fixture
def visitor(chromium: Any, site: Site, after: Performance) -> Iterator[Visitor]:
    """Somebody who follows the discussion on a phone; any error in the page is one here."""
    with visiting(chromium, site, after, viewport={"width": 360, "height": 740}) as visitor:
        wrong: list[str] = []
        visitor.page.on("pageerror", lambda error: wrong.append(str(error)))
        yield visitor
        assert wrong == []


def opened(visitor: Visitor) -> Any:
    visitor.open(f"/p/{visitor.performance.code}/room")
    return visitor.page


def prompt(visitor: Visitor, text: str) -> None:
    visitor.act(show, {"view": "prompt", "text": text})


def ask(visitor: Visitor) -> str:
    poll = visitor.site.database.write(lambda c: ask_now(c, visitor.performance, ASKED))
    return str(poll.id)


def approved(visitor: Visitor, text: str, supporters: int = 0) -> str:
    def act(connection: Any) -> str:
        made = add_contribution(connection, visitor.performance.id, text)
        approve(connection, visitor.performance.id, made.id)
        for _ in range(supporters):
            set_support(connection, visitor.performance, made.id, seat=new_seat(), wanted=True)
        return made.id

    return visitor.site.database.write(act)


def looked(visitor: Visitor) -> None:
    """Let the script look now, and wait until it has."""
    with visitor.page.expect_response("**/room/now**"):
        visitor.page.evaluate(LOOK_NOW)
    visitor.page.wait_for_timeout(150)


def stage(visitor: Visitor) -> str:
    return str(visitor.page.inner_text("#stage"))


def test_the_script_and_the_style_are_small_and_read_by_phones_of_2018(
    client: TestClient, after: Performance
) -> None:
    page = client.get(f"/p/{after.code}/room").text
    keeping, script = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert (keeping, script) == (KEEP_SCRIPT, ROOM_SCRIPT)
    assert len(script.encode()) <= 1536
    assert len(ROOM_STYLE.encode()) <= 2048
    source = re.sub(r"^\s*//.*$", "", (STATIC / "room.js").read_text(encoding="utf-8"), flags=re.MULTILINE)
    for text in (source, ROOM_SCRIPT):
        assert KEEPING.findall(text.lower()) == []
        assert NEWER_THAN_2018.findall(text) == []
    assert "$" not in script


def test_what_is_new_comes_by_itself_and_is_said(visitor: Visitor) -> None:
    page = opened(visitor)
    assert not page.is_visible("#new a")
    prompt(visitor, "Who owns the house?")
    page.wait_for_selector("#stage >> text=Who owns the house?", timeout=9000)
    assert page.inner_text("#new span") == NEW
    assert page.get_attribute("#new span", "role") == "status"


def test_nothing_new_costs_an_answer_without_a_body(visitor: Visitor) -> None:
    page = opened(visitor)
    answers: list[int] = []
    page.on("response", lambda answer: answers.append(answer.status))
    for _ in range(3):
        looked(visitor)
    assert answers == [200, 304, 304]


def test_a_poll_opens_with_this_phones_own_form_and_an_unsent_choice_is_never_taken_away(
    visitor: Visitor,
) -> None:
    page = opened(visitor)
    poll = ask(visitor)
    looked(visitor)
    page.wait_for_selector("#voting")
    page.check("input[value=option_2]")
    prompt(visitor, "On to something else")
    looked(visitor)
    assert page.is_checked("input[value=option_2]")
    assert page.inner_text("#new span") == NEW
    assert page.is_visible("#new a")
    with page.expect_navigation():
        page.click("#voting button")
    with visitor.site.database.reading() as connection:
        assert votes(connection, poll).counts == {"option_2": 1}
    assert "On to something else" in stage(visitor)


def test_the_new_is_shown_when_it_is_asked_for(visitor: Visitor) -> None:
    page = opened(visitor)
    ask(visitor)
    looked(visitor)
    page.wait_for_selector("#voting")
    page.check("input[value=option_2]")
    prompt(visitor, "On to something else")
    looked(visitor)
    page.click("#new a")
    assert "On to something else" in stage(visitor)
    assert not page.is_visible("#new a")
    assert page.evaluate("document.activeElement.id") == "stage"


def test_a_vote_that_is_in_stays_in_view_while_the_list_changes(visitor: Visitor) -> None:
    ask(visitor)
    page = opened(visitor)
    page.check("input[value=option_1]")
    with page.expect_navigation():
        page.click("#voting button")
    approved(visitor, "Who owns the house?")
    looked(visitor)
    assert "Who owns the house?" in page.inner_text("#board")
    assert IN in stage(visitor)
    assert page.is_checked("input[value=option_1]")


def test_nobody_is_disturbed_while_typing(visitor: Visitor) -> None:
    page = opened(visitor)
    page.type("#contribution", "Half a sent")
    prompt(visitor, "Who owns the house?")
    approved(visitor, "Is Sean asked?")
    looked(visitor)
    page.keyboard.type("ence")
    assert page.input_value("#contribution") == "Half a sentence"
    assert "Who owns the house?" not in stage(visitor)
    assert page.inner_text("#new span") == NEW
    assert page.is_visible("#new a")
    page.fill("#contribution", "")
    page.evaluate("document.activeElement.blur()")
    looked(visitor)
    assert "Who owns the house?" in stage(visitor)
    assert not page.is_visible("#new a")


def test_a_longer_list_waits_without_a_word_while_somebody_types(visitor: Visitor) -> None:
    page = opened(visitor)
    page.type("#contribution", "Half a sent")
    approved(visitor, "Is Sean asked?")
    looked(visitor)
    assert page.inner_text("#new span") == ""
    assert page.inner_text("#board") == ""


def test_this_phones_support_and_the_focus_stay_when_the_list_changes(visitor: Visitor) -> None:
    one, other = approved(visitor, "Who owns the house?"), approved(visitor, "Is Sean asked?")
    page = opened(visitor)
    with page.expect_navigation():
        page.click(f"button[value='{one}']")
    page.focus(f"button[value='{other}']")
    approved(visitor, "A third", supporters=6)
    looked(visitor)
    assert "6 people support this" in page.inner_text("#board")
    assert page.get_attribute(f"button[value='{one}']", "name") == "off"
    assert page.evaluate("document.activeElement.value") == other


def test_what_is_read_stays_where_it_is_when_the_stage_grows(visitor: Visitor) -> None:
    for number in range(12):
        approved(visitor, f"Contribution {number}")
    page = opened(visitor)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    where = "document.querySelector('.board li:last-child').getBoundingClientRect().top"
    before = page.evaluate(where)
    prompt(visitor, "A long prompt. " * 30)
    looked(visitor)
    assert "A long prompt." in stage(visitor)
    assert abs(page.evaluate(where) - before) <= 1


def test_a_hidden_page_asks_nothing_and_looks_at_once_when_it_is_back(visitor: Visitor) -> None:
    page = opened(visitor)
    page.clock.install()
    page.reload()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate(HIDE, True)
    prompt(visitor, "Who owns the house?")
    page.clock.run_for(120_000)
    assert asked == []
    page.evaluate(HIDE, False)
    page.clock.run_for(100)
    page.wait_for_timeout(300)
    assert len(asked) == 1
    assert "Who owns the house?" in stage(visitor)


def test_it_asks_every_four_seconds_or_so_and_less_often_in_trouble(visitor: Visitor) -> None:
    page = opened(visitor)
    page.clock.install()
    page.reload()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    def passing(seconds: int) -> int:
        asked.clear()
        for _ in range(seconds * 2):
            page.clock.run_for(500)
            page.wait_for_timeout(25)
        return len(asked)

    assert 10 <= passing(60) <= 20
    page.context.set_offline(True)
    assert 1 <= passing(64) <= 7
    page.context.set_offline(False)
    passing(50)
    assert 10 <= passing(60) <= 20


def test_it_comes_back_by_itself_when_the_server_was_away(visitor: Visitor, chromium: Any) -> None:
    port = free_port()

    def serve() -> tuple[uvicorn.Server, threading.Thread]:
        config = uvicorn.Config(
            phone_app(visitor.site.database),
            host="127.0.0.1",
            port=port,
            access_log=False,
            log_level="error",
            lifespan="off",
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        return server, thread

    def stop(server: uvicorn.Server, thread: threading.Thread) -> None:
        server.should_exit = True
        server.force_exit = True
        thread.join()

    running = serve()
    page = visitor.page
    page.goto(f"http://127.0.0.1:{port}/p/{visitor.performance.code}/room")
    page.type("#contribution", "Half a sent")
    stop(*running)
    page.wait_for_timeout(6000)
    assert page.input_value("#contribution") == "Half a sent"
    running = serve()
    try:
        page.fill("#contribution", "")
        page.evaluate("document.activeElement.blur()")
        prompt(visitor, "Who owns the house?")
        page.wait_for_selector("#stage >> text=Who owns the house?", timeout=40_000)
    finally:
        stop(*running)


def test_without_script_a_link_shows_what_is_new_and_a_vote_is_in(
    chromium: Any, site: Site, after: Performance
) -> None:
    with visiting(chromium, site, after, java_script_enabled=False) as visitor:
        page = opened(visitor)
        poll = ask(visitor)
        visitor.follow("#new a")
        page.check("input[value=option_1]")
        visitor.follow("#voting button")
        assert IN in page.inner_text("#stage")
        visitor.act(lambda c, id: set_poll(c, poll, PollStanding.CLOSED))
        visitor.act(touch_room)
        visitor.follow("#new a")
        assert "This poll has closed." in page.inner_text("#stage")


def test_a_vote_is_joined_to_no_response(visitor: Visitor) -> None:
    ask(visitor)
    page = opened(visitor)
    page.check("input[value=option_1]")
    with page.expect_navigation():
        page.click("#voting button")
    with visitor.site.database.reading() as connection:
        assert responses_count(connection, visitor.performance.id, Wave.AFTER) == 0
