"""The discussion's forms on a bad network: words, votes and support are sent again, count once, and nothing typed is lost."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from survey.model import ContributionStanding, Performance, PollStanding
from survey.phone.inlined import AGAIN_SCRIPT, STATIC
from survey.room.acts import ask_now
from survey.storage import contributions as queue
from survey.storage.contributions import Reason, add_contribution, approve, board, refuse
from survey.storage.polls import set_poll, votes
from tests.phone.conftest import Site
from tests.phone.moderators import standing
from tests.phone.test_room import ASKED, IN
from tests.phone.test_script import KEEPING, NEWER_THAN_2018, TRYING, Wire
from tests.phone.visitor import Visitor, visiting

WORDS = "Who owns the house?"
WITH_MODERATOR = "It is with the moderator"


@pytest.fixture
def poll(site: Site, after: Performance) -> str:
    """A poll that takes answers now."""
    return str(site.database.write(lambda connection: ask_now(connection, after, ASKED)).id)


@pytest.fixture
def said(site: Site, after: Performance, poll: str) -> str:
    """Something the audience has said, approved."""

    def act(connection: Any) -> str:
        made = add_contribution(connection, after.id, "Is Sean asked?")
        approve(connection, after.id, made.id)
        return made.id

    return site.database.write(act)


@pytest.fixture
def visitor(chromium: Any, site: Site, after: Performance, said: str) -> Iterator[Visitor]:
    """Somebody in the discussion: a poll is open, and others have said something. Any error in the page is one here."""
    with visiting(chromium, site, after, viewport={"width": 360, "height": 740}) as visitor:
        wrong: list[str] = []
        visitor.page.on("pageerror", lambda error: wrong.append(str(error)))
        visitor.open(f"/p/{after.code}/room")
        yield visitor
        assert wrong == []


def waiting(visitor: Visitor) -> list[str]:
    return [
        each.text
        for each in standing(visitor.site.database, visitor.performance, ContributionStanding.WAITING)
    ]


def voted(visitor: Visitor, poll: str) -> dict[str, int]:
    with visitor.site.database.reading() as connection:
        return dict(votes(connection, poll).counts)


def supporters(visitor: Visitor) -> list[int]:
    with visitor.site.database.reading() as connection:
        return [each.support for each in board(connection, visitor.performance.id)]


def write(visitor: Visitor) -> None:
    visitor.page.fill("#contribution", WORDS)
    visitor.page.click("#contribute button")


def choose(visitor: Visitor, option: str = "option_2") -> None:
    visitor.page.check(f"#voting input[value={option}]")
    visitor.page.click("#voting .send")


def trying(visitor: Visitor) -> None:
    """Wait for the sentence that says so."""
    visitor.page.get_by_role("status").get_by_text(TRYING).wait_for()


def back(visitor: Visitor) -> None:
    """The network is there again; wait for the page that comes of it."""
    with visitor.page.expect_navigation():
        visitor.page.context.set_offline(False)


def test_the_script_is_small_keeps_nothing_and_evaluates_nothing() -> None:
    assert len(AGAIN_SCRIPT.encode()) <= 1024
    source = re.sub(r"^\s*//.*$", "", (STATIC / "again.js").read_text(encoding="utf-8"), flags=re.MULTILINE)
    for text in (source, AGAIN_SCRIPT):
        assert KEEPING.findall(text.lower()) == []
        assert NEWER_THAN_2018.findall(text) == []
    assert "$" not in AGAIN_SCRIPT


def test_words_sent_without_a_network_stay_in_the_field_and_arrive_once(visitor: Visitor) -> None:
    page = visitor.page
    page.context.set_offline(True)
    write(visitor)
    trying(visitor)
    assert page.input_value("#contribution") == WORDS
    assert waiting(visitor) == []
    back(visitor)
    assert page.inner_text("h1") == WITH_MODERATOR
    assert waiting(visitor) == [WORDS]
    visitor.follow("text=Back to the discussion")
    assert page.input_value("#contribution") == ""


def test_a_vote_sent_without_a_network_arrives_once_and_is_said_to_be_in(visitor: Visitor, poll: str) -> None:
    page = visitor.page
    page.context.set_offline(True)
    choose(visitor)
    trying(visitor)
    assert page.is_checked("#voting input[value=option_2]")
    assert voted(visitor, poll) == {}
    back(visitor)
    assert IN in page.inner_text("#stage")
    assert page.is_checked("#voting input[value=option_2]")
    assert voted(visitor, poll) == {"option_2": 1}


def test_support_without_a_network_arrives_once(visitor: Visitor, said: str) -> None:
    page = visitor.page
    page.context.set_offline(True)
    page.click(f"button[value='{said}']")
    trying(visitor)
    assert page.locator(f"#said-{said}").get_by_text(TRYING).is_visible()
    assert supporters(visitor) == [0]
    back(visitor)
    assert page.get_attribute(f"button[value='{said}']", "name") == "off"
    assert supporters(visitor) == [1]


def test_all_that_was_pressed_without_a_network_arrives(visitor: Visitor, poll: str, said: str) -> None:
    page = visitor.page
    page.context.set_offline(True)
    write(visitor)
    choose(visitor, "option_1")
    page.click(f"button[value='{said}']")
    choose(visitor, "option_2")
    trying(visitor)
    back(visitor)
    assert (waiting(visitor), voted(visitor, poll), supporters(visitor)) == ([WORDS], {"option_2": 1}, [1])
    visitor.open(f"/p/{visitor.performance.code}/room")
    assert page.input_value("#contribution") == ""
    assert page.is_checked("#voting input[value=option_2]")


@pytest.mark.parametrize("where", ["", "/thanks"], ids=["form", "thank-you page"])
def test_a_poll_answered_on_another_page_without_a_network_arrives_once(
    visitor: Visitor, poll: str, where: str
) -> None:
    page = visitor.page
    visitor.open()
    page.check("input[name=closer_to][value=sara]")
    if where:
        visitor.send()
    page.context.set_offline(True)
    for option in ("option_1", "option_2"):
        page.click(f".poll-now button[value={option}]")
        trying(visitor)
    assert voted(visitor, poll) == {}
    back(visitor)
    assert IN in page.inner_text("#stage")
    assert voted(visitor, poll) == {"option_2": 1}
    with page.expect_navigation():
        page.go_back()
    assert page.url.endswith(f"/p/{visitor.performance.code}{where}")


PRESSES: dict[str, Callable[[Visitor], None]] = {
    "contribute": write,
    "poll": choose,
    "support": lambda visitor: visitor.page.click("#supporting button"),
}


@pytest.mark.parametrize("what", PRESSES)
def test_what_was_stored_though_the_answer_was_lost_counts_once(
    visitor: Visitor, poll: str, what: str
) -> None:
    wire = Wire(visitor.page, f"/p/{visitor.performance.code}/room/{what}")
    PRESSES[what](visitor)
    first = wire.sent(1)
    assert first.fetch(max_redirects=0).status == 303
    stored = (waiting(visitor), voted(visitor, poll), supporters(visitor))
    first.abort()
    with visitor.page.expect_navigation():
        wire.sent(2).continue_()
    assert (waiting(visitor), voted(visitor, poll), supporters(visitor)) == stored
    assert stored != ([], {}, [0])


def test_words_refused_while_their_answer_was_lost_are_not_queued_again(visitor: Visitor) -> None:
    wire = Wire(visitor.page, "/room/contribute")
    write(visitor)
    first = wire.sent(1)
    first.fetch(max_redirects=0)
    (one,) = standing(visitor.site.database, visitor.performance, ContributionStanding.WAITING)
    visitor.act(refuse, one.id, Reason.OFF_TOPIC)
    first.abort()
    with visitor.page.expect_navigation():
        wire.sent(2).continue_()
    assert visitor.page.inner_text("h1") == WITH_MODERATOR
    assert waiting(visitor) == []


def test_words_changed_while_waiting_are_what_is_sent(visitor: Visitor) -> None:
    visitor.page.context.set_offline(True)
    write(visitor)
    trying(visitor)
    visitor.page.fill("#contribution", "Who owns the data?")
    back(visitor)
    assert waiting(visitor) == ["Who owns the data?"]


def test_words_changed_while_they_are_sent_go_too(visitor: Visitor) -> None:
    wire = Wire(visitor.page, "/room/contribute")
    write(visitor)
    first = wire.sent(1)
    visitor.page.fill("#contribution", "Who owns the data?")
    first.continue_()
    with visitor.page.expect_navigation():
        wire.sent(2).continue_()
    assert sorted(waiting(visitor)) == ["Who owns the data?", WORDS]


@pytest.mark.parametrize("status", [502, 504])
def test_a_house_that_cannot_be_reached_is_asked_again(visitor: Visitor, status: int) -> None:
    wire = Wire(visitor.page, "/room/contribute")
    write(visitor)
    wire.sent(1).fulfill(status=status, body="no gateway")
    trying(visitor)
    with visitor.page.expect_navigation():
        wire.sent(2).continue_()
    assert waiting(visitor) == [WORDS]


def test_a_house_that_takes_no_more_shows_its_page_and_keeps_the_words(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "MOST_WAITING", 0)
    page = visitor.page
    with page.expect_navigation():
        write(visitor)
    assert "A great deal is waiting to be read" in page.inner_text("main")
    assert page.input_value("#contribution") == WORDS
    monkeypatch.undo()
    visitor.follow("#contribute button")
    assert page.inner_text("h1") == WITH_MODERATOR
    visitor.follow("text=Back to the discussion")
    assert page.input_value("#contribution") == ""
    assert waiting(visitor) == [WORDS]


def test_a_house_that_was_busy_for_a_moment_leaves_no_sent_words_in_the_field(visitor: Visitor) -> None:
    page = visitor.page
    wire = Wire(page, "/room/contribute")
    write(visitor)
    wire.sent(1).fulfill(status=503, body="busy")
    with page.expect_navigation():
        wire.sent(2).continue_()
    assert page.inner_text("h1") == WITH_MODERATOR
    visitor.open(f"/p/{visitor.performance.code}/room")
    assert page.input_value("#contribution") == ""
    assert waiting(visitor) == [WORDS]


def test_a_network_that_goes_between_two_tries_takes_no_words_away(visitor: Visitor) -> None:
    page = visitor.page
    wire = Wire(page, "/room/contribute")
    write(visitor)
    wire.sent(1).fulfill(status=503, body="busy")
    wire.sent(2).abort()  # the browser's own sending: it ends on the browser's own page
    page.wait_for_function("location.protocol == 'chrome-error:'")
    visitor.open(f"/p/{visitor.performance.code}/room")
    assert page.input_value("#contribution") == WORDS


def test_a_poll_that_closed_meanwhile_is_told_kindly(visitor: Visitor, poll: str) -> None:
    page = visitor.page
    page.context.set_offline(True)
    choose(visitor)
    trying(visitor)
    visitor.act(lambda connection, id: set_poll(connection, poll, PollStanding.CLOSED))
    back(visitor)
    assert "The poll closed before your answer came." in page.inner_text("main")
    assert voted(visitor, poll) == {}


def test_a_double_tap_is_sent_once_and_the_button_says_that_it_is_sending(
    visitor: Visitor, said: str
) -> None:
    page = visitor.page
    wire = Wire(page, "/room/support")
    page.dblclick(f"button[value='{said}']")
    assert page.get_attribute(f"button[value='{said}']", "aria-disabled") == "true"
    with page.expect_navigation():
        wire.sent(1).continue_()
    assert supporters(visitor) == [1]


def test_a_sending_without_any_answer_is_given_up_after_a_while_and_tried_again(visitor: Visitor) -> None:
    page = visitor.page
    wire = Wire(page, "/room/contribute")
    page.clock.install()
    write(visitor)
    wire.sent(1)
    page.clock.fast_forward(15_001)
    trying(visitor)
    page.clock.fast_forward(2_001)
    page.clock.resume()
    with page.expect_navigation():
        wire.sent(2).continue_()
    assert waiting(visitor) == [WORDS]


def test_a_phone_that_slept_tries_again_the_moment_it_wakes(visitor: Visitor) -> None:
    page = visitor.page
    wire = Wire(page, "/room/contribute")
    page.clock.install()
    write(visitor)
    wire.sent(1).abort()
    trying(visitor)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))")
    with page.expect_navigation():
        wire.sent(2).continue_()
    assert waiting(visitor) == [WORDS]


def test_what_comes_new_waits_while_something_is_still_being_sent(visitor: Visitor, said: str) -> None:
    page = visitor.page
    wire = Wire(page, "/room/support")
    page.click(f"button[value='{said}']")
    wire.sent(1).abort()
    trying(visitor)
    visitor.act(lambda connection, id: approve(connection, id, add_contribution(connection, id, "New").id))
    with page.expect_response("**/room/now**"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(150)
    assert "New" not in page.inner_text("#board")
    with page.expect_navigation():
        wire.sent(2).continue_()
    assert "New" in page.inner_text("#board")
    assert sorted(supporters(visitor)) == [0, 1]


def test_leaving_with_something_not_sent_is_asked_about(visitor: Visitor) -> None:
    page = visitor.page
    asked: list[str] = []
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.context.set_offline(True)
    choose(visitor)
    trying(visitor)
    page.close(run_before_unload=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]


def test_a_browser_that_names_no_button_sends_as_it_always_did(
    chromium: Any, site: Site, after: Performance, said: str, poll: str
) -> None:
    with visiting(chromium, site, after) as visitor:
        visitor.page.add_init_script("delete SubmitEvent.prototype.submitter")
        visitor.open(f"/p/{after.code}/room")
        with visitor.page.expect_navigation():
            choose(visitor)
        visitor.follow("#supporting button")
        with visitor.page.expect_navigation():
            write(visitor)
        assert (waiting(visitor), voted(visitor, poll), supporters(visitor)) == (
            [WORDS],
            {"option_2": 1},
            [1],
        )
