"""Exports: people in random order, numbers that mean nothing elsewhere, comments apart."""

from survey.model import Comment, Performance, Wave
from survey.storage.database import Database
from survey.storage.exports import CommentRow, answer_rows, comment_rows
from survey.storage.performances import open_wave
from survey.storage.responses import delete_by_receipt
from tests.storage.phones import again, code_of, filled, send

PEOPLE = [f"seat {n}" for n in range(24)]


def test_both_waves_of_one_person_share_a_number_that_is_new_each_time(
    database: Database, performance: Performance
) -> None:
    for n, seat in enumerate(PEOPLE):
        send(database, performance, seat, filled(trust_nhs=str(n % 11)))
    database.write(lambda connection: open_wave(connection, performance.id, Wave.AFTER))
    for n, seat in enumerate(PEOPLE):
        send(
            database,
            again(database, performance),
            seat,
            filled(trust_nhs=str(n % 11), share_with=("gp", "family")),
        )

    with database.reading() as connection:
        once, twice = answer_rows(connection, performance.id), answer_rows(connection, performance.id)

    assert {row.pair for row in once} == set(range(1, 25))
    assert [(row.pair, row.option) for row in once] != [(row.pair, row.option) for row in twice]
    for number in range(1, 25):
        own = [(row.wave, row.question, row.option) for row in once if row.pair == number]
        trust = own[0][2]
        assert own == [
            (Wave.BEFORE, "trust_nhs", trust),
            (Wave.AFTER, "share_with", "gp"),
            (Wave.AFTER, "share_with", "family"),
            (Wave.AFTER, "trust_nhs", trust),
        ]


def test_comments_carry_nothing_that_leads_to_other_answers(
    database: Database, performance: Performance
) -> None:
    send(
        database,
        performance,
        "seat",
        filled(Comment("differently", "Ask first.", True), home_system="depends"),
    )

    with database.reading() as connection:
        (row,) = comment_rows(connection, performance.id)
        answers = answer_rows(connection, performance.id)
    assert row == CommentRow(Wave.BEFORE, "differently", "Ask first.", True, row.provenance)
    assert [given.question for given in answers] == ["home_system"]


def test_what_was_withdrawn_is_not_exported(database: Database, performance: Performance) -> None:
    send(database, performance, "seat", filled(Comment("differently", "Ask first."), home_system="depends"))
    database.write(lambda connection: delete_by_receipt(connection, code_of(performance, "seat")))

    with database.reading() as connection:
        assert answer_rows(connection, performance.id) == []
        assert comment_rows(connection, performance.id) == []
