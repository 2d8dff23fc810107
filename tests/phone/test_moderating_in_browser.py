"""The moderator's page in the real Chromium: two moderators at once, presses while the list refreshes, no script."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from survey.model import ContributionStanding, Performance, Role
from survey.storage.contributions import Reason, refuse
from survey.storage.database import Database
from tests.phone.conftest import Site, served
from tests.phone.moderators import house_app, sent, signed_in, standing
from tests.phone.test_accessible import LOOKS, RUN, SEEN_COLOURS, TAGS
from tests.phone.visitor import BRIGHTEST, SIDEWAYS, SMALL_TARGETS

WAITING, APPROVED, REFUSED = ContributionStanding
VOICES = (
    "Who owns the house?",
    "My mother lives alone. Would she be asked, or would I be asked for her?",
    "صباح الخير، من يملك البيانات؟",
    "People my age do not trust this. " * 8,
    "Pneumonoultramicroscopicsilicovolcanoconiosis" * 5,
)


@pytest.fixture
def house(sqlite_database: Database) -> Iterator[Site]:
    """The house with its guard, on a real port."""
    with served(house_app(sqlite_database), sqlite_database) as site:
        yield site


@contextmanager
def moderating(chromium: Any, house: Site, performance: Performance, **options: Any) -> Iterator[Any]:
    """Open the moderator's page in a browser of its own."""
    context = chromium.new_context(**options)
    try:
        cookies = signed_in(house.database, Role.MODERATOR, performance)
        context.add_cookies(
            [{"name": name, "value": value, "url": house.url} for name, value in cookies.items()]
        )
        page = context.new_page()
        page.goto(f"{house.url}/m/{performance.code}")
        yield page
    finally:
        context.close()


def item(page: Any, text: str) -> Any:
    return page.locator("li", has_text=text)


def press(page: Any, text: str, button: str) -> None:
    item(page, text).locator(f"button[value='{button}']").click()


def test_two_moderators_at_once_make_one_decision_and_both_see_it(
    chromium: Any, house: Site, after: Performance
) -> None:
    sent(house.database, after, *VOICES)
    with (
        moderating(chromium, house, after) as one,
        moderating(chromium, house, after) as two,
    ):
        press(one, VOICES[0], "approve")
        item(one, VOICES[0]).get_by_text("Approved").wait_for()
        # Whether the other's page has heard of it or not: nothing else comes of the second press.
        item(two, VOICES[0]).get_by_text("Approved").wait_for()
        assert [each.text for each in standing(house.database, after, APPROVED)] == [VOICES[0]]
        two.route("**/m/*", lambda route: route.continue_() if route.request.method == "POST" else None)
        press(one, VOICES[1], "hurtful")
        item(one, VOICES[1]).get_by_text("Refused: hurtful").wait_for()
        two.unroute("**/m/*")
        item(two, VOICES[1]).get_by_text("Refused: hurtful").wait_for()
        assert one.inner_text("#counts") == "3 waiting, 1 approved, 1 refused"


def test_who_is_second_is_told_what_was_decided(chromium: Any, house: Site, after: Performance) -> None:
    one, _other = sent(house.database, after, *VOICES[:2])
    with moderating(chromium, house, after) as page:
        page.route(
            "**/m/*", lambda route: route.abort() if route.request.method == "GET" else route.continue_()
        )
        page.get_by_text("Nothing comes through.").wait_for()
        page.unroute("**/m/*")
        house.database.write(lambda c: refuse(c, after.id, one.id, Reason.HURTFUL))
        press(page, VOICES[0], "approve")
        page.get_by_text("It had been decided already").wait_for()
        item(page, VOICES[0]).get_by_text("Refused: hurtful").wait_for()
        assert standing(house.database, after, APPROVED) == []


def test_new_ones_come_at_the_end_and_nothing_moves_under_a_finger(
    chromium: Any, house: Site, after: Performance
) -> None:
    sent(house.database, after, *(f"Question {number} of the audience" for number in range(6)))
    with moderating(chromium, house, after, viewport={"width": 360, "height": 640}) as page:
        first = page.locator("#waiting li").nth(3)
        first.scroll_into_view_if_needed()
        button = first.locator("[value=hurtful]")
        button.focus()
        before = button.bounding_box()
        sent(house.database, after, *(f"New one {number}" for number in range(4)))
        item(page, "New one 3").wait_for()
        assert abs(button.bounding_box()["y"] - before["y"]) < 1
        assert page.evaluate("document.activeElement.value") == "hurtful"
        assert all("New one" in text for text in page.locator("#waiting li .text").all_inner_texts()[6:])
        assert page.title().startswith("(10) ")
        # What another decided keeps its place too.
        other = page.locator("#waiting li").nth(0)
        id = str(other.get_attribute("id")).removeprefix("c-")
        house.database.write(lambda c: refuse(c, after.id, id, Reason.ADVERT))
        other.get_by_text("Refused: advert").wait_for()
        assert abs(button.bounding_box()["y"] - before["y"]) < 1


def test_a_button_held_down_while_the_list_refreshes_still_does_what_it_says(
    chromium: Any, house: Site, after: Performance
) -> None:
    sent(house.database, after, *VOICES[:3])
    with moderating(chromium, house, after, viewport={"width": 1280, "height": 1000}) as page:
        button = item(page, VOICES[0]).locator("[value=approve]")
        box = button.bounding_box()
        page.mouse.move(box["x"] + 20, box["y"] + 20)
        page.mouse.down()
        sent(house.database, after, "A new one")
        item(page, "A new one").wait_for()
        page.mouse.up()
        item(page, VOICES[0]).get_by_text("Approved").wait_for()
        assert [each.text for each in standing(house.database, after, APPROVED)] == [VOICES[0]]


