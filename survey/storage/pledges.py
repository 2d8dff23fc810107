"""Pledges: one per phone, under a key of their own. Nothing joins a pledge to answers."""

import hashlib
import hmac
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, func, select

from survey.model import Performance
from survey.storage.forgetting import forget
from survey.storage.insertion import insert_unless_there
from survey.storage.locks import hold_seat
from survey.storage.responses import waves_done
from survey.storage.tables import pledge
from survey.storage.tombstones import given_again, remember_deletion

COUNTED = select(
    func.count(),
    func.count().filter(pledge.c.pledge_hash == bindparam("hash", type_=pledge.c.pledge_hash.type)),
).where(pledge.c.performance_id == bindparam("performance"))


@dataclass(frozen=True)
class Pledges:
    """How many phones have joined a performance's pledge, and whether this one has."""

    count: int
    mine: bool


def pledge_hash(key: bytes, seat: str) -> str:
    """Return what is stored of a pledge: made under a key derived for pledges only, so no seat's hash matches it."""
    own = hmac.digest(key, b"pledge", "sha256")
    return hmac.new(own, seat.encode(), hashlib.sha256).hexdigest()


def pledges(connection: Connection, performance: Performance, seat: str | None) -> Pledges:
    """Return a performance's pledges, and whether this seat's is among them."""
    key = performance.seat_key
    hashed = pledge_hash(key, seat) if key is not None and seat is not None else ""
    count, mine = connection.execute(COUNTED, {"performance": performance.id, "hash": hashed}).one()
    return Pledges(count, mine > 0)


def join_pledge(connection: Connection, performance: Performance, seat: str) -> bool:
    """Store a seat's pledge once; False when it has sent no answers, or the performance is finished.

    Only phones that have answered can join: otherwise one program could join a thousand times.
    """
    now = hold_seat(connection, performance, seat=seat, receipt_code=None)
    if now is None or now.seat_key is None or not waves_done(connection, performance, seat=seat):
        return False
    hashed = pledge_hash(now.seat_key, seat)
    if insert_unless_there(connection, pledge, performance_id=performance.id, pledge_hash=hashed):
        given_again(connection, hashed)
    return True


def take_pledge_back(connection: Connection, performance: Performance, seat: str) -> None:
    """Delete a seat's pledge, from the disk and from any copy put back later; harmless when there is none."""
    if performance.seat_key is None:
        return
    hashed = pledge_hash(performance.seat_key, seat)
    mine = (pledge.c.performance_id == performance.id) & (pledge.c.pledge_hash == hashed)
    if connection.execute(delete(pledge).where(mine)).rowcount:
        remember_deletion(connection, hashed)
        forget(connection)
