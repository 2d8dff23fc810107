"""The notice on the form: about 50 words that a reader of 11 understands, and none of them untrue."""

import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from survey.model import Performance, Questionnaire, Wave
from survey.questionnaire import published_questionnaires
from survey.storage.database import Database
from survey.storage.questionnaires import publish
from tests.databases import add_nest_performance
from tests.phone.pages import Phone, words_of
from tests.phone.reading_age import coleman_liau_grade, flesch_kincaid_grade, words_in

BODIES = ["Example Theatre Company", "The University of Manchester", "Contact, Manchester", "53Two"]
NOTICE = r'<p id="notice">.*?</p>'
ELEVEN = 6.0
"""The school grade of a reader of 11: grade and 5 years."""


def part(page: str, pattern: str) -> str:
    """Return the words of one part of a page."""
    found = re.search(pattern, page, re.DOTALL)
    assert found
    return words_of(found[0])


def grade(words: str) -> float:
    """Return the higher of the two grades."""
    return max(flesch_kincaid_grade(words), coleman_liau_grade(words))


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("published", published_questionnaires(), ids=lambda found: found[0].id)
def test_the_notice_is_about_fifty_words_for_a_reader_of_eleven(
    client: TestClient, sqlite_database: Database, published: tuple[Questionnaire, dict[str, Any]], body: str
) -> None:
    version = sqlite_database.write(lambda connection: publish(connection, *published))
    performance = add_nest_performance(sqlite_database, version_id=version, wave=Wave.AFTER, responsible=body)
    notice = part(Phone(client, performance.code).open(), NOTICE)
    assert 40 <= len(words_in(notice)) <= 60
    assert grade(notice) <= ELEVEN


@pytest.mark.parametrize("published", published_questionnaires(), ids=lambda found: found[0].id)
def test_the_notice_says_who_asks_what_is_shown_and_that_skipping_is_fine(
    client: TestClient, sqlite_database: Database, published: tuple[Questionnaire, dict[str, Any]]
) -> None:
    version = sqlite_database.write(lambda connection: publish(connection, *published))
    performance = add_nest_performance(sqlite_database, version_id=version, wave=Wave.AFTER)
    page = Phone(client, performance.code).open()
    notice = part(page, NOTICE)
    for said in (
        "Example Theatre Company asks",
        "Skip",
        "We do not ask who you are.",
        "only in totals, never for fewer than ten people.",
        "You get a code to see, change or delete your answers.",
    ):
        assert said in notice
    assert f'formaction="/p/{performance.code}/kept"' in page
    assert "anonymous" not in words_of(page).lower()


def test_the_words_at_the_comment_box_are_for_a_reader_of_eleven(
    client: TestClient, after: Performance
) -> None:
    page = Phone(client, after.code).open()
    hint = part(page, r'<p class="hint" id="q-differently-hint">.*?</p>')
    tick = part(page, r'<label class="choice"><input type="checkbox" name="differently_quote".*?</label>')
    assert grade(f"{hint} {tick}.") <= ELEVEN


def test_the_full_page_begins_in_words_for_a_reader_of_eleven(client: TestClient, after: Performance) -> None:
    page = client.get(f"/p/{after.code}/kept").text
    lead = part(page, r'<p class="lead">.*?</p>')
    assert "We do not ask who you are." in lead
    assert grade(lead) <= ELEVEN


def test_a_hard_sentence_would_fail() -> None:
    legal = (
        "Pseudonymised responses are processed pursuant to the controller's legitimate interests, "
        "subject to statistical disclosure control thresholds."
    )
    assert min(flesch_kincaid_grade(legal), coleman_liau_grade(legal)) > 2 * ELEVEN
    assert grade("We do not ask who you are. You can stop when you like.") < 2
