"""Two words join what one person sends before and after on different phones, and show no phone the other's answers."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, Executable, func, select, text
from sqlalchemy.dialects import sqlite

from survey.model import Performance, Wave
from survey.storage.copies import backup, restore
from survey.storage.counts import pairs
from survey.storage.database import Database, open_database
from survey.storage.performances import finish_performance, open_wave, rehearse_wave
from survey.storage.respondents import BY_RECEIPT, BY_SEAT
from survey.storage.responses import (
    delete_by_receipt,
    known_by_seat,
    responses_by_receipt,
    responses_count,
    save_response,
    waves_done,
)
from survey.storage.seats import card_pairs, phone_pairs, sheet_pairs, words_hash, words_of
from survey.storage.tables import other_seat, respondent, response
from survey.storage.two_words import Words, join_by_words
from survey.words import Pair
from tests.databases import add_nest_performance
from tests.storage.phones import again, code_of, filled, send, sent

BEFORE, AFTER = filled(home_system="depends"), filled(home_system="acceptable")


def words(database: Database, performance: Performance, seat: str) -> Pair | None:
    """The two words a seat is shown, made again from what is stored."""
    assert performance.seat_key is not None
    with database.reading() as connection:
        known = known_by_seat(connection, performance, seat=seat)
    return words_of(performance.seat_key, seat, known.words_hash) if known.words_hash else None


def own_words(database: Database, performance: Performance, seat: str) -> Pair:
    found = words(database, performance, seat)
    assert found is not None
    return found


def join(
    database: Database, performance: Performance, seat: str, pair: Pair, *, code: str | None = None
) -> Words:
    wave = performance.open_wave or Wave.AFTER
    return database.write(
        lambda connection: join_by_words(
            connection, performance, pair, wave=wave, seat=seat, receipt_code=code
        )
    )


def cards(performance: Performance) -> list[Pair]:
    assert performance.seat_key is not None
    return card_pairs(performance.seat_key)


def sheets(performance: Performance) -> list[Pair]:
    assert performance.seat_key is not None
    return sheet_pairs(performance.seat_key)


def how_many(connection: Connection, table: object) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0  # type: ignore[arg-type]


@pytest.fixture
def later(database: Database, performance: Performance) -> Performance:
    """A performance whose *before* had one answer, of ``mine``; *after* is open."""
    send(database, performance, "mine", BEFORE)
    database.write(lambda connection: open_wave(connection, performance.id, Wave.AFTER))
    return again(database, performance)


@pytest.mark.parametrize("wave", list(Wave))
@pytest.mark.parametrize("by", [BY_SEAT, BY_RECEIPT])
def test_finding_one_phone_looks_at_nobody_else(
    sqlite_database: Database, by: Mapping[Wave, Executable], wave: Wave
) -> None:
    sought = {"performance": "p", "hash": "h", "wave": wave.value}
    sql = str(by[wave].compile(dialect=sqlite.dialect(paramstyle="named")))  # type: ignore[attr-defined]
    with sqlite_database.reading() as connection:
        plan = connection.execute(text(f"EXPLAIN QUERY PLAN {sql}"), sought).all()
    steps = [row.detail for row in plan]
    assert [step for step in steps if "SCAN" in step or step.endswith("(performance_id=?)")] == []
    assert [step for step in steps if step.startswith("SEARCH respondent")]


def test_whoever_answers_before_gets_two_words_and_whoever_answers_after_only_gets_none(
    database: Database, later: Performance
) -> None:
    send(database, later, "late", AFTER)

    assert own_words(database, later, "mine") in list(phone_pairs(later.seat_key or b"", "mine"))
    assert words(database, later, "late") is None


def test_the_words_stay_the_same_however_often_the_answers_are_sent(
    database: Database, performance: Performance
) -> None:
    send(database, performance, "mine", BEFORE)
    first = own_words(database, performance, "mine")
    send(database, performance, "mine", AFTER)

    assert own_words(database, performance, "mine") == first


def test_only_a_scrambled_number_of_the_words_is_stored(database: Database, later: Performance) -> None:
    pair = own_words(database, later, "mine")
    with database.reading() as connection:
        stored = connection.scalars(select(respondent.c.words_hash)).all()
    assert stored == [words_hash(later.seat_key or b"", pair)]


def test_everybody_in_a_large_audience_has_words_of_their_own(
    sqlite_database: Database,
) -> None:
    performance = add_nest_performance(sqlite_database, capacity=None)
    for number in range(400):
        send(sqlite_database, performance, f"seat {number}", BEFORE)

    shown = {own_words(sqlite_database, performance, f"seat {number}") for number in range(400)}
    tried_again = [
        number
        for number in range(400)
        if own_words(sqlite_database, performance, f"seat {number}")
        != next(phone_pairs(performance.seat_key or b"", f"seat {number}"))
    ]
    assert len(shown) == 400
    assert tried_again  # four hundred first choices among ten thousand always meet somewhere


def test_phones_sending_at_once_never_get_the_same_words(
    database: Database, performance: Performance
) -> None:
    with ThreadPoolExecutor(20) as phones:
        list(phones.map(lambda n: send(database, performance, f"{n % 60}", BEFORE), range(120)))

    assert len({own_words(database, performance, f"{n}") for n in range(60)}) == 60


def test_the_after_answers_of_another_phone_go_to_whoever_has_the_words(
    database: Database, later: Performance
) -> None:
    send(database, later, "other", AFTER)
    assert join(database, later, "other", own_words(database, later, "mine")) is Words.JOINED

    with database.reading() as connection:
        linked = pairs(connection, [later.id])
        assert [sum(each.counts.values()) for each in linked] == [1]
        assert how_many(connection, respondent) == 1
        assert responses_count(connection, later.id, Wave.AFTER) == 1
    assert sent(database, later, "other", Wave.AFTER) == AFTER
    assert sent(database, later, "mine", Wave.AFTER) == AFTER


def test_the_other_phone_changes_its_after_answers_and_never_makes_a_second_person(
    database: Database, later: Performance
) -> None:
    send(database, later, "other", AFTER)
    join(database, later, "other", own_words(database, later, "mine"))
    send(database, later, "other", filled(home_system="depends"))

    with database.reading() as connection:
        assert how_many(connection, respondent) == 1
        assert how_many(connection, response) == 2
    assert sent(database, later, "mine", Wave.AFTER) == filled(home_system="depends")


def test_the_other_phone_never_sees_what_was_sent_before(database: Database, later: Performance) -> None:
    send(database, later, "other", AFTER)
    join(database, later, "other", own_words(database, later, "mine"))

    with database.reading() as connection:
        assert waves_done(connection, later, seat="other") == {Wave.AFTER}
        known = known_by_seat(connection, later, seat="other")
        assert (known.paired, known.words_hash) == (True, None)
        receipt = responses_by_receipt(connection, code_of(later, "other"))
        assert receipt is not None
        assert set(receipt.responses) == {Wave.AFTER}
        whole = responses_by_receipt(connection, code_of(later, "mine"))
        assert whole is not None
        assert set(whole.responses) == {Wave.BEFORE, Wave.AFTER}
    assert sent(database, later, "other", Wave.BEFORE) is None


def test_the_other_phones_code_changes_the_after_answers(database: Database, later: Performance) -> None:
    send(database, later, "other", AFTER)
    join(database, later, "other", own_words(database, later, "mine"))
    database.write(
        lambda connection: save_response(
            connection,
            later,
            seat="a third phone",
            wave=Wave.AFTER,
            version_id=later.version_id,
            language="en",
            filled=filled(home_system="depends"),
            receipt_code=code_of(later, "other"),
        )
    )
    assert sent(database, later, "mine", Wave.AFTER) == filled(home_system="depends")


def test_the_other_phones_code_deletes_after_only_and_the_first_phones_code_both(
    database: Database, later: Performance
) -> None:
    pair = own_words(database, later, "mine")
    send(database, later, "other", AFTER)
    join(database, later, "other", pair)

    assert database.write(lambda connection: delete_by_receipt(connection, code_of(later, "other")))
    assert sent(database, later, "mine", Wave.BEFORE) == BEFORE
    assert sent(database, later, "mine", Wave.AFTER) is None

    send(database, later, "other", AFTER)
    assert join(database, later, "other", pair) is Words.JOINED
    assert database.write(lambda connection: delete_by_receipt(connection, code_of(later, "mine")))
    with database.reading() as connection:
        assert [how_many(connection, table) for table in (respondent, response, other_seat)] == [0, 0, 0]
        assert responses_by_receipt(connection, code_of(later, "other")) is None


def test_words_that_are_used_up_wrong_or_of_the_same_phone_join_nothing(
    database: Database, later: Performance
) -> None:
    pair = own_words(database, later, "mine")
    wrong = next(each for each in phone_pairs(b"another key", "x") if each != pair)
    send(database, later, "other", AFTER)
    send(database, later, "third", AFTER)

    assert join(database, later, "other", wrong) is Words.UNKNOWN
    assert join(database, later, "mine", pair) is Words.UNKNOWN  # it has sent nothing after yet
    assert join(database, later, "other", pair) is Words.JOINED
    assert join(database, later, "other", pair) is Words.NOT_NEEDED
    assert join(database, later, "third", pair) is Words.USED
    with database.reading() as connection:
        assert responses_count(connection, later.id, Wave.AFTER) == 2


def test_a_phone_that_answered_before_itself_is_never_joined_to_another(
    database: Database, performance: Performance
) -> None:
    for seat in ("mine", "yours"):
        send(database, performance, seat, BEFORE)
    database.write(lambda connection: open_wave(connection, performance.id, Wave.AFTER))
    later = again(database, performance)
    send(database, later, "yours", AFTER)

    assert join(database, later, "yours", own_words(database, later, "mine")) is Words.NOT_NEEDED
    assert sent(database, later, "mine", Wave.AFTER) is None


def test_two_phones_with_the_same_words_at_once_join_only_one(database: Database, later: Performance) -> None:
    pair = own_words(database, later, "mine")
    seats = [f"other {n}" for n in range(8)]
    for seat in seats:
        send(database, later, seat, AFTER)
    with ThreadPoolExecutor(8) as phones:
        came = list(phones.map(lambda seat: join(database, later, seat, pair), seats))

    assert sorted(came) == [Words.JOINED] + [Words.USED] * 7
    with database.reading() as connection:
        assert responses_count(connection, later.id, Wave.AFTER) == 8


def test_words_may_come_later_by_the_code_alone(database: Database, later: Performance) -> None:
    send(database, later, "other", AFTER)
    pair = own_words(database, later, "mine")

    assert join(database, later, "a third phone", pair, code=code_of(later, "other")) is Words.JOINED
    assert sent(database, later, "other", Wave.AFTER) == AFTER
    assert sent(database, later, "mine", Wave.AFTER) == AFTER


def test_a_cards_words_belong_to_one_person_before_and_join_after(
    database: Database, performance: Performance
) -> None:
    card, other_card = cards(performance)[:2]
    send(database, performance, "mine", BEFORE)
    send(database, performance, "yours", BEFORE)
    assert join(database, performance, "mine", card) is Words.JOINED
    assert join(database, performance, "mine", card) is Words.JOINED
    assert join(database, performance, "yours", card) is Words.USED
    assert words(database, performance, "mine") is None  # they stand on the card
    assert own_words(database, performance, "yours") is not None

    database.write(lambda connection: open_wave(connection, performance.id, Wave.AFTER))
    later = again(database, performance)
    send(database, later, "other", AFTER)
    assert join(database, later, "other", other_card) is Words.UNKNOWN
    assert join(database, later, "other", card) is Words.JOINED


def test_before_only_words_that_were_printed_are_taken(database: Database, performance: Performance) -> None:
    send(database, performance, "mine", BEFORE)
    send(database, performance, "yours", BEFORE)
    mine = own_words(database, performance, "mine")
    never_printed = next(
        Pair(one, other)
        for one in range(0, 100)
        for other in range(one + 2, 100, 2)
        if Pair(one, other) not in {*cards(performance), *sheets(performance)}
    )
    assert join(database, performance, "yours", mine) is Words.UNKNOWN
    assert join(database, performance, "yours", never_printed) is Words.UNKNOWN


def test_a_performance_has_four_hundred_different_cards_the_same_each_time(performance: Performance) -> None:
    printed = cards(performance)
    assert len(set(printed)) == 400
    assert all(pair.on_a_card for pair in printed)
    assert cards(performance) == printed


def test_whoever_answers_after_first_and_before_later_gets_words_too(
    database: Database, performance: Performance
) -> None:
    database.write(lambda connection: open_wave(connection, performance.id, Wave.AFTER))
    send(database, again(database, performance), "mine", AFTER)
    assert words(database, performance, "mine") is None
    database.write(lambda connection: open_wave(connection, performance.id, Wave.BEFORE))
    send(database, again(database, performance), "mine", BEFORE)

    assert words(database, performance, "mine") is not None


def test_a_joined_phone_that_answers_before_after_all_still_has_one_after_response(
    database: Database, later: Performance
) -> None:
    send(database, later, "other", AFTER)
    join(database, later, "other", own_words(database, later, "mine"))
    database.write(lambda connection: open_wave(connection, later.id, Wave.BEFORE))
    send(database, again(database, later), "other", BEFORE)
    database.write(lambda connection: open_wave(connection, later.id, Wave.AFTER))
    send(database, again(database, later), "other", filled(home_system="depends"))

    with database.reading() as connection:
        assert responses_count(connection, later.id, Wave.AFTER) == 1
        receipt = responses_by_receipt(connection, code_of(later, "other"))
        assert receipt is not None
        assert set(receipt.responses) == {Wave.BEFORE, Wave.AFTER}
    assert sent(database, later, "mine", Wave.AFTER) == filled(home_system="depends")


def test_what_was_joined_in_rehearsal_is_not_joined_for_real(database: Database, nest_version: str) -> None:
    made = add_nest_performance(database, version_id=nest_version, wave=None)
    database.write(lambda connection: rehearse_wave(connection, made.id, Wave.BEFORE))
    send(database, again(database, made), "mine", BEFORE)
    database.write(lambda connection: rehearse_wave(connection, made.id, Wave.AFTER))
    rehearsed = again(database, made)
    send(database, rehearsed, "other", AFTER)
    pair = own_words(database, rehearsed, "mine")
    assert join(database, rehearsed, "other", pair) is Words.JOINED

    database.write(lambda connection: open_wave(connection, made.id, Wave.AFTER))
    real = again(database, made)
    send(database, real, "other", AFTER)
    assert join(database, real, "other", pair) is Words.UNKNOWN
    with database.reading() as connection:
        assert responses_count(connection, real.id, Wave.AFTER) == 1


def test_once_finished_no_words_lead_anywhere_and_both_codes_still_work(
    database: Database, later: Performance
) -> None:
    pair = own_words(database, later, "mine")
    send(database, later, "other", AFTER)
    join(database, later, "other", pair)
    send(database, later, "late", AFTER)
    first, second = code_of(later, "mine"), code_of(later, "other")
    database.write(lambda connection: finish_performance(connection, later.id))

    assert join(database, later, "late", pair) is Words.UNKNOWN
    with database.reading() as connection:
        assert connection.scalars(select(respondent.c.words_hash)).all() == [None, None]
        paired = connection.execute(select(other_seat)).one()
        assert paired.seat_hash == paired.receipt_hash  # the phone's own number is gone
        for code, waves in ((first, {Wave.BEFORE, Wave.AFTER}), (second, {Wave.AFTER})):
            found = responses_by_receipt(connection, code)
            assert found is not None
            assert set(found.responses) == waves


@pytest.mark.parametrize(("by", "left"), [("mine", {}), ("other", {"mine": {Wave.BEFORE}})])
@pytest.mark.parametrize("copied", ["before joining", "after joining"])
def test_a_copy_put_back_never_brings_back_what_was_deleted(
    sqlite_url: str, tmp_path: Path, copied: str, by: str, left: dict[str, set[Wave]]
) -> None:
    database = open_database(sqlite_url)
    performance = add_nest_performance(database)
    send(database, performance, "mine", BEFORE)
    database.write(lambda connection: open_wave(connection, performance.id, Wave.AFTER))
    later = again(database, performance)
    send(database, later, "other", AFTER)
    copy = tmp_path / "copy.db"
    if copied == "before joining":
        backup(sqlite_url, copy)
    join(database, later, "other", own_words(database, later, "mine"))
    if copied == "after joining":
        backup(sqlite_url, copy)
    database.write(lambda connection: delete_by_receipt(connection, code_of(later, by)))
    database.close()

    assert restore(copy, sqlite_url).answers >= 1

    database = open_database(sqlite_url)
    with database.reading() as connection:
        found = {
            seat: waves for seat in ("mine", "other") if (waves := waves_done(connection, later, seat=seat))
        }
        assert found == left
        assert how_many(connection, respondent) == len(left)
    database.close()
