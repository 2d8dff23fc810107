"""Polls: questions asked live, and what phones chose. Nothing joins a vote to a response or to another poll's."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from survey.model import Performance, Poll, PollStanding
from survey.questionnaire.poll import parse_poll
from survey.storage.keys import new_key
from survey.storage.tables import performance as performances
from survey.storage.tables import poll, poll_answer
from survey.storage.voters import voter_hash

OPEN_POLL = (
    select(performances.c.seat_key)
    .join_from(poll, performances)
    .where(
        poll.c.id == bindparam("poll"),
        poll.c.performance_id == bindparam("performance"),
        poll.c.standing == PollStanding.OPEN.value,
    )
    .with_for_update(read=True)
)
"""The key to the seats of a poll's performance while it is open; both stay so until the commit."""


class PollClosed(Exception):
    """The poll takes no answers: it is not open yet, or not any more."""

    def __init__(self) -> None:
        super().__init__("This poll is closed.")


class PollUnknown(LookupError):
    """There is no such poll."""

    def __init__(self) -> None:
        super().__init__("There is no such poll.")


@dataclass(frozen=True)
class Votes:
    """How many phones answered a poll, and how many chose each option."""

    base: int
    counts: Mapping[str, int]


def add_poll(
    connection: Connection,
    performance_id: str,
    content: Mapping[str, object],
    *,
    standing: PollStanding = PollStanding.PREPARED,
) -> Poll:
    """Store a poll as ``questionnaire.poll.poll_content`` made it, and return it."""
    id = new_key()
    connection.execute(
        insert(poll).values(
            id=id, performance_id=performance_id, question=dict(content), standing=standing.value
        )
    )
    return find_poll(connection, id)


def copy_poll(connection: Connection, id: str, performance_id: str) -> Poll:
    """Prepare the same question for a performance, without any of its answers, and return it. Raises PollUnknown."""
    content = connection.scalar(select(poll.c.question).where(poll.c.id == id))
    if content is None:
        raise PollUnknown
    return add_poll(connection, performance_id, content)


def find_poll(connection: Connection, id: str) -> Poll:
    """Return a poll; its question's id is the poll's own. Raises PollUnknown."""
    row = connection.execute(select(poll).where(poll.c.id == id)).one_or_none()
    if row is None:
        raise PollUnknown
    return _poll(row)


def polls(connection: Connection, performance_id: str) -> list[Poll]:
    """Return a performance's polls, in no order that could tell anything."""
    rows = connection.execute(select(poll).where(poll.c.performance_id == performance_id).order_by(poll.c.id))
    return [_poll(row) for row in rows]


def set_poll(connection: Connection, id: str, standing: PollStanding) -> None:
    """Open or close a poll. A closed one may open again: the same phones still count once."""
    connection.execute(update(poll).where(poll.c.id == id).values(standing=standing.value))


def remove_poll(connection: Connection, id: str) -> None:
    """Delete a poll with its answers."""
    connection.execute(delete(poll).where(poll.c.id == id))


def vote(
    connection: Connection, performance: Performance, poll_id: str, *, seat: str, options: Sequence[str]
) -> None:
    """Store what a phone chose in place of what it chose before; no option takes its vote back.

    Raises PollClosed when the poll takes no answers here, and after the performance is finished.
    """
    asked = {"poll": poll_id, "performance": performance.id}
    key = connection.scalar(OPEN_POLL, asked)
    if key is None:
        raise PollClosed
    voter = voter_hash(key, poll_id, seat)
    connection.execute(
        delete(poll_answer).where(poll_answer.c.poll_id == poll_id, poll_answer.c.voter_hash == voter)
    )
    for position, option in enumerate(options, start=1):
        connection.execute(
            insert(poll_answer).values(poll_id=poll_id, voter_hash=voter, option=option, position=position)
        )


def vote_of(connection: Connection, performance: Performance, poll_id: str, *, seat: str) -> tuple[str, ...]:
    """Return what a phone chose in a poll; nothing when it has not voted, or the key is gone."""
    if performance.seat_key is None:
        return ()
    own = (
        poll_answer.c.poll_id == poll_id,
        poll_answer.c.voter_hash == voter_hash(performance.seat_key, poll_id, seat),
    )
    chosen = connection.scalars(select(poll_answer.c.option).where(*own).order_by(poll_answer.c.position))
    return tuple(chosen)


def votes(connection: Connection, poll_id: str) -> Votes:
    """Return a poll's votes, counted."""
    by_option = (
        select(poll_answer.c.option, poll_answer.c.position, func.count().label("people"))
        .where(poll_answer.c.poll_id == poll_id)
        .group_by(poll_answer.c.option, poll_answer.c.position)
    )
    counts: Counter[str] = Counter()
    base = 0
    for row in connection.execute(by_option):
        counts[row.option] += row.people
        base += row.people if row.position == 1 else 0
    return Votes(base, dict(sorted(counts.items())))


def _poll(row: Row[*tuple[object, ...]]) -> Poll:
    question = replace(parse_poll(row.question), id=f"poll:{row.id}")
    return Poll(row.id, row.performance_id, question, PollStanding(row.standing))
