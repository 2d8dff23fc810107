"""The thank-you page: your answers are in, your code, and the ways back, with cookies or without."""

from base64 import urlsafe_b64decode

import pytest
from starlette.testclient import TestClient

from survey.model import Performance, Wave
from survey.phone.handoff import MINUTES, seal, unseal
from survey.storage.database import Database
from survey.storage.performances import close_wave, finish_performance, open_wave
from survey.storage.responses import responses_count
from survey.storage.seats import new_seat
from tests.databases import add_nest_performance
from tests.phone.conftest import BEFORE_ANSWERS
from tests.phone.pages import Phone, form_to, receipt_on, words_of


def people(database: Database, performance: Performance, wave: Wave = Wave.AFTER) -> int:
    with database.reading() as connection:
        return responses_count(connection, performance.id, wave)


def test_refreshing_the_thank_you_page_changes_nothing(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    phone = Phone(client, after.code)
    first = phone.answer({"closer_to": "sara"})
    assert phone.get(f"{phone.path}/thanks").text == first
    assert people(sqlite_database, after) == 1


def test_the_code_is_there_as_words_and_as_a_link(client: TestClient, after: Performance) -> None:
    thanks = Phone(client, after.code).answer({"closer_to": "sara"})
    receipt = receipt_on(thanks)
    assert f'href="/receipt/{receipt}"' in thanks
    assert (
        receipt.split("-")
        == [part.removesuffix("-") for part in words_of(thanks).split() if part[:4] in receipt][:4]
    )


def test_change_my_answers_shows_them_and_replaces_them(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    phone = Phone(client, after.code)
    thanks = phone.answer({"closer_to": "sara"})
    form = phone.follow(phone.post(f"{phone.path}/change", form_to(thanks, f"{phone.path}/change")))
    assert form_to(form, phone.path)["closer_to"] == ["sara"]
    assert phone.send({"closer_to": "sean"}, form).status_code == 303
    assert people(sqlite_database, after) == 1


def test_without_cookies_the_thank_you_page_still_has_the_code_and_the_way_back(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    phone = Phone(client, after.code, cookies=False)
    sent = phone.send({"closer_to": "sara"})
    thanks = phone.get(sent.headers["location"]).text
    form = phone.follow(phone.post(f"{phone.path}/change", form_to(thanks, f"{phone.path}/change")))
    assert form_to(form, phone.path)["closer_to"] == ["sara"]
    again = phone.follow(phone.send({"closer_to": "sean"}, form))
    assert receipt_on(again) == receipt_on(thanks)
    assert people(sqlite_database, after) == 1


def test_without_cookies_the_address_does_not_hold_the_seat(client: TestClient, after: Performance) -> None:
    phone = Phone(client, after.code, cookies=False)
    page = phone.open()
    seat = form_to(page, phone.path)["_seat"][0]
    address = phone.send({"closer_to": "sara"}, page).headers["location"]
    sealed = address.partition("?k=")[2]
    assert sealed
    assert seat not in address
    assert seat.encode() not in urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))


def test_with_cookies_nothing_is_carried_in_the_address(client: TestClient, after: Performance) -> None:
    phone = Phone(client, after.code)
    assert "?" not in phone.send({"closer_to": "sara"}).headers["location"]
    late = Phone(client, after.code)
    page = late.open()
    late.jar.clear()  # the cookie is refused for once, then kept
    address = late.send({"closer_to": "sara"}, page).headers["location"]
    assert late.get(address).headers["location"] == f"{late.path}/thanks"


def test_a_seal_opens_only_here_only_whole_and_not_for_long() -> None:
    key, other, seat = b"k" * 32, b"o" * 32, new_seat()
    sealed = seal(key, seat, now=1000)
    assert unseal(key, sealed, now=1000 + MINUTES * 60) == seat
    assert unseal(key, sealed, now=1001 + MINUTES * 60) is None
    assert unseal(other, sealed, now=1000) is None
    assert unseal(key, sealed[:-2] + ("AA" if sealed[-2:] != "AA" else "BB"), now=1000) is None
    assert unseal(key, "", now=1000) is None
    assert unseal(key, "not base 64 !", now=1000) is None
    assert unseal(key, "é", now=1000) is None


def test_before_sent_and_after_to_come_says_to_keep_the_page(
    client: TestClient, sqlite_database: Database, before: Performance
) -> None:
    phone = Phone(client, before.code)
    assert "Keep this page for after the show" in words_of(phone.answer(BEFORE_ANSWERS))
    sqlite_database.write(lambda connection: close_wave(connection, before.id))
    assert "Keep this page for after the show" in words_of(phone.open())
    sqlite_database.write(lambda connection: open_wave(connection, before.id, Wave.AFTER))
    kept_page = phone.get(f"{phone.path}/thanks").text
    assert "Keep this page" not in words_of(kept_page)
    assert "Go to the open questions" in words_of(kept_page)
    assert f"{phone.path}/change" not in kept_page


def test_someone_else_gets_a_seat_of_their_own_and_sees_nothing(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    phone = Phone(client, after.code)
    thanks = phone.answer({"closer_to": "sara"})
    first_seat = phone.jar["seat"]
    away = phone.post(f"{phone.path}/another", form_to(thanks, f"{phone.path}/another"))
    assert (away.status_code, away.headers["location"]) == (303, phone.path)
    page = phone.open()
    assert phone.jar["seat"] != first_seat
    assert "closer_to" not in form_to(page, phone.path)
    assert receipt_on(phone.answer({"closer_to": "sean"})) != receipt_on(thanks)
    assert people(sqlite_database, after) == 2


def test_a_thank_you_link_passed_on_shows_nothing_of_the_sender(
    client: TestClient, after: Performance
) -> None:
    sender, friend = Phone(client, after.code), Phone(client, after.code)
    receipt = receipt_on(sender.answer({"closer_to": "sara"}))
    friend.open()
    page = friend.get(f"{friend.path}/thanks").text
    assert receipt not in page
    assert "Nothing sent from this phone yet" in words_of(page)


def test_an_old_seal_says_so_instead_of_losing_heart(client: TestClient, after: Performance) -> None:
    page = client.get(f"/p/{after.code}/thanks", params={"k": "too-old"}).text
    assert "If you sent answers, they are in." in words_of(page)


def test_after_finishing_the_phone_forgets_its_seat(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    phone = Phone(client, after.code)
    phone.answer({"closer_to": "sara"})
    sqlite_database.write(lambda connection: finish_performance(connection, after.id))
    for address in (phone.path, f"{phone.path}/thanks"):
        page = phone.get(address)
        assert "This is finished" in words_of(page.text)
        assert "seat=" in page.headers["set-cookie"]
        assert "max-age=0" in page.headers["set-cookie"].lower()


def test_more_answers_than_seats_are_acknowledged_all_the_same(
    client: TestClient, sqlite_database: Database
) -> None:
    small = add_nest_performance(sqlite_database, wave=Wave.AFTER, capacity=1)
    pages = [Phone(client, small.code).answer({"closer_to": "sara"}) for _ in range(2)]
    assert all("Your answers are in." in page for page in pages)
    assert people(sqlite_database, small) == 1


@pytest.mark.parametrize("way", ["change", "another"])
def test_the_ways_on_are_buttons_not_links(client: TestClient, after: Performance, way: str) -> None:
    assert client.get(f"/p/{after.code}/{way}").status_code in (404, 405)
