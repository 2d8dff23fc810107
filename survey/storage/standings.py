"""How many responses stand, and those held because there were more than seats."""

from collections.abc import Collection

from sqlalchemy import Connection, Select, and_, bindparam, exists, func, or_, select, update

from survey.model import Mode, Performance, Provenance, ResponseCount, ResponseStanding, Wave
from survey.storage.counted import MODE, counted
from survey.storage.seats import receipt_hash, seat_hash
from survey.storage.tables import other_seat, respondent, response, source

COUNT = counted(select(func.count()), bindparam("ids", expanding=True)).where(
    response.c.wave == bindparam("wave")
)


def response_counts(connection: Connection, performance_ids: Collection[str]) -> list[ResponseCount]:
    """Return how many counted responses there are, by performance, wave, mode and provenance."""
    by = (respondent.c.performance_id, response.c.wave, MODE.label("mode"), source.c.provenance)
    wanted = counted(select(*by, func.count().label("people")), performance_ids).group_by(*by).order_by(*by)
    return [
        ResponseCount(
            row.performance_id, Wave(row.wave), Mode(row.mode), Provenance(row.provenance), row.people
        )
        for row in connection.execute(wanted)
    ]


def responses_count(connection: Connection, performance_id: str, wave: Wave) -> int:
    """Return how many counted responses a wave has, all modes."""
    return int(connection.scalar(COUNT, {"ids": [performance_id], "wave": wave.value}) or 0)


def held_count(connection: Connection, performance_id: str) -> int:
    """Return how many responses wait for the organiser because there were more than seats."""
    people = select(respondent.c.id).where(respondent.c.performance_id == performance_id)
    held = response.c.standing == ResponseStanding.HELD.value
    wanted = select(func.count()).select_from(response).where(response.c.respondent_id.in_(people), held)
    return int(connection.scalar(wanted) or 0)


def uncounted(connection: Connection, code: str) -> bool:
    """Return whether anything under a receipt code does not count: there were more responses than seats."""
    hashed = receipt_hash(code)
    paired = select(other_seat.c.respondent_id).where(other_seat.c.receipt_hash == hashed)
    own = select(respondent.c.id).where(respondent.c.receipt_hash == hashed)
    theirs = or_(
        response.c.respondent_id.in_(own),
        and_(response.c.respondent_id.in_(paired), response.c.wave == Wave.AFTER.value),
    )
    aside = response.c.standing != ResponseStanding.COUNTED.value
    return bool(connection.scalar(select(exists().where(theirs, aside))))


def counts_here(connection: Connection, performance: Performance, seat: str) -> bool:
    """Return whether a phone's own answers count in a performance: then it has a place in the house."""
    if performance.seat_key is None:
        return False
    own = select(respondent.c.id).where(
        respondent.c.performance_id == performance.id,
        respondent.c.seat_hash == seat_hash(performance.seat_key, seat),
    )
    return has_place(connection, own)


def has_place(connection: Connection, people: Select[tuple[str]] | Collection[str]) -> bool:
    """Return whether anything that these respondents sent counts."""
    counts = response.c.standing == ResponseStanding.COUNTED.value
    return bool(connection.scalar(select(exists().where(response.c.respondent_id.in_(people), counts))))


def accept_held(connection: Connection, performance_id: str) -> int:
    """Count the held responses from now on; return how many."""
    return _settle(connection, performance_id, ResponseStanding.COUNTED)


def discard_held(connection: Connection, performance_id: str) -> int:
    """Set the held responses aside; return how many."""
    return _settle(connection, performance_id, ResponseStanding.DISCARDED)


def _settle(connection: Connection, performance_id: str, standing: ResponseStanding) -> int:
    people = select(respondent.c.id).where(respondent.c.performance_id == performance_id)
    held = response.c.standing == ResponseStanding.HELD.value
    settle = update(response).where(response.c.respondent_id.in_(people), held)
    return connection.execute(settle.values(standing=standing.value)).rowcount
