"""Forgetting: what a transaction deleted leaves the disk once it is committed, and order leaves no trace."""

from sqlalchemy import Connection, func, insert, select, update

from survey.storage.keys import new_key
from survey.storage.tables import (
    answer,
    comment,
    conclusion,
    contact,
    contribution,
    debt,
    note,
    other_seat,
    other_way,
    performance,
    pledge,
    poll,
    poll_answer,
    respondent,
    response,
    support,
)

FORGET = "forget"
ANSWERS = (
    respondent,
    other_seat,
    response,
    other_way,
    answer,
    comment,
    pledge,
    contact,
    poll_answer,
    contribution,
    support,
    note,
    conclusion,
)
"""The tables that hold what people gave."""
WORDS = (
    comment.c.text,
    contribution.c.text,
    note.c.text,
    note.c.speaker,
    conclusion.c.text,
    contact.c.address,
)
"""The columns that hold words: PostgreSQL keeps no statistics of them, or samples would outlive what was deleted."""


def forget(connection: Connection) -> None:
    """Ask that what this transaction deletes is gone from the disk as soon as it is committed.

    On PostgreSQL it is written down as owed, in the same transaction, until it is gone: see debts.py.
    """
    connection.info[FORGET] = True
    if connection.dialect.name == "postgresql":
        connection.execute(insert(debt).values(id=new_key(), deleted_by=func.txid_current()))


def rewrite(connection: Connection, performance_id: str) -> None:
    """Ask for the same, and that on PostgreSQL no row tells by its transaction's number when it was written.

    From now on it is this transaction's for all of a performance's rows, and they lie in the order of their random
    keys. (On SQLite these tables never have another order, and rows no number.)
    """
    forget(connection)
    if connection.dialect.name != "postgresql":
        return
    people = select(respondent.c.id).where(respondent.c.performance_id == performance_id)
    responses = select(response.c.id).where(response.c.respondent_id.in_(people))
    production = select(performance.c.production_id).where(performance.c.id == performance_id)
    asked = select(poll.c.id).where(poll.c.performance_id == performance_id)
    sent = select(contribution.c.id).where(contribution.c.performance_id == performance_id)
    for touch in (
        update(respondent).where(respondent.c.performance_id == performance_id).values(id=respondent.c.id),
        update(other_seat)
        .where(other_seat.c.performance_id == performance_id)
        .values(seat_hash=other_seat.c.seat_hash),
        update(response).where(response.c.respondent_id.in_(people)).values(id=response.c.id),
        update(other_way).where(other_way.c.response_id.in_(responses)).values(mode=other_way.c.mode),
        update(answer).where(answer.c.response_id.in_(responses)).values(option=answer.c.option),
        update(comment).where(comment.c.response_id.in_(responses)).values(id=comment.c.id),
        update(pledge)
        .where(pledge.c.performance_id == performance_id)
        .values(pledge_hash=pledge.c.pledge_hash),
        update(contact).where(contact.c.production_id.in_(production)).values(address=contact.c.address),
        update(poll_answer).where(poll_answer.c.poll_id.in_(asked)).values(option=poll_answer.c.option),
        update(contribution)
        .where(contribution.c.performance_id == performance_id)
        .values(text=contribution.c.text),
        update(support)
        .where(support.c.contribution_id.in_(sent))
        .values(contribution_id=support.c.contribution_id),
    ):
        connection.execute(touch)


def asked_to_forget(connection: Connection) -> bool:
    """Return whether the transaction just carried out asked for it, and take note of it."""
    return bool(connection.info.pop(FORGET, False))
