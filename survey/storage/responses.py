"""Responses: all answers of one respondent in one wave. Sending again replaces; nobody is counted twice."""

from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from survey.model import Filled, Mode, Performance, Provenance, ResponseStanding, Standing, Wave
from survey.storage.filled import store_filled
from survey.storage.keys import new_key
from survey.storage.known import Known, find_response, known_by_seat, waves_done
from survey.storage.locks import hold_seat
from survey.storage.receipts import Receipt, delete_by_receipt, responses_by_receipt
from survey.storage.respondents import (
    ReceiptUnknown,
    Respondent,
    add_respondent,
    by_receipt,
    by_seat,
    source_id,
    start_for_real,
    take_words,
)
from survey.storage.seats import phone_pairs
from survey.storage.standings import (
    accept_held,
    discard_held,
    has_place,
    held_count,
    response_counts,
    responses_count,
    uncounted,
)
from survey.storage.tables import other_way, respondent, response
from survey.storage.waves import PerformanceFinished

__all__ = [
    "Known",
    "Receipt",
    "ReceiptUnknown",
    "WaveClosed",
    "accept_held",
    "delete_by_receipt",
    "discard_held",
    "find_response",
    "held_count",
    "known_by_seat",
    "response_counts",
    "responses_by_receipt",
    "responses_count",
    "save_response",
    "uncounted",
    "waves_done",
]

AT_ONCE = 64
"""More writers than ever work at once: so close to the last seat, responses are counted one by one."""


PEOPLE = select(func.count()).select_from(respondent).where(respondent.c.performance_id == bindparam("id"))
ADD_RESPONSE = insert(response)
NO_MORE_ON_PAPER = delete(other_way).where(
    other_way.c.response_id == bindparam("response"), other_way.c.mode != Mode.PHONE.value
)
"""What a phone sends in place of an answer on paper came by phone."""


class WaveClosed(Exception):
    """This wave is not open (any more); ``open`` is the one that is, if any."""

    def __init__(self, open: Wave | None) -> None:
        self.open = open
        super().__init__("This wave is not open.")


def save_response(
    connection: Connection,
    performance: Performance,
    *,
    seat: str,
    wave: Wave,
    version_id: str,
    language: str,
    filled: Filled,
    receipt_code: str | None = None,
) -> ResponseStanding:
    """Store what a phone sent; a second sending replaces the first. Nothing is stored of an empty form.

    An earlier answer to a question that needs another look stays until it has had one. A receipt code stands for the
    seat it was given to. Looks again at what is open, inside the transaction.
    Raises WaveClosed, PerformanceFinished, ReceiptUnknown.
    """
    now = _open_now(hold_seat(connection, performance, seat=seat, receipt_code=receipt_code), wave)
    if receipt_code is None:
        found = by_seat(connection, performance.id, now.seat_key, seat, wave)
    else:
        found = by_receipt(connection, performance.id, receipt_code, wave)
    if filled.empty:
        return found.standing if found and found.standing else ResponseStanding.COUNTED
    rehearsing = Standing(now.standing) is Standing.REHEARSAL
    provenance = Provenance.REHEARSAL if rehearsing else Provenance.COLLECTED
    if found is None:
        found = add_respondent(connection, performance.id, now.seat_key, seat, wave, provenance)
    elif found.source_id == source_id(performance.id, Provenance.REHEARSAL) and not rehearsing:
        found = start_for_real(connection, found, performance.id)
    if found.response_id is None:
        if wave is Wave.BEFORE and found.words_hash is None and receipt_code is None:
            _give_words(connection, found, now.seat_key, seat)
        # Whoever has a place in the house keeps it, however many strangers sent something meanwhile.
        full = not rehearsing and _full(connection, performance.id, wave, now)
        full = full and not has_place(connection, [found.id])
        standing = ResponseStanding.HELD if full else ResponseStanding.COUNTED
        response_id = _add_response(connection, found, wave, version_id, language, standing)
        store_filled(connection, performance.id, response_id, filled, replacing=False)
        return standing
    connection.execute(
        update(response)
        .where(response.c.id == found.response_id)
        .values(version_id=version_id, language=language)
    )
    connection.execute(NO_MORE_ON_PAPER, {"response": found.response_id})
    store_filled(connection, performance.id, found.response_id, filled, replacing=True)
    return found.standing or ResponseStanding.COUNTED


def _open_now(now: Row[Any] | None, wave: Wave) -> Row[Any]:
    """Return what decides now, if it lets this wave be stored. Raises WaveClosed, PerformanceFinished."""
    if now is None or now.seat_key is None or now.standing == Standing.FINISHED.value:
        raise PerformanceFinished
    if now.open_wave != wave.value:
        raise WaveClosed(Wave(now.open_wave) if now.open_wave else None)
    return now


def _give_words(connection: Connection, found: Respondent, key: bytes, seat: str) -> None:
    """Give words to whoever answered *after* first and *before* only now; rare, so one by one."""
    next((pair for pair in phone_pairs(key, seat) if take_words(connection, found.id, key, pair)), None)


def _add_response(
    connection: Connection,
    found: Respondent,
    wave: Wave,
    version_id: str,
    language: str,
    standing: ResponseStanding,
) -> str:
    id = new_key()
    connection.execute(
        ADD_RESPONSE,
        {
            "id": id,
            "respondent_id": found.id,
            "wave": wave.value,
            "version_id": version_id,
            "language": language,
            "standing": standing.value,
        },
    )
    return id


def _full(connection: Connection, performance_id: str, wave: Wave, now: Row[Any]) -> bool:
    """Whether as many responses count as there are seats (or people, when more were counted)."""
    if now.capacity is None:
        return False
    seats: int = max(now.capacity, now.attendance or 0)
    if (connection.scalar(PEOPLE, {"id": performance_id}) or 0) <= seats - AT_ONCE:
        return False
    if connection.dialect.name == "postgresql":  # near the last seat, one at a time
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(performance_id, 0))))
    return responses_count(connection, performance_id, wave) >= seats
