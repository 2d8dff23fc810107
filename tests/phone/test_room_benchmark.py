"""A published survey on the audience's phones: words, a table and every source, and nothing of it while anybody may answer."""

import re

import pytest
from starlette.testclient import TestClient

from survey.model import Performance, Wave
from survey.screen.office.acts import close
from survey.storage.database import Database
from survey.storage.performances import open_wave
from survey.storage.rooms import show
from tests.languages import nest_in
from tests.phone.offering import people
from tests.phone.pages import words_of
from tests.phone.test_room import Room

SURVEY = {"view": "beside", "question": "research_nhs", "wave": "after", "benchmark": "aggarwal_2021_likely"}
COUNTS = {"fairly_unlikely": 30, "not_sure": 24, "very_likely": 66}


def answered(room: Room, question: str, counts: dict[str, int]) -> None:
    for value, number in counts.items():
        people(room.database, room.performance, question, value, number)


@pytest.fixture
def room(client: TestClient, sqlite_database: Database, after: Performance) -> Room:
    """A room that has answered, with a survey called on stage while its questions are open."""
    room = Room(client, sqlite_database, after)
    answered(room, "research_nhs", COUNTS)
    room.do(show, SURVEY)
    return room


def closed(room: Room) -> None:
    room.do(close)


def test_while_the_questions_are_open_phones_are_told_the_question_only(room: Room) -> None:
    words = room.words()
    assert "How likely would you be to allow" in words
    assert "Talk to the person next to you." in words
    for told in (room.page(), room.client.get(f"{room.path}/now?lang=en").text):
        assert "survey" not in words_of(told).lower()
        assert "<table" not in told
        assert "78" not in words_of(told)


def test_then_the_words_a_table_and_every_source_stand_there(room: Room) -> None:
    closed(room)
    page, words = room.page(), room.words()
    assert "23 fewer in 100 said likely here than in the published survey" in words
    assert page.count("<table") == 1
    assert "Here Survey Very unlikely or fairly unlikely 25 (18–33) 8 (6–12)" in words
    assert "Fairly likely or very likely 55 (46–64) 78 (73–82)" in words
    assert "Here: 120 people. Survey: Patients and public, London hospital" in words
    assert ", 2021: 408 people." in words
    assert "The survey asked the same question, with the same answers to choose from." in words
    assert "our own guess for the way they were chosen" in words
    assert "it does not show what the performance did." in words
    assert "Who was asked" in words
    assert "Its question, word for word" in words
    link = re.search(r'<a href="(https://pmc[^"]+)" rel="noreferrer noopener">', page)
    assert link


def test_a_small_audience_reads_two_sentences_and_no_table(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    room = Room(client, sqlite_database, after)
    answered(room, "research_nhs", {"fairly_unlikely": 5, "not_sure": 6, "very_likely": 8})
    closed(room)
    room.do(show, SURVEY)
    assert "8 of the 19 people who answered said likely." in room.words()
    assert "In the published survey 78 in 100 said likely and 8 said unlikely." in room.words()
    assert "<table" not in room.page()


def test_opening_the_questions_again_takes_the_survey_away(room: Room) -> None:
    closed(room)
    assert "<table" in room.page()
    room.do(open_wave, Wave.AFTER)
    assert "<table" not in room.page()


def test_a_question_without_that_survey_is_only_a_question(room: Room) -> None:
    closed(room)
    room.do(show, SURVEY | {"benchmark": "gone"})
    assert "<table" not in room.page()
    room.do(show, SURVEY | {"question": "gone"})
    assert "What the stage shows will stand here too." in room.words()


def test_what_the_survey_calls_itself_keeps_its_own_language(
    client: TestClient, sqlite_database: Database
) -> None:
    performance = nest_in(sqlite_database, "ur")
    room = Room(client, sqlite_database, performance)
    answered(room, "research_nhs", COUNTS)
    closed(room)
    room.do(show, SURVEY)
    page = room.client.get(f"{room.path}?lang=ur").text
    assert '<bdi><span lang="en" dir="ltr">Patients and public, London hospital</span></bdi>، 2021' in page
    assert re.search(r'<dd lang="en" dir="ltr">\s*How likely would you be', page)
    assert "23 fewer in 100" not in words_of(page), "said in Urdu"
    assert "سروے" in words_of(page)
