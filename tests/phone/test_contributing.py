"""Writing to the discussion: what is sent waits for a person; what cannot be kept comes back as it was typed."""

from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from survey.model import ContributionStanding, Performance, Wave
from survey.phone import contributing
from survey.phone.floods import Floods
from survey.storage import contributions as stored
from survey.storage.database import Database
from survey.storage.performances import finish_performance, rehearse_wave, wipe_rehearsal
from survey.storage.tables import contribution
from tests.databases import add_nest_performance
from tests.phone.conftest import phone_app, served
from tests.phone.moderators import standing
from tests.phone.pages import Phone, form_to, title_of, words_of

SENT = "It is with the moderator"


def path(phone: Phone) -> str:
    return f"{phone.path}/room/contribute"


def waiting(database: Database, performance: Performance) -> list[str]:
    return [each.text for each in standing(database, performance, ContributionStanding.WAITING)]


def say(phone: Phone, text: str) -> Response:
    page = phone.get(path(phone)).text
    return phone.post(path(phone), form_to(page, path(phone)) | {"text": text})


@pytest.mark.parametrize("cookies", [True, False])
def test_what_is_sent_waits_for_the_moderator(
    client: TestClient, sqlite_database: Database, after: Performance, cookies: bool
) -> None:
    phone = Phone(client, after.code, cookies=cookies)
    page = phone.get(path(phone)).text
    assert "A person reads it before anyone else sees it. Please leave out names." in words_of(page)
    thanks = phone.follow(say(phone, "Who owns\u202e the house?"))
    assert SENT in title_of(thanks)
    assert "Who owns" not in thanks
    assert waiting(sqlite_database, after) == ["Who owns the house?"]
    assert phone.get(f"{phone.path}/room").text.count("Who owns") == 0


def test_the_form_stands_on_the_page_of_the_discussion(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    phone = Phone(client, after.code)
    fields = form_to(phone.get(f"{phone.path}/room").text, path(phone))
    assert phone.post(path(phone), fields | {"text": "Who owns the house?"}).status_code == 303
    assert waiting(sqlite_database, after) == ["Who owns the house?"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("a " * 156 + "b", "Your comment is 13 characters too long."),
        ("a " * 150 + "b", "Your comment is 1 character too long."),
        ("\u0301" * 60_000, "Your comment is 59700 characters too long."),
        (" \u200b\n", "Write your question or comment first"),
        ("", "Write your question or comment first"),
    ],
)
def test_what_needs_another_look_comes_back_as_it_was_typed(
    client: TestClient, sqlite_database: Database, after: Performance, typed: str, words: str
) -> None:
    phone = Phone(client, after.code)
    answer = say(phone, typed)
    assert answer.status_code == 422
    assert title_of(answer.text).startswith("Error:")
    assert words in words_of(answer.text)
    assert form_to(answer.text, path(phone))["text"] == [typed]
    assert waiting(sqlite_database, after) == []


