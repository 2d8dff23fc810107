"""Receipts: a code with which one respondent sees or deletes their own answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select

from survey.model import Filled, Wave
from survey.storage.filled import filled_of
from survey.storage.forgetting import forget
from survey.storage.seats import receipt_hash
from survey.storage.tables import respondent, response
from survey.storage.tombstones import remember_deletion


@dataclass(frozen=True)
class Receipt:
    """What a receipt code leads to: one respondent's own answers by wave, and under which version each was given."""

    performance_id: str
    respondent_id: str
    responses: Mapping[Wave, Filled]
    versions: Mapping[Wave, str]


def responses_by_receipt(connection: Connection, code: str) -> Receipt | None:
    """Return the answers a receipt code leads to. A wrong code and one of nobody look the same: None."""
    person = connection.execute(
        select(respondent.c.id, respondent.c.performance_id).where(
            respondent.c.receipt_hash == receipt_hash(code)
        )
    ).one_or_none()
    if person is None:
        return None
    rows = connection.execute(
        select(response.c.id, response.c.wave, response.c.version_id).where(
            response.c.respondent_id == person.id
        )
    ).all()
    given = filled_of(connection, [row.id for row in rows])
    return Receipt(
        person.performance_id,
        person.id,
        {Wave(row.wave): given[row.id] for row in rows},
        {Wave(row.wave): row.version_id for row in rows},
    )


def delete_by_receipt(connection: Connection, code: str) -> bool:
    """Delete a respondent's answers, from the disk and from any copy put back later; False when there are none."""
    id = connection.scalar(select(respondent.c.id).where(respondent.c.receipt_hash == receipt_hash(code)))
    if id is None:
        return False
    connection.execute(delete(respondent).where(respondent.c.id == id))
    remember_deletion(connection, id)
    forget(connection)
    return True
