"""Retention: on the keeping date rows, links and receipts go; totals stay, marked as such."""

from collections import defaultdict
from datetime import date

from sqlalchemy import Connection, delete, exists, select

from survey.model import Mode, Performance, Provenance, Standing, Wave
from survey.storage.counts import counts, pairs
from survey.storage.evidence import add_pair_tally, add_source, add_tally
from survey.storage.forgetting import forget
from survey.storage.performance_rows import performance_by_id
from survey.storage.tables import (
    conclusion,
    contact,
    contribution,
    hand_count,
    note,
    performance,
    pledge,
    poll,
    poll_answer,
    respondent,
    sign_in,
    source,
    tally,
)
from survey.storage.waves import finish_performance

NOTE = "kept as totals; answers sent after the result was shown are not in them"
SMALLEST_BASE = 10
"""No total of fewer answers is kept."""
SMALLEST_FLOW = 5
"""Flows from one answer to another are kept only if none is smaller than this (but zero)."""


def purge_due(connection: Connection, today: date) -> list[str]:
    """Delete the rows of performances whose keeping date has come; keep totals. Return the performances' codes.

    Pledges, lists of contacts, what was voted in polls, what was sent to the discussion, the notes of it and the counts
    of single blocks of seats go on their dates too, and leave no totals but those the room has seen.
    """
    rows = exists().where(respondent.c.performance_id == performance.c.id)
    due = select(performance.c.id).where(performance.c.keep_until <= today, rows).order_by(performance.c.code)
    found = [performance_by_id(connection, id) for id in connection.scalars(due).all()]
    for kept in found:
        if kept.standing is not Standing.FINISHED:
            finish_performance(connection, kept.id)
        _keep_totals(connection, kept)
        connection.execute(delete(respondent).where(respondent.c.performance_id == kept.id))
        connection.execute(delete(sign_in).where(sign_in.c.performance_id == kept.id))
        forget(connection)
    _drop_what_leaves_no_totals(connection, today)
    return [kept.code for kept in found]


def _drop_what_leaves_no_totals(connection: Connection, today: date) -> None:
    over = select(performance.c.id).where(performance.c.keep_until <= today)
    asked = select(poll.c.id).where(poll.c.performance_id.in_(over))
    by_hand = select(source.c.id).where(
        source.c.performance_id.in_(over), source.c.provenance == Provenance.COUNTED.value
    )
    for gone in (
        delete(tally).where(tally.c.source_id.in_(by_hand), tally.c.base < SMALLEST_BASE),
        delete(poll_answer).where(poll_answer.c.poll_id.in_(asked)),
        delete(contribution).where(contribution.c.performance_id.in_(over)),
        delete(note).where(note.c.performance_id.in_(over)),
        delete(conclusion).where(conclusion.c.performance_id.in_(over)),
        delete(hand_count).where(hand_count.c.performance_id.in_(over)),
        delete(pledge).where(pledge.c.performance_id.in_(over)),
        delete(contact).where(contact.c.keep_until <= today),
    ):
        if connection.execute(gone).rowcount:
            forget(connection)


def _keep_totals(connection: Connection, kept: Performance) -> None:
    """Store what disclosure allows: bases of at least 10; linked flows only where each is 0 or at least 5.

    Totals that are there already, such as hand counts, stay as they are: kept again they would count twice.
    """
    totals: dict[Provenance, list[tuple[Wave, Mode, str, int, dict[str, int]]]] = defaultdict(list)
    for given in counts(connection, [kept.id], totals=False):
        same = given.version_id == kept.version_id and not given.after_reveal
        if same and given.base >= SMALLEST_BASE:
            totals[given.provenance].append(
                (given.wave, given.mode, given.question, given.base, dict(given.counts))
            )
    flows = [
        linked
        for linked in pairs(connection, [kept.id], totals=False)
        if linked.version_id == kept.version_id
        and not linked.after_reveal
        and sum(linked.counts.values()) >= SMALLEST_BASE
        and min(linked.counts.values()) >= SMALLEST_FLOW
    ]
    for provenance, whole in totals.items():
        source_id = add_source(connection, kept.id, provenance, NOTE)
        for wave, mode, question, base, options in whole:
            add_tally(
                connection, source_id, wave=wave, mode=mode, question=question, counts=options, base=base
            )
        for linked in flows:
            if linked.provenance is provenance:
                add_pair_tally(connection, source_id, question=linked.question, counts=linked.counts)
