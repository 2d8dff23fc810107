"""The form's script on a bad network and among impossible choices; without it everything works as before."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from survey.model import Performance
from survey.phone.inlined import KEEP_SCRIPT, SCRIPT, STATIC, small_script
from tests.phone.conftest import Site
from tests.phone.pages import Phone
from tests.phone.states import ranking
from tests.phone.visitor import Visitor, people, visiting

TRYING = "No answer yet. Trying again: it will not count twice."
NEWER_THAN_2018 = re.compile(
    r"\?\.|\?\?|\|\|=|&&=|\basync\b|\bawait\b|replaceAll|\.at\(|\.flat|allSettled|finally|AbortSignal|matchAll|\d_\d"
)
KEEPING = re.compile(
    r"storage|indexeddb|cookie|caches|serviceworker|\beval\b|function\(|innerhtml|document\.write"
)


@pytest.fixture
def visitor(chromium: Any, site: Site, after: Performance) -> Iterator[Visitor]:
    """Somebody who has opened the form and chosen one answer."""
    with visiting(chromium, site, after) as visitor:
        visitor.open()
        visitor.page.check("[name=home_system][value=depends]")
        yield visitor


class Wire:
    """The network between a page and the house: what was sent, held back until somebody says what becomes of it."""

    def __init__(self, page: Any, path: str) -> None:
        self.page = page
        self.held: list[Any] = []
        page.route(f"**{path}", self._hold)

    def _hold(self, route: Any) -> None:
        if route.request.method == "POST":
            self.held.append(route)
        else:
            route.continue_()

    def sent(self, times: int) -> Any:
        """Wait until something was sent so many times; return the newest."""
        for _ in range(100):
            if len(self.held) >= times:
                break
            self.page.wait_for_timeout(100)
        assert len(self.held) == times
        return self.held[-1]


@pytest.fixture
def wire(visitor: Visitor) -> Wire:
    """The visitor's network."""
    return Wire(visitor.page, f"/p/{visitor.performance.code}")


def stored(visitor: Visitor) -> int:
    return people(visitor.site, visitor.performance)


def test_the_script_is_small_and_the_same_on_every_form(client: TestClient, after: Performance) -> None:
    scripts = re.findall(r"<script>(.*?)</script>", Phone(client, after.code).open(), re.DOTALL)
    assert scripts == [KEEP_SCRIPT, SCRIPT]
    for script, most in zip(scripts, (1280, 2048), strict=True):
        assert len(script.encode()) <= most
        assert not re.findall(r"\$\w", script)


def test_the_script_keeps_nothing_evaluates_nothing_and_is_read_by_phones_of_2018() -> None:
    source = re.sub(r"^\s*//.*$", "", (STATIC / "phone.js").read_text(encoding="utf-8"), flags=re.MULTILINE)
    for text in (source, SCRIPT):
        assert KEEPING.findall(text.lower()) == []
        assert NEWER_THAN_2018.findall(text) == []


def test_a_script_is_made_small_without_a_change_of_meaning() -> None:
    assert small_script("// why\nlet $long = 1, $other\n  if ($long > 0) {\n  $long()\n}\n") == (
        "let a=1,b\nif(a>0){a()}"
    )


def test_no_page_allows_anything_unsafe_and_no_markup_holds_a_handler(
    client: TestClient, after: Performance
) -> None:
    for path in (
        f"/p/{after.code}",
        f"/p/{after.code}?view=one",
        f"/p/{after.code}/kept",
        "/join",
        "/p/zzzzzzzz",
    ):
        answer = client.get(path)
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert answer.headers["content-security-policy"].startswith("default-src 'none'; ")
        assert not re.search(r"<[^>]+\son\w+=", answer.text.replace(SCRIPT, ""))


def test_answers_sent_without_a_network_arrive_when_it_is_back(visitor: Visitor) -> None:
    page = visitor.page
    page.context.set_offline(True)
    page.click("#send")
    page.get_by_role("status").get_by_text(TRYING).wait_for()
    assert page.inner_text("#send") == "Send again"
    assert page.is_checked("[name=home_system][value=depends]")
    assert stored(visitor) == 0
    with page.expect_navigation(url="**/thanks"):
        page.context.set_offline(False)
    assert stored(visitor) == 1


