"""One question at a time: the same page and the same one send, without JavaScript too."""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from survey.model import Performance, Wave
from tests.databases import add_nest_performance
from tests.languages import offer_every_translation
from tests.phone.conftest import AFTER_ANSWERS, Site
from tests.phone.pages import Phone, form_to
from tests.phone.test_accessible import LANGUAGES
from tests.phone.visitor import Visitor, people, visiting

SEEN = "all => all.filter(step => step.getClientRects().length).map(step => step.id)"


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def visitor(
    request: pytest.FixtureRequest, chromium: Any, site: Site, after: Performance
) -> Iterator[Visitor]:
    """Somebody with a phone, whose browser runs JavaScript or not."""
    with visiting(
        chromium, site, after, java_script_enabled=request.param, viewport={"width": 360, "height": 640}
    ) as visitor:
        visitor.open()
        yield visitor


def seen(visitor: Visitor) -> list[str]:
    """Return the steps a person sees."""
    found: list[str] = visitor.page.eval_on_selector_all(".step", SEEN)
    return found


def test_one_question_at_a_time_and_one_send_at_the_end(visitor: Visitor) -> None:
    page = visitor.page
    assert len(seen(visitor)) == 10
    page.click("text=One question at a time")
    assert seen(visitor) == ["step-1"]
    assert not page.is_visible("#send")
    page.context.set_offline(True)  # everything is on the phone already
    page.check("[name=home_system][value=depends]")
    for number in range(2, 11):
        page.click("text=Next >> visible=true")
        assert seen(visitor) == [f"step-{number}"]
        assert page.is_visible(f"text={number} of 10")
    assert not page.is_visible("text=Next")
    page.click("text=Back >> visible=true")
    assert seen(visitor) == ["step-9"]
    page.click("text=Next >> visible=true")
    page.context.set_offline(False)
    visitor.send()
    assert page.locator("h1").inner_text() == "Your answers are in."
    assert people(visitor.site, visitor.performance) == 1


def test_all_on_one_page_is_one_tap_away_and_keeps_what_was_chosen(visitor: Visitor) -> None:
    page = visitor.page
    page.click("text=One question at a time")
    page.check("[name=home_system][value=depends]")
    page.click("text=All on one page")
    assert len(seen(visitor)) == 10
    assert not page.is_visible("text=All on one page")
    assert page.is_checked("[name=home_system][value=depends]")
    page.click("text=One question at a time")
    assert seen(visitor) == ["step-1"]


@pytest.mark.parametrize("width", [320, 360, 412])
@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_the_way_to_all_questions_is_in_sight_in_every_language(
    chromium: Any, site: Site, after: Performance, language: str, width: int
) -> None:
    offer_every_translation(site.database, after.version_id)
    with visiting(
        chromium, site, after, locale=language, viewport={"width": width, "height": 640}
    ) as visitor:
        page = visitor.page
        for step in ("step-1", "step-4", "step-10"):
            visitor.open(f"/p/{after.code}?view=one#{step}")
            page.wait_for_function("scrollY > 0")
            link, question = page.locator(".to-all"), page.locator(f"#{step}")
            assert 0 <= link.bounding_box()["y"] < question.bounding_box()["y"] < 200


def test_the_phones_own_back_leads_to_the_question_before(visitor: Visitor) -> None:
    page = visitor.page
    page.click("text=One question at a time")
    page.click("text=Next >> visible=true")
    page.go_back()
    assert seen(visitor) == ["step-1"]


def test_without_a_question_in_the_address_it_begins_with_the_notice(visitor: Visitor) -> None:
    visitor.open(f"/p/{visitor.performance.code}?view=one")
    assert seen(visitor) == []
    visitor.page.click("text=Go to the questions")
    assert seen(visitor) == ["step-1"]
    assert not visitor.page.is_visible("text=Go to the questions")


def test_with_the_keyboard_alone_each_question_is_the_next_stop(visitor: Visitor) -> None:
    visitor.performance = add_nest_performance(visitor.site.database, wave=Wave.BEFORE)
    visitor.open(f"/p/{visitor.performance.code}?view=one")
    page = visitor.page

    def tab_to(words: str) -> list[str]:
        """Press Tab until the focus is on these words; return the questions passed."""
        passed: list[str] = []
        for _ in range(40):
            page.keyboard.press("Tab")
            name, text = page.evaluate("[document.activeElement.name, document.activeElement.textContent]")
            if text == words:
                return passed
            passed.append(name)
        raise AssertionError(f"Tab does not lead to {words!r}")

    tab_to("Go to the questions")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "step-1"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.is_checked("[name=home_system][value=not_acceptable]")
    assert tab_to("Next") == []
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "step-2"
    passed = tab_to("Send my answers") if not page.is_visible("text=Next") else tab_to("Next")
    assert {name for name in passed if name} == {"research_nhs", "research_university", "research_company"}
    while page.is_visible("text=Next"):
        page.keyboard.press("Enter")
        tab_to("Next" if page.is_visible("text=Next") else "Send my answers")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("h1").inner_text() == "Your answers are in."


def test_after_an_error_every_question_is_there_with_the_summary_on_top(visitor: Visitor) -> None:
    page = visitor.page
    page.click("text=One question at a time")
    for _ in range(9):
        page.click("text=Next >> visible=true")
    page.fill("#q-differently", "long " * 80)
    visitor.send()
    assert page.title().startswith("Error:")
    assert len(seen(visitor)) == 10
    assert page.input_value("#q-differently") == "long " * 80


def test_both_ways_send_the_same_fields(client: TestClient, after: Performance) -> None:
    phone = Phone(client, after.code)
    one = phone.get(f"{phone.path}?view=one").text
    assert set(form_to(one, phone.path)) == set(form_to(phone.open(), phone.path))
    assert phone.send(AFTER_ANSWERS, one).status_code == 303
