"""What the room said, on the phone: what is revealed now, by the stage's rules, as words and tables."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import Connection
from starlette.testclient import TestClient

from survey.model import Performance, Wave
from survey.phone.room_results import room_results
from survey.phone.visit import Visit
from survey.publication import freeze_question, hide_question, public_result, write_due_checkpoints
from survey.storage.database import Database
from survey.storage.performances import finish_performance, open_wave, performance_by_id, rehearse_wave
from survey.storage.questionnaires import find_version
from survey.storage.rooms import show
from tests.databases import add_nest_performance
from tests.phone.offering import offer, people, reveal
from tests.phone.pages import Phone, words_of

NOTHING = "Nothing has been shown to the room yet."


@pytest.fixture
def after(sqlite_database: Database) -> Performance:
    """A performance in a large room whose *after* questions are open."""
    return add_nest_performance(sqlite_database, wave=Wave.AFTER, capacity=None, attendance=300)


def results(client: TestClient, performance: Performance) -> str:
    answer = client.get(f"/p/{performance.code}/results")
    assert answer.status_code == 200
    return answer.text


def cells(page: str) -> list[tuple[str, str]]:
    """The rows of all tables: label and what is shown."""
    rows = re.findall(r'<th scope="row">(.*?)<svg.*?<td>(.*?)</td>', page)
    return [(label, shown) for label, shown in rows]


def act(database: Database, performance: Performance, function: Callable[..., object], id: str) -> None:
    def do(connection: Connection) -> None:
        question = find_version(connection, performance.version_id).question(id)
        function(connection, performance, question, Wave.AFTER)

    database.write(do)


def test_nothing_revealed_is_one_calm_sentence(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    people(sqlite_database, after, "home_system", "depends", 30)
    page = results(client, after)
    assert NOTHING in words_of(page)
    assert "<table" not in page


def test_whoever_came_to_read_on_finds_what_there_is_to_read(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    assert "/information" not in results(client, after)
    offer(sqlite_database, after)
    (address,) = re.findall(r'href="([^"]+)#patient_data"', results(client, after))
    assert client.get(address).status_code == 200


def test_what_is_revealed_is_said_in_the_stages_own_words_and_numbers(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    people(sqlite_database, after, "home_system", "depends", 30)
    people(sqlite_database, after, "home_system", "acceptable", 20)
    people(sqlite_database, after, "research_nhs", "very_likely", 40)
    reveal(sqlite_database, after, "home_system")
    with sqlite_database.reading() as connection:
        question = find_version(connection, after.version_id).question("home_system")
        stage = public_result(connection, after, question, Wave.AFTER)
    page = results(client, after)
    assert cells(page) == [(bar.label, bar.shown) for bar in stage.bars]
    assert stage.spoken in words_of(page)
    assert stage.base_words in words_of(page)
    assert page.count("<table") == 1


def test_hidden_again_is_gone_at_once_and_revealed_again_is_back(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    people(sqlite_database, after, "home_system", "depends", 30)
    reveal(sqlite_database, after, "home_system")
    assert len(cells(results(client, after))) > 0
    act(sqlite_database, after, hide_question, "home_system")
    assert NOTHING in words_of(results(client, after))
    reveal(sqlite_database, after, "home_system")
    assert len(cells(results(client, after))) > 0


def test_it_moves_in_the_stages_steps_only_and_not_once_frozen(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    people(sqlite_database, after, "home_system", "depends", 30)
    reveal(sqlite_database, after, "home_system")
    before = results(client, after)
    people(sqlite_database, after, "home_system", "acceptable", 18)
    people(sqlite_database, after, "home_system", "depends", 12)
    assert results(client, after) == before
    sqlite_database.write(lambda connection: write_due_checkpoints(connection, after))
    moved = results(client, after)
    assert moved != before
    assert "of the 60" in words_of(moved)
    act(sqlite_database, after, freeze_question, "home_system")
    people(sqlite_database, after, "home_system", "not_acceptable", 40)
    people(sqlite_database, after, "home_system", "depends", 10)
    sqlite_database.write(lambda connection: write_due_checkpoints(connection, after))
    assert cells(results(client, after)) == cells(moved)


def test_once_finished_what_was_last_shown_stays(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    people(sqlite_database, after, "home_system", "depends", 30)
    people(sqlite_database, after, "research_nhs", "very_likely", 30)
    reveal(sqlite_database, after, "home_system")
    reveal(sqlite_database, after, "research_nhs")
    act(sqlite_database, after, hide_question, "research_nhs")
    last = cells(results(client, after))
    sqlite_database.write(lambda connection: finish_performance(connection, after.id))
    assert cells(results(client, after)) == last
    assert f'href="/p/{after.code}/results"' in Phone(client, after.code).open()


def test_before_and_after_stand_apart_with_their_bases(client: TestClient, sqlite_database: Database) -> None:
    performance = add_nest_performance(sqlite_database, wave=Wave.BEFORE, capacity=None, attendance=300)
    people(sqlite_database, performance, "home_system", "depends", 20)
    people(sqlite_database, performance, "home_system", "acceptable", 20)
    reveal(sqlite_database, performance, "home_system")
    sqlite_database.write(lambda connection: open_wave(connection, performance.id, Wave.AFTER))
    with sqlite_database.reading() as connection:
        performance = performance_by_id(connection, performance.id)
    people(sqlite_database, performance, "home_system", "depends", 17)
    people(sqlite_database, performance, "home_system", "acceptable", 18)
    reveal(sqlite_database, performance, "home_system")
    words = words_of(results(client, performance))
    assert words.index("of the 40 who answered before the performance") < words.index(
        "of the 35 who answered"
    )


def test_a_rehearsal_says_so(client: TestClient, sqlite_database: Database) -> None:
    performance = add_nest_performance(sqlite_database, wave=None, capacity=None)
    sqlite_database.write(lambda connection: rehearse_wave(connection, performance.id, Wave.AFTER))
    with sqlite_database.reading() as connection:
        performance = performance_by_id(connection, performance.id)
    people(sqlite_database, performance, "home_system", "depends", 30)
    reveal(sqlite_database, performance, "home_system")
    assert 'class="mark">Rehearsal<' in results(client, performance)


def test_the_thank_you_page_shows_what_is_on_stage_first_and_leads_to_the_rest(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    for question, value in (
        ("home_system", "depends"),
        ("research_nhs", "very_likely"),
        ("closer_to", "sara"),
    ):
        people(sqlite_database, after, question, value, 30)
    phone = Phone(client, after.code)
    thanks = phone.answer({"trust_nhs": "8"})
    assert "What the room said" not in thanks
    for question in ("home_system", "research_nhs", "closer_to"):
        reveal(sqlite_database, after, question)
    on_view = {"view": "question", "question": "home_system", "wave": "after"}
    sqlite_database.write(lambda connection: show(connection, after.id, on_view))
    thanks = phone.get(f"{phone.path}/thanks").text
    said = words_of(thanks).partition("What the room said")[2]
    assert said.index("A home system that learns your routine") < said.index("All that the room has seen")
    assert thanks.count('<p class="said">') == 2
    assert f'href="{phone.path}/results"' in thanks


def test_the_form_does_not_lead_to_results_before_sending(
    client: TestClient, sqlite_database: Database
) -> None:
    performance = add_nest_performance(sqlite_database, wave=Wave.BEFORE, capacity=None)
    phone = Phone(client, performance.code)
    people(sqlite_database, performance, "home_system", "depends", 30)
    reveal(sqlite_database, performance, "home_system")
    assert "/results" not in phone.open()
    assert "/results" in phone.answer({"home_system": "acceptable"})
    sqlite_database.write(lambda connection: open_wave(connection, performance.id, Wave.AFTER))
    assert "/results" not in phone.open()
    assert "/results" not in phone.get(f"{phone.path}/thanks").text, "the after questions are still to come"


def test_a_whole_room_that_looks_counts_the_answers_once(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    people(sqlite_database, after, "home_system", "depends", 30)
    reveal(sqlite_database, after, "home_system")
    with sqlite_database.reading() as connection:
        version = find_version(connection, after.version_id)
        first = room_results(connection, Visit(after, version, "en"))
        again = room_results(connection, Visit(after, version, "en"))
    assert again[0] is first[0]
    reveal(sqlite_database, after, "home_system")  # shown again, though nothing is new
    act(sqlite_database, after, freeze_question, "home_system")
    with sqlite_database.reading() as connection:
        (frozen,) = room_results(connection, Visit(after, version, "en"))
    assert (frozen.frozen, frozen.bars) == (True, first[0].bars)
