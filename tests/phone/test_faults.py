"""What goes wrong with phones in a room, on the real server and (where it matters) the real Chromium, with and without script.

Each ends in one response and a kind sentence. Where each fault is tested:

================================================== ===================================================================
signal lost before, while and after sending        here (Chromium, every moment); 300 phones: tests/evening/test_lossy.py
no network for a while, then back                  here (Chromium)
retry after a lost answer                          tests/evening/test_lossy.py; here (Chromium)
a try given up that arrives after newer answers    here (Chromium, held up by a proxy); test_late.py
double tap                                         here (Chromium, touch, slow network); 60 phones: test_lossy.py
Back and change                                    here (Chromium); 15 phones: test_lossy.py
refresh on the thank-you page                      here (Chromium)
two tabs; a second scan                            here (Chromium)
cookies refused                                    test_in_a_browser.py, tests/evening/test_evening.py (Chromium);
                                                   sending twice and changing without cookies: here
old form after a new version, other questions      here (published by another process while the server runs)
scan after closing; sent after closing, finishing  here
late "before" form after "after" has opened        here
JavaScript off                                     test_in_a_browser.py, tests/evening/test_evening.py, half of the tests here
partial answers, nothing answered                  here; every wrong answer: test_answering.py
server restarted between opening and sending       here (Chromium)
server killed while 500 send                       tests/evening/test_kill.py
database locked, disk full                         here (Chromium); not even readable: test_answering.py
sleeping phone                                     here (Chromium, frozen by its own lifecycle)
more answers than seats                            test_thanking.py
================================================== ===================================================================
"""

import re
import resource
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest

from survey.commands.simulated_audience import RECEIPT
from survey.commands.simulated_form import read_form_page
from survey.commands.simulated_phone import Fields, Reply, SimulatedPhone
from survey.model import Performance, Wave
from survey.questionnaire import DATA, load_questionnaire, parse_questionnaire
from survey.storage.database import Database, open_database
from survey.storage.performances import change_performance, close_wave, finish_performance, open_wave
from survey.storage.questionnaires import publish
from survey.storage.responses import responses_by_receipt, responses_count
from tests.databases import add_nest_performance
from tests.evening.lossy_proxy import CutOnce, HeldUp, Moment, carrying
from tests.phone.pages import words_of
from tests.running import Server, in_a_thread

pytestmark = pytest.mark.server

PATIENCE = 20_000
LOST = "chrome-error:"
"""Where Chromium is when it shows its own page about a lost connection."""
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["script", "no script"])


@dataclass(frozen=True)
class Room:
    """One real server, the database it serves, and a performance with its questions open."""

    server: Server
    database: Database
    performance: Performance

    @property
    def path(self) -> str:
        """The form's path."""
        return f"/p/{self.performance.code}"

    @property
    def url(self) -> str:
        """The form's address, as on the poster."""
        return self.server.address + self.path

    def act(self, function: Callable[..., Any], *arguments: Any) -> None:
        """Let the organiser act, from another process than the server."""
        self.database.write(lambda connection: function(connection, self.performance.id, *arguments))

    def responses(self, wave: Wave = Wave.AFTER) -> int:
        """Return how many responses there are."""
        with self.database.reading() as connection:
            return responses_count(connection, self.performance.id, wave)

    def stored(self, thanks: str, wave: Wave = Wave.AFTER) -> dict[str, tuple[str, ...]]:
        """Return what is stored under the code on a thank-you page."""
        code = RECEIPT.search(thanks)
        assert code
        with self.database.reading() as connection:
            found = responses_by_receipt(connection, code.group())
        assert found
        return {answer.question: answer.options for answer in found.responses[wave].answers}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all faults."""
    server = Server(tmp_path_factory.mktemp("faults"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def database(server: Server) -> Iterator[Database]:
    """The server's database, opened beside it."""
    opened = open_database(server.database_url, visiting=True)
    yield opened
    opened.close()


@pytest.fixture
def room(server: Server, database: Database) -> Room:
    """A performance whose *after* questions are open."""
    return Room(server, database, add_nest_performance(database, wave=Wave.AFTER))


@pytest.fixture
def early(server: Server, database: Database) -> Room:
    """A performance whose *before* questions are open."""
    return Room(server, database, add_nest_performance(database, wave=Wave.BEFORE))


@contextmanager
def a_phone(chromium: Any, *, scripts: bool) -> Iterator[Any]:
    """Give a page on a phone of its own."""
    context = chromium.new_context(
        viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True, java_script_enabled=scripts
    )
    context.set_default_timeout(PATIENCE)
    try:
        yield context.new_page()
    finally:
        context.close()


