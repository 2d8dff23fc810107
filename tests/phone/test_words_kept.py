"""What is typed and not sent is kept, whatever way leads on from the page: another language, what we keep, Back, reload."""

import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from survey.model import Performance, Wave
from survey.room.acts import ask_now
from survey.storage.database import Database
from survey.storage.responses import responses_count
from tests.databases import add_nest_performance
from tests.languages import offer_every_translation
from tests.phone.conftest import AFTER_ANSWERS, Site
from tests.phone.pages import Phone, form_to, words_of
from tests.phone.states import ONE
from tests.phone.visitor import people, visiting

TYPED: dict[str, Any] = {
    "home_system": "depends",
    "share_with": ["gp", "family"],
    "trust_nhs": "8",
    "differently": "I would <ask> first",
}
INVALID = "long " * 80
LEADING = re.compile(r'<button class="way[^>]* name="_go" value="(\w+)" formaction="([^"]+)"')


def ways_on(page: str) -> list[tuple[str, str]]:
    """Every button on a form that leads to another page: what it asks for, and its address."""
    return [
        (what, address.partition("#")[0].replace("&amp;", "&")) for what, address in LEADING.findall(page)
    ]


@pytest.fixture
def everywhere(sqlite_database: Database) -> Performance:
    """A performance whose form has every way on: languages, a page for families, looks."""
    performance = add_nest_performance(sqlite_database, wave=Wave.AFTER, families=True)
    offer_every_translation(sqlite_database, performance.version_id)
    return performance


def test_the_form_has_no_link_that_throws_away_what_is_typed(
    client: TestClient, everywhere: Performance
) -> None:
    page = Phone(client, everywhere.code).open()
    assert [link for link in re.findall(r'<a [^>]*href="([^"]*)"', page) if not link.startswith("#")] == []
    assert {what for what, _ in ways_on(page)} == {"form", "kept", "look"}


@pytest.mark.parametrize("cookies", [True, False])
@pytest.mark.parametrize("changing", [False, True])
def test_every_way_on_from_the_form_carries_the_words_there_and_back_and_stores_nothing(
    client: TestClient, sqlite_database: Database, everywhere: Performance, cookies: bool, changing: bool
) -> None:
    phone = Phone(client, everywhere.code, cookies=cookies)
    page = phone.open()
    if changing:
        thanks = phone.answer({"home_system": "acceptable"})
        page = phone.follow(phone.post(f"{phone.path}/change", form_to(thanks, f"{phone.path}/change")))
    ways = ways_on(page)
    assert len(ways) > 6
    for what, address in ways:
        filled = form_to(page, phone.path) | TYPED | {"_go": what}
        led = phone.post(address, filled).text
        if what != "form":
            back = next(
                line for line in re.findall(r'action="([^"]*)"', led) if line.partition("?")[0] == phone.path
            )
            led = phone.post(back, form_to(led, back) | {"_go": "form"}).text
        again = form_to(led, phone.path)
        assert {name: again[name] for name in TYPED} == {
            name: value if isinstance(value, list) else [value] for name, value in TYPED.items()
        }, address
        assert "data-unsent" in led
        assert again["_seat"] == form_to(page, phone.path)["_seat"]
    with sqlite_database.reading() as connection:
        assert responses_count(connection, everywhere.id, Wave.AFTER) == int(changing)


def test_what_is_typed_goes_to_another_language_in_that_language(
    client: TestClient, everywhere: Performance
) -> None:
    phone = Phone(client, everywhere.code)
    page = phone.open()
    urdu = phone.post(f"{phone.path}?lang=ur", form_to(page, phone.path) | TYPED | {"_go": "form"}).text
    assert '<html lang="ur" dir="rtl"' in urdu
    assert form_to(urdu, phone.path)["_lang"] == ["ur"]
    long = phone.post(
        f"{phone.path}?lang=ur", form_to(page, phone.path) | {"differently": INVALID, "_go": "form"}
    )
    assert (long.status_code, form_to(long.text, phone.path)["differently"]) == (200, [INVALID])


