"""What phones and the remote read while the house is at fault: the truth, with everything typed still on the page."""

import pytest
from starlette.testclient import TestClient

from survey.model import Performance
from survey.room.acts import ask_now
from survey.storage.database import Database, Fault
from tests.faulty import read_only
from tests.phone.pages import Phone, form_to, words_of
from tests.phone.states import ONE
from tests.phone.test_unsure import WHERE

OURS = "Our computer cannot save anything just now"


@pytest.fixture
def phone(client: TestClient, sqlite_database: Database, after: Performance) -> Phone:
    """A phone whose answers are in, while a poll is open."""
    sqlite_database.write(lambda connection: ask_now(connection, after, ONE))
    phone = Phone(client, after.code)
    phone.answer({"closer_to": "sara"})
    return phone


@pytest.mark.parametrize("where", WHERE)
def test_a_phone_is_told_that_the_fault_is_ours_and_keeps_what_was_typed(
    phone: Phone, sqlite_database: Database, where: str
) -> None:
    page = phone.get(phone.path + where.replace("/poll", "")).text if where else phone.open()
    with read_only(sqlite_database):
        answer = phone.post(phone.path + where, {**form_to(page, phone.path + where), **WHERE[where]})
    said = words_of(answer.text)
    assert (answer.status_code, OURS in said, "A lot is happening" in said) == (503, True, False)
    again = form_to(answer.text, phone.path + where)
    assert {name: again[name][0] for name in WHERE[where]} == WHERE[where]
    assert phone.post(phone.path + where, again).status_code == 303


def test_pages_without_words_of_one_s_own_say_the_same(phone: Phone, sqlite_database: Database) -> None:
    with read_only(sqlite_database):
        answer = phone.post(f"{phone.path}/room/support", {"on": "x"})
    assert (answer.status_code, OURS in words_of(answer.text)) == (503, True)


def test_the_remote_says_what_is_wrong_and_what_to_do(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    with read_only(sqlite_database):
        answer = client.post(f"/d/{after.code}/black", follow_redirects=True)
    assert f"Nothing was changed. {Fault.READ_ONLY.value}" in words_of(answer.text)
