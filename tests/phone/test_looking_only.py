"""The page to look only: every question as words, for those too young to answer; nothing sent, nothing stored."""

import re

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from survey.model import Performance, Wave
from survey.storage.database import Database
from survey.storage.performances import close_wave
from survey.storage.questionnaires import find_version
from survey.storage.tables import metadata
from tests.databases import add_nest_performance
from tests.phone.pages import Phone, form_to, words_of


@pytest.fixture
def families(sqlite_database: Database) -> Performance:
    """A performance for people of 16 and over to which children come too."""
    return add_nest_performance(sqlite_database, wave=Wave.AFTER, families=True)


def everything(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table."""
    with database.reading() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table))]
            for table in metadata.sorted_tables
        }


def test_the_form_leads_to_it_only_where_children_are_expected(
    client: TestClient, families: Performance, after: Performance
) -> None:
    page = Phone(client, families.code).open()
    assert f'formaction="/p/{families.code}/look"' in page[: page.index("<form")]
    assert "Younger than 16? Look at the questions here" in words_of(page)
    assert "/look" not in Phone(client, after.code).open()
    assert client.get(f"/p/{after.code}/look").status_code == 404


def test_every_question_and_every_option_is_there_as_words(
    client: TestClient, sqlite_database: Database, families: Performance
) -> None:
    with sqlite_database.reading() as connection:
        questions = find_version(connection, families.version_id).asked_in(Wave.AFTER)
    said = words_of(client.get(f"/p/{families.code}/look").text)
    for question in questions:
        assert " ".join(str(question.text).split()) in said
        for words in (
            [question.low_label, question.high_label]
            if question.kind == "number"
            else [option.label for option in question.options]
        ):
            assert str(words) in said
    assert "0 – 10 0 do not trust at all 10 complete trust" in said  # the ends carry their numbers themselves
    assert "If you are younger than 16, please do not send answers." in said
    assert "Talk about the questions with the person you came with." in said


def test_it_takes_no_input_sets_no_cookie_and_stores_nothing(
    client: TestClient, sqlite_database: Database, families: Performance
) -> None:
    before = everything(sqlite_database)
    answer = client.get(f"/p/{families.code}/look")
    assert answer.status_code == 200
    assert not re.findall(r"<(?:form|input|button|textarea|select)\b", answer.text)
    assert "set-cookie" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"
    held = client.post(f"/p/{families.code}/look", data={"home_system": "depends"})
    assert form_to(held.text, f"/p/{families.code}") == {"home_system": ["depends"]}
    assert "set-cookie" not in held.headers
    assert everything(sqlite_database) == before


def test_when_nothing_is_open_it_says_so_like_the_form(
    client: TestClient, sqlite_database: Database, families: Performance
) -> None:
    sqlite_database.write(lambda connection: close_wave(connection, families.id))
    assert "Closed just now" in words_of(client.get(f"/p/{families.code}/look").text)


def test_an_unknown_code_looks_like_every_other(client: TestClient, families: Performance) -> None:
    assert client.get("/p/zzzzzzzz/look").status_code == 404
