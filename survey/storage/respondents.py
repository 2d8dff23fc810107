"""Respondents: one per seat. Found by the hash of a seat, or by the hash of a receipt.

A seat paired by two words has no respondent of its own: it answers *after* for the one it is paired with.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import BindParameter, Connection, Select, and_, bindparam, delete, select, union_all, update
from sqlalchemy.exc import IntegrityError

from survey.model import Mode, Provenance, ResponseStanding, Wave
from survey.storage.insertion import insert_unless_there
from survey.storage.keys import new_key
from survey.storage.seats import phone_pairs, receipt, receipt_hash, seat_hash, words_hash
from survey.storage.tables import other_seat, respondent, response, source
from survey.words import Pair

# The statements of the busiest path are made once: building one costs ten times what carrying it out does.
PERSON = (
    select(
        respondent.c.id, respondent.c.source_id, respondent.c.words_hash, response.c.id, response.c.standing
    )
    .select_from(
        respondent.outerjoin(
            response,
            and_(response.c.respondent_id == respondent.c.id, response.c.wave == bindparam("wave")),
        )
    )
    .with_for_update(of=respondent)
)


Found = Select[str, str, str | None, str | None, str | None]


def _by(column: str) -> Mapping[Wave, Found]:
    """Return the statements that find a respondent by a hash: *after*, through a seat paired with it too."""
    own = respondent.alias("own")
    hashed: BindParameter[str] = bindparam("hash")
    performance: BindParameter[str] = bindparam("performance")
    either = union_all(
        select(own.c.id).where(own.c.performance_id == performance, own.c[column] == hashed),
        select(other_seat.c.respondent_id).where(
            other_seat.c.performance_id == performance, other_seat.c[column] == hashed
        ),
    )
    return {
        Wave.BEFORE: PERSON.where(respondent.c.performance_id == performance, respondent.c[column] == hashed),
        # By key alone: with the performance too, SQLite would look at everybody in it.
        Wave.AFTER: PERSON.where(respondent.c.id.in_(either)),
    }


BY_SEAT = _by("seat_hash")
BY_RECEIPT = _by("receipt_hash")
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
    words_hash: str | None
    response_id: str | None
    standing: ResponseStanding | None


def by_seat(
    connection: Connection, performance_id: str, key: bytes, seat: str, wave: Wave
) -> Respondent | None:
    """Return a seat's respondent, held still until the commit; None when it has sent nothing yet."""
    sought = {"performance": performance_id, "hash": seat_hash(key, seat), "wave": wave.value}
    return _found(connection, BY_SEAT[wave], sought)


def by_receipt(connection: Connection, performance_id: str, code: str, wave: Wave) -> Respondent:
    """Return a receipt's respondent in a performance, held still until the commit. Raises ReceiptUnknown."""
    sought = {"performance": performance_id, "hash": receipt_hash(code), "wave": wave.value}
    found = _found(connection, BY_RECEIPT[wave], sought)
    if found is None:
        raise ReceiptUnknown
    return found


def add_respondent(
    connection: Connection, performance_id: str, key: bytes, seat: str, wave: Wave, provenance: Provenance
) -> Respondent:
    """Make a seat's respondent and return it; the other tab's, if that was quicker.

    Whoever begins *before* gets the first of its pairs of words that is free, in the same statement.
    """
    source_id = source_of(connection, performance_id, provenance)
    mine = (words_hash(key, pair) for pair in phone_pairs(key, seat)) if wave is Wave.BEFORE else ()
    for hashed in chain(mine, [None]):
        made = Respondent(new_key(), source_id, hashed, None, None)
        if insert_unless_there(
            connection,
            respondent,
            id=made.id,
            performance_id=performance_id,
            source_id=source_id,
            mode=Mode.PHONE.value,
            seat_hash=seat_hash(key, seat),
            receipt_hash=receipt_hash(receipt(key, seat)),
            sheet_number=None,
            words_hash=hashed,
        ):
            return made
        there = by_seat(connection, performance_id, key, seat, wave)
        if there is not None:
            return there
    raise AssertionError("without words only the same seat is in the way, and that one is found")


def take_words(connection: Connection, respondent_id: str, key: bytes, pair: Pair) -> bool:
    """Give a respondent two words; False when they belong to somebody else here."""
    taking = update(respondent).where(respondent.c.id == respondent_id)
    try:
        with connection.begin_nested():
            connection.execute(taking.values(words_hash=words_hash(key, pair)))
    except IntegrityError:
        return False
    return True


def start_for_real(connection: Connection, found: Respondent, performance_id: str) -> Respondent:
    """Return a respondent from the rehearsal as one that answers for real: what it rehearsed is gone."""
    source_id = source_of(connection, performance_id, Provenance.COLLECTED)
    connection.execute(delete(response).where(response.c.respondent_id == found.id))
    connection.execute(update(respondent).where(respondent.c.id == found.id).values(source_id=source_id))
    return Respondent(found.id, source_id, found.words_hash, None, None)


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


def _found(
    connection: Connection,
    statement: Found,
    sought: Mapping[str, str],
) -> Respondent | None:
    """Return what a statement finds; of a seat's own and the one it is paired with, the one that has sent this wave."""
    rows = [
        Respondent(id, source, words, response_id, ResponseStanding(standing) if standing else None)
        for id, source, words, response_id, standing in connection.execute(statement, sought)
    ]
    return max(rows, key=lambda row: row.response_id is not None, default=None)
