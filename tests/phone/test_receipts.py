"""Receipts: see, change or delete one's own answers with the code and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from starlette.testclient import TestClient

from survey.model import Performance, Wave
from survey.storage.database import Database
from survey.storage.performances import change_performance, close_wave, finish_performance, open_wave
from survey.storage.responses import responses_count
from survey.storage.tables import debt
from tests.databases import add_nest_performance
from tests.phone.conftest import AFTER_ANSWERS, BEFORE_ANSWERS
from tests.phone.pages import Phone, form_to, receipt_on, title_of, words_of


def receipt_of(client: TestClient, performance: Performance) -> str:
    return receipt_on(Phone(client, performance.code).answer(AFTER_ANSWERS))


def test_the_link_shows_nothing_until_the_button_is_pressed(client: TestClient, after: Performance) -> None:
    receipt = receipt_of(client, after)
    page = client.get(f"/receipt/{receipt}").text
    assert "Sara" not in page
    assert form_to(page, "/receipt") == {"code": [receipt]}
    answers = words_of(client.post("/receipt", data=form_to(page, "/receipt")).text)
    assert "By the end, whose view of the smart home was closer to yours? Sara's" in answers
    assert "That my sleep is data too." in answers


@pytest.mark.parametrize(
    "typed", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code.replace('-', '')} "]
)
def test_a_code_is_known_however_it_is_typed(client: TestClient, after: Performance, typed: object) -> None:
    assert callable(typed)
    receipt = receipt_of(client, after)
    assert "Your own answers" in client.post("/receipt", data={"code": typed(receipt)}).text


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code + "-" * 300,
        lambda code: code.replace("-", " \N{EM DASH} "),
        lambda code: "".join(chr(ord(each) + 0xFEE0) for each in code),
    ],
    ids=["padded with dashes", "other dashes", "wide letters"],
)
def test_answers_changed_by_a_right_code_are_stored_and_acknowledged_however_it_is_typed(
    client: TestClient, after: Performance, typed: Callable[[str], str]
) -> None:
    receipt = receipt_of(client, after)
    path = f"/p/{after.code}"
    changing = client.post(f"{path}/change", data={"_receipt": typed(receipt)})
    fields = form_to(client.get(changing.headers["location"]).text, path)
    sent = client.post(path, data=fields | {"_receipt": typed(receipt), "closer_to": "sean"})
    thanks = client.get(sent.headers["location"]).text
    assert receipt_on(thanks) == receipt
    assert "Sean" in words_of(client.post("/receipt", data={"code": typed(receipt)}).text)
    words = client.post(f"{path}/words", data={"_receipt": typed(receipt), "_words": "river river"})
    assert receipt_on(client.get(words.headers["location"]).text) == receipt


@pytest.mark.parametrize("code", ["X" * 80, "\N{PILE OF POO}" * 40, "\u07c0" * 200_000, "-" * 200_000])
def test_a_wrong_code_of_any_length_gets_a_page_everywhere(
    client: TestClient, after: Performance, code: str
) -> None:
    path = f"/p/{after.code}"
    for where, fields in (
        ("/receipt", {"code": code}),
        ("/receipt/delete", {"code": code, "sure": "yes"}),
        (f"{path}/change", {"_receipt": code}),
        (f"{path}/words", {"_receipt": code, "_words": "river lamp"}),
        (f"{path}/words", {"_receipt": code, "_words": "nonsense"}),
        (path, {"_receipt": code, "closer_to": "sara"}),
    ):
        answer = client.post(where, data=fields)
        assert answer.status_code < 500, where
        if answer.status_code == 303:
            assert client.get(answer.headers["location"]).status_code in (200, 303, 404)


def test_answers_sent_under_a_code_deleted_meanwhile_are_given_back_to_be_sent_anew(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    receipt, path = receipt_of(client, after), f"/p/{after.code}"
    changing = client.post(f"{path}/change", data={"_receipt": receipt})
    fields = form_to(client.get(changing.headers["location"]).text, path)
    client.post("/receipt/delete", data={"code": receipt, "sure": "yes"})
    sent = client.post(path, data=fields | {"closer_to": "sean"})
    assert (sent.status_code, "There are no answers under your code any more" in words_of(sent.text)) == (
        404,
        True,
    )
    given_back = form_to(sent.text, path)
    assert (given_back["closer_to"], "_receipt" in given_back) == (["sean"], False)
    assert client.post(path, data=given_back).status_code == 303
    with sqlite_database.reading() as connection:
        assert responses_count(connection, after.id, Wave.AFTER) == 1


def test_both_waves_are_shown_under_their_own_heading(
    client: TestClient, sqlite_database: Database, before: Performance
) -> None:
    phone = Phone(client, before.code)
    phone.answer(BEFORE_ANSWERS)
    sqlite_database.write(lambda connection: open_wave(connection, before.id, Wave.AFTER))
    receipt = receipt_on(phone.answer(AFTER_ANSWERS))
    said = words_of(client.post("/receipt", data={"code": receipt}).text)
    assert said.index("Before the performance") < said.index("After the performance")


def test_a_wrong_code_and_a_deleted_one_look_the_same(client: TestClient, after: Performance) -> None:
    receipt = receipt_of(client, after)
    client.post("/receipt/delete", data={"code": receipt, "sure": "yes"})
    gone = client.post("/receipt", data={"code": receipt})
    wrong = client.post("/receipt", data={"code": "0000-0000-0000-0000"})
    assert gone.status_code == wrong.status_code == 404
    assert gone.text.replace(receipt, "") == wrong.text.replace("0000-0000-0000-0000", "")
    assert title_of(wrong.text).startswith("Error:")


def test_deleting_asks_first_then_is_real(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    receipt = receipt_of(client, after)
    own = client.post("/receipt", data={"code": receipt}).text
    asked = client.post("/receipt/delete", data=form_to(own, "/receipt/delete"))
    assert "Delete your answers?" in asked.text
    with sqlite_database.reading() as connection:
        assert responses_count(connection, after.id, Wave.AFTER) == 1
    done = client.post("/receipt/delete", data=form_to(asked.text, "/receipt/delete"))
    assert (done.status_code, done.headers["location"]) == (303, "/receipt/deleted")
    assert "Your answers are deleted." in client.get("/receipt/deleted").text
    with sqlite_database.reading() as connection:
        for table in ("respondent", "response", "answer", "comment"):
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0


def test_after_deleting_the_same_phone_may_answer_anew(client: TestClient, after: Performance) -> None:
    phone = Phone(client, after.code)
    receipt = receipt_on(phone.answer({"closer_to": "sara"}))
    client.post("/receipt/delete", data={"code": receipt, "sure": "yes"})
    assert "Your answers are in." not in words_of(phone.open())
    assert receipt_on(phone.answer({"closer_to": "sean"})) == receipt


def test_answers_can_be_changed_by_the_code_on_another_phone(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    receipt = receipt_of(client, after)
    other = Phone(client, after.code)
    own = other.post("/receipt", {"code": receipt}).text
    form = other.follow(other.post(f"{other.path}/change", form_to(own, f"{other.path}/change")))
    assert form_to(form, other.path)["closer_to"] == ["sara"]
    sent = other.send({"closer_to": "neither"}, form)
    assert receipt not in sent.headers["location"]
    assert "set-cookie" not in sent.headers
    assert receipt_on(other.follow(sent)) == receipt
    assert "Neither" in words_of(client.post("/receipt", data={"code": receipt}).text)
    with sqlite_database.reading() as connection:
        assert responses_count(connection, after.id, Wave.AFTER) == 1


def test_a_form_opened_by_a_code_that_is_gone_never_becomes_a_second_person(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    receipt = receipt_of(client, after)
    other = Phone(client, after.code)
    address = other.post(f"{other.path}/change", {"_receipt": receipt}).headers["location"]
    form = other.get(address).text
    client.post("/receipt/delete", data={"code": receipt, "sure": "yes"})
    assert other.get(address).headers["location"] == "/receipt"
    assert other.send({"closer_to": "sean"}, form).status_code == 404
    with sqlite_database.reading() as connection:
        assert responses_count(connection, after.id, Wave.AFTER) == 0


def test_a_code_changes_answers_of_its_own_performance_only(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    receipt = receipt_of(client, after)
    elsewhere = add_nest_performance(sqlite_database, wave=Wave.AFTER)
    fields = {"_receipt": receipt, "closer_to": "sean"}
    assert client.post(f"/p/{elsewhere.code}", data=fields).status_code == 404
    assert client.post(f"/p/{elsewhere.code}/change", data=fields).status_code == 404
    with sqlite_database.reading() as connection:
        assert responses_count(connection, elsewhere.id, Wave.AFTER) == 0


def test_once_closed_answers_can_be_seen_and_deleted_but_not_changed(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    receipt = receipt_of(client, after)
    sqlite_database.write(lambda connection: close_wave(connection, after.id))
    own = client.post("/receipt", data={"code": receipt}).text
    assert "Change my answers" not in own
    assert "Delete my answers" in own
    sqlite_database.write(lambda connection: finish_performance(connection, after.id))
    own = client.post("/receipt", data={"code": receipt}).text
    assert "Sara's" in words_of(own)
    assert "Delete my answers" in own


def test_past_the_keeping_date_a_code_leads_nowhere(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    receipt = receipt_of(client, after)
    past = replace(after, keep_until=date(2020, 1, 1))
    sqlite_database.write(lambda connection: change_performance(connection, past))
    assert client.post("/receipt", data={"code": receipt}).status_code == 404


def test_guessing_is_braked_and_holds_up_nobody_who_has_a_code(
    client: TestClient, after: Performance
) -> None:
    receipt = receipt_of(client, after)
    answers = [
        client.post("/receipt", data={"code": f"0000-0000-0000-{n:04}"}).status_code for n in range(400)
    ]
    assert answers[0] == 404
    assert answers[-1] == 429
    refused = client.post("/receipt", data={"code": "0000-0000-0000-0000"})
    assert int(refused.headers["retry-after"]) > 0
    assert client.post("/receipt", data={"code": receipt}).status_code == 200
    changing = client.post(f"/p/{after.code}/change", data={"_receipt": receipt})
    form = client.get(changing.headers["location"]).text
    sent = client.post(f"/p/{after.code}", data=form_to(form, f"/p/{after.code}") | {"closer_to": "sean"})
    assert (changing.status_code, sent.status_code) == (303, 303)
    assert client.post("/receipt/delete", data={"code": receipt, "sure": "yes"}).status_code == 303
    again = [client.post("/receipt", data={"code": receipt}).status_code for _ in range(400)]
    assert again[-1] == 429  # a code of nothing is a guess like any other


def test_an_empty_code_says_what_to_do(client: TestClient) -> None:
    answer = client.post("/receipt", data={"code": " "})
    assert answer.status_code == 422
    assert "Type your code" in words_of(answer.text)


def test_whoever_deletes_is_told_while_something_still_reads_what_was_deleted(
    client: TestClient, sqlite_database: Database
) -> None:
    def said() -> str:
        return words_of(client.get("/receipt/deleted").text)

    assert "They are gone from our database now" in said()
    sqlite_database.write(lambda c: c.execute(debt.insert().values(id="owed", deleted_by=1)))
    assert "their last traces go when that has ended" in said()
    assert "gone from our database now" not in said()
