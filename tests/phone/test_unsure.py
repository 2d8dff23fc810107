"""Sent, and no answer in time: "not sent" is said only where nothing was or will be stored."""

import threading
from typing import Any

import pytest
from sqlalchemy import Connection
from starlette.testclient import TestClient

from survey.model import Performance
from survey.room.acts import ask_now
from survey.storage.database import Database, DatabaseBusy, DatabaseUnsure
from survey.storage.productions import add_production, productions
from tests.phone.pages import Phone, form_to, words_of
from tests.phone.states import ONE
from tests.running import in_a_thread

IN_TIME = "We could not tell you in time"
UNTRUE = ("Not sent", "Nothing was saved", "were not stored")


@pytest.mark.parametrize("soon", [False, True], ids=["waited for", "asynchronous"])
def test_an_act_that_is_called_not_stored_never_is_whether_it_had_begun_or_not(
    sqlite_database: Database, soon: bool
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def add(name: str) -> Any:
        def act(connection: Connection) -> None:
            begun.set()
            go_on.wait()
            add_production(connection, name=name)

        return act

    def write(name: str) -> None:
        if soon:
            in_a_thread(sqlite_database.write_soon(add(name), timeout=0.05))
        else:
            sqlite_database.write(add(name), timeout=0.05)

    for name in ("begun", "waiting"):
        with pytest.raises(DatabaseBusy, match="Nothing was stored") as given_up:
            write(name)
        assert not isinstance(given_up.value, DatabaseUnsure)
        assert begun.is_set()
    go_on.set()
    sqlite_database.write(lambda connection: None)
    with sqlite_database.reading() as connection:
        assert productions(connection) == []


@pytest.fixture
def slow(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database whose every act begins and does not come to its end in time."""

    async def unsure(*_: object, **__: object) -> None:
        raise DatabaseUnsure

    monkeypatch.setattr(sqlite_database, "write_soon", unsure)


@pytest.fixture
def phone(client: TestClient, sqlite_database: Database, after: Performance) -> Phone:
    """A phone whose answers are in, while a poll is open."""
    sqlite_database.write(lambda connection: ask_now(connection, after, ONE))
    phone = Phone(client, after.code)
    phone.answer({"closer_to": "sara"})
    return phone


WHERE = {
    "": {"closer_to": "sean", "differently": "I would ask"},
    "/room/poll": {"poll": "option_1"},
    "/room/contribute": {"text": "Who owns the house?"},
}


@pytest.mark.parametrize("where", WHERE)
def test_whoever_cannot_be_told_in_time_keeps_the_words_and_may_send_them_again(
    phone: Phone, where: str, request: pytest.FixtureRequest
) -> None:
    page = phone.get(phone.path + where.replace("/poll", "")).text if where else phone.open()
    request.getfixturevalue("slow")
    answer = phone.post(phone.path + where, {**form_to(page, phone.path + where), **WHERE[where]})
    said = words_of(answer.text)
    assert (answer.status_code, IN_TIME in said) == (503, True)
    assert "Send again: it will not count twice." in said
    assert not [each for each in UNTRUE if each in answer.text]
    again = form_to(answer.text, phone.path + where)
    assert {name: again[name][0] for name in WHERE[where]} == WHERE[where]


def test_no_other_page_calls_it_not_stored(phone: Phone, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("slow")
    for where in ("/words", "/pledge", "/room/support"):
        said = words_of(phone.post(phone.path + where, {"_words": "river lamp", "on": "x"}).text)
        assert not [each for each in UNTRUE if each in said], where