def test_a_connection_that_breaks_is_tried_again_by_itself(visitor: Visitor, wire: Wire) -> None:
    visitor.page.click("#send")
    wire.sent(1).abort()
    wire.sent(2).abort()
    assert visitor.page.inner_text("#not-sent") == TRYING
    with visitor.page.expect_navigation(url="**/thanks"):
        wire.sent(3).continue_()
    assert stored(visitor) == 1


@pytest.mark.parametrize("status", [429, 502, 503])
def test_a_house_that_is_busy_is_asked_again(visitor: Visitor, wire: Wire, status: int) -> None:
    visitor.page.click("#send")
    wire.sent(1).fulfill(status=status, body="busy")
    with visitor.page.expect_navigation(url="**/thanks"):
        wire.sent(2).continue_()
    assert stored(visitor) == 1


def test_a_reply_that_is_lost_makes_no_second_response(visitor: Visitor, wire: Wire) -> None:
    visitor.page.click("#send")
    first = wire.sent(1)
    assert first.fetch(max_redirects=0).status == 303
    first.abort()
    with visitor.page.expect_navigation(url="**/thanks"):
        wire.sent(2).continue_()
    assert stored(visitor) == 1


def test_a_double_tap_sends_once_and_the_button_says_that_it_is_sending(visitor: Visitor, wire: Wire) -> None:
    page = visitor.page
    page.dblclick("#send")
    page.evaluate("document.getElementById('send').click()")
    assert page.get_attribute("#send", "aria-disabled") == "true"
    assert page.inner_text("#send") == "Sending…"
    page.wait_for_timeout(300)
    with page.expect_navigation(url="**/thanks"):
        wire.sent(1).continue_()
    assert stored(visitor) == 1


def test_a_send_without_any_answer_is_given_up_after_a_while_and_tried_again(
    visitor: Visitor, wire: Wire
) -> None:
    page = visitor.page
    page.clock.install()
    page.click("#send")
    wire.sent(1)
    page.clock.fast_forward(15_001)
    page.get_by_role("status").get_by_text(TRYING).wait_for()
    page.clock.fast_forward(1_501)
    page.clock.resume()
    with page.expect_navigation(url="**/thanks"):
        wire.sent(2).continue_()
    assert stored(visitor) == 1


def test_a_phone_that_slept_while_sending_tries_again_the_moment_it_wakes(
    visitor: Visitor, wire: Wire
) -> None:
    page = visitor.page
    page.clock.install()
    page.click("#send")
    wire.sent(1)
    page.clock.set_fixed_time(page.evaluate("Date.now() + 600000"))  # ten minutes, and no timer ran
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    with page.expect_navigation(url="**/thanks"):
        wire.sent(2).continue_()
    assert stored(visitor) == 1


def test_what_was_changed_while_waiting_is_what_is_sent(visitor: Visitor) -> None:
    page = visitor.page
    page.context.set_offline(True)
    page.click("#send")
    page.get_by_role("status").get_by_text(TRYING).wait_for()
    page.check("[name=home_system][value=acceptable]")
    with page.expect_navigation(url="**/thanks"):
        page.context.set_offline(False)
    with page.expect_navigation():
        page.click("text=Change my answers")
    assert page.is_checked("[name=home_system][value=acceptable]")


def test_leaving_with_answers_not_sent_is_asked_about(visitor: Visitor) -> None:
    page = visitor.page
    asked: list[str] = []
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.context.set_offline(True)
    page.click("#send")
    page.get_by_role("status").get_by_text(TRYING).wait_for()
    page.close(run_before_unload=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]


def test_an_answer_that_needs_another_look_comes_back_as_typed(visitor: Visitor) -> None:
    page = visitor.page
    page.fill("#q-differently", "long " * 80)
    visitor.send()
    assert page.title().startswith("Error:")
    assert page.evaluate("document.activeElement.className") == "trouble"
    assert page.input_value("#q-differently") == "long " * 80
    page.fill("#q-differently", "short")
    visitor.send()
    assert page.url.endswith("/thanks")
    assert stored(visitor) == 1


def test_back_from_the_thank_you_page_the_form_can_be_sent_again(visitor: Visitor) -> None:
    page = visitor.page
    visitor.send()
    with page.expect_navigation():
        page.go_back()
    visitor.follow("text=Change my answers")
    assert page.inner_text("#send") == "Send my answers"
    page.check("[name=home_system][value=acceptable]")
    visitor.send()
    assert page.url.endswith("/thanks")
    assert stored(visitor) == 1


