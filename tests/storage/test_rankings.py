"""A ranking keeps its order on both databases: read back, counted by first choices, paired, and marked when it moves."""

import pytest
from sqlalchemy import Connection

from survey.model import Mode, Performance, Provenance, Rankings, RevealState, Wave
from survey.questionnaire import DATA, load_questionnaire
from survey.storage.checkpoints import set_reveal
from survey.storage.counts import counts, language_counts, pairs
from survey.storage.database import Database
from survey.storage.evidence import add_source, add_tally
from survey.storage.exports import answer_rows
from survey.storage.performances import open_wave
from survey.storage.questionnaires import publish
from survey.storage.rankings import rankings
from survey.storage.responses import save_response
from tests.databases import add_nest_performance
from tests.storage.phones import again, filled, import_people, send, sent

ORDER = "matters_order"
ORDERS = (("proof", "told", "fines"), ("told", "proof"), ("proof", "fines", "told"))


@pytest.fixture
def workshop(database: Database) -> Performance:
    """A workshop that asks for a ranking, open before."""
    questionnaire, content = load_questionnaire(DATA / "safeguards-1.yaml")
    version = database.write(lambda connection: publish(connection, questionnaire, content))
    return add_nest_performance(database, version_id=version)


def test_what_was_ranked_is_read_back_in_order_and_changed_as_a_whole(
    database: Database, workshop: Performance
) -> None:
    for order in ORDERS:
        send(database, workshop, "seat", filled(matters_order=order))
        found = sent(database, workshop, "seat", Wave.BEFORE)
        assert found is not None
        assert [(given.question, given.options) for given in found.answers] == [(ORDER, order)]


def test_first_choices_are_counted_and_every_order_apart(database: Database, workshop: Performance) -> None:
    for n, order in enumerate(ORDERS):
        send(database, workshop, f"seat {n}", filled(matters_order=order))
    send(database, workshop, "again", filled(matters_order=ORDERS[0]))
    with database.reading() as connection:
        (counted,) = counts(connection, [workshop.id])
        found = rankings(connection, [workshop.id], questions=[ORDER], wave=Wave.BEFORE)
        assert rankings(connection, [workshop.id], questions=[ORDER], wave=Wave.AFTER) == []
    assert (counted.base, counted.counts) == (4, {"proof": 3, "told": 1})
    assert found == [
        Rankings(
            workshop.id,
            "safeguards-1",
            ORDER,
            Wave.BEFORE,
            Mode.PHONE,
            Provenance.COLLECTED,
            False,
            {ORDERS[2]: 1, ORDERS[0]: 2, ORDERS[1]: 1},
        )
    ]


def test_hand_counts_of_a_ranking_are_first_choices_and_no_orders(
    database: Database, workshop: Performance
) -> None:
    def bring(connection: Connection) -> None:
        origin = add_source(connection, workshop.id, Provenance.COUNTED, "by hand")
        add_tally(
            connection,
            origin,
            wave=Wave.BEFORE,
            mode=Mode.HANDS,
            question=ORDER,
            counts={"told": 9, "proof": 3},
            base=12,
        )

    database.write(bring)
    with database.reading() as connection:
        (counted,) = counts(connection, [workshop.id])
        assert rankings(connection, [workshop.id], questions=[ORDER]) == []
    assert (counted.base, counted.counts) == (12, {"proof": 3, "told": 9})


def test_linked_rankings_keep_their_order_and_other_answers_the_alphabets(
    database: Database, workshop: Performance
) -> None:
    import_people(database, workshop, (filled(matters_order=ORDERS[0]), filled(matters_order=ORDERS[1])))
    with database.reading() as connection:
        (linked,) = pairs(connection, [workshop.id])
    assert linked.counts == {(ORDERS[0], ORDERS[1]): 1}


def test_the_same_answers_in_another_order_after_the_reveal_are_marked(
    database: Database, workshop: Performance
) -> None:
    send(database, workshop, "seat", filled(matters_order=("proof", "told")))
    send(database, workshop, "steady", filled(matters_order=("proof", "told")))
    database.write(
        lambda connection: set_reveal(connection, workshop.id, Wave.BEFORE, ORDER, RevealState.SHOWN, 1)
    )
    send(database, workshop, "seat", filled(matters_order=("told", "proof")))
    send(database, workshop, "steady", filled(matters_order=("proof", "told")))
    with database.reading() as connection:
        found = rankings(connection, [workshop.id], questions=[ORDER])
    assert [(part.after_reveal, dict(part.counts)) for part in found] == [
        (False, {("proof", "told"): 1}),
        (True, {("told", "proof"): 1}),
    ]


def test_an_export_has_the_places_in_order(database: Database, workshop: Performance) -> None:
    send(database, workshop, "seat", filled(matters_order=ORDERS[0]))
    with database.reading() as connection:
        rows = answer_rows(connection, workshop.id)
    assert tuple(row.option for row in rows) == ORDERS[0]


def test_people_are_counted_by_the_language_they_answered_in(
    database: Database, workshop: Performance
) -> None:
    for n, language in enumerate(("en", "en", "ur")):
        database.write(
            lambda connection: save_response(
                connection,
                workshop,
                seat=f"seat {n}",
                wave=Wave.BEFORE,
                version_id=workshop.version_id,
                language=language,
                filled=filled(matters_order=("told",)),
            )
        )
    database.write(lambda connection: open_wave(connection, workshop.id, Wave.AFTER))
    send(database, again(database, workshop), "seat 0", filled(absorbing="7"))
    with database.reading() as connection:
        assert language_counts(connection, [workshop.id], Wave.BEFORE) == {"en": 2, "ur": 1}
        assert language_counts(connection, [workshop.id], Wave.AFTER) == {"en": 1}