def test_a_double_press_decides_once_and_undoes_nothing(
    chromium: Any, house: Site, after: Performance
) -> None:
    sent(house.database, after, *VOICES)
    with moderating(chromium, house, after, viewport={"width": 360, "height": 640}) as page:
        for value in ("approve", "hurtful", "advert"):
            text = page.locator("#waiting li", has=page.locator("[value=approve]")).first.locator(".text")
            words = text.inner_text()
            box = item(page, words[:40]).locator(f"[value='{value}']").bounding_box()
            x, y = box["x"] + box["width"] - 12, box["y"] + box["height"] / 2
            if y > 640:
                page.evaluate("y => scrollBy(0, y)", y - 300)
                y = 300.0
            for _tap in range(3):
                page.mouse.click(x, y)
                page.wait_for_timeout(120)
        page.wait_for_timeout(300)
        assert len(standing(house.database, after, APPROVED)) == 1
        assert len(standing(house.database, after, REFUSED)) == 2


def test_with_the_keyboard_the_focus_stays_where_the_decision_was(
    chromium: Any, house: Site, after: Performance
) -> None:
    sent(house.database, after, *VOICES)
    with moderating(chromium, house, after) as page:
        page.locator("#waiting [value=approve]").first.focus()
        page.keyboard.press("Enter")
        page.locator("#waiting li").first.get_by_text("Approved").wait_for()
        assert page.evaluate("document.activeElement === document.querySelector('#waiting li')")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.value") == "reconsider"
        page.wait_for_timeout(800)
        page.keyboard.press("Enter")
        page.locator("#waiting li").first.locator("[value=approve]").wait_for()
        assert standing(house.database, after, APPROVED) == []


def test_when_nothing_is_left_to_read_the_queue_tidies_itself(
    chromium: Any, house: Site, after: Performance
) -> None:
    sent(house.database, after, *VOICES[:2])
    with moderating(chromium, house, after) as page:
        for text in VOICES[:2]:
            press(page, text, "approve")
            item(page, text).get_by_text("Approved").wait_for()
        assert page.locator("#waiting li").count() == 2
        page.locator("#decided li").nth(1).wait_for(timeout=20_000)
        assert page.locator("#waiting li").count() == 0
        assert page.locator("#decided li").count() == 2


def test_a_press_that_does_not_arrive_says_so_and_can_be_pressed_again(
    chromium: Any, house: Site, after: Performance
) -> None:
    sent(house.database, after, *VOICES[:1])
    with moderating(chromium, house, after) as page:
        page.context.set_offline(True)
        press(page, VOICES[0], "approve")
        page.get_by_text("Press again.").wait_for()
        page.context.set_offline(False)
        press(page, VOICES[0], "approve")
        item(page, VOICES[0]).get_by_text("Approved").wait_for()
        page.wait_for_function("document.getElementById('said').textContent === ''")


def test_without_a_script_every_button_works(chromium: Any, house: Site, after: Performance) -> None:
    sent(house.database, after, *VOICES[:2])
    with moderating(chromium, house, after, java_script_enabled=False) as page:

        def follow(what: Any) -> None:
            with page.expect_navigation():
                what.click()

        follow(item(page, VOICES[0]).locator("[value=approve]"))
        follow(item(page, VOICES[1]).locator("[value='names a person']"))
        assert page.inner_text("#counts") == "0 waiting, 1 approved, 1 refused"
        follow(item(page, VOICES[0]).locator("[value=reconsider]"))
        assert page.inner_text("#counts") == "1 waiting, 0 approved, 1 refused"
        sent(house.database, after, "A new one")
        follow(page.get_by_text("Look again"))
        assert page.inner_text("#counts") == "2 waiting, 0 approved, 1 refused"
        follow(page.get_by_text("Clear the stage"))
        assert "The stage is clear." in page.inner_text("#said")


@pytest.mark.parametrize("state", ["many", "nothing", "told"])
def test_everyone_can_moderate(chromium: Any, house: Site, after: Performance, state: str) -> None:
    found: list[str] = []
    if state != "nothing":
        one, *_others = sent(house.database, after, *VOICES)
        house.database.write(lambda c: refuse(c, after.id, one.id, Reason.OFF_TOPIC))
    with moderating(chromium, house, after, bypass_csp=True) as page:
        if state == "told":
            page.goto(f"{page.url}?said=approved")
        page.add_style_tag(content=BRIGHTEST)
        page.evaluate(Axe().axe_script)
        for width in (320, 360, 1280):
            page.set_viewport_size({"width": width, "height": 740})
            found += [f"{width}: smaller than 44 px: {each}" for each in page.evaluate(SMALL_TARGETS)]
            if page.evaluate(SIDEWAYS) > 0:
                found.append(f"{width}: scrolls sideways")
            for look in LOOKS:
                page.emulate_media(**look)
                page.evaluate(SEEN_COLOURS)
                found += [f"{width} {look}: {each}" for each in page.evaluate(RUN, TAGS)]
    assert found == []


def test_nothing_is_asked_of_anybody_else_and_the_policy_stands(
    chromium: Any, house: Site, after: Performance
) -> None:
    sent(house.database, after, *VOICES)
    with moderating(chromium, house, after) as page:
        asked: list[str] = []
        complaints: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.reload()
        press(page, VOICES[0], "approve")
        item(page, VOICES[0]).get_by_text("Approved").wait_for()
        assert [url for url in asked if not url.startswith((house.url, "data:"))] == []
        assert [each for each in complaints if "Content Security Policy" in each] == []