def choose(page: Any, **answers: str) -> None:
    for question, option in answers.items():
        page.check(f"input[name={question}][value='{option}']")


def send(page: Any) -> None:
    with page.expect_navigation(url="**/thanks*"):
        page.click("#send")
    assert page.inner_text("h1") == "Your answers are in."


def thanked(page: Any) -> None:
    """Wait for the thank-you page; a second tap breaks off the first one's navigation."""
    for _ in range(PATIENCE // 100):
        if "/thanks" in page.url:
            break
        page.wait_for_timeout(100)
    page.wait_for_load_state()
    assert page.inner_text("h1") == "Your answers are in."


def text_of(page: Any) -> str:
    return str(page.inner_text("body").replace("\n", ""))


@SCRIPTS
@pytest.mark.parametrize("moment", Moment)
def test_a_connection_cut_off_while_sending(chromium: Any, room: Room, moment: Moment, scripts: bool) -> None:
    proxy = CutOnce(room.server.port, moment)
    with carrying(proxy) as address, a_phone(chromium, scripts=scripts) as page:
        page.goto(address + room.path)
        choose(page, closer_to="sara", trust_nhs="8")
        page.click("#send", no_wait_after=True)
        if not scripts:
            sent_again_by_hand(page)
        thanked(page)
        assert room.stored(page.content()) == {"closer_to": ("sara",), "trust_nhs": ("8",)}
    assert sum(proxy.cut_off.values()) == 1
    assert room.responses() == 1


def sent_again_by_hand(page: Any) -> None:
    """Do what a person does with the browser's own page about a lost connection: load it again."""
    for _ in range(PATIENCE // 100):
        if page.url.startswith(LOST) or page.url.endswith("/thanks"):
            break
        page.wait_for_timeout(100)
    if page.url.startswith(LOST):
        # Not page.reload(): that fails when the browser loads the page again by itself at the same moment.
        page.context.new_cdp_session(page).send("Page.reload")


@SCRIPTS
def test_no_network_for_a_while(chromium: Any, room: Room, scripts: bool) -> None:
    with a_phone(chromium, scripts=scripts) as page:
        page.goto(room.url)
        choose(page, closer_to="sara")
        page.context.set_offline(True)
        page.click("#send", no_wait_after=True)
        page.wait_for_timeout(1500)
        if scripts:
            assert page.is_checked("input[name=closer_to][value=sara]")
            assert re.search("(Not sent|No answer) yet", text_of(page))
        assert room.responses() == 0
        page.context.set_offline(False)
        if not scripts:
            sent_again_by_hand(page)
        thanked(page)
        assert room.stored(page.content()) == {"closer_to": ("sara",)}
    assert room.responses() == 1


@SCRIPTS
def test_a_double_tap(chromium: Any, room: Room, scripts: bool) -> None:
    with a_phone(chromium, scripts=scripts) as page:
        page.goto(room.url)
        choose(page, closer_to="sara")
        slow = {"offline": False, "latency": 400, "downloadThroughput": -1, "uploadThroughput": -1}
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", slow)
        button = page.locator("#send")
        button.scroll_into_view_if_needed()
        box = button.bounding_box()
        for _ in range(3):
            page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        thanked(page)
    assert room.responses() == 1


@SCRIPTS
def test_back_and_change_then_refresh(chromium: Any, room: Room, scripts: bool) -> None:
    with a_phone(chromium, scripts=scripts) as page:
        page.goto(room.url)
        choose(page, closer_to="sara", trust_nhs="8")
        send(page)
        thanks = page.content()
        with page.expect_navigation():
            page.go_back()
        with page.expect_navigation():
            page.click("text=Change my answers")
        assert page.is_checked("input[name=closer_to][value=sara]")
        choose(page, closer_to="sean")
        send(page)
        for _ in range(2):
            page.reload()
            assert RECEIPT.findall(page.content()) == RECEIPT.findall(thanks) != []
        assert room.stored(thanks) == {"closer_to": ("sean",), "trust_nhs": ("8",)}
    assert room.responses() == 1


@pytest.mark.parametrize("then", ["changes", "deletes"])
def test_a_try_given_up_that_arrives_after_newer_answers(chromium: Any, room: Room, then: str) -> None:
    proxy = HeldUp(room.server.port)
    with carrying(proxy) as address, a_phone(chromium, scripts=True) as page:
        page.clock.install()
        page.goto(address + room.path)
        choose(page, closer_to="sara")
        page.click("#send", no_wait_after=True)
        eventually(page, lambda: bool(proxy.cut_off))
        page.clock.fast_forward(15_001)
        page.get_by_role("status").get_by_text("No answer yet").wait_for()
        page.clock.fast_forward(1_501)
        page.clock.resume()
        thanked(page)
        assert room.stored(page.content()) == {"closer_to": ("sara",)}
        if then == "changes":
            page.click("text=Change my answers")
            choose(page, closer_to="sean")
            send(page)
        else:
            page.click("text=See or delete my answers")
            for button in ("Show my answers", "Delete my answers", "Delete for good"):
                page.click(f"text={button}")
            page.wait_for_url("**/deleted")
        proxy.let_go = True
        eventually(page, lambda: bool(proxy.answer))
        if then == "changes":
            assert room.stored(page.content()) == {"closer_to": ("sean",)}
    assert room.responses() == (1 if then == "changes" else 0)


def eventually(page: Any, happened: Callable[[], bool]) -> None:
    """Wait until something has happened outside the page."""
    for _ in range(PATIENCE // 100):
        if happened():
            return
        page.evaluate("0")  # lets the browser's own events pass
        time.sleep(0.1)
    raise AssertionError("it never happened")


def test_two_tabs_and_a_second_scan(chromium: Any, room: Room) -> None:
    with a_phone(chromium, scripts=True) as page:
        other = page.context.new_page()
        for tab, person in ((page, "sara"), (other, "sean")):
            tab.goto(room.url)
            choose(tab, closer_to=person)
        for tab in (page, other):
            send(tab)
        scanned = page.context.new_page()
        scanned.goto(room.url)
        assert "Your answers are in." in text_of(scanned)
        with scanned.expect_navigation():
            scanned.click("text=Change my answers")
        assert scanned.is_checked("input[name=closer_to][value=sean]")
        choose(scanned, closer_to="neither")
        send(scanned)
        assert room.stored(scanned.content()) == {"closer_to": ("neither",)}
    assert room.responses() == 1


def test_a_sleeping_phone(chromium: Any, room: Room) -> None:
    with a_phone(chromium, scripts=True) as page:
        page.goto(room.url)
        choose(page, closer_to="sara")
        page.context.set_offline(True)
        page.click("#send", no_wait_after=True)
        line = page.context.new_cdp_session(page)
        line.send("Page.setWebLifecycleState", {"state": "frozen"})
        page.wait_for_timeout(1500)
        page.context.set_offline(False)
        line.send("Page.setWebLifecycleState", {"state": "active"})
        thanked(page)
        assert room.stored(page.content()) == {"closer_to": ("sara",)}
    assert room.responses() == 1


def test_a_server_restarted_between_opening_and_sending(chromium: Any, room: Room) -> None:
    with a_phone(chromium, scripts=False) as page:
        page.goto(room.url)
        choose(page, closer_to="sara")
        room.server.restart()
        send(page)
        assert room.stored(page.content()) == {"closer_to": ("sara",)}
        page.goto(room.url)
        assert "Your answers are in" in page.content(), "the phone is known; its answers are behind a press"
    assert room.responses() == 1


@contextmanager
def locked(server: Server) -> Iterator[None]:
    """Another program writes into the database and does not stop."""
    locking = sqlite3.connect(server.database_url.removeprefix("sqlite:///"), isolation_level=None)
    locking.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        locking.execute("ROLLBACK")
        locking.close()


@contextmanager
def full(server: Server) -> Iterator[None]:
    """No file of the server may grow any more, as on a full disk."""
    limits = resource.prlimit(server.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (1, limits[1]))
    try:
        yield
    finally:
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, limits)


@pytest.mark.parametrize(("trouble", "scripts"), [(locked, True), (full, False), (full, True)])
def test_a_database_that_cannot_be_written(
    chromium: Any, room: Room, trouble: Callable[[Server], Any], scripts: bool
) -> None:
    with a_phone(chromium, scripts=scripts) as page:
        page.goto(room.url)
        choose(page, closer_to="sara", trust_nhs="8")
        with trouble(room.server):
            page.click("#send", no_wait_after=True)
            page.get_by_text(re.compile("(Not sent|No answer) yet")).first.wait_for()
            assert page.is_checked("input[name=closer_to][value=sara]")
            assert room.responses() == 0
        if not scripts:
            page.get_by_role("button", name="Send again").click(no_wait_after=True)
        thanked(page)
        assert room.stored(page.content()) == {"closer_to": ("sara",), "trust_nhs": ("8",)}
    assert room.responses() == 1


class Walk:
    """One simulated phone: opens, sends and reads, one page after another."""

    def __init__(self, room: Room, *, cookies: bool = True) -> None:
        self.room = room
        self.phone = SimulatedPhone(room.server.address, keeps_cookies=cookies)

    def ask(self, path: str, fields: Fields | None = None) -> Reply:
        """Return the answer to a visit, or to a form when there are fields."""

        async def asked() -> Reply:
            reply = await (self.phone.get(path) if fields is None else self.phone.post(path, fields))
            await self.phone.close()
            return reply

        return in_a_thread(asked())

    def open(self) -> Mapping[str, str]:
        """Open the form; return its hidden fields."""
        return read_form_page(self.ask(self.room.path).body).hidden

    def send(self, hidden: Mapping[str, str], **answers: str) -> Reply:
        """Send the form and go where its answer leads."""
        sent = self.ask(self.room.path, {**hidden, **answers})
        return self.ask(sent.headers["location"]) if sent.status == 303 else sent


def test_cookies_refused_and_sent_twice_and_changed(room: Room) -> None:
    walk = Walk(room, cookies=False)
    hidden = walk.open()
    pages = [walk.send(hidden, closer_to=person) for person in ("sara", "sara", "sean")]
    assert ["Your answers are in." in page.body for page in pages] == [True] * 3
    assert room.stored(pages[0].body) == {"closer_to": ("sean",)}
    assert room.responses() == 1


@pytest.mark.parametrize("same", [True, False], ids=["a new version", "another questionnaire"])
def test_an_old_form_after_the_questions_have_changed(room: Room, same: bool) -> None:
    _, content = load_questionnaire(DATA / "the-nest-1.yaml")
    newer = content | {
        "id": content["id"] if same else "another-play",
        "version": 2,
        "questions": content["questions"][:1],
    }
    walk = Walk(room)
    hidden = walk.open()
    room.database.write(lambda connection: publish(connection, parse_questionnaire(newer), newer))
    changed = replace(room.performance, version_id=f"{newer['id']}-2")
    room.database.write(lambda connection: change_performance(connection, changed))
    page = walk.send(hidden, closer_to="sara")
    if same:
        assert room.stored(page.body) == {"closer_to": ("sara",)}
    else:
        assert page.status == 409
        assert "The questions have changed." in words_of(page.body)
        assert "Sara's" in words_of(page.body)
        assert "Your answers are in." in walk.send(walk.open(), home_system="depends").body
    assert room.responses() == 1


def test_a_scan_after_closing(room: Room) -> None:
    answered, stranger = Walk(room), Walk(room)
    answered.send(answered.open(), closer_to="sara")
    for act in (close_wave, finish_performance):
        room.act(act)
        pages = [walk.ask(room.path) for walk in (answered, stranger)]
        assert [page.status for page in pages] == [200, 200]
        said = [words_of(page.body) for page in pages]
        if act is close_wave:
            assert "Your answers are in." in said[0]
            assert "Closed just now" in said[1]
        else:
            assert all("This is finished" in words for words in said)
    assert room.responses() == 1


@pytest.mark.parametrize("act", [close_wave, finish_performance])
def test_a_form_sent_after_closing(room: Room, act: Callable[..., Any]) -> None:
    walk = Walk(room)
    hidden = walk.open()
    earlier = walk.send(hidden, closer_to="sara")
    room.act(act)
    late = walk.send(hidden, closer_to="sean")
    assert late.status == 409
    assert "These questions have closed." in words_of(late.body)
    assert "Sean's" in words_of(late.body), "what was typed is on the page"
    assert room.stored(earlier.body) == {"closer_to": ("sara",)}
    assert room.responses() == 1


def test_a_late_before_form_after_the_after_questions_have_opened(early: Room) -> None:
    walk = Walk(early)
    hidden = walk.open()
    early.act(open_wave, Wave.AFTER)
    late = walk.send(hidden, home_system="acceptable")
    assert late.status == 409
    assert "came too late to count as answers from before" in words_of(late.body)
    assert early.responses(Wave.BEFORE) == early.responses(Wave.AFTER) == 0
    assert "Your answers are in." in walk.send(walk.open(), home_system="acceptable").body
    assert (early.responses(Wave.BEFORE), early.responses(Wave.AFTER)) == (0, 1)


def test_partial_answers(room: Room) -> None:
    walk = Walk(room)
    hidden = walk.open()
    nothing = walk.send(hidden)
    assert nothing.status == 422
    assert "You have not answered anything yet." in words_of(nothing.body)
    half = walk.send(hidden, closer_to="sara", trust_nhs="eleven")
    assert half.status == 422
    assert "Your other answers are saved; one needs another look." in words_of(half.body)
    whole = walk.send(hidden, closer_to="sara", trust_nhs="8")
    assert room.stored(whole.body) == {"closer_to": ("sara",), "trust_nhs": ("8",)}
    assert room.responses() == 1
