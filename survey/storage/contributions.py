"""Contributions: what the audience sends to the discussion. Nobody but moderators sees one before a person has approved it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from survey.model import Contribution, ContributionStanding, Performance
from survey.storage.forgetting import forget
from survey.storage.insertion import insert_unless_there
from survey.storage.keys import key_made_of, new_key
from survey.storage.rooms import touch_room
from survey.storage.tables import contribution, support
from survey.storage.tables import performance as performances
from survey.storage.voters import voter_hash

MOST_WAITING = 1000
"""More than this nobody can read in an evening; a flood stops here and loses nothing that was sent before."""

FEWEST_SHOWN = 5
"""Support by fewer phones than this is told to nobody."""


OPEN_TO_SUPPORT = (
    select(performances.c.seat_key)
    .join_from(contribution, performances)
    .where(
        contribution.c.id == bindparam("contribution"),
        contribution.c.performance_id == bindparam("performance"),
        contribution.c.standing == ContributionStanding.APPROVED.value,
    )
    .with_for_update(read=True)
)
"""The key to the seats of an approved contribution's performance; both stay so until the commit."""


class Reason(StrEnum):
    """Why a contribution was refused. The words stand on the moderator's buttons."""

    OFF_TOPIC = "off topic"
    HURTFUL = "hurtful"
    NAMES_A_PERSON = "names a person"
    ADVERT = "advert"


class Order(StrEnum):
    """How the board is sorted."""

    SUPPORT = "support"
    NEWEST = "newest"


class QueueFull(Exception):
    """So much is waiting to be read that nothing more is taken for now."""

    def __init__(self) -> None:
        super().__init__("Too many are waiting to be read.")


class ContributionUnknown(LookupError):
    """There is no such contribution in this performance, or it was not approved."""

    def __init__(self) -> None:
        super().__init__("This contribution is not on the list any more.")


@dataclass(frozen=True)
class Supported:
    """An approved contribution and how many phones support it."""

    contribution: Contribution
    support: int

    @property
    def shown(self) -> int | None:
        """The support that may be told; None while it is few."""
        return self.support if self.support >= FEWEST_SHOWN else None


def sending_key(performance_id: str, once: str, text: str) -> str:
    """Return the key of words as one page sent them. ``once``: what that page alone knows; "" makes a new key each time."""
    return key_made_of(performance_id, once, text) if once else new_key()


def add_contribution(
    connection: Connection, performance_id: str, text: str, *, id: str | None = None
) -> Contribution:
    """Store cleaned words; they wait for a moderator. Raises QueueFull."""
    waiting = (
        select(func.count())
        .select_from(contribution)
        .where(
            contribution.c.performance_id == performance_id,
            contribution.c.standing == ContributionStanding.WAITING.value,
        )
    )
    if (connection.scalar(waiting) or 0) >= MOST_WAITING:
        raise QueueFull
    made = Contribution(id or new_key(), performance_id, text, ContributionStanding.WAITING)
    connection.execute(
        insert(contribution).values(
            id=made.id,
            performance_id=performance_id,
            text=text,
            standing=made.standing.value,
            reason="",
            place=None,
            pinned=False,
            answered=False,
        )
    )
    return made


def said_already(connection: Connection, performance_id: str, text: str) -> bool:
    """Return whether the same words wait for a moderator, or have been approved."""
    standings = (ContributionStanding.WAITING.value, ContributionStanding.APPROVED.value)
    same = (contribution.c.performance_id == performance_id, contribution.c.text == text)
    found = select(contribution.c.id).where(*same, contribution.c.standing.in_(standings)).limit(1)
    return connection.scalar(found) is not None


def came_already(connection: Connection, id: str) -> bool:
    """Return whether this very sending is stored, whatever was decided about it since."""
    return connection.scalar(select(contribution.c.id).where(contribution.c.id == id)) is not None


def contributions(
    connection: Connection, performance_id: str, standing: ContributionStanding
) -> list[Contribution]:
    """Return the contributions of one standing by their random ids: no order tells who came first."""
    wanted = select(contribution).where(
        contribution.c.performance_id == performance_id, contribution.c.standing == standing.value
    )
    return [_contribution(row) for row in connection.execute(wanted.order_by(contribution.c.id))]


def find_contribution(connection: Connection, performance_id: str, id: str) -> Contribution:
    """Return one contribution. Raises ContributionUnknown."""
    wanted = (contribution.c.id == id, contribution.c.performance_id == performance_id)
    row = connection.execute(select(contribution).where(*wanted)).one_or_none()
    if row is None:
        raise ContributionUnknown
    return _contribution(row)


def approve(connection: Connection, performance_id: str, id: str) -> bool:
    """Let a waiting contribution reach the room; False when another moderator has decided already."""
    last = select(func.max(contribution.c.place)).where(contribution.c.performance_id == performance_id)
    return _decide(
        connection,
        performance_id,
        id,
        standing=ContributionStanding.APPROVED.value,
        place=(connection.scalar(last) or 0) + 1,
    )