def test_a_browser_without_the_means_sends_as_it_always_did(
    chromium: Any, site: Site, after: Performance
) -> None:
    with visiting(chromium, site, after) as visitor:
        visitor.page.add_init_script("delete window.AbortController; delete window.fetch")
        visitor.open()
        visitor.answer()
        assert visitor.page.url.endswith("/thanks")
        assert stored(visitor) == 1


def test_after_all_of_it_the_phone_has_kept_the_seat_only(visitor: Visitor) -> None:
    page = visitor.page
    page.context.set_offline(True)
    page.click("#send")
    page.get_by_role("status").get_by_text(TRYING).wait_for()
    kept = "async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length]"
    assert page.evaluate(kept) == [0, 0, 0]
    with page.expect_navigation(url="**/thanks"):
        page.context.set_offline(False)
    assert page.evaluate(kept) == [0, 0, 0]
    assert [cookie["name"] for cookie in page.context.cookies()] == ["seat"]


def ticked(visitor: Visitor, name: str) -> list[str]:
    found: list[str] = visitor.page.eval_on_selector_all(
        f"[name={name}]:checked", "all => all.map(o => o.value)"
    )
    return found


def test_none_of_these_unticks_the_others_and_the_other_way_round(visitor: Visitor) -> None:
    page = visitor.page
    for value in ("gp", "family"):
        page.check(f"[name=share_with][value={value}]")
    page.check("[name=share_with][value=none]")
    assert ticked(visitor, "share_with") == ["none"]
    page.check("[name=share_with][value=gp]")
    assert ticked(visitor, "share_with") == ["gp"]


def test_a_fourth_of_three_is_not_ticked_and_the_question_says_what_to_do(visitor: Visitor) -> None:
    page = visitor.page
    for value in ("told", "say_no", "proof"):
        page.check(f"[name=matters_most][value={value}]")
    assert page.inner_text("#q-matters_most-most") == ""
    page.click("[name=matters_most][value=fines]")
    assert ticked(visitor, "matters_most") == ["told", "say_no", "proof"]
    assert page.inner_text("#q-matters_most-most") == "Untick one first."
    page.uncheck("[name=matters_most][value=told]")
    assert page.inner_text("#q-matters_most-most") == ""
    page.check("[name=matters_most][value=fines]")
    page.check("[name=matters_most][value=no_concerns]")
    assert ticked(visitor, "matters_most") == ["no_concerns"]


def test_a_chosen_answer_is_taken_back_by_choosing_it_again_but_not_by_a_double_tap(visitor: Visitor) -> None:
    page = visitor.page
    page.dblclick("[name=closer_to][value=sara]")
    assert ticked(visitor, "closer_to") == ["sara"]
    page.wait_for_timeout(900)
    page.click("[name=closer_to][value=sara]")
    assert ticked(visitor, "closer_to") == ["sara"], (
        "a second tap within a second is a slip, not a change of mind"
    )
    page.wait_for_timeout(1600)
    page.click("[name=closer_to][value=sara]")
    assert ticked(visitor, "closer_to") == []
    page.click("text=Neither >> nth=0")
    assert ticked(visitor, "closer_to") == ["neither"]


def test_an_answer_stored_earlier_is_taken_back_by_choosing_it_again(visitor: Visitor) -> None:
    page = visitor.page
    page.check("[name=closer_to][value=sara]")
    visitor.send()
    visitor.follow("text=Change my answers")
    page.wait_for_timeout(1600)
    page.click("[name=closer_to][value=sara]")
    assert ticked(visitor, "closer_to") == []


def test_an_option_has_one_place_in_a_ranking(visitor: Visitor) -> None:
    ranking(visitor)
    page = visitor.page
    page.select_option("select >> nth=0", "")
    places = page.locator("select[name=matters_order]")
    assert places.count() == 3
    places.nth(0).select_option("proof")
    places.nth(1).select_option("told")
    free = "all => all.map(one => [...one.options].filter(o => o.disabled).map(o => o.value))"
    assert page.eval_on_selector_all("select", free) == [["told"], ["proof"], ["told", "proof"]]
    places.nth(1).select_option("")
    assert page.eval_on_selector_all("select", free) == [[], ["proof"], ["proof"]]
    visitor.send()
    assert page.url.endswith("/thanks")
    visitor.follow("text=Change my answers")
    assert page.input_value("select[name=matters_order] >> nth=0") == "proof"
    assert page.eval_on_selector_all("select", free) == [[], ["proof"], ["proof"]]