def test_length_is_checked_after_cleaning(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    phone = Phone(client, after.code)
    phone.follow(say(phone, "\u200b" * 300 + "ab " * 99 + "end" + "\u202e" * 50))
    assert [len(text) for text in waiting(sqlite_database, after)] == [300]


def test_the_same_words_twice_are_one_thing_to_read(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    for phone in (Phone(client, after.code), Phone(client, after.code)):
        for _press in range(2):
            phone.follow(say(phone, "Who owns the house?"))
    assert waiting(sqlite_database, after) == ["Who owns the house?"]


@pytest.mark.parametrize("cookies", [True, False])
def test_what_one_page_sends_again_is_one_thing_whatever_was_decided_about_it_and_is_no_flood(
    client: TestClient, sqlite_database: Database, after: Performance, cookies: bool
) -> None:
    phone = Phone(client, after.code, cookies=cookies)
    fields = form_to(phone.get(path(phone)).text, path(phone)) | {"text": "Who owns the house?"}
    phone.follow(phone.post(path(phone), fields))
    (one,) = standing(sqlite_database, after, ContributionStanding.WAITING)
    sqlite_database.write(lambda c: stored.refuse(c, after.id, one.id, stored.Reason.OFF_TOPIC))
    for _ in range(6):
        assert SENT in title_of(phone.follow(phone.post(path(phone), fields)))
    assert waiting(sqlite_database, after) == []
    phone.follow(phone.post(path(phone), fields | {"text": "Who owns the data?"}))
    phone.follow(say(phone, "Who owns the house?"))  # from a page of its own: meant anew
    assert sorted(waiting(sqlite_database, after)) == ["Who owns the data?", "Who owns the house?"]


def test_two_sendings_of_one_page_at_once_are_one_thing_to_read(database: Database) -> None:
    performance = add_nest_performance(database, wave=Wave.AFTER)
    with served(phone_app(database), database) as site:
        address = f"{site.url}/p/{performance.code}/room/contribute"
        fields = form_to(httpx2.get(address).text, f"/p/{performance.code}/room/contribute")

        def send(number: int) -> int:
            return httpx2.post(address, data=fields | {"text": "Who owns the house?"}).status_code

        with ThreadPoolExecutor(8) as tries:
            assert set(tries.map(send, range(8))) == {303}
        (one,) = standing(database, performance, ContributionStanding.WAITING)
        database.write(lambda c: stored.refuse(c, performance.id, one.id, stored.Reason.OFF_TOPIC))
        assert send(9) == 303
    assert waiting(database, performance) == []


def test_every_page_has_a_number_of_its_own_and_keeps_it_while_words_need_another_look(
    client: TestClient, after: Performance
) -> None:
    phone = Phone(client, after.code)
    pages = [phone.get(where).text for where in (path(phone), f"{phone.path}/room") * 2]
    numbers = [form_to(page, path(phone))["_once"] for page in pages]
    assert len({tuple(number) for number in numbers}) == 4
    answer = phone.post(path(phone), form_to(pages[0], path(phone)))
    assert answer.status_code == 422
    assert form_to(answer.text, path(phone))["_once"] == numbers[0]


def test_a_phone_that_sends_much_waits_a_little_and_keeps_its_words(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    phone = Phone(client, after.code)
    for number in range(5):
        phone.follow(say(phone, f"Question {number}"))
    answer = say(phone, "One more")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "60")
    assert "Wait a little" in words_of(answer.text)
    assert form_to(answer.text, path(phone))["text"] == ["One more"]
    other = Phone(client, after.code)
    other.follow(say(other, "Somebody else's"))
    assert len(waiting(sqlite_database, after)) == 6


def test_a_flood_from_invented_phones_holds_up_nobody_whose_answers_count(
    sqlite_database: Database, after: Performance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contributing, "STRANGERS", 3)
    with TestClient(phone_app(sqlite_database), follow_redirects=False) as client:
        phone = Phone(client, after.code)
        phone.answer({"closer_to": "sara"})
        told = []
        for number in range(5):
            invented = Phone(client, after.code)
            invented.jar = {"seat": f"{number:022}"}
            told.append(say(invented, f"Noise {number}").status_code)
        assert told == [303, 303, 303, 429, 429]
        assert SENT in title_of(phone.follow(say(phone, "Who owns the house?")))


def test_a_house_of_400_that_answered_nothing_sends_one_each_and_everybody_twice(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    for number in range(400):
        phone = Phone(client, after.code)
        phone.jar = {"seat": f"{number:022}"}
        fields = {"text": f"Who asked {number}?", "_once": f"page-{number:017}"}
        told = [phone.post(path(phone), fields).status_code for _press in range(2)]
        assert told == [303, 303]
    assert len(waiting(sqlite_database, after)) == 400


def test_words_sent_again_after_they_were_approved_are_not_queued_twice(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    phone = Phone(client, after.code)
    phone.follow(say(phone, "Who owns the house?"))
    (one,) = standing(sqlite_database, after, ContributionStanding.WAITING)
    sqlite_database.write(lambda c: stored.approve(c, after.id, one.id))
    assert SENT in title_of(phone.follow(say(phone, "Who owns the house?")))
    assert waiting(sqlite_database, after) == []


def test_a_brake_lets_go_after_minutes_and_remembers_no_more_than_it_must() -> None:
    now = [0.0]
    floods = Floods(most=2, seconds=10, clock=lambda: now[0])
    floods.LARGEST = 3
    for seat in ("a", "a", "b"):
        floods.sent(seat)
    assert floods.too_many("a")
    assert not floods.too_many("b")
    now[0] = 11
    assert not floods.too_many("a")
    for seat in ("c", "d", "e"):
        floods.sent(seat)
    assert set(floods._sent) == {"c", "d", "e"}


def test_when_a_great_deal_waits_the_words_are_kept_on_the_phone(
    client: TestClient, sqlite_database: Database, after: Performance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "MOST_WAITING", 1)
    phone = Phone(client, after.code)
    phone.follow(say(phone, "One"))
    answer = say(phone, "Two")
    assert answer.status_code == 503
    assert "A great deal is waiting to be read" in words_of(answer.text)
    assert form_to(answer.text, path(phone))["text"] == ["Two"]


def test_a_finished_performance_takes_nothing_more(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    phone = Phone(client, after.code)
    fields = form_to(phone.get(path(phone)).text, path(phone))
    sqlite_database.write(lambda c: finish_performance(c, after.id))
    for answer in (phone.get(path(phone)), phone.post(path(phone), fields | {"text": "Late"})):
        assert "Nothing more can be sent to the discussion." in words_of(answer.text)
    assert waiting(sqlite_database, after) == []
    assert 'id="contribution"' not in phone.get(f"{phone.path}/room").text


def test_a_rehearsal_says_that_it_is_one_and_leaves_nothing(
    client: TestClient, sqlite_database: Database
) -> None:
    performance = add_nest_performance(sqlite_database, wave=None)
    sqlite_database.write(lambda c: rehearse_wave(c, performance.id, Wave.BEFORE))
    phone = Phone(client, performance.code)
    assert "This is a rehearsal." in words_of(phone.get(path(phone)).text)
    phone.follow(say(phone, "Testing"))
    assert waiting(sqlite_database, performance) == ["Testing"]
    sqlite_database.write(lambda c: wipe_rehearsal(c, performance.id))
    assert waiting(sqlite_database, performance) == []


def test_nobody_can_tell_an_unknown_performance_from_one_that_is_gone(client: TestClient) -> None:
    assert client.get("/p/zzzzzzzz/room/contribute").status_code == 404
    assert client.post("/p/zzzzzzzz/room/contribute", data={"text": "x"}).status_code == 404


def test_nothing_of_the_phone_stands_beside_its_words(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    phone = Phone(client, after.code)
    phone.follow(say(phone, "Who owns the house?"))
    (found,) = standing(sqlite_database, after, ContributionStanding.WAITING)
    seat = phone.jar["seat"]
    assert seat not in repr(found)
    assert {column.name for column in contribution.columns} == {
        "id",
        "performance_id",
        "text",
        "standing",
        "reason",
        "place",
        "pinned",
        "answered",
    }
