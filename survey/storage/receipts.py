"""Receipts: a code with which one respondent sees or deletes their own answers.

The code of a phone that was paired by two words leads to what was sent *after*, and to nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, literal, select, union_all

from survey.model import Filled, Wave
from survey.storage.filled import filled_of
from survey.storage.forgetting import forget
from survey.storage.locks import hold_receipt
from survey.storage.seats import receipt_hash
from survey.storage.tables import other_seat, respondent, response
from survey.storage.tombstones import remember_deletion

OF_CODE = union_all(
    select(
        respondent.c.performance_id,
        respondent.c.id.label("respondent_id"),
        response.c.id,
        response.c.wave,
        response.c.version_id,
        literal(False).label("paired"),
    )
    .select_from(respondent.outerjoin(response))
    .where(respondent.c.receipt_hash == bindparam("hash")),
    select(
        other_seat.c.performance_id,
        other_seat.c.respondent_id,
        response.c.id,
        response.c.wave,
        response.c.version_id,
        literal(True),
    )
    .join(response, response.c.respondent_id == other_seat.c.respondent_id)
    .where(other_seat.c.receipt_hash == bindparam("hash"), response.c.wave == Wave.AFTER.value),
)


@dataclass(frozen=True)
class Receipt:
    """What a receipt code leads to: one respondent's own answers by wave, and under which version each was given."""

    performance_id: str
    respondent_id: str
    responses: Mapping[Wave, Filled]
    sent: Mapping[Wave, str]
    """Wave → id of the response."""
    versions: Mapping[Wave, str]
    paired: bool
    """It is the code of a phone joined by two words to what another sent before."""


def responses_by_receipt(connection: Connection, code: str) -> Receipt | None:
    """Return the answers a receipt code leads to. A wrong code and one of nobody look the same: None."""
    rows = connection.execute(OF_CODE, {"hash": receipt_hash(code)}).all()
    if not rows:
        return None
    sent = [row for row in rows if row.id is not None]
    given = filled_of(connection, [row.id for row in sent])
    return Receipt(
        rows[0].performance_id,
        rows[0].respondent_id,
        {Wave(row.wave): given[row.id] for row in sent},
        {Wave(row.wave): row.id for row in sent},
        {Wave(row.wave): row.version_id for row in sent},
        any(row.paired for row in rows),
    )


def delete_by_receipt(connection: Connection, code: str) -> bool:
    """Delete the answers a code leads to, from the disk and from any copy put back later; False when there are none.

    The first phone's code deletes both waves, whichever phone sent them. A paired phone's code deletes *after* only.
    """
    hashed = receipt_hash(code)
    hold_receipt(connection, hashed)
    own = select(respondent.c.id).where(respondent.c.receipt_hash == hashed)
    paired = select(other_seat.c.respondent_id).where(other_seat.c.receipt_hash == hashed)
    people = list(connection.scalars(own))
    others = list(connection.scalars(paired))
    if not people and not others:
        return False
    whole = response.c.respondent_id.in_(people)
    after = response.c.respondent_id.in_(others) & (response.c.wave == Wave.AFTER.value)
    responses = list(connection.scalars(select(response.c.id).where(whole | after)))
    connection.execute(delete(response).where(response.c.id.in_(responses)))
    connection.execute(delete(respondent).where(respondent.c.id.in_(people)))
    connection.execute(delete(other_seat).where(other_seat.c.receipt_hash == hashed))
    remember_deletion(connection, *people, *responses)
    forget(connection)
    return True
