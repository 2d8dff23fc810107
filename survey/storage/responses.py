"""Responses: all answers of one respondent in one wave. Sending again replaces; nobody is counted twice."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from survey.model import (
    Filled,
    Mode,
    Performance,
    Provenance,
    ResponseCount,
    ResponseStanding,
    Standing,
    Wave,
)
from survey.storage.counted import counted
from survey.storage.filled import filled_of, store_filled
from survey.storage.forgetting import forget
from survey.storage.insertion import insert_unless_there
from survey.storage.keys import new_key
from survey.storage.seats import receipt, receipt_hash, seat_hash
from survey.storage.tables import performance as performances
from survey.storage.tables import respondent, response, source
from survey.storage.tombstones import remember_deletion
from survey.storage.waves import PerformanceFinished

AT_ONCE = 64
"""More writers than ever work at once: so close to the last seat, responses are counted one by one."""


class WaveClosed(Exception):
    """This wave is not open (any more); ``open`` is the one that is, if any."""

    def __init__(self, open: Wave | None) -> None:
        self.open = open
        super().__init__("This wave is not open.")


@dataclass(frozen=True)
class Receipt:
    """What a receipt code leads to: one respondent's own answers by wave."""

    performance_id: str
    respondent_id: str
    responses: dict[Wave, Filled]


def save_response(
    connection: Connection,
    performance: Performance,
    *,
    seat: str,
    wave: Wave,
    version_id: str,
    language: str,
    filled: Filled,
) -> ResponseStanding:
    """Store what a phone sent; a second sending replaces the first. Nothing is stored of an empty form.

    Looks again at what is open, inside the transaction. Raises WaveClosed, PerformanceFinished.
    """
    now = _open_now(connection, performance.id, wave)
    if filled.empty:
        return ResponseStanding.COUNTED
    rehearsing = Standing(now.standing) is Standing.REHEARSAL
    respondent_id = _respondent(connection, performance.id, now.seat_key, seat, rehearsing=rehearsing)
    wanted = select(response.c.id, response.c.standing).where(
        response.c.respondent_id == respondent_id, response.c.wave == wave.value
    )
    found = connection.execute(wanted).one_or_none()
    if found is None:
        standing = ResponseStanding.COUNTED
        if not rehearsing and _full(connection, performance.id, wave, now):
            standing = ResponseStanding.HELD
        response_id = new_key()
        connection.execute(
            insert(response).values(
                id=response_id,
                respondent_id=respondent_id,
                wave=wave.value,
                version_id=version_id,
                language=language,
                standing=standing.value,
            )
        )
    else:
        response_id, standing = found.id, ResponseStanding(found.standing)
        connection.execute(
            update(response)
            .where(response.c.id == response_id)
            .values(version_id=version_id, language=language)
        )
    store_filled(connection, performance.id, response_id, filled)
    return standing


def find_response(
    connection: Connection, performance: Performance, *, seat: str, wave: Wave
) -> Filled | None:
    """Return what a seat sent in a wave, with everything typed for showing it again; None when it sent nothing."""
    if performance.seat_key is None:
        return None
    wanted = (
        select(response.c.id)
        .join(respondent)
        .where(
            respondent.c.performance_id == performance.id,
            respondent.c.seat_hash == seat_hash(performance.seat_key, seat),
            response.c.wave == wave.value,
        )
    )
    response_id = connection.scalar(wanted)
    return None if response_id is None else filled_of(connection, [response_id])[response_id]


def waves_done(connection: Connection, performance: Performance, *, seat: str) -> set[Wave]:
    """Return the waves in which a seat has sent something."""
    if performance.seat_key is None:
        return set()
    wanted = (
        select(response.c.wave)
        .join(respondent)
        .where(
            respondent.c.performance_id == performance.id,
            respondent.c.seat_hash == seat_hash(performance.seat_key, seat),
        )
    )
    return {Wave(wave) for wave in connection.scalars(wanted)}


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
        select(response.c.id, response.c.wave).where(response.c.respondent_id == person.id)
    ).all()
    given = filled_of(connection, [row.id for row in rows])
    return Receipt(person.performance_id, person.id, {Wave(row.wave): given[row.id] for row in rows})


def delete_by_receipt(connection: Connection, code: str) -> bool:
    """Delete a respondent's answers, from the disk too, and keep them away from any restored copy; False for no such."""
    hashed = receipt_hash(code)
    if connection.execute(delete(respondent).where(respondent.c.receipt_hash == hashed)).rowcount == 0:
        return False
    remember_deletion(connection, hashed)
    forget(connection)
    return True


