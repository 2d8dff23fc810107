"""Kind pages: unknown, not yet open, closed, finished; what is kept; whether a phone ever came."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from survey.model import EventKind, LawfulBasis, Performance, Purpose, Wave
from survey.room.occasion import occasion_words
from survey.settings import local_address
from survey.storage.database import Database
from survey.storage.kept import ABOUT, what_is_kept
from survey.storage.performances import change_performance, close_wave, finish_performance, was_reached
from survey.storage.tables import metadata
from tests.databases import add_nest_performance
from tests.phone.conftest import phone_app
from tests.phone.pages import Phone, words_of


def test_unknown_and_past_keeping_are_the_same_page(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    past = replace(after, keep_until=date(2020, 1, 1))
    sqlite_database.write(lambda connection: change_performance(connection, past))
    for end in ("", "/thanks", "/kept"):
        unknown, forgotten = client.get(f"/p/zzzzzzzz{end}"), client.get(f"/p/{after.code}{end}")
        assert unknown.status_code == forgotten.status_code == 404
        assert unknown.text == forgotten.text
        assert dict(unknown.headers) == dict(forgotten.headers)
    assert client.post(f"/p/{after.code}", data={"closer_to": "sara"}).status_code == 404


@pytest.mark.parametrize("path", ["/p/", "/p/a/b", "/p/a/b/c", "/receipt/a/b"])
def test_there_is_a_404_of_our_own_under_our_folders(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "/join" in answer.text


def test_before_it_opens_the_page_says_when_to_come_back(
    client: TestClient, sqlite_database: Database
) -> None:
    waiting = add_nest_performance(sqlite_database, wave=None)
    answer = client.get(f"/p/{waiting.code}")
    assert answer.status_code == 200
    assert "Not open yet" in words_of(answer.text)
    assert "set-cookie" not in answer.headers


def test_after_closing_a_phone_that_answered_is_thanked_and_another_is_told(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    phone = Phone(client, after.code)
    phone.answer({"closer_to": "sara"})
    sqlite_database.write(lambda connection: close_wave(connection, after.id))
    assert "Your answers are in." in words_of(phone.open())
    assert "Closed just now" in words_of(Phone(client, after.code).open())


def test_finished_says_so_and_leads_to_the_code(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    sqlite_database.write(lambda connection: finish_performance(connection, after.id))
    page = Phone(client, after.code).open()
    assert "This is finished" in words_of(page)
    assert "until 20 March 2099" in words_of(page)
    assert 'href="/receipt"' in page
    assert "/results" not in page, "nothing was shown to the room"


def test_the_full_page_says_what_trust_needs(client: TestClient, after: Performance) -> None:
    said = words_of(client.get(f"/p/{after.code}/kept").text)
    for words in (
        "Example Theatre Company",
        "data@example.org",
        "To learn what people made of the performance",
        "legitimate interests",
        "aged 16 and over",
        "Until 20 March 2099.",
        "This app keeps no address; the venue's Wi-Fi and your network still see the visit.",
        "We do not ask who you are.",
        "see, change or delete",
    ):
        assert words in said
    assert "anonymous" not in said.lower()


def test_every_purpose_and_basis_has_its_words(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    pages = set()
    for purpose in Purpose:
        for basis in LawfulBasis:
            told = replace(after, purpose=purpose, lawful_basis=basis)
            sqlite_database.write(lambda connection: change_performance(connection, told))
            pages.add(words_of(client.get(f"/p/{after.code}/kept").text))
    assert len(pages) == len(Purpose) * len(LawfulBasis)


def test_the_page_explains_every_column_there_is() -> None:
    there = sorted(
        f"{table.name}.{column.name}" for table in metadata.sorted_tables for column in table.columns
    )
    kept = what_is_kept("20 March 2099")
    assert sorted(name for each in kept for name in each.columns) == there
    assert sorted(ABOUT) == there


def test_every_kind_of_event_has_its_own_words() -> None:
    words = {occasion_words(kind, wave) for kind in EventKind for wave in Wave}
    assert len(words) == len(EventKind) * len(Wave)


@pytest.mark.parametrize(
    ("address", "outside"),
    [
        ("192.0.2.77", True),
        ("2001:db8::7", True),
        ("::ffff:192.0.2.77", True),
        ("127.0.0.1", False),
        ("::1", False),
        ("::ffff:127.0.0.1", False),
        (local_address(), False),
        ("testclient", False),
    ],
)
def test_only_a_phone_from_outside_counts_as_having_arrived(
    sqlite_database: Database, after: Performance, address: str, outside: bool
) -> None:
    with TestClient(phone_app(sqlite_database), client=(address, 50000)) as client:
        client.get(f"/p/{after.code}")
    with sqlite_database.reading() as connection:
        assert was_reached(connection, after.id) is outside


def test_no_address_is_kept_of_a_phone(
    sqlite_database: Database, sqlite_url: str, after: Performance
) -> None:
    with TestClient(
        phone_app(sqlite_database), client=("203.0.113.213", 50000), follow_redirects=False
    ) as client:
        Phone(client, after.code).answer({"closer_to": "sara"})
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    for path in (file, Path(f"{file}-wal")):
        content = path.read_bytes()
        assert b"203.0.113" not in content
        assert bytes([203, 0, 113, 213]) not in content
