"""Cards and hands: two people count each block; what they agree on is one tally, beside the phones and never added."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import Connection, select

from survey.model import Mode, Performance, Provenance, Wave
from survey.storage.counts import counts
from survey.storage.database import Database
from survey.storage.evidence import sources
from survey.storage.hand_counts import (
    Block,
    BlocksOverlap,
    BlockUnknown,
    Raised,
    blocks,
    by_two_people,
    choose_count,
    count_block,
    counted_questions,
    remove_block,
    total,
)
from survey.storage.performances import open_wave, rehearse_wave, wipe_rehearsal
from survey.storage.retention import purge_due
from survey.storage.tables import hand_count
from tests.databases import add_nest_performance
from tests.storage.phones import filled, send

Count = Callable[..., Block]


def cards_of(performance: Performance, question: str = "home_system") -> Raised:
    return Raised(performance.id, question, Wave.BEFORE, Mode.CARD)


@pytest.fixture
def count(database: Database, performance: Performance) -> Count:
    """Let a helper count a block: ``count("Row A", "A", acceptable=3, depends=2)``."""

    def counted(block: str, helper: str, **options: int) -> Block:
        return database.write(
            lambda connection: count_block(
                connection, cards_of(performance), block, helper=helper, counts=options
            )
        )

    return counted


def tallied(database: Database, performance: Performance) -> list[tuple[Provenance, int, dict[str, int]]]:
    with database.reading() as connection:
        found = counts(connection, [performance.id])
    return [(one.provenance, one.base, dict(one.counts)) for one in found if one.mode is Mode.CARD]


def test_one_count_settles_nothing(database: Database, performance: Performance, count: Count) -> None:
    block = count("Row A", "A", acceptable=3, depends=2)

    assert block == Block("Row A", {"A": {"acceptable": 3, "depends": 2}})
    assert block.settled is None
    assert tallied(database, performance) == []


def test_two_people_who_agree_settle_a_block(
    database: Database, performance: Performance, count: Count
) -> None:
    count("Row A", "A", acceptable=3, depends=0)
    block = count("Row A", "B", acceptable=3, depends=0)

    assert block.agreed
    assert tallied(database, performance) == [(Provenance.COUNTED, 3, {"acceptable": 3, "depends": 0})]


def test_two_people_who_differ_are_told_where_and_settle_nothing(
    database: Database, performance: Performance, count: Count
) -> None:
    count("Row A", "A", acceptable=3, depends=2)
    block = count("Row A", "B", acceptable=4, depends=2)

    assert (block.differing, block.agreed, block.settled) == (("acceptable",), False, None)
    assert tallied(database, performance) == []

    assert count("Row A", "A", acceptable=4, depends=2).agreed
    assert tallied(database, performance) == [(Provenance.COUNTED, 6, {"acceptable": 4, "depends": 2})]


def test_settled_blocks_add_up_and_a_correction_never_doubles(
    database: Database, performance: Performance, count: Count
) -> None:
    for helper in "AB":
        count("Row A", helper, acceptable=3, depends=2)
        count("Row B", helper, acceptable=1, not_acceptable=7)
    whole = {"acceptable": 4, "depends": 2, "not_acceptable": 7}
    assert tallied(database, performance) == [(Provenance.COUNTED, 13, whole)]

    count("Row A", "A", acceptable=5, depends=2)  # they differ: the row is open again
    assert tallied(database, performance) == [(Provenance.COUNTED, 8, {"acceptable": 1, "not_acceptable": 7})]
    count("Row A", "B", acceptable=5, depends=2)
    assert tallied(database, performance) == [(Provenance.COUNTED, 15, whole | {"acceptable": 6})]

    with database.reading() as connection:
        assert [note for _, _, note in sources(connection, [performance.id])].count(
            "Counted in the room: home_system, before, card."
            " Blocks: 2 counted alike by two people, 0 by one count."
        ) == 1
        assert by_two_people(blocks(connection, cards_of(performance)))


def test_a_facilitator_may_settle_what_one_person_counted_and_it_says_so(
    database: Database, performance: Performance, count: Count
) -> None:
    count("Row A", "B", acceptable=3)
    chosen = database.write(lambda c: choose_count(c, cards_of(performance), "Row A", helper="B"))

    assert (chosen.settled, chosen.agreed) == ({"acceptable": 3}, False)
    assert tallied(database, performance) == [(Provenance.COUNTED, 3, {"acceptable": 3})]
    with database.reading() as connection:
        assert not by_two_people(blocks(connection, cards_of(performance)))
        ((_, _, note),) = sources(connection, [performance.id])
    assert note.endswith("Blocks: 0 counted alike by two people, 1 by one count.")


def test_a_new_count_ends_the_facilitators_choice(
    database: Database, performance: Performance, count: Count
) -> None:
    count("Row A", "A", acceptable=3)
    count("Row A", "B", acceptable=4)
    database.write(lambda c: choose_count(c, cards_of(performance), "Row A", helper="B"))
    assert tallied(database, performance) == [(Provenance.COUNTED, 4, {"acceptable": 4})]

    assert count("Row A", "A", acceptable=5).chosen is None
    assert tallied(database, performance) == []


def test_nobody_can_settle_what_nobody_counted(
    database: Database, performance: Performance, count: Count
) -> None:
    count("Row A", "A", acceptable=3)
    for block, helper in (("Row B", "A"), ("Row A", "B")):
        with pytest.raises(BlockUnknown):
            database.write(lambda c: choose_count(c, cards_of(performance), block, helper=helper))


def test_a_block_has_one_name_however_it_is_typed(
    database: Database, performance: Performance, count: Count
) -> None:
    count("Row A", "A", acceptable=3)

    assert count("row a", "B", acceptable=3).name == "Row A"
    assert tallied(database, performance) == [(Provenance.COUNTED, 3, {"acceptable": 3})]


def test_nobody_is_counted_in_a_row_and_in_the_whole_room(
    database: Database, performance: Performance, count: Count
) -> None:
    count("Row A", "A", acceptable=3)
    with pytest.raises(BlocksOverlap, match="Parts of the room"):
        count("Whole room", "A", acceptable=30)

    database.write(lambda c: remove_block(c, cards_of(performance), "Row A"))
    count("Whole room", "A", acceptable=30)
    with pytest.raises(BlocksOverlap, match="The whole room has been counted"):
        count("Row A", "A", acceptable=3)
    assert count("whole room", "B", acceptable=30).agreed


def test_a_removed_block_leaves_the_tally(database: Database, performance: Performance, count: Count) -> None:
    for helper in "AB":
        count("Row A", helper, acceptable=3)
        count("Row B", helper, acceptable=2)
    database.write(lambda c: remove_block(c, cards_of(performance), "Row A"))
    assert tallied(database, performance) == [(Provenance.COUNTED, 2, {"acceptable": 2})]

    database.write(lambda c: remove_block(c, cards_of(performance), "Row B"))
    with database.reading() as connection:
        assert blocks(connection, cards_of(performance)) == []
        assert sources(connection, [performance.id]) == []


def test_questions_and_modes_are_counted_apart(
    database: Database, performance: Performance, count: Count
) -> None:
    count("Row A", "A", acceptable=3)
    hands = Raised(performance.id, "home_system", Wave.BEFORE, Mode.HANDS)
    other = Raised(performance.id, "research_nhs", Wave.AFTER, Mode.CARD)
    for raised in (hands, other):
        database.write(lambda c: count_block(c, raised, "Row A", helper="A", counts={"class:agree": 9}))
    database.write(lambda c: choose_count(c, hands, "Row A", helper="A"))

    assert tallied(database, performance) == []
    with database.reading() as connection:
        assert counted_questions(connection, performance.id) == [cards_of(performance), hands, other]
        assert total(blocks(connection, hands)) == {"class:agree": 9}


def test_an_imported_tally_of_the_same_question_stays(
    database: Database, performance: Performance, count: Count
) -> None:
    from survey.storage.evidence import add_source, add_tally

    def imported(connection: Connection) -> None:
        id = add_source(connection, performance.id, Provenance.COUNTED, "The bar, by hand", "sha")
        add_tally(
            connection,
            id,
            wave=Wave.BEFORE,
            mode=Mode.CARD,
            question="home_system",
            counts={"acceptable": 20},
            base=20,
        )

    database.write(imported)
    for number in (3, 4):
        for helper in "AB":
            count("Row A", helper, acceptable=number)
    assert tallied(database, performance) == [(Provenance.COUNTED, 24, {"acceptable": 24})]


def test_two_helpers_who_save_at_the_same_moment_both_count(
    database: Database, performance: Performance, count: Count
) -> None:
    with ThreadPoolExecutor(2) as both:
        for row in range(12):
            list(both.map(lambda helper, row=row: count(f"Row {row}", helper, acceptable=2), "AB"))

    assert tallied(database, performance) == [(Provenance.COUNTED, 24, {"acceptable": 24})]


def test_counts_of_a_rehearsal_go_when_it_is_wiped_and_when_the_doors_open(
    database: Database, nest_version: str
) -> None:
    rehearsed = add_nest_performance(database, version_id=nest_version, wave=None)

    def count_cards() -> None:
        for helper in "AB":
            database.write(
                lambda c: count_block(
                    c, cards_of(rehearsed), "Row A", helper=helper, counts={"acceptable": 12}
                )
            )

    database.write(lambda c: rehearse_wave(c, rehearsed.id, Wave.BEFORE))
    for end in (
        lambda c: wipe_rehearsal(c, rehearsed.id),
        lambda c: open_wave(c, rehearsed.id, Wave.BEFORE),
    ):
        count_cards()
        assert tallied(database, rehearsed) == [(Provenance.REHEARSAL, 12, {"acceptable": 12})]
        database.write(end)
        assert tallied(database, rehearsed) == []
        with database.reading() as connection:
            assert connection.execute(select(hand_count)).all() == []


def test_on_the_keeping_date_the_tally_stays_as_it_is_and_single_blocks_go(
    database: Database, performance: Performance, count: Count
) -> None:
    send(database, performance, "seat", filled(home_system="depends"))
    for helper in "AB":
        count("Row A", helper, acceptable=8)
        count("Row B", helper, depends=5)
    small = Raised(performance.id, "research_nhs", Wave.BEFORE, Mode.CARD)
    for helper in "AB":
        database.write(lambda c: count_block(c, small, "Row A", helper=helper, counts={"class:agree": 9}))

    database.write(lambda connection: purge_due(connection, date(2099, 3, 20)))

    assert tallied(database, performance) == [(Provenance.COUNTED, 13, {"acceptable": 8, "depends": 5})]
    with database.reading() as connection:
        assert connection.execute(select(hand_count)).all() == []
