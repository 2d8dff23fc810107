"""More answers than seats, all from one address: everybody gets a form, a thank-you page and the truth."""

from starlette.testclient import TestClient

from survey.model import Performance, Wave
from survey.storage.database import Database
from survey.storage.performances import open_wave
from survey.storage.responses import accept_held, discard_held, held_count, responses_count
from tests.databases import add_nest_performance
from tests.phone.conftest import BEFORE_ANSWERS
from tests.phone.pages import Phone, receipt_on, words_of

WAITS = "More people have answered than there are seats, so yours count only if the organiser accepts them."
COUNTS = "What you chose is shown only in totals with everyone else's."


def counted_and_held(database: Database, performance: Performance) -> tuple[int, int]:
    with database.reading() as connection:
        return (
            responses_count(connection, performance.id, Wave.AFTER),
            held_count(connection, performance.id),
        )


def test_five_hundred_phones_of_one_address_are_all_let_in(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    """The test's client is one address, as a venue's network is; there are 120 seats."""
    codes = set()
    for _ in range(500):
        thanks = Phone(client, after.code).answer({"closer_to": "sara"})
        assert "Your answers are in." in words_of(thanks)
        codes.add(receipt_on(thanks))
    assert len(codes) == 500
    assert counted_and_held(sqlite_database, after) == (120, 380)


def test_whoever_answers_when_every_seat_has_answered_is_told_so_and_keeps_the_code(
    client: TestClient, sqlite_database: Database
) -> None:
    performance = add_nest_performance(sqlite_database, wave=Wave.AFTER, capacity=1)
    seated, late = Phone(client, performance.code), Phone(client, performance.code)
    assert COUNTS in words_of(seated.answer({"closer_to": "sara"}))
    thanks = late.answer({"closer_to": "sean"})
    assert WAITS in words_of(thanks)
    assert COUNTS not in words_of(thanks)
    own = client.post("/receipt", data={"code": receipt_on(thanks)})
    assert "Sean" in own.text

    sqlite_database.write(lambda connection: accept_held(connection, performance.id))
    assert COUNTS in words_of(late.get(f"{late.path}/thanks").text)


def test_invented_forms_take_no_place_from_a_phone_that_answered_before_and_shut_nobody_out(
    client: TestClient, sqlite_database: Database
) -> None:
    performance = add_nest_performance(sqlite_database, wave=Wave.BEFORE, capacity=20)
    early = Phone(client, performance.code)
    early.answer(BEFORE_ANSWERS)
    sqlite_database.write(lambda connection: open_wave(connection, performance.id, Wave.AFTER))
    for number in range(25):
        invented = Phone(client, performance.code, cookies=False)
        assert (
            invented.post(invented.path, {"_seat": f"{number:022}", "closer_to": "sara"}).status_code == 303
        )
    assert COUNTS in words_of(early.answer({"closer_to": "sean"}))
    late = Phone(client, performance.code).answer({"closer_to": "sean"})
    assert WAITS in words_of(late)
    assert "Sean" in client.post("/receipt", data={"code": receipt_on(late)}).text
    assert counted_and_held(sqlite_database, performance) == (21, 6)


def test_whoever_is_set_aside_is_not_told_that_the_answers_count(
    client: TestClient, sqlite_database: Database
) -> None:
    performance = add_nest_performance(sqlite_database, wave=Wave.AFTER, capacity=1)
    Phone(client, performance.code).answer({"closer_to": "sara"})
    late = Phone(client, performance.code, cookies=False)
    sent = late.send({"closer_to": "sean"})
    sqlite_database.write(lambda connection: discard_held(connection, performance.id))
    assert WAITS in words_of(late.get(sent.headers["location"]).text)
