"""What is kept of this phone, forgetting it, and a code that hides where phones are shared."""

from starlette.testclient import TestClient

from survey.model import Performance, Wave
from survey.storage.database import Database
from survey.storage.performances import close_wave, finish_performance, open_wave
from survey.storage.responses import responses_count
from tests.databases import add_nest_performance
from tests.phone.conftest import AFTER_ANSWERS, BEFORE_ANSWERS, phone_app
from tests.phone.pages import Phone, form_to, receipt_on, words_of


def kept_by(phone: Phone) -> str:
    return phone.get(f"{phone.path}/kept").text


def test_the_page_tells_a_phone_what_is_stored_of_it_in_words(
    client: TestClient, sqlite_database: Database, before: Performance
) -> None:
    phone = Phone(client, before.code)
    assert "What is stored from this phone Nothing that we know of." in words_of(kept_by(phone))
    phone.answer(BEFORE_ANSWERS)
    said = words_of(kept_by(phone))
    assert "Before the performance 2 answers in this language: English" in said
    assert "Two words belong to them." in said
    sqlite_database.write(lambda connection: open_wave(connection, before.id, Wave.AFTER))
    phone.answer(AFTER_ANSWERS)
    said = words_of(kept_by(phone))
    assert "After the performance 12 answers in this language: English a comment that may be quoted" in said
    phone.send({"differently_quote": []})
    assert "a comment that may not be quoted" in words_of(kept_by(phone))
    assert "12 answers" not in words_of(kept_by(Phone(client, before.code)))


def test_once_finished_nothing_leads_from_a_phone_to_answers(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    phone = Phone(client, after.code)
    phone.answer(AFTER_ANSWERS)
    sqlite_database.write(lambda connection: finish_performance(connection, after.id))
    said = words_of(kept_by(phone))
    assert "nothing leads from this phone to any answers now" in said
    assert "12 answers" not in said
    assert "Forget this phone" not in said


def test_a_forgotten_phone_knows_nothing_and_its_answers_stay(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    phone = Phone(client, after.code)
    code = receipt_on(phone.answer({"closer_to": "sara"}))
    form = form_to(kept_by(phone), f"{phone.path}/forget")
    answer = phone.post(f"{phone.path}/forget", form)
    assert answer.status_code == 303
    assert 'seat=""' in answer.headers["set-cookie"]
    del phone.jar["seat"]

    said = words_of(phone.get(answer.headers["location"]).text)
    assert "This phone is forgotten." in said
    assert "Nothing that we know of." in said
    assert "Forget this phone" not in said
    assert "Nothing sent from this phone yet" in words_of(phone.get(f"{phone.path}/thanks").text)
    assert "closer_to" not in form_to(phone.open(), phone.path)
    with sqlite_database.reading() as connection:
        assert responses_count(connection, after.id, Wave.AFTER) == 1
    assert "Sara" in words_of(client.post("/receipt", data={"code": code}).text)


def test_that_a_phone_was_forgotten_is_said_only_while_it_is_true(
    client: TestClient, after: Performance
) -> None:
    phone = Phone(client, after.code)
    phone.answer({"closer_to": "sara"})
    assert "This phone is forgotten." not in words_of(phone.get(f"{phone.path}/kept?forgotten=yes").text)


def test_the_next_persons_code_is_folded_away_and_the_first_persons_is_gone(
    client: TestClient, after: Performance
) -> None:
    phone = Phone(client, after.code)
    first = phone.answer({"closer_to": "sara"})
    assert "<summary>Show my code</summary>" not in first
    phone.follow(phone.post(f"{phone.path}/another", {}))
    second = phone.answer({"closer_to": "sean"})
    folded = second[second.index("<summary>Show my code</summary>") :]
    code = receipt_on(second)
    assert receipt_on(first) not in second
    assert (
        second.count(f"/receipt/{code}")
        == folded[: folded.index("</details>")].count(f"/receipt/{code}")
        == 1
    )
    assert phone.get(f"{phone.path}/thanks").headers["cache-control"] == "no-store"


def test_without_cookies_the_next_persons_code_is_folded_away_too(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    phone = Phone(client, after.code, cookies=False)
    phone.answer({"closer_to": "sara"})
    form = phone.follow(phone.post(f"{phone.path}/another", {}))
    thanks = phone.follow(phone.send({"closer_to": "sean"}, form))
    assert "<summary>Show my code</summary>" in thanks
    with sqlite_database.reading() as connection:
        assert responses_count(connection, after.id, Wave.AFTER) == 2


def test_own_answers_from_before_do_not_sway_those_still_to_come(
    client: TestClient, sqlite_database: Database, before: Performance
) -> None:
    phone = Phone(client, before.code)
    code = receipt_on(phone.answer(BEFORE_ANSWERS))

    def own() -> str:
        return words_of(client.post("/receipt", data={"code": code}).text)

    acceptable = "acceptable"
    assert acceptable in own().lower()
    sqlite_database.write(lambda connection: open_wave(connection, before.id, Wave.AFTER))
    assert "These answers are in." in own()
    assert acceptable not in own().lower()
    assert "Delete my answers" in own()
    phone.answer({"home_system": "depends"})
    assert acceptable in own().lower()

    other = Phone(client, before.code)
    sqlite_database.write(lambda connection: open_wave(connection, before.id, Wave.BEFORE))
    code = receipt_on(other.answer(BEFORE_ANSWERS))
    sqlite_database.write(lambda connection: open_wave(connection, before.id, Wave.AFTER))
    assert acceptable not in own().lower()
    sqlite_database.write(lambda connection: close_wave(connection, before.id))
    assert acceptable in own().lower()


def test_a_phone_that_lost_its_cookie_hears_what_two_words_do(client: TestClient, after: Performance) -> None:
    said = words_of(Phone(client, after.code).get(f"/p/{after.code}/thanks").text)
    assert "If you were given two words" in said


def test_what_a_database_server_keeps_is_said_where_there_is_one(database: Database) -> None:
    code = add_nest_performance(database).code
    with TestClient(phone_app(database)) as client:
        said = words_of(client.get(f"/p/{code}/kept").text)
    assert ("Our database is on a server of its own." in said) == database.url.startswith("postgresql")
