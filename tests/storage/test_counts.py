"""Counts are what was given, by source and wave; pairs are the same people twice; hand counts stand beside."""

from typing import Any

import pytest
from sqlalchemy import Connection, event

from survey.model import Counts, Mode, Pairs, Performance, Provenance, RevealState, Wave
from survey.storage.checkpoints import set_reveal
from survey.storage.counts import counts, pairs, unlinked_counts
from survey.storage.database import Database
from survey.storage.evidence import add_pair_tally, add_source, add_tally, source_of_file, sources
from survey.storage.performances import open_wave, rehearse_wave
from survey.storage.tallies import most_in_totals
from tests.databases import add_nest_performance
from tests.storage.phones import again, filled, import_people, send

DEPENDS, ACCEPTABLE = ("depends",), ("acceptable",)


def counted(database: Database, *performances: Performance, **only: Any) -> list[Counts]:
    with database.reading() as connection:
        return counts(connection, [found.id for found in performances], **only)


def test_each_option_is_counted_and_the_base_is_people(database: Database, nest_version: str) -> None:
    performance = add_nest_performance(database, version_id=nest_version, wave=Wave.AFTER)
    for n, shared in enumerate((("gp", "family"), ("gp",), ("none",))):
        send(database, performance, f"seat {n}", filled(share_with=shared))
    send(database, performance, "skips it", filled(trust_nhs="7"))

    expected = Counts(
        performance_id=performance.id,
        version_id=nest_version,
        question="share_with",
        wave=Wave.AFTER,
        mode=Mode.PHONE,
        provenance=Provenance.COLLECTED,
        after_reveal=False,
        base=3,
        counts={"family": 1, "gp": 2, "none": 1},
    )
    assert counted(database, performance, questions=["share_with"]) == [expected]
    assert [given.question for given in counted(database, performance)] == ["share_with", "trust_nhs"]


def test_waves_modes_and_performances_are_never_mixed(database: Database, nest_version: str) -> None:
    first = add_nest_performance(database, version_id=nest_version)
    second = add_nest_performance(database, version_id=nest_version)
    send(database, first, "seat", filled(home_system="depends"))
    send(database, second, "seat", filled(home_system="acceptable"))
    import_people(database, first, (filled(home_system="depends"), filled(home_system="acceptable")))

    found = [
        (given.performance_id, given.wave, given.mode, given.provenance, given.counts)
        for given in counted(database, first, second)
    ]
    assert sorted(found, key=str) == sorted(
        [
            (first.id, Wave.AFTER, Mode.PAPER, Provenance.IMPORTED, {"acceptable": 1}),
            (first.id, Wave.BEFORE, Mode.PAPER, Provenance.IMPORTED, {"depends": 1}),
            (first.id, Wave.BEFORE, Mode.PHONE, Provenance.COLLECTED, {"depends": 1}),
            (second.id, Wave.BEFORE, Mode.PHONE, Provenance.COLLECTED, {"acceptable": 1}),
        ],
        key=str,
    )
    assert [given.wave for given in counted(database, first, wave=Wave.AFTER)] == [Wave.AFTER]
    assert counted(database) == []


def test_answers_after_the_reveal_are_counted_apart(database: Database, performance: Performance) -> None:
    send(database, performance, "early", filled(home_system="depends"))
    database.write(
        lambda connection: set_reveal(
            connection, performance.id, Wave.BEFORE, "home_system", RevealState.SHOWN, 1
        )
    )
    send(database, performance, "late", filled(home_system="depends"))

    assert [(given.after_reveal, given.base) for given in counted(database, performance)] == [
        (False, 1),
        (True, 1),
    ]


def test_pairs_are_people_who_answered_the_same_question_twice(
    database: Database, performance: Performance
) -> None:
    for n, before in enumerate(("depends", "depends", "acceptable")):
        send(database, performance, f"{n}", filled(home_system=before, research_nhs="not_sure"))
    send(database, performance, "leaves early", filled(home_system="depends"))
    database.write(lambda connection: open_wave(connection, performance.id, Wave.AFTER))
    now = again(database, performance)
    for n in range(3):
        send(database, now, f"{n}", filled(home_system="acceptable"))
    send(database, now, "comes late", filled(home_system="depends"))

    with database.reading() as connection:
        assert pairs(connection, [performance.id]) == [
            Pairs(
                performance.id,
                performance.version_id,
                "home_system",
                Provenance.COLLECTED,
                False,
                {(ACCEPTABLE, ACCEPTABLE): 1, (DEPENDS, ACCEPTABLE): 2},
            )
        ]
        assert pairs(connection, [performance.id], questions=["research_nhs"]) == []
        assert unlinked_counts(connection, [performance.id]) == {Wave.BEFORE: 1, Wave.AFTER: 1}


