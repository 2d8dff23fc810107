"""A live poll reaches everybody: the first thing on every page, whether or not a phone ever sent anything."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from survey.model import Performance, PollStanding
from survey.room.acts import ask_now, darken
from survey.storage.database import Database
from survey.storage.performances import close_wave, finish_performance
from survey.storage.polls import set_poll, votes
from survey.storage.rooms import show
from tests.phone.conftest import Site
from tests.phone.pages import Phone, form_to, words_of
from tests.phone.states import MANY, NUMBER, ONE
from tests.phone.visitor import SIDEWAYS, SMALL_TARGETS, people, visiting

CALL = "A question for everybody now"


@pytest.fixture
def poll(sqlite_database: Database, after: Performance) -> str:
    """A poll that has just been asked."""
    return sqlite_database.write(lambda connection: ask_now(connection, after, ONE)).id


def counted(database: Database, poll: str) -> tuple[int, dict[str, int]]:
    with database.reading() as connection:
        given = votes(connection, poll)
    return given.base, dict(given.counts)


@pytest.mark.parametrize("sent", [False, True], ids=["a newcomer", "a phone that has sent"])
@pytest.mark.parametrize("cookies", [True, False])
def test_whoever_opens_the_code_votes_with_the_first_thing_on_the_page(
    client: TestClient, sqlite_database: Database, after: Performance, poll: str, sent: bool, cookies: bool
) -> None:
    phone = Phone(client, after.code, cookies=cookies)
    page = phone.answer({"closer_to": "sara"}) if sent else phone.open()
    said = words_of(page)
    for later in (
        ("Your code", "Change my answers") if sent else ("We do not ask who you are", "What we keep")
    ):
        assert said.index(CALL) < said.index(later)
    room = phone.follow(
        phone.post(f"{phone.path}/room/poll", form_to(page, f"{phone.path}/room/poll") | {"poll": "option_2"})
    )
    assert "Your answer is in." in words_of(room)
    assert counted(sqlite_database, poll) == (1, {"option_2": 1})
    if cookies:
        again = phone.get(f"{phone.path}/thanks" if sent else phone.path).text
        assert CALL not in again, "who has voted is not asked again"
        assert "Go to the questions" in words_of(room) or sent


def test_while_no_questions_are_open_the_code_leads_straight_to_the_poll(
    client: TestClient, sqlite_database: Database, after: Performance, poll: str
) -> None:
    sqlite_database.write(lambda connection: close_wave(connection, after.id))
    phone = Phone(client, after.code)
    assert "Should the house call the doctor?" in phone.follow(phone.get(phone.path))


def test_a_poll_that_is_open_is_found_though_the_stage_shows_something_else(
    client: TestClient, sqlite_database: Database, after: Performance, poll: str
) -> None:
    sqlite_database.write(lambda connection: show(connection, after.id, {"view": "join"}))
    assert CALL in Phone(client, after.code).open()


@pytest.mark.parametrize("how", ["closed", "dark", "finished"])
def test_a_poll_that_takes_no_answers_is_nowhere(
    client: TestClient, sqlite_database: Database, after: Performance, poll: str, how: str
) -> None:
    acts: dict[str, Any] = {
        "closed": lambda connection: set_poll(connection, poll, PollStanding.CLOSED),
        "dark": lambda connection: darken(connection, after),
        "finished": lambda connection: finish_performance(connection, after.id),
    }
    sqlite_database.write(acts[how])
    assert CALL not in client.get(f"/p/{after.code}").text


def test_a_newcomer_votes_in_two_taps_and_what_was_typed_in_the_form_is_still_there(
    chromium: Any, site: Site, after: Performance
) -> None:
    asked = site.database.write(lambda connection: ask_now(connection, after, ONE))
    with visiting(chromium, site, after, viewport={"width": 360, "height": 740}) as visitor:
        visitor.open()
        page = visitor.page
        button = page.locator(".poll-now button").first
        box = button.bounding_box()
        assert box["y"] + box["height"] < 740, "the first answer is on the first screen"
        page.check("input[name=closer_to][value=sara]")
        visitor.follow(".poll-now button >> nth=0")
        assert counted(site.database, asked.id)[0] == 1
        visitor.follow("text=Go to the questions")
        assert page.is_checked("input[name=closer_to][value=sara]")
        assert people(site, after) == 0


@pytest.mark.parametrize("content", [ONE, MANY, NUMBER], ids=["one", "many", "number"])
def test_every_kind_of_poll_has_large_targets_and_no_sideways_scroll(
    chromium: Any, site: Site, after: Performance, content: Any
) -> None:
    site.database.write(lambda connection: ask_now(connection, after, content))
    with visiting(chromium, site, after, viewport={"width": 320, "height": 640}) as visitor:
        visitor.open()
        assert visitor.page.evaluate(SMALL_TARGETS) == []
        assert visitor.page.evaluate(SIDEWAYS) == 0
