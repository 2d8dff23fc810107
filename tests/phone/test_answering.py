"""Sending: an acknowledged answer is stored, sending twice is one response, nothing typed is lost."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from survey.model import Filled, Performance, Provenance, Wave
from survey.questionnaire import DATA, load_questionnaire
from survey.storage.database import Database, open_database
from survey.storage.performances import (
    change_performance,
    close_wave,
    finish_performance,
    open_wave,
    rehearse_wave,
)
from survey.storage.questionnaires import publish
from survey.storage.responses import response_counts, responses_by_receipt, responses_count
from tests.databases import add_nest_performance
from tests.phone.conftest import AFTER_ANSWERS, BEFORE_ANSWERS, phone_app
from tests.phone.pages import Phone, form_to, receipt_on, title_of, words_of


def how_many(database: Database, performance: Performance, wave: Wave = Wave.AFTER) -> int:
    with database.reading() as connection:
        return responses_count(connection, performance.id, wave)


def stored(database: Database, receipt: str, wave: Wave = Wave.AFTER) -> dict[str, tuple[str, ...]]:
    """Return what is stored under a receipt: question → options, or the words of a comment."""
    with database.reading() as connection:
        found = responses_by_receipt(connection, receipt)
    assert found is not None
    filled: Filled = found.responses[wave]
    return {answer.question: answer.options for answer in filled.answers} | {
        comment.question: (comment.text,) for comment in filled.comments
    }


def test_what_a_phone_sends_is_stored_and_acknowledged(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    thanks = Phone(client, after.code).answer(AFTER_ANSWERS)
    assert "Your answers are in." in thanks
    assert stored(sqlite_database, receipt_on(thanks)) == {
        question: tuple(given) if isinstance(given, list) else (given,)
        for question, given in AFTER_ANSWERS.items()
        if question != "differently_quote"
    }


def test_sending_leads_to_the_thank_you_page(client: TestClient, after: Performance) -> None:
    sent = Phone(client, after.code).send(AFTER_ANSWERS)
    assert (sent.status_code, sent.headers["location"]) == (303, f"/p/{after.code}/thanks")


def test_sending_twice_is_one_response_with_the_newest_answers(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    phone = Phone(client, after.code)
    page = phone.open()
    first = phone.follow(phone.send({"closer_to": "sean", "ask_first": "always"}, page))
    second = phone.follow(phone.send({"closer_to": "sara"}, page))
    assert how_many(sqlite_database, after) == 1
    assert receipt_on(first) == receipt_on(second)
    assert stored(sqlite_database, receipt_on(second)) == {"closer_to": ("sara",)}


def test_back_shows_what_was_sent_and_sending_again_replaces_it(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    phone = Phone(client, after.code)
    receipt = receipt_on(phone.answer(AFTER_ANSWERS))
    again = phone.open()
    fields = form_to(again, phone.path)
    assert "Your answers are in." in words_of(again)
    assert fields["share_with"] == ["gp", "emergency"]
    assert fields["trust_internet"] == ["0"]
    assert fields["differently"] == ["That my sleep is data too."]
    assert fields["differently_quote"] == ["yes"]
    phone.send({"closer_to": "neither"}, again)
    assert stored(sqlite_database, receipt)["closer_to"] == ("neither",)
    assert stored(sqlite_database, receipt)["share_with"] == ("gp", "emergency")
    assert how_many(sqlite_database, after) == 1


def test_two_tabs_are_one_response(client: TestClient, sqlite_database: Database, after: Performance) -> None:
    phone = Phone(client, after.code)
    one, other = phone.open(), phone.open()
    phone.send({"closer_to": "sean"}, one)
    phone.send({"closer_to": "sara"}, other)
    assert how_many(sqlite_database, after) == 1


def test_two_phones_are_two_responses(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    receipts = {receipt_on(Phone(client, after.code).answer({"closer_to": "sara"})) for _ in range(2)}
    assert len(receipts) == 2
    assert how_many(sqlite_database, after) == 2


def test_the_cookie_wins_over_another_hidden_seat(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    phone, stranger = Phone(client, after.code), Phone(client, after.code)
    strangers_page = stranger.open()
    phone.open()
    phone.send({"closer_to": "sean"}, strangers_page)
    stranger.send({"closer_to": "sara"}, strangers_page)
    assert how_many(sqlite_database, after) == 2


def test_a_phone_that_refuses_cookies_answers_once_however_often_it_sends(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    phone = Phone(client, after.code, cookies=False)
    page = phone.open()
    receipts = {receipt_on(phone.follow(phone.send({"closer_to": "sara"}, page))) for _ in range(2)}
    assert len(receipts) == 1
    assert how_many(sqlite_database, after) == 1


def test_a_client_that_sends_the_questions_alone_is_heard(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    answer = client.post(f"/p/{after.code}", data={"closer_to": "sara"})
    assert answer.status_code == 303
    assert how_many(sqlite_database, after) == 1


def test_a_phone_that_answered_before_is_the_same_person_after(
    client: TestClient, sqlite_database: Database, before: Performance
) -> None:
    phone = Phone(client, before.code)
    receipt = receipt_on(phone.answer(BEFORE_ANSWERS))
    sqlite_database.write(lambda connection: open_wave(connection, before.id, Wave.AFTER))
    assert receipt_on(phone.answer({"home_system": "not_acceptable"})) == receipt
    assert stored(sqlite_database, receipt, Wave.BEFORE)["home_system"] == ("acceptable",)
    assert stored(sqlite_database, receipt, Wave.AFTER)["home_system"] == ("not_acceptable",)


def test_an_empty_form_stores_nothing_and_comes_back_kindly(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    sent = Phone(client, after.code).send({})
    assert sent.status_code == 422
    assert "You have not answered anything yet." in words_of(sent.text)
    assert how_many(sqlite_database, after) == 0
    with sqlite_database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM respondent").scalar() == 0


def test_an_empty_form_leaves_earlier_answers_alone(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    phone = Phone(client, after.code)
    receipt = receipt_on(phone.answer({"closer_to": "sara"}))
    sent = phone.post(phone.path, {"_wave": "after"})
    assert "What you sent earlier is still in." in words_of(sent.text)
    assert stored(sqlite_database, receipt) == {"closer_to": ("sara",)}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"share_with": ["none", "gp"]}, "not both"),
        ({"matters_most": ["told", "say_no", "names_out", "fines"]}, "Choose up to three."),
        ({"home_system": "perhaps"}, "Choose one of the answers offered."),
        ({"home_system": ["depends", "acceptable"]}, "Choose one answer only."),
        ({"trust_nhs": "11"}, "Choose a whole number from 0 to 10."),
        ({"differently": "x " * 200}, "too long"),
    ],
)
def test_valid_answers_are_saved_while_one_needs_another_look(
    client: TestClient, sqlite_database: Database, after: Performance, wrong: dict[str, Any], words: str
) -> None:
    phone = Phone(client, after.code)
    sent = phone.send({"closer_to": "sara"} | wrong)
    question = next(iter(wrong))
    assert sent.status_code == 422
    assert title_of(sent.text).startswith("Error:")
    said = words_of(sent.text)
    assert "Your other answers are saved; one needs another look." in said
    assert said.count(words) >= 2, "in the summary and beside the question"
    assert f'<a href="#q-{question}">' in sent.text
    assert f'id="q-{question}"' in sent.text
    assert form_to(sent.text, phone.path)["closer_to"] == ["sara"]
    thanks = phone.get(f"{phone.path}/thanks").text
    assert stored(sqlite_database, receipt_on(thanks)) == {"closer_to": ("sara",)}


def test_everything_typed_comes_back_when_something_is_wrong(client: TestClient, after: Performance) -> None:
    phone = Phone(client, after.code)
    words = "two\nlines & <b>more</b> " + "long " * 80
    back = form_to(phone.send({"differently": words, "share_with": ["none", "gp"]}).text, phone.path)
    assert back["differently"] == [words]
    assert back["share_with"] == ["gp", "none"]


def test_when_nothing_was_valid_the_page_does_not_claim_that_anything_is_saved(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    sent = Phone(client, after.code).send({"trust_nhs": "eleven"})
    assert "saved" not in words_of(sent.text)
    assert "One answer needs another look." in words_of(sent.text)
    assert how_many(sqlite_database, after) == 0


def test_a_late_before_form_is_refused_kindly_and_leads_to_what_is_open(
    client: TestClient, sqlite_database: Database, before: Performance
) -> None:
    phone = Phone(client, before.code)
    page = phone.open()
    sqlite_database.write(lambda connection: open_wave(connection, before.id, Wave.AFTER))
    late = phone.send(BEFORE_ANSWERS, page)
    assert late.status_code == 409
    said = words_of(late.text)
    assert "These questions have closed." in said
    assert "What you had answered" in said
    assert "Acceptable" in said
    assert f'href="/p/{before.code}"' in late.text
    assert how_many(sqlite_database, before, Wave.BEFORE) == 0
    assert how_many(sqlite_database, before, Wave.AFTER) == 0


def test_a_form_sent_after_closing_is_refused_kindly(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    phone = Phone(client, after.code)
    page = phone.open()
    sqlite_database.write(lambda connection: close_wave(connection, after.id))
    late = phone.send({"differently": "Too late to say this"}, page)
    assert late.status_code == 409
    assert "Too late to say this" in words_of(late.text)
    assert how_many(sqlite_database, after) == 0


def test_a_form_sent_after_finishing_stores_nothing(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    phone = Phone(client, after.code)
    page = phone.open()
    sqlite_database.write(lambda connection: finish_performance(connection, after.id))
    assert phone.send({"closer_to": "sara"}, page).status_code == 409
    assert how_many(sqlite_database, after) == 0


def second_version(database: Database) -> str:
    _, content = load_questionnaire(DATA / "the-nest-1.yaml")
    content = content | {"version": 2, "questions": content["questions"][:1]}
    from survey.questionnaire import parse_questionnaire

    return database.write(lambda connection: publish(connection, parse_questionnaire(content), content))


def test_an_old_form_is_stored_under_the_version_it_was_given_under(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    phone = Phone(client, after.code)
    page = phone.open()
    newer = replace(after, version_id=second_version(sqlite_database))
    sqlite_database.write(lambda connection: change_performance(connection, newer))
    thanks = phone.follow(phone.send({"closer_to": "sara"}, page))
    assert stored(sqlite_database, receipt_on(thanks)) == {"closer_to": ("sara",)}
    with sqlite_database.reading() as connection:
        assert connection.exec_driver_sql("SELECT version_id FROM response").scalar() == "the-nest-1"
    assert "closer_to" not in Phone(client, after.code).open()


def test_a_form_of_another_questionnaire_is_refused_kindly(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    _, content = load_questionnaire(DATA / "the-nest-1.yaml")
    from survey.questionnaire import parse_questionnaire

    other = content | {"id": "another-play"}
    id = sqlite_database.write(lambda connection: publish(connection, parse_questionnaire(other), other))
    phone = Phone(client, after.code)
    page = phone.open()
    sqlite_database.write(lambda connection: change_performance(connection, replace(after, version_id=id)))
    refused = phone.send({"closer_to": "sara"}, page)
    assert refused.status_code == 409
    assert "The questions have changed." in words_of(refused.text)
    assert how_many(sqlite_database, after) == 0


def test_what_is_sent_in_rehearsal_is_kept_apart(client: TestClient, sqlite_database: Database) -> None:
    rehearsing = add_nest_performance(sqlite_database, wave=None)
    sqlite_database.write(lambda connection: rehearse_wave(connection, rehearsing.id, Wave.AFTER))
    Phone(client, rehearsing.code).answer({"closer_to": "sara"})
    with sqlite_database.reading() as connection:
        counts = response_counts(connection, [rehearsing.id])
    assert [count.provenance for count in counts] == [Provenance.REHEARSAL]


@pytest.fixture
def impatient(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A database that gives up on another program's lock at once."""
    monkeypatch.setattr("survey.storage.engines.BUSY_SECONDS", 0.1)
    opened = open_database(sqlite_url)
    yield opened
    opened.close()


