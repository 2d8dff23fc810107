"""Paper sheets' two words bring paper and phone together, each counted as what it is; nothing is guessed."""

from typing import Any

import pytest
from sqlalchemy import func, select

from survey.model import Filled, Mode, Performance, Provenance, Wave
from survey.storage.counts import counts, pairs, unlinked_counts
from survey.storage.database import Connection, Database
from survey.storage.evidence import add_source
from survey.storage.exports import answer_rows
from survey.storage.performances import finish_performance, open_wave, rehearse_wave
from survey.storage.responses import delete_by_receipt, response_counts, responses_by_receipt
from survey.storage.seats import card_pairs, phone_pairs, sheet_pairs
from survey.storage.sheets import add_sheet_response, find_holder
from survey.storage.tables import other_way, respondent
from survey.storage.two_words import Words
from survey.words import Pair
from tests.databases import add_nest_performance
from tests.storage.phones import again, code_of, filled, send, sent
from tests.storage.test_two_words import join, own_words

BEFORE, AFTER = filled(home_system="depends"), filled(home_system="acceptable")
MOVED = {(("depends",), ("acceptable",)): 1}


def sheets(performance: Performance) -> list[Pair]:
    assert performance.seat_key is not None
    return sheet_pairs(performance.seat_key)


def type_in(
    database: Database,
    performance: Performance,
    pair: Pair,
    *,
    before: Filled | None = None,
    after: Filled | None = None,
    sheet: str | None = None,
) -> None:
    """Type in the pages of one sheet, as one import does."""

    def act(connection: Connection) -> None:
        source_id = add_source(connection, performance.id, Provenance.IMPORTED, "Sheets")
        person = None
        for wave, form in ((Wave.BEFORE, before), (Wave.AFTER, after)):
            if form is not None:
                person = add_sheet_response(
                    connection,
                    source_id,
                    performance=performance,
                    wave=wave,
                    version_id=performance.version_id,
                    language="en",
                    filled=form,
                    pair=pair,
                    sheet_number=sheet,
                    respondent_id=person,
                )

    database.write(act)


def moved(
    database: Database, performance: Performance
) -> list[tuple[Provenance, dict[tuple[tuple[str, ...], tuple[str, ...]], int]]]:
    """Whose answers are linked: by provenance, from which to which."""
    with database.reading() as connection:
        return [(each.provenance, dict(each.counts)) for each in pairs(connection, [performance.id])]


def ways(database: Database, performance: Performance) -> set[tuple[Wave, Mode, Provenance, int]]:
    """How many responses came in each way."""
    with database.reading() as connection:
        found = response_counts(connection, [performance.id])
        answers = {
            (part.wave, part.mode, part.provenance, part.base)
            for part in counts(connection, [performance.id])
        }
    assert answers == {(each.wave, each.mode, each.provenance, each.count) for each in found}
    return answers


def people(database: Database) -> int:
    with database.reading() as connection:
        return connection.scalar(select(func.count()).select_from(respondent)) or 0


def to_after(database: Database, performance: Performance) -> Performance:
    database.write(lambda connection: open_wave(connection, performance.id, Wave.AFTER))
    return again(database, performance)


ON_PAPER = (Mode.PAPER, Provenance.IMPORTED, 1)
BY_PHONE = (Mode.PHONE, Provenance.COLLECTED, 1)


def test_both_pages_of_a_sheet_are_one_person(database: Database, performance: Performance) -> None:
    pair = sheets(performance)[0]
    type_in(database, performance, pair, before=BEFORE, after=AFTER, sheet="1")

    assert people(database) == 1
    assert moved(database, performance) == [(Provenance.IMPORTED, MOVED)]
    assert ways(database, performance) == {(Wave.BEFORE, *ON_PAPER), (Wave.AFTER, *ON_PAPER)}
    with database.reading() as connection:
        assert connection.scalar(select(respondent.c.sheet_number)) == "1"
        assert connection.execute(select(other_way)).all() == []