def test_a_phone_that_has_sent_shows_nobodys_answers_when_the_code_is_opened_again(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    phone = Phone(client, after.code)
    phone.answer(AFTER_ANSWERS)
    again = phone.follow(phone.get(phone.path))
    said = words_of(again)
    assert "Your answers are in." in said
    assert said.index("Change my answers") < said.index("Show my code")
    assert said.index("Someone else wants to answer on this phone") < said.index("Show my code")
    assert "my sleep" not in again
    assert '<input type="radio"' not in again
    changed = form_to(phone.open(), phone.path)
    assert changed["differently"] == ["That my sleep is data too."]
    other = phone.follow(phone.post(f"{phone.path}/another", {}))
    assert form_to(other, phone.path)["differently"] == [""]
    assert "Someone else wants to answer on this phone" in words_of(other), (
        "the third person's way is there too"
    )


@pytest.mark.parametrize("way", ["reload", "another language and Back", "what we keep", "scanned again"])
def test_a_phone_keeps_what_is_typed_until_it_is_sent(
    chromium: Any, site: Site, after: Performance, way: str
) -> None:
    offer_every_translation(site.database, after.version_id)
    with visiting(chromium, site, after) as visitor:
        visitor.open()
        page = visitor.page
        page.check("input[name=closer_to][value=sara]")
        page.fill("#q-differently", "I would ask first")
        if way == "reload":
            page.reload()
        elif way == "scanned again":
            visitor.open("/join")
            visitor.open()
        elif way == "what we keep":
            visitor.follow("text=What we keep")
            visitor.open()
        else:
            visitor.follow("text=Polski")
            assert page.get_attribute("html", "lang") == "pl"
            with page.expect_navigation():
                page.go_back()
        assert page.is_checked("input[name=closer_to][value=sara]")
        assert page.input_value("#q-differently") == "I would ask first"
        visitor.send()
        assert people(site, after) == 1
        assert page.evaluate("sessionStorage.length") == 0
        visitor.follow("text=Someone else wants to answer")
        assert page.input_value("#q-differently") == ""


def test_somebody_elses_turn_takes_what_was_typed_and_not_sent_from_the_phone(
    chromium: Any, site: Site, after: Performance
) -> None:
    with visiting(chromium, site, after) as visitor:
        visitor.open()
        page = visitor.page
        page.fill("#q-differently", "I would ask first")
        page.reload()
        assert page.input_value("#q-differently") == "I would ask first"
        visitor.follow("text=Someone else wants to answer")
        assert page.input_value("#q-differently") == ""
        page.go_back()
        assert page.input_value("#q-differently") == ""
        assert page.evaluate("sessionStorage.length") == 0


def test_enter_in_a_field_sends_the_form_and_opens_no_other_language(
    chromium: Any, site: Site, after: Performance
) -> None:
    offer_every_translation(site.database, after.version_id)
    with visiting(chromium, site, after, java_script_enabled=False) as visitor:
        visitor.open()
        visitor.page.check("input[name=closer_to][value=sara]")
        visitor.page.click("details.below summary")
        with visitor.page.expect_navigation(url="**/thanks*"):
            visitor.page.press("#two-words", "Enter")


def test_words_for_the_discussion_are_kept_through_every_link_of_its_page(
    chromium: Any, site: Site, after: Performance
) -> None:
    site.database.write(lambda connection: ask_now(connection, after, ONE))
    with visiting(chromium, site, after) as visitor:
        visitor.open(f"/p/{after.code}/room")
        page = visitor.page
        page.fill("#contribution", "Who owns the house?")
        page.check("input[name=poll][value=option_1]")
        for link in ("text=What we keep", "text=Go to the questions"):
            visitor.follow(link)
            visitor.open(f"/p/{after.code}/room")
            assert page.input_value("#contribution") == "Who owns the house?"
            assert page.is_checked("input[name=poll][value=option_1]")
        visitor.follow("#voting button.send")
        assert page.input_value("#contribution") == "Who owns the house?", "voting takes no words away"
        visitor.follow("#contribute button")
        visitor.open(f"/p/{after.code}/room")
        assert page.input_value("#contribution") == ""