def test_a_pair_is_late_when_either_answer_came_after_the_reveal(
    database: Database, performance: Performance
) -> None:
    for seat in ("early", "late"):
        send(database, performance, seat, filled(home_system="depends"))
    database.write(lambda connection: open_wave(connection, performance.id, Wave.AFTER))
    now = again(database, performance)
    send(database, now, "early", filled(home_system="acceptable"))
    database.write(
        lambda connection: set_reveal(
            connection, performance.id, Wave.BEFORE, "home_system", RevealState.SHOWN, 1
        )
    )
    send(database, now, "late", filled(home_system="acceptable"))

    with database.reading() as connection:
        found = pairs(connection, [performance.id])
    assert [(linked.after_reveal, sum(linked.counts.values())) for linked in found] == [(False, 1), (True, 1)]


def test_several_options_pair_as_sets(database: Database, performance: Performance) -> None:
    import_people(
        database,
        performance,
        (filled(share_with=("gp", "family")), filled(share_with=("family", "gp"))),
        (filled(share_with=("gp", "family")), filled(share_with=("gp",))),
    )

    with database.reading() as connection:
        (linked,) = pairs(connection, [performance.id])
    assert linked.counts == {(("family", "gp"), ("family", "gp")): 1, (("family", "gp"), ("gp",)): 1}


def test_hand_counts_and_their_flows_stand_beside_phones(
    database: Database, performance: Performance
) -> None:
    send(database, performance, "seat", filled(home_system="depends"))

    def count_cards(connection: Connection) -> str:
        source_id = add_source(connection, performance.id, Provenance.COUNTED, "red and blue cards", "abc")
        add_tally(
            connection,
            source_id,
            wave=Wave.BEFORE,
            mode=Mode.CARD,
            question="home_system",
            counts={"acceptable": 30, "not_acceptable": 12, "depends": 0},
            base=42,
        )
        flows: dict[tuple[tuple[str, ...], tuple[str, ...]], int]
        flows = {(DEPENDS, ACCEPTABLE): 5, (ACCEPTABLE, ACCEPTABLE): 7}
        add_pair_tally(connection, source_id, question="home_system", counts=flows)
        return source_id

    source_id = database.write(count_cards)

    cards, phone = counted(database, performance)
    assert (cards.mode, cards.provenance, cards.base) == (Mode.CARD, Provenance.COUNTED, 42)
    assert cards.counts == {"acceptable": 30, "depends": 0, "not_acceptable": 12}
    assert (phone.mode, phone.base) == (Mode.PHONE, 1)
    with database.reading() as connection:
        (linked,) = pairs(connection, [performance.id])
        assert linked.counts == {(ACCEPTABLE, ACCEPTABLE): 7, (DEPENDS, ACCEPTABLE): 5}
        assert source_of_file(connection, performance.id, "abc") == source_id
        assert source_of_file(connection, performance.id, "def") is None
        assert (performance.id, Provenance.COUNTED, "red and blue cards") in sources(
            connection, [performance.id]
        )
        assert most_in_totals(connection, [performance.id]) == {(performance.id, Wave.BEFORE): 42}


def test_a_rehearsal_is_named_as_a_source_only_while_it_lasts(database: Database, nest_version: str) -> None:
    performance = add_nest_performance(database, version_id=nest_version, wave=None)
    database.write(lambda connection: rehearse_wave(connection, performance.id, Wave.BEFORE))
    send(database, performance, "seat", filled(home_system="depends"), wave=Wave.BEFORE)
    with database.reading() as connection:
        assert sources(connection, [performance.id]) == [(performance.id, Provenance.REHEARSAL, "")]

    database.write(lambda connection: open_wave(connection, performance.id, Wave.BEFORE))

    with database.reading() as connection:
        assert sources(connection, [performance.id]) == []


@pytest.mark.parametrize("filtered", ["wave", "questions"])
def test_hand_counts_obey_the_same_filters(
    database: Database, performance: Performance, filtered: str
) -> None:
    def count_hands(connection: Connection) -> None:
        source_id = add_source(connection, performance.id, Provenance.COUNTED, "hands")
        add_tally(
            connection,
            source_id,
            wave=Wave.BEFORE,
            mode=Mode.HANDS,
            question="home_system",
            counts={"acceptable": 1},
            base=1,
        )

    database.write(count_hands)
    only: dict[str, Any] = {"wave": Wave.AFTER} if filtered == "wave" else {"questions": ["trust_nhs"]}

    assert counted(database, performance, **only) == []
    assert len(counted(database, performance)) == 1


def test_counting_reads_no_table_from_end_to_end(sqlite_database: Database) -> None:
    performance = add_nest_performance(sqlite_database)
    send(sqlite_database, performance, "seat", filled(home_system="depends"))
    statements: list[str] = []
    with sqlite_database.reading() as connection:
        event.listen(connection, "before_cursor_execute", lambda *given: statements.append(given[2]))
        counts(connection, [performance.id])
        driver = connection.connection.driver_connection
        assert driver is not None
        counting = f"EXPLAIN QUERY PLAN {statements[1]}"
        plan = [row[3] for row in driver.execute(counting, ["x"] * counting.count("?"))]

    assert statements[0] == "BEGIN"
    assert [step for step in plan if step.startswith("SCAN")] == ["SCAN performance"]
    assert sum("COVERING INDEX ix_respond" in step for step in plan) == 1
    assert sum("COVERING INDEX ix_response" in step for step in plan) == 1