def refuse(connection: Connection, performance_id: str, id: str, reason: Reason) -> bool:
    """Refuse a waiting contribution for a reason; False when another moderator has decided already."""
    return _decide(
        connection, performance_id, id, standing=ContributionStanding.REFUSED.value, reason=reason.value
    )


def reconsider(connection: Connection, performance_id: str, id: str) -> None:
    """Take a decision back: the contribution waits again and leaves every screen. Raises ContributionUnknown."""
    find_contribution(connection, performance_id, id)
    connection.execute(
        update(contribution)
        .where(contribution.c.id == id)
        .values(
            standing=ContributionStanding.WAITING.value, reason="", place=None, pinned=False, answered=False
        )
    )
    touch_room(connection, performance_id)


def pin(connection: Connection, performance_id: str, id: str | None) -> None:
    """Put one approved contribution alone on view, or none. Raises ContributionUnknown."""
    if id is not None:
        _approved(connection, performance_id, id)
    connection.execute(
        update(contribution)
        .where(contribution.c.performance_id == performance_id)
        .values(pinned=contribution.c.id == (id or ""))
    )
    touch_room(connection, performance_id)


def mark_answered(connection: Connection, performance_id: str, id: str, answered: bool = True) -> None:
    """Say that the room has talked about a contribution; it leaves the pin. Raises ContributionUnknown."""
    found = _approved(connection, performance_id, id)
    connection.execute(
        update(contribution)
        .where(contribution.c.id == id)
        .values(answered=answered, pinned=found.pinned and not answered)
    )
    touch_room(connection, performance_id)


def set_support(
    connection: Connection, performance: Performance, id: str, *, seat: str, wanted: bool
) -> None:
    """Count a phone's support for an approved contribution once, or take it back. Raises ContributionUnknown."""
    key = connection.scalar(OPEN_TO_SUPPORT, {"contribution": id, "performance": performance.id})
    if key is None:
        raise ContributionUnknown
    voter = voter_hash(key, f"support:{id}", seat)
    if wanted:
        insert_unless_there(connection, support, contribution_id=id, voter_hash=voter)
    else:
        connection.execute(
            delete(support).where(support.c.contribution_id == id, support.c.voter_hash == voter)
        )


def supported_by(
    connection: Connection, performance: Performance, ids: Sequence[str], *, seat: str
) -> set[str]:
    """Return which of these contributions a phone supports."""
    if performance.seat_key is None:
        return set()
    own = {voter_hash(performance.seat_key, f"support:{id}", seat): id for id in ids}
    found = connection.scalars(select(support.c.voter_hash).where(support.c.voter_hash.in_(tuple(own))))
    return {own[voter] for voter in found}


def board(connection: Connection, performance_id: str, order: Order = Order.SUPPORT) -> list[Supported]:
    """Return the approved contributions: most supported first (equals in a random order), or last approved first.

    Support that may not be told yet moves nothing: otherwise who taps would be seen by what moves. Answered ones stand
    at the end.
    """
    approved = contributions(connection, performance_id, ContributionStanding.APPROVED)
    counted = (
        select(support.c.contribution_id, func.count().label("people"))
        .where(support.c.contribution_id.in_(tuple(each.id for each in approved)))
        .group_by(support.c.contribution_id)
    )
    people = Counter({row.contribution_id: row.people for row in connection.execute(counted)})
    found = [Supported(each, people[each.id]) for each in approved]
    if order is Order.NEWEST:
        found.sort(key=lambda each: -(each.contribution.place or 0))
    else:
        found.sort(
            key=lambda each: -(each.shown or 0)
        )  # ids are random, and sorting keeps equals in their order
    return sorted(found, key=lambda each: each.contribution.answered)


def remove_contributions(connection: Connection, performance_id: str) -> None:
    """Delete everything the audience sent to a performance's discussion, for good."""
    connection.execute(delete(contribution).where(contribution.c.performance_id == performance_id))
    forget(connection)
    touch_room(connection, performance_id)


def _decide(connection: Connection, performance_id: str, id: str, **values: object) -> bool:
    done = connection.execute(
        update(contribution)
        .where(
            contribution.c.id == id,
            contribution.c.performance_id == performance_id,
            contribution.c.standing == ContributionStanding.WAITING.value,
        )
        .values(**values)
    )
    if done.rowcount == 1:
        touch_room(connection, performance_id)
    return done.rowcount == 1


def _approved(connection: Connection, performance_id: str, id: str) -> Contribution:
    found = find_contribution(connection, performance_id, id)
    if found.standing is not ContributionStanding.APPROVED:
        raise ContributionUnknown
    return found


def _contribution(row: Row[*tuple[object, ...]]) -> Contribution:
    return Contribution(
        row.id,
        row.performance_id,
        row.text,
        ContributionStanding(row.standing),
        row.reason,
        row.place,
        row.pinned,
        row.answered,
    )
