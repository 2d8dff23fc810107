"""After sending: nothing until the organiser offers it; information, resources, pledge, a list apart."""

import re
from dataclasses import replace

import pytest
from httpx2 import Response
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from survey.information import texts
from survey.model import Performance, Wave
from survey.phone.contacting import ADDRESS, Contacting
from survey.phone.guesses import Brakes
from survey.phone.pledging import shown_count
from survey.storage.contacts import contacts
from survey.storage.database import Database
from survey.storage.offers import Offer
from survey.storage.performances import close_wave, finish_performance, open_wave, rehearse_wave
from survey.storage.pledges import pledges
from survey.storage.resources import Resource, ResourceKind
from tests.databases import add_nest_performance
from tests.phone.offering import LISTED, MARKUP, OFFER, join, offer, people
from tests.phone.pages import Phone, form_to, title_of, words_of

ANSWER = {"closer_to": "sara"}


@pytest.fixture
def offered(sqlite_database: Database, after: Performance) -> Performance:
    """A performance that offers everything, open after the show."""
    offer(sqlite_database, after)
    return after


def thanks(phone: Phone) -> str:
    return phone.get(f"{phone.path}/thanks").text


def joined(database: Database, performance: Performance) -> int:
    with database.reading() as connection:
        return pledges(connection, performance, None).count


def listed(database: Database, performance: Performance) -> list[str]:
    with database.reading() as connection:
        return contacts(connection, performance.production_id)


# --- nothing, and everything -----------------------------------------------------------------------------------------


def test_nothing_is_there_until_somebody_offers_it(client: TestClient, after: Performance) -> None:
    page = Phone(client, after.code).answer(ANSWER)
    for way in ("results", "information", "resources", "pledge", "stay-in-touch"):
        assert f"/{way}" not in page
    for way in ("information", "resources", "stay-in-touch"):
        assert client.get(f"/p/{after.code}/{way}").status_code == 404


def test_everything_offered_stands_on_the_thank_you_page(client: TestClient, offered: Performance) -> None:
    page = Phone(client, offered.code).answer(ANSWER)
    words = words_of(page)
    for layer in texts()["patient_data"].layers:
        assert str(layer.line) in words
        assert f'href="/p/{offered.code}/information#patient_data-{layer.id}"' in page
    assert "Your answers in this app" in words
    assert [one.title in words for one in LISTED] == [True, True, True, False]
    assert OFFER.pledge in words
    assert OFFER.hashtag in words
    assert OFFER.stay_in_touch in words


def test_while_the_after_questions_are_to_come_nothing_tells_people_what_to_think(
    client: TestClient, sqlite_database: Database
) -> None:
    performance = add_nest_performance(sqlite_database, wave=Wave.BEFORE)
    offer(sqlite_database, performance)
    phone = Phone(client, performance.code)
    page = phone.answer({"home_system": "acceptable"})
    assert "information" not in page
    assert OFFER.pledge not in page
    sqlite_database.write(lambda connection: open_wave(connection, performance.id, Wave.AFTER))
    assert OFFER.pledge not in thanks(phone)
    phone.answer(ANSWER)
    sqlite_database.write(lambda connection: close_wave(connection, performance.id))
    assert OFFER.pledge in thanks(phone)


def test_an_organisers_words_are_never_markup(client: TestClient, sqlite_database: Database) -> None:
    performance = add_nest_performance(sqlite_database, wave=Wave.AFTER)
    hostile = Resource(ResourceKind.FILM, MARKUP, "https://example.org/?a=%22%3E", MARKUP, "en", MARKUP)
    offer(sqlite_database, performance, Offer((), MARKUP, "#a", MARKUP), hostile)
    phone = Phone(client, performance.code)
    pages = [
        phone.answer(ANSWER),
        *(phone.get(f"{phone.path}/{way}").text for way in ("resources", "stay-in-touch")),
    ]
    for page in pages:
        assert "<img src=x" not in page
        assert "&lt;img src=x" in page


