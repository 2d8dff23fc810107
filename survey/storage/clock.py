"""The clock: nothing is deleted because of a date until the clock agrees with when the house was last open.

A computer whose battery is empty, or whose year somebody mistyped, would otherwise delete what is to be kept for years.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, func, insert, select, update

from survey.storage.tables import audit

LINE = "clock"
"""The one line of the log of acts that is written over: when the clock was last found right."""
APART = timedelta(days=31)
"""A clock further than this from the last time is not believed without a person."""
OFTEN = timedelta(days=1)


def last_open(connection: Connection) -> datetime | None:
    """Return when the clock was last found right, else when the newest act was done; None in a new house."""
    found: datetime | None = connection.scalar(select(audit.c.at).where(audit.c.id == LINE))
    return found or connection.scalar(select(func.max(audit.c.at)))


def clock_agrees(connection: Connection, now: datetime) -> bool:
    """Return whether the clock can be believed: within a month of the last time, in both directions."""
    last = last_open(connection)
    return last is None or abs(now - last) <= APART


def note_clock(connection: Connection, now: datetime | None = None) -> None:
    """Remember that the clock is right: it agrees, or the organiser has said so."""
    now = now or datetime.now(UTC)
    last = connection.scalar(select(audit.c.at).where(audit.c.id == LINE))
    if last is None:
        connection.execute(
            insert(audit).values(id=LINE, at=now, account_id=None, act="found the clock right", about="")
        )
    elif abs(now - last) >= OFTEN:
        connection.execute(update(audit).where(audit.c.id == LINE).values(at=now))


def clock_question(last: datetime, now: datetime) -> str:
    """Return what the organiser is asked while the clock is not believed."""
    return (
        f"This computer's clock says {day(now)}, but Houselights was last open on {day(last)}. Until somebody says that the "
        "clock is right, nothing is deleted on its keeping date. If it is wrong, set the clock."
    )


def day(moment: datetime) -> str:
    """Return a day as staff read it."""
    return f"{moment.day} {moment:%B %Y}"
