"""A try that a phone gave up and that comes late never undoes a later one. On a real network: test_faults.py."""

from typing import Any

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from survey.model import Performance
from survey.phone.late import HEADER, LateTries
from survey.storage.database import Database
from tests.phone.pages import Phone, form_to, receipt_on
from tests.phone.test_answering import how_many, stored


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