# --- information -----------------------------------------------------------------------------------------------------


def test_information_unfolds_in_depth_with_its_sources(client: TestClient, offered: Performance) -> None:
    page = client.get(f"/p/{offered.code}/information").text
    words = words_of(page)
    for text in texts().values():
        for layer in text.layers:
            assert f'id="{text.id}-{layer.id}"' in page
            for part in (
                layer.title,
                layer.line,
                layer.short,
                layer.more,
                *(one.words for one in layer.sources),
            ):
                assert str(part) in words
    links = re.findall(r'<a href="(https://[^"]*)"([^>]*)>', page)
    assert links
    assert {rest for _, rest in links} == {' rel="noreferrer noopener"'}
    assert "https://medconfidential.org/" in {address for address, _ in links}
    assert f'href="/p/{offered.code}/kept"' in page


def test_a_text_whose_file_is_gone_is_not_offered(client: TestClient, sqlite_database: Database) -> None:
    performance = add_nest_performance(sqlite_database, wave=Wave.AFTER)
    offer(sqlite_database, performance, Offer(("no_such_text",)))
    assert "/information" not in Phone(client, performance.code).answer(ANSWER)
    assert client.get(f"/p/{performance.code}/information").status_code == 404


# --- resources -------------------------------------------------------------------------------------------------------


def test_a_resource_says_what_it_costs_and_where_it_leads(client: TestClient, offered: Performance) -> None:
    page = client.get(f"/p/{offered.code}/resources").text
    words = words_of(page)
    assert "Data Points Podcast · 15 minutes · English · CC BY · example.org" in words
    assert "A drawing Picture · example.org" in words
    assert 'href="https://example.org/ur" rel="noreferrer noopener" hreflang="ur"' in page
    assert page.count("<li>") == len(LISTED)


