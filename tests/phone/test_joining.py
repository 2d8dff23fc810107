"""Joining by typing a number or a code."""

import pytest
from starlette.testclient import TestClient

from survey.model import Performance
from survey.phone.guesses import Guesses
from survey.storage.database import Database
from survey.storage.performances import close_wave, finish_performance
from tests.phone.pages import title_of, words_of


def test_the_number_on_the_screen_leads_to_the_form(client: TestClient, after: Performance) -> None:
    number = after.join_number or ""
    for typed in (number, f" {number[:3]} {number[3:]} "):
        answer = client.post("/join", data={"code": typed})
        assert (answer.status_code, answer.headers["location"]) == (303, f"/p/{after.code}")


def test_the_code_on_the_poster_leads_to_the_form(client: TestClient, after: Performance) -> None:
    for typed in (after.code, after.code.upper(), f"{after.code[:4]}-{after.code[4:]}"):
        assert client.post("/join", data={"code": typed}).headers["location"] == f"/p/{after.code}"


@pytest.mark.parametrize("typed", ["000000", "nosuchcd", "%", "七八九"])
def test_what_leads_nowhere_says_so_and_stays_typed(
    client: TestClient, after: Performance, typed: str
) -> None:
    answer = client.post("/join", data={"code": typed})
    assert answer.status_code == 422
    assert title_of(answer.text).startswith("Error:")
    assert f'value="{typed}"' in answer.text


def test_a_number_lives_until_the_performance_is_finished(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    sqlite_database.write(lambda connection: close_wave(connection, after.id))
    assert client.post("/join", data={"code": after.join_number or ""}).status_code == 303
    sqlite_database.write(lambda connection: finish_performance(connection, after.id))
    assert client.post("/join", data={"code": after.join_number or ""}).status_code == 422


def test_the_join_page_has_a_small_way_in_for_staff(client: TestClient) -> None:
    page = client.get("/join").text
    assert 'href="/sign-in"' in page
    assert "No app, no name, no payment." in words_of(page)


def test_whoever_guesses_numbers_holds_up_nobody_who_types_the_right_number_or_code(
    client: TestClient, after: Performance
) -> None:
    tries = [client.post("/join", data={"code": f"0{n:05}"}) for n in range(200)]
    assert (tries[0].status_code, tries[-1].status_code) == (422, 429)
    assert "Nothing is open under that number or code." in words_of(tries[-1].text), "true for a slip as well"
    for typed in (after.join_number, f"{after.code[:4]}-{after.code[4:]}".upper()):
        assert client.post("/join", data={"code": typed}).headers["location"] == f"/p/{after.code}"


@pytest.mark.parametrize(
    "zero",
    ["\N{ARABIC-INDIC DIGIT ZERO}", "\N{EXTENDED ARABIC-INDIC DIGIT ZERO}", "\N{FULLWIDTH DIGIT ZERO}"],
)
def test_a_number_typed_on_any_keyboard_leads_to_the_form(
    client: TestClient, after: Performance, zero: str
) -> None:
    typed = "".join(chr(ord(zero) + int(digit)) for digit in after.join_number or "")
    assert client.post("/join", data={"code": typed}).headers["location"] == f"/p/{after.code}"


def test_the_brake_lets_go_with_time_and_right_codes_cost_nothing() -> None:
    now = [0.0]
    guesses = Guesses(most=3, per_second=1, clock=lambda: now[0])
    for _ in range(3):
        assert not guesses.too_many()
        guesses.wrong()
    assert guesses.too_many()
    now[0] = 2.0
    assert not guesses.too_many()
    now[0] = 1000.0
    assert [guesses.too_many() for _ in range(100)] == [False] * 100