@pytest.mark.parametrize("first", list(Wave))
def test_pages_typed_in_on_two_days_are_one_person(
    database: Database, performance: Performance, first: Wave
) -> None:
    pair = sheets(performance)[7]
    pages: dict[Wave, dict[str, Any]] = {Wave.BEFORE: {"before": BEFORE}, Wave.AFTER: {"after": AFTER}}
    for wave in (first, Wave.AFTER if first is Wave.BEFORE else Wave.BEFORE):
        type_in(database, performance, pair, **pages[wave])

    assert people(database) == 1
    assert moved(database, performance) == [(Provenance.IMPORTED, MOVED)]
    assert ways(database, performance) == {(Wave.BEFORE, *ON_PAPER), (Wave.AFTER, *ON_PAPER)}


def test_a_page_after_with_a_phones_words_is_that_phones_person_and_still_counts_as_paper(
    database: Database, performance: Performance
) -> None:
    send(database, performance, "mine", BEFORE)
    pair = own_words(database, performance, "mine")
    type_in(database, performance, pair, after=AFTER)

    assert people(database) == 1
    assert moved(database, performance) == [(Provenance.IMPORTED, MOVED)]
    assert ways(database, performance) == {(Wave.BEFORE, *BY_PHONE), (Wave.AFTER, *ON_PAPER)}
    with database.reading() as connection:
        rows = {(row.wave, row.mode, row.provenance) for row in answer_rows(connection, performance.id)}
        assert rows == {
            (Wave.BEFORE, Mode.PHONE, Provenance.COLLECTED),
            (Wave.AFTER, Mode.PAPER, Provenance.IMPORTED),
        }
        receipt = responses_by_receipt(connection, code_of(performance, "mine"))
        assert receipt is not None
        assert set(receipt.responses) == {Wave.BEFORE, Wave.AFTER}


def test_a_sheets_words_typed_on_a_phone_before_bring_the_page_after_to_it(
    database: Database, performance: Performance
) -> None:
    pair = sheets(performance)[3]
    send(database, performance, "mine", BEFORE)
    assert join(database, performance, "mine", pair) is Words.JOINED
    type_in(database, performance, pair, after=AFTER)

    assert people(database) == 1
    assert moved(database, performance) == [(Provenance.IMPORTED, MOVED)]


def test_a_phone_after_joins_a_sheet_from_before_that_is_typed_in_already(
    database: Database, performance: Performance
) -> None:
    pair = sheets(performance)[0]
    type_in(database, performance, pair, before=BEFORE)
    later = to_after(database, performance)
    send(database, later, "mine", AFTER)

    assert join(database, later, "mine", pair) is Words.JOINED
    assert people(database) == 1
    assert moved(database, later) == [(Provenance.IMPORTED, MOVED)]
    assert ways(database, later) == {(Wave.BEFORE, *ON_PAPER), (Wave.AFTER, *BY_PHONE)}


def test_a_phone_after_waits_for_a_sheet_from_before_that_is_typed_in_later(
    database: Database, performance: Performance
) -> None:
    pair, other = sheets(performance)[:2]
    later = to_after(database, performance)
    send(database, later, "mine", AFTER)
    send(database, later, "yours", AFTER)
    assert join(database, later, "mine", other) is Words.KEPT
    assert join(database, later, "mine", pair) is Words.KEPT  # a slip put right: the other is free again
    assert join(database, later, "mine", pair) is Words.KEPT
    assert join(database, later, "yours", pair) is Words.USED
    type_in(database, later, pair, before=BEFORE, sheet="1")

    assert moved(database, later) == [(Provenance.IMPORTED, MOVED)]
    assert ways(database, later) == {
        (Wave.BEFORE, *ON_PAPER),
        (Wave.AFTER, Mode.PHONE, Provenance.COLLECTED, 2),
    }
    with database.reading() as connection:
        assert unlinked_counts(connection, [later.id]) == {Wave.BEFORE: 0, Wave.AFTER: 1}
    assert join(database, later, "yours", pair) is Words.USED


