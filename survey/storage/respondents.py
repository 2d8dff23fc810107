"""Respondents: one per seat. Found by the hash of a seat, or by the hash of a receipt."""

from dataclasses import dataclass

from sqlalchemy import Connection, and_, bindparam, delete, select, update

from survey.model import Mode, Provenance, ResponseStanding, Wave
from survey.storage.insertion import insert_unless_there
from survey.storage.keys import new_key
from survey.storage.seats import receipt, receipt_hash, seat_hash
from survey.storage.tables import respondent, response, source

# The statements of the busiest path are made once: building one costs ten times what carrying it out does.
PERSON = (
    select(respondent.c.id, respondent.c.source_id, response.c.id, response.c.standing)
    .select_from(
        respondent.outerjoin(
            response,
            and_(response.c.respondent_id == respondent.c.id, response.c.wave == bindparam("wave")),
        )
    )
    .where(respondent.c.performance_id == bindparam("performance"))
    .with_for_update(of=respondent)
)
BY_SEAT = PERSON.where(respondent.c.seat_hash == bindparam("hash"))
BY_RECEIPT = PERSON.where(respondent.c.receipt_hash == bindparam("hash"))
SOURCE = select(source.c.id).where(source.c.id == bindparam("id"))


class ReceiptUnknown(LookupError):
    """No answers belong to this receipt code: it is mistyped, or they were deleted. Both look the same."""

    def __init__(self) -> None:
        super().__init__("No answers belong to this code.")


@dataclass(frozen=True)
class Respondent:
    """A respondent and what it has sent in one wave, if anything."""

    id: str
    source_id: str
    response_id: str | None
    standing: ResponseStanding | None


def by_seat(
    connection: Connection, performance_id: str, key: bytes, seat: str, wave: Wave
) -> Respondent | None:
    """Return a seat's respondent, held still until the commit; None when it has sent nothing yet."""
    row = connection.execute(
        BY_SEAT, {"performance": performance_id, "hash": seat_hash(key, seat), "wave": wave.value}
    ).one_or_none()
    return None if row is None else _respondent(*row)


def by_receipt(connection: Connection, performance_id: str, code: str, wave: Wave) -> Respondent:
    """Return a receipt's respondent in a performance, held still until the commit. Raises ReceiptUnknown."""
    row = connection.execute(
        BY_RECEIPT, {"performance": performance_id, "hash": receipt_hash(code), "wave": wave.value}
    ).one_or_none()
    if row is None:
        raise ReceiptUnknown
    return _respondent(*row)


def add_respondent(
    connection: Connection, performance_id: str, key: bytes, seat: str, wave: Wave, provenance: Provenance
) -> Respondent:
    """Make a seat's respondent and return it; the other tab's, if that was quicker."""
    source_id = source_of(connection, performance_id, provenance)
    made = Respondent(new_key(), source_id, None, None)
    new = insert_unless_there(
        connection,
        respondent,
        id=made.id,
        performance_id=performance_id,
        source_id=source_id,
        mode=Mode.PHONE.value,
        seat_hash=seat_hash(key, seat),
        receipt_hash=receipt_hash(receipt(key, seat)),
        sheet_number=None,
    )
    return made if new else by_seat(connection, performance_id, key, seat, wave) or made


def start_for_real(connection: Connection, found: Respondent, performance_id: str) -> Respondent:
    """Return a respondent from the rehearsal as one that answers for real: what it rehearsed is gone."""
    source_id = source_of(connection, performance_id, Provenance.COLLECTED)
    connection.execute(delete(response).where(response.c.respondent_id == found.id))
    connection.execute(update(respondent).where(respondent.c.id == found.id).values(source_id=source_id))
    return Respondent(found.id, source_id, None, None)


def source_of(connection: Connection, performance_id: str, provenance: Provenance) -> str:
    """Return the one source of what phones send here; its id is known before it is made."""
    id = source_id(performance_id, provenance)
    if connection.scalar(SOURCE, {"id": id}) is None:
        insert_unless_there(
            connection,
            source,
            id=id,
            performance_id=performance_id,
            provenance=provenance.value,
            note="",
            file_sha=None,
        )
    return id


def source_id(performance_id: str, provenance: Provenance) -> str:
    """Return the id of the source of what phones send."""
    return f"{performance_id}-{provenance.value}"


def _respondent(id: str, source_id: str, response_id: str | None, standing: str | None) -> Respondent:
    return Respondent(id, source_id, response_id, ResponseStanding(standing) if standing else None)
