"""A try that a phone gave up and that comes late never undoes a later one. On a real network: test_faults.py."""

from typing import Any

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from survey.model import Performance, Poll
from survey.phone.late import HEADER, LateTries
from survey.room.acts import ask_now
from survey.storage.contributions import board
from survey.storage.database import Database
from tests.phone.pages import Phone, form_to, receipt_on
from tests.phone.test_answering import how_many, stored
from tests.phone.test_room import ASKED, Room, hidden


class Trying(Phone):
    """A phone whose script numbers its tries."""

    def __init__(self, client: TestClient, code: str) -> None:
        super().__init__(client, code)
        self.number: str | None = None

    def a_try(self, number: str | None, answers: dict[str, Any]) -> int:
        """Send answers as one try of one page; return the status."""
        page = self.open()
        self.number = number
        answer = self.post(self.path, form_to(page, self.path) | answers)
        self.number = None
        return answer.status_code

    def _headers(self) -> dict[str, str]:
        return super()._headers() | ({HEADER: self.number} if self.number else {})


@pytest.fixture
def phone(client: TestClient, after: Performance) -> Trying:
    """A phone in a performance whose *after* questions are open."""
    return Trying(client, after.code)


@pytest.fixture
def room(client: TestClient, sqlite_database: Database, after: Performance) -> Room:
    """The same performance's discussion."""
    return Room(client, sqlite_database, after)


def kept(database: Database, phone: Trying) -> dict[str, tuple[str, ...]]:
    """What is stored of a phone."""
    return stored(database, receipt_on(phone.get(f"{phone.path}/thanks").text))


@pytest.mark.parametrize(
    ("tries", "left"),
    [
        ([("0.5 0", "sara"), ("0.5 1", "sean"), ("0.5 0", "sara")], "sean"),
        ([("0.5 1", "sara"), ("0.7 0", "sean"), ("0.5 0", "sara")], "sean"),
        ([("0.5 0", "sara"), ("0.5 1", "sean"), ("0.5 2", "neither")], "neither"),
        ([("0.5 1", "sara"), ("0.7 0", "sean")], "sean"),
        ([("0.5 1", "sara"), (None, "sean")], "sean"),
        ([("0.5 7", "sara"), ("no try at all", "sean")], "sean"),
        ([("0.5 7", "sara"), ("0.5 -1", "sean")], "sean"),
    ],
    ids=["late", "late after another page", "in order", "another page", "no script", "no try", "no number"],
)
def test_the_latest_try_of_a_page_counts(
    sqlite_database: Database, after: Performance, phone: Trying, tries: list[tuple[str, str]], left: str
) -> None:
    for number, person in tries:
        assert phone.a_try(number, {"closer_to": person}) == 303
    assert kept(sqlite_database, phone) == {"closer_to": (left,)}
    assert how_many(sqlite_database, after) == 1


def test_nobody_holds_up_another_persons_try(
    client: TestClient, sqlite_database: Database, after: Performance, phone: Trying
) -> None:
    other = Trying(client, after.code)
    assert phone.a_try("0.5 9", {"closer_to": "sara"}) == 303
    assert other.a_try("0.5 0", {"closer_to": "sean"}) == 303
    assert kept(sqlite_database, other) == {"closer_to": ("sean",)}


def test_a_vote_given_up_that_comes_late_undoes_no_newer_one(room: Room, phone: Trying) -> None:
    poll, other = room.act(ask_now, ASKED), room.act(ask_now, ASKED)

    def a_vote(number: str, poll: Poll, option: str) -> None:
        fields = form_to(phone.get(room.path).text, f"{room.path}/poll") | {"_poll": poll.id, "poll": option}
        phone.number = number
        assert phone.post(f"{room.path}/poll", fields).status_code == 303
        phone.number = None

    a_vote("0.5 1", poll, "option_2")
    a_vote("0.5 0", poll, "option_1")
    assert room.counts(poll) == {"option_2": 1}
    a_vote("0.5 0", other, "option_1")
    assert room.counts(other) == {"option_1": 1}, "of another poll it is the first"
    a_vote("0.5 2", poll, "option_1")
    assert room.counts(poll) == {"option_1": 1}


def test_support_given_up_that_comes_late_undoes_no_newer_wish(room: Room, phone: Trying) -> None:
    one, other = room.approved("Who owns the house?"), room.approved("Is Sean asked?")

    def a_wish(number: str, way: str, id: str) -> None:
        fields = hidden(phone.get(room.path).text, "supporting")
        phone.number = number
        assert phone.post(f"{room.path}/support", fields | {way: id}).status_code == 303
        phone.number = None

    def supported() -> set[str]:
        with room.database.reading() as connection:
            return {each.contribution.id for each in board(connection, room.performance.id) if each.support}

    a_wish("0.5 1", "off", one.id)
    a_wish("0.5 0", "on", one.id)
    assert supported() == set()
    a_wish("0.5 0", "on", other.id)
    a_wish("0.5 2", "on", one.id)
    assert supported() == {one.id, other.id}


def a_request(number: str) -> Request:
    return Request({"type": "http", "headers": [(HEADER.encode(), number.encode())]})


def test_no_more_pages_are_known_than_needed_and_those_in_use_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LateTries, "MOST", 3)
    tries = LateTries()
    first, gone = (tries.arrived(a_request("0.1 0"), person) for person in ("used", "let go"))
    for number in range(1, 9):
        tries.arrived(a_request(f"0.1 {number}"), "used")
        tries.arrived(a_request("0.1 1"), f"somebody else {number}")
        assert len(tries._lately) <= 3
    tries.arrived(a_request("0.1 1"), "let go")
    assert tries.too_late(first)
    assert tries.too_late(gone)
    assert not tries.too_late(tries.arrived(a_request("0.1 8"), "used"))
    assert len(tries._lately) + len(tries._earlier) <= 6