def test_three_resources_or_fewer_need_no_page_of_their_own(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    offer(sqlite_database, after, Offer(), *LISTED[:3])
    page = Phone(client, after.code).answer(ANSWER)
    assert "example.org/points" in page
    assert f"/p/{after.code}/resources" not in page


# --- the pledge ------------------------------------------------------------------------------------------------------


def pledge(phone: Phone, page: str, press: str) -> str:
    return phone.follow(
        phone.post(f"{phone.path}/pledge", form_to(page, f"{phone.path}/pledge") | {"pledge": press})
    )


@pytest.mark.parametrize("cookies", [True, False])
def test_one_tap_joins_the_pledge_once_and_one_takes_it_back(
    client: TestClient, sqlite_database: Database, offered: Performance, cookies: bool
) -> None:
    phone = Phone(client, offered.code, cookies=cookies)
    page = phone.answer(ANSWER)
    assert "I pledge this" in page
    for _ in range(2):
        page = pledge(phone, page, "join")
        assert "You have joined." in page
        assert "Take my pledge back" in page
        assert joined(sqlite_database, offered) == 1
    page = pledge(phone, page, "back")
    assert "I pledge this" in page
    assert joined(sqlite_database, offered) == 0


def test_a_pledge_leads_back_to_its_place_on_the_page(client: TestClient, offered: Performance) -> None:
    phone = Phone(client, offered.code)
    page = phone.answer(ANSWER)
    answer = phone.post(f"{phone.path}/pledge", form_to(page, f"{phone.path}/pledge") | {"pledge": "join"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{phone.path}/thanks#pledge")


def test_who_has_not_answered_or_is_offered_no_pledge_joins_none(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    answered, stranger = Phone(client, after.code), Phone(client, after.code)
    seat = form_to(answered.answer(ANSWER), f"{answered.path}/change")["_seat"]
    answered.post(f"{answered.path}/pledge", {"_seat": seat, "pledge": "join"})
    assert joined(sqlite_database, after) == 0
    offer(sqlite_database, after)
    stranger.open()
    for fields in ({"pledge": "join"}, {"pledge": "join", "_seat": "A" * 22}):
        stranger.post(f"{stranger.path}/pledge", fields)
    assert joined(sqlite_database, after) == 0


def test_the_room_sees_no_count_below_ten_and_then_steps_of_five() -> None:
    assert [shown_count(count) for count in (0, 1, 9, 10, 11, 14, 15, 23)] == [
        None, None, None, 10, 10, 10, 15, 20,
    ]  # fmt: skip


def test_a_single_tap_never_moves_the_count(
    client: TestClient, sqlite_database: Database, offered: Performance
) -> None:
    seats = people(sqlite_database, offered, "home_system", "depends", 12)
    phone = Phone(client, offered.code)
    phone.answer(ANSWER)
    join(sqlite_database, offered, seats[:9])
    assert "people here have joined" not in thanks(phone)
    join(sqlite_database, offered, seats[9:10])
    at_ten = words_of(thanks(phone))
    assert "At least 10 people here have joined." in at_ten
    join(sqlite_database, offered, seats[10:])
    assert words_of(thanks(phone)) == at_ten


def test_after_finishing_nobody_joins_any_more(
    client: TestClient, sqlite_database: Database, offered: Performance
) -> None:
    phone = Phone(client, offered.code)
    fields = form_to(phone.answer(ANSWER), f"{phone.path}/pledge")
    sqlite_database.write(lambda connection: finish_performance(connection, offered.id))
    page = phone.follow(phone.post(f"{phone.path}/pledge", fields | {"pledge": "join"}))
    assert "This is finished" in page
    assert joined(sqlite_database, offered) == 0


# --- staying in touch ------------------------------------------------------------------------------------------------


def leave(phone: Phone, address: str, press: str = "on") -> str:
    return phone.follow(phone.post(f"{phone.path}/stay-in-touch", {"address": address, "list": press}))


def test_an_address_is_kept_once_and_taken_off_again(
    client: TestClient, sqlite_database: Database, offered: Performance
) -> None:
    phone = Phone(client, offered.code)
    for typed in (" Ann@example.org ", "ann@example.org"):
        assert title_of(leave(phone, typed)) == "You are on the list · The Nest"
    assert listed(sqlite_database, offered) == ["Ann@example.org"]
    first, second = (leave(phone, "ann@EXAMPLE.org", "off") for _ in range(2))
    assert first == second, "it looks the same whether the address was there or not"
    assert "The address is not on the list" in first
    assert listed(sqlite_database, offered) == []


def test_the_page_says_who_keeps_the_address_what_for_and_until_when(
    client: TestClient, offered: Performance
) -> None:
    words = words_of(client.get(f"/p/{offered.code}/stay-in-touch").text)
    assert "To hear when the next play begins." in words
    assert (
        "Example Theatre Company keeps your address for this only, until 20 March 2099. "
        "It is kept apart: nothing joins it to your answers." in words
    )


@pytest.mark.parametrize(
    "typed", ["", "ann", "ann@", "ann@example", "a@b@example.org", "a b@example.org", "x" * 250 + "@a.uk"]
)
def test_a_mistyped_address_says_what_to_do_and_stays_in_the_box(
    client: TestClient, sqlite_database: Database, offered: Performance, typed: str
) -> None:
    answer = client.post(f"/p/{offered.code}/stay-in-touch", data={"address": typed, "list": "on"})
    assert answer.status_code == 422
    assert title_of(answer.text).startswith("Error:")
    assert "Write one e-mail address, such as name@example.org." in words_of(answer.text)
    assert form_to(answer.text, f"/p/{offered.code}/stay-in-touch")["address"] == [typed]
    assert listed(sqlite_database, offered) == []


@pytest.mark.parametrize(
    ("address", "fine"),
    [
        ("o'neil+play@a-b.example.co.uk", True),
        ("名前@例え.テスト", True),
        ("a@b.uk,c@d.uk", False),
        ("Ann <ann@example.org>", False),
        ("ann@example.org\nbcc: x", False),
        ("ann@exa..mple.org", False),
        ("ann@127.0.0.1", False),
    ],
)
def test_what_looks_like_one_address(address: str, fine: bool) -> None:
    assert bool(ADDRESS.fullmatch(address)) is fine


def test_invented_addresses_are_held_up_and_nobody_else_is(
    sqlite_database: Database, offered: Performance
) -> None:
    page = Contacting(lambda: sqlite_database, Brakes(most=2, per_second=0))
    other = add_nest_performance(sqlite_database, version_id=offered.version_id, wave=Wave.AFTER)
    offer(sqlite_database, other)
    route = Route("/p/{code}/stay-in-touch", page.keep_address, methods=["POST"])
    with TestClient(Starlette(routes=[route]), follow_redirects=False) as client:

        def leave(performance: Performance, address: str, press: str = "on") -> Response:
            data = {"address": address, "list": press}
            return client.post(f"/p/{performance.code}/stay-in-touch", data=data)

        for address in ("a@example.org", "a@example.org", "b@example.org"):
            assert leave(offered, address).status_code == 303
        held = leave(offered, "c@example.org")
        assert (held.status_code, held.headers["retry-after"]) == (429, "60")
        assert "Nothing was saved yet." in words_of(held.text)
        assert form_to(held.text, f"/p/{offered.code}/stay-in-touch")["address"] == ["c@example.org"]
        assert leave(offered, "a@example.org", "off").status_code == 303, "who wants off the list gets off"
        assert listed(sqlite_database, offered) == ["b@example.org"]
        assert leave(other, "c@example.org").status_code == 303
    assert "c@example.org" in listed(sqlite_database, other)


def test_no_cookie_and_no_seat_is_read_or_given(
    client: TestClient, sqlite_database: Database, offered: Performance
) -> None:
    phone = Phone(client, offered.code)
    phone.answer(ANSWER)
    with_cookie = phone.get(f"{phone.path}/stay-in-touch")
    assert with_cookie.text == client.get(f"{phone.path}/stay-in-touch").text
    sent = phone.post(f"{phone.path}/stay-in-touch", {"address": "ann@example.org", "list": "on"})
    assert "set-cookie" not in {**with_cookie.headers, **sent.headers}
    assert "_seat" not in with_cookie.text
    assert "_receipt" not in with_cookie.text


def test_the_link_there_carries_neither_seat_nor_code(client: TestClient, offered: Performance) -> None:
    phone = Phone(client, offered.code, cookies=False)
    page = phone.answer(ANSWER)
    (link,) = re.findall(r'<a href="([^"]*stay-in-touch[^"]*)"([^>]*)>', page)
    assert link == (f"{phone.path}/stay-in-touch", ' rel="noreferrer"')


def test_in_rehearsal_no_address_is_kept_and_the_page_says_so(
    client: TestClient, sqlite_database: Database
) -> None:
    performance = add_nest_performance(sqlite_database, wave=None)
    offer(sqlite_database, performance)
    sqlite_database.write(lambda connection: rehearse_wave(connection, performance.id, Wave.AFTER))
    page = leave(Phone(client, performance.code), "ann@example.org")
    assert "This is a rehearsal. No address is kept." in words_of(page)
    assert "You are on the list" not in page
    assert listed(sqlite_database, performance) == []


def test_when_addresses_are_no_longer_asked_for_people_can_still_be_taken_off(
    client: TestClient, sqlite_database: Database, offered: Performance
) -> None:
    phone = Phone(client, offered.code)
    leave(phone, "ann@example.org")
    offer(sqlite_database, offered, replace(OFFER, stay_in_touch=""))
    page = phone.get(f"{phone.path}/stay-in-touch").text
    assert "Put me on the list" not in page
    leave(phone, "bo@example.org")
    assert listed(sqlite_database, offered) == ["ann@example.org"]
    assert "The address is not on the list" in leave(phone, "ann@example.org", "off")
    assert listed(sqlite_database, offered) == []
    assert phone.get(f"{phone.path}/stay-in-touch").status_code == 404