def test_the_phone_never_sees_nor_deletes_what_its_sheet_said_before(
    database: Database, performance: Performance
) -> None:
    pair = sheets(performance)[0]
    later = to_after(database, performance)
    send(database, later, "mine", AFTER)
    join(database, later, "mine", pair)
    type_in(database, later, pair, before=BEFORE)
    code = code_of(later, "mine")

    assert sent(database, later, "mine", Wave.BEFORE) is None
    assert sent(database, later, "mine", Wave.AFTER) == AFTER
    with database.reading() as connection:
        receipt = responses_by_receipt(connection, code)
        assert receipt is not None
        assert set(receipt.responses) == {Wave.AFTER}
    database.write(lambda connection: delete_by_receipt(connection, code))
    assert ways(database, later) == {(Wave.BEFORE, *ON_PAPER)}
    with database.reading() as connection:
        assert connection.execute(select(other_way)).all() == []


def test_changed_on_the_phone_an_answer_on_paper_came_by_phone(
    database: Database, performance: Performance
) -> None:
    send(database, performance, "mine", BEFORE)
    type_in(database, performance, own_words(database, performance, "mine"), after=AFTER)
    later = to_after(database, performance)
    send(database, later, "mine", filled(home_system="not_acceptable"))

    assert ways(database, later) == {(Wave.BEFORE, *BY_PHONE), (Wave.AFTER, *BY_PHONE)}


def test_a_phone_joined_to_a_sheet_stays_a_phone_when_it_changes_its_answers(
    database: Database, performance: Performance
) -> None:
    pair = sheets(performance)[0]
    type_in(database, performance, pair, before=BEFORE)
    later = to_after(database, performance)
    send(database, later, "mine", filled(home_system="not_acceptable"))
    join(database, later, "mine", pair)
    send(database, later, "mine", AFTER)

    assert moved(database, later) == [(Provenance.IMPORTED, MOVED)]
    assert ways(database, later) == {(Wave.BEFORE, *ON_PAPER), (Wave.AFTER, *BY_PHONE)}


def test_words_on_no_sheet_are_never_kept(database: Database, performance: Performance) -> None:
    assert performance.seat_key is not None
    later = to_after(database, performance)
    send(database, later, "mine", AFTER)

    for pair in (card_pairs(performance.seat_key)[0], next(phone_pairs(performance.seat_key, "nobody"))):
        assert join(database, later, "mine", pair) is Words.UNKNOWN


def test_sheets_tried_out_in_rehearsal_are_free_for_the_audience(
    database: Database, nest_version: str
) -> None:
    made = add_nest_performance(database, version_id=nest_version, wave=None)
    database.write(lambda connection: rehearse_wave(connection, made.id, Wave.BEFORE))
    rehearsed = again(database, made)
    pair, other = sheets(rehearsed)[:2]
    for seat, words in (("staff", pair), ("more staff", other)):
        send(database, rehearsed, seat, BEFORE)
        assert join(database, rehearsed, seat, words) is Words.JOINED
    with database.reading() as connection:
        assert find_holder(connection, rehearsed, pair) is None
    type_in(database, rehearsed, pair, after=AFTER)  # typed in early: a rehearsed phone is nobody
    assert moved(database, rehearsed) == []

    later = to_after(database, made)
    send(database, later, "mine", AFTER)
    assert join(database, later, "mine", other) is Words.KEPT
    with database.reading() as connection:
        holder = find_holder(connection, later, pair)
    assert holder is not None
    assert not holder.phone


def test_once_finished_pages_of_one_table_are_still_one_person_and_no_words_stay(
    database: Database, performance: Performance
) -> None:
    pair = sheets(performance)[0]
    type_in(database, performance, pair, before=BEFORE)
    database.write(lambda connection: finish_performance(connection, performance.id))
    finished = again(database, performance)
    type_in(database, finished, pair, before=BEFORE, after=AFTER)

    assert people(database) == 2  # nothing leads to what was typed in before the end
    assert moved(database, finished) == [(Provenance.IMPORTED, MOVED)]
    with database.reading() as connection:
        assert connection.scalars(select(respondent.c.words_hash)).all() == [None, None]
        assert find_holder(connection, finished, pair) is None