def test_a_locked_database_gives_the_form_back_with_everything_typed(
    impatient: Database, sqlite_url: str
) -> None:
    after = add_nest_performance(impatient, wave=Wave.AFTER)
    with TestClient(phone_app(impatient), follow_redirects=False) as client:
        phone = Phone(client, after.code)
        page = phone.open()
        locking = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
        locking.execute("BEGIN IMMEDIATE")
        sent = phone.send(AFTER_ANSWERS, page)
        assert sent.status_code == 503
        assert int(sent.headers["retry-after"]) > 0
        assert "Not sent yet" in words_of(sent.text)
        assert "Send again" in words_of(sent.text)
        held = form_to(sent.text, phone.path)
        assert {name: held[name] for name in ("share_with", "differently", "trust_nhs")} == {
            "share_with": ["gp", "emergency"],
            "differently": ["That my sleep is data too."],
            "trust_nhs": ["8"],
        }
        locking.execute("ROLLBACK")
        locking.close()
        assert phone.post(phone.path, held).status_code == 303
    assert how_many(impatient, after) == 1


def test_a_database_that_cannot_even_be_read_loses_nothing_typed() -> None:
    gone = Database("postgresql://nobody@127.0.0.1:1/nothing")
    with TestClient(phone_app(gone), follow_redirects=False) as client:
        sent = client.post(
            "/p/abcdefgh", data={"_seat": "s" * 22, "differently": "<b>&", "share_with": ["gp", "none"]}
        )
        assert sent.status_code == 503
        assert form_to(sent.text, "/p/abcdefgh") == {
            "_seat": ["s" * 22],
            "differently": ["<b>&"],
            "share_with": ["gp", "none"],
        }
        assert client.get("/p/abcdefgh").status_code == 503
    gone.close()


def test_an_evening_on_one_phone_works_on_either_database(database: Database) -> None:
    evening = add_nest_performance(database, wave=Wave.BEFORE)
    with TestClient(phone_app(database), follow_redirects=False) as client:
        phone = Phone(client, evening.code)
        receipt = receipt_on(phone.answer(BEFORE_ANSWERS))
        database.write(lambda connection: open_wave(connection, evening.id, Wave.AFTER))
        assert receipt_on(phone.answer(AFTER_ANSWERS)) == receipt
        assert form_to(phone.open(), phone.path)["share_with"] == ["gp", "emergency"]
        client.post("/receipt/delete", data={"code": receipt, "sure": "yes"})
    assert how_many(database, evening, Wave.BEFORE) == how_many(database, evening) == 0
