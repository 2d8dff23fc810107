"""An import can be listed and taken back whole; what the same people gave another way stays."""

import pytest

from survey.model import Comment, Mode, Performance, Provenance, Wave
from survey.storage.database import Connection, Database
from survey.storage.evidence import add_remark, add_source, add_tally
from survey.storage.imports import Imported, ImportUnknown, find_import, imports, remove_import
from survey.storage.respondents import source_id as phones_source
from survey.storage.tallies import noted_tallies
from tests.databases import add_nest_performance
from tests.storage.phones import send
from tests.storage.test_sheets import (
    AFTER,
    BEFORE,
    BY_PHONE,
    ON_PAPER,
    people,
    sheets,
    to_after,
    type_in,
    ways,
)
from tests.storage.test_two_words import join, own_words


@pytest.fixture
def performance(database: Database) -> Performance:
    return add_nest_performance(database)


def listed(database: Database, performance: Performance) -> list[Imported]:
    with database.reading() as connection:
        return imports(connection, performance.id)


def test_sheets_are_listed_and_taken_back_with_their_people(
    database: Database, performance: Performance
) -> None:
    type_in(database, performance, sheets(performance)[0], before=BEFORE, after=AFTER, sheet="1")
    type_in(database, performance, sheets(performance)[1], before=BEFORE, sheet="2")
    first, second = sorted(listed(database, performance), key=lambda one: -one.responses[Wave.AFTER])
    assert (first.note, first.responses) == ("Sheets", {Wave.BEFORE: 1, Wave.AFTER: 1})

    assert database.write(lambda connection: remove_import(connection, first.source)) == first
    assert listed(database, performance) == [second]
    assert people(database) == 1
    assert ways(database, performance) == {(Wave.BEFORE, *ON_PAPER)}


@pytest.mark.parametrize("phone_first", [True, False])
def test_a_phones_answers_stay_when_the_sheet_they_are_joined_with_is_taken_back(
    database: Database, performance: Performance, phone_first: bool
) -> None:
    if phone_first:
        send(database, performance, "mine", BEFORE)
        pair = own_words(database, performance, "mine")
        performance = to_after(database, performance)
        type_in(database, performance, pair, after=AFTER)
        kept = Wave.BEFORE
    else:
        pair = sheets(performance)[0]
        type_in(database, performance, pair, before=BEFORE)
        performance = to_after(database, performance)
        send(database, performance, "mine", AFTER)
        join(database, performance, "mine", pair)
        kept = Wave.AFTER
    assert len(ways(database, performance)) == 2
    (sheet,) = listed(database, performance)
    database.write(lambda connection: remove_import(connection, sheet.source))
    assert ways(database, performance) == {(kept, *BY_PHONE)}
    assert people(database) == 1
    assert listed(database, performance) == []


def test_totals_and_comments_apart_go_too_and_count_nobody(
    database: Database, performance: Performance
) -> None:
    def act(connection: Connection) -> str:
        source = add_source(connection, performance.id, Provenance.IMPORTED, "Old")
        add_tally(
            connection,
            source,
            wave=Wave.AFTER,
            mode=Mode.CARD,
            question="home_system",
            counts={"acceptable": 3},
            base=3,
        )
        add_remark(
            connection,
            source,
            performance_id=performance.id,
            wave=Wave.AFTER,
            version_id=performance.version_id,
            language="en",
            comment=Comment("differently", "Ask first."),
        )
        return source

    source = database.write(act)
    with database.reading() as connection:
        found = find_import(connection, source)
    assert (found.responses, found.totals, found.comments) == ({Wave.BEFORE: 0, Wave.AFTER: 0}, 1, 1)
    database.write(lambda connection: remove_import(connection, source))
    assert people(database) == 0
    with database.reading() as connection:
        assert noted_tallies(connection, performance.id) == []


def test_what_phones_sent_is_no_import(database: Database, performance: Performance) -> None:
    send(database, performance, "mine", BEFORE)
    phones = phones_source(performance.id, Provenance.COLLECTED)
    for name in (phones, "nothing"):
        with pytest.raises(ImportUnknown, match="There is no import of this name"):
            database.write(lambda connection: remove_import(connection, name))
    assert ways(database, performance) == {(Wave.BEFORE, *BY_PHONE)}
