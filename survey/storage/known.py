"""What is known of a seat: in which waves it has sent something, and whether two words belong to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, bindparam, literal, null, select, union_all

from survey.model import Filled, Performance, Wave
from survey.storage.filled import filled_of
from survey.storage.seats import seat_hash
from survey.storage.tables import other_seat, respondent, response

SENT = union_all(
    select(response.c.id, response.c.wave, respondent.c.words_hash, literal(False).label("paired"))
    .join(respondent)
    .where(
        respondent.c.performance_id == bindparam("performance"), respondent.c.seat_hash == bindparam("hash")
    ),
    select(response.c.id, response.c.wave, null(), literal(True))
    .join(other_seat, other_seat.c.respondent_id == response.c.respondent_id)
    .where(
        other_seat.c.performance_id == bindparam("performance"),
        other_seat.c.seat_hash == bindparam("hash"),
        response.c.wave == Wave.AFTER.value,
    ),
)
"""A seat paired by two words leads to what was sent *after*, and never to what another phone sent *before*."""


@dataclass(frozen=True)
class Known:
    """What is known of a seat."""

    responses: Mapping[Wave, str] = field(default_factory=dict)
    """Wave → id of the response."""
    words_hash: str | None = None
    """What is stored of the two words that belong to what it sent before."""
    paired: bool = False
    """Its *after* answers stand beside *before* answers of another phone, paired by two words."""

    @property
    def done(self) -> frozenset[Wave]:
        """The waves in which it has sent something."""
        return frozenset(self.responses)


def known_by_seat(connection: Connection, performance: Performance, *, seat: str) -> Known:
    """Return what is known of a seat; nothing once the performance is finished."""
    if performance.seat_key is None:
        return Known()
    hashed = seat_hash(performance.seat_key, seat)
    rows = connection.execute(SENT, {"performance": performance.id, "hash": hashed}).all()
    return Known(
        {Wave(row.wave): row.id for row in rows},
        next((row.words_hash for row in rows if row.words_hash), None),
        any(row.paired for row in rows),
    )


def waves_done(connection: Connection, performance: Performance, *, seat: str) -> set[Wave]:
    """Return the waves in which a seat has sent something."""
    return set(known_by_seat(connection, performance, seat=seat).done)


def find_response(
    connection: Connection, performance: Performance, *, seat: str, wave: Wave
) -> Filled | None:
    """Return what a seat sent in a wave, with everything typed for showing it again; None when it sent nothing."""
    id = known_by_seat(connection, performance, seat=seat).responses.get(wave)
    return None if id is None else filled_of(connection, [id])[id]