def response_counts(connection: Connection, performance_ids: Collection[str]) -> list[ResponseCount]:
    """Return how many counted responses there are, by performance, wave, mode and provenance."""
    by = (respondent.c.performance_id, response.c.wave, respondent.c.mode, source.c.provenance)
    wanted = counted(select(*by, func.count().label("people")), performance_ids).group_by(*by).order_by(*by)
    return [
        ResponseCount(
            row.performance_id, Wave(row.wave), Mode(row.mode), Provenance(row.provenance), row.people
        )
        for row in connection.execute(wanted)
    ]


def responses_count(connection: Connection, performance_id: str, wave: Wave) -> int:
    """Return how many counted responses a wave has, all modes."""
    wanted = counted(select(func.count()), [performance_id]).where(response.c.wave == wave.value)
    return int(connection.scalar(wanted) or 0)


def held_count(connection: Connection, performance_id: str) -> int:
    """Return how many responses wait for the organiser because there were more than seats."""
    people = select(respondent.c.id).where(respondent.c.performance_id == performance_id)
    held = response.c.standing == ResponseStanding.HELD.value
    return connection.scalar(select(func.count()).where(response.c.respondent_id.in_(people), held)) or 0


def accept_held(connection: Connection, performance_id: str) -> int:
    """Count the held responses from now on; return how many."""
    return _settle_held(connection, performance_id, ResponseStanding.COUNTED)


def discard_held(connection: Connection, performance_id: str) -> int:
    """Set the held responses aside; return how many."""
    return _settle_held(connection, performance_id, ResponseStanding.DISCARDED)


def _settle_held(connection: Connection, performance_id: str, standing: ResponseStanding) -> int:
    people = select(respondent.c.id).where(respondent.c.performance_id == performance_id)
    held = response.c.standing == ResponseStanding.HELD.value
    change = (
        update(response).where(response.c.respondent_id.in_(people), held).values(standing=standing.value)
    )
    return connection.execute(change).rowcount


def _open_now(connection: Connection, performance_id: str, wave: Wave) -> Any:
    """Return what decides now, held still until the commit. Raises WaveClosed, PerformanceFinished."""
    table = performances.c
    now = connection.execute(
        select(table.standing, table.open_wave, table.seat_key, table.capacity, table.attendance)
        .where(table.id == performance_id)
        .with_for_update(read=True)
    ).one_or_none()
    if now is None or now.seat_key is None or now.standing == Standing.FINISHED.value:
        raise PerformanceFinished
    if now.open_wave != wave.value:
        raise WaveClosed(Wave(now.open_wave) if now.open_wave else None)
    return now


def _respondent(
    connection: Connection, performance_id: str, key: bytes, seat: str, *, rehearsing: bool
) -> str:
    """Return the one respondent of a seat, made if new. What it sent in rehearsal ends when it answers for real."""
    hashed = seat_hash(key, seat)
    provenance = Provenance.REHEARSAL if rehearsing else Provenance.COLLECTED
    source_id = f"{performance_id}-{provenance.value}"
    wanted = (
        select(respondent.c.id, respondent.c.source_id)
        .where(respondent.c.performance_id == performance_id, respondent.c.seat_hash == hashed)
        .with_for_update()
    )
    found = connection.execute(wanted).one_or_none()
    if found is None:
        if connection.scalar(select(source.c.id).where(source.c.id == source_id)) is None:
            insert_unless_there(
                connection,
                source,
                id=source_id,
                performance_id=performance_id,
                provenance=provenance.value,
                note="",
                file_sha=None,
            )
        insert_unless_there(
            connection,
            respondent,
            id=new_key(),
            performance_id=performance_id,
            source_id=source_id,
            mode=Mode.PHONE.value,
            seat_hash=hashed,
            receipt_hash=receipt_hash(receipt(key, seat)),
            sheet_number=None,
        )
        found = connection.execute(wanted).one()
    elif found.source_id != source_id:
        insert_unless_there(
            connection,
            source,
            id=source_id,
            performance_id=performance_id,
            provenance=provenance.value,
            note="",
        )
        connection.execute(delete(response).where(response.c.respondent_id == found.id))
        connection.execute(update(respondent).where(respondent.c.id == found.id).values(source_id=source_id))
    id: str = found.id
    return id


def _full(connection: Connection, performance_id: str, wave: Wave, now: Any) -> bool:
    """Whether as many responses count as there are seats (or people, when more were counted)."""
    if now.capacity is None:
        return False
    seats = max(now.capacity, now.attendance or 0)
    people = connection.scalar(select(func.count()).where(respondent.c.performance_id == performance_id)) or 0
    if people <= seats - AT_ONCE:
        return False
    if connection.dialect.name == "postgresql":  # near the last seat, one at a time
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(performance_id, 0))))
    return responses_count(connection, performance_id, wave) >= seats
