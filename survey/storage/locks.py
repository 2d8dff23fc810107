"""Locks: what an act of the crowd looks at stays as it saw it until its commit. SQLite writes one act at a time anyway.

A phone's acts come one after another, however often it sends: the second finds what the first has written. Opening,
closing and finishing wait for the phones that are being stored, and hold the next ones up until they are done.
"""

from typing import Any

from sqlalchemy import BindParameter, Connection, Row, Select, bindparam, func, select

from survey.model import Performance
from survey.storage.performance_rows import BY_ID, PerformanceUnknown, performance_by
from survey.storage.seats import receipt, receipt_hash
from survey.storage.tables import performance

WHO: BindParameter[str] = bindparam("who")
ONE_OF_A_SEAT = func.pg_advisory_xact_lock(func.hashtextextended(WHO, 0))
OPEN_NOW: Select[Any] = (
    select(
        performance.c.standing,
        performance.c.open_wave,
        performance.c.seat_key,
        performance.c.capacity,
        performance.c.attendance,
    )
    .where(performance.c.id == bindparam("id"))
    .with_for_update(read=True)
)
OPEN_TO_A_SEAT = OPEN_NOW.add_columns(ONE_OF_A_SEAT)
"""The same, and the seat's own lock, in one journey: what is read after it is read behind whoever held it."""
TO_BE_CHANGED = BY_ID.with_for_update(key_share=True, of=performance)


def hold_open(connection: Connection, performance_id: str) -> Row[Any] | None:
    """Return what is open in a performance, which stays so until the commit; None when it is gone."""
    return connection.execute(OPEN_NOW, {"id": performance_id}).one_or_none()


def hold_seat(
    connection: Connection, performance: Performance, *, seat: str, receipt_code: str | None
) -> Row[Any] | None:
    """Do the same, alone for a seat or for the receipt code of one."""
    if connection.dialect.name != "postgresql" or performance.seat_key is None:
        return hold_open(connection, performance.id)
    who = receipt_hash(receipt_code or receipt(performance.seat_key, seat))
    return connection.execute(OPEN_TO_A_SEAT, {"id": performance.id, "who": who}).one_or_none()


def hold_receipt(connection: Connection, hashed: str) -> None:
    """Be alone for the seat whose receipt has this hash."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(ONE_OF_A_SEAT), {"who": hashed})


def hold_performance(connection: Connection, id: str) -> Performance:
    """Return a performance that is about to be opened, closed or finished: no phone is stored until the commit.

    Raises PerformanceUnknown.
    """
    found = performance_by(connection, TO_BE_CHANGED, id)
    if found is None:
        raise PerformanceUnknown
    return found
