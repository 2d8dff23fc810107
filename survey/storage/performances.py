"""Performances: one showing to one audience, found by its code."""

from calendar import monthrange
from datetime import date

from sqlalchemy import Connection, delete, insert, select, update

from survey.model import EventKind, LawfulBasis, Performance, Purpose, Standing
from survey.storage.forgetting import forget
from survey.storage.keys import new_code, new_key
from survey.storage.performance_rows import (
    BY_CODE,
    BY_JOIN_NUMBER,
    NEWEST_FIRST,
    PerformanceUnknown,
    performance_by,
    performance_by_id,
    performance_of,
    row_of,
)
from survey.storage.productions import find_production
from survey.storage.seats import new_seat_key
from survey.storage.tables import performance
from survey.storage.waves import (
    NotInRehearsal,
    NotReady,
    PerformanceFinished,
    close_wave,
    finish_performance,
    missing_to_open,
    open_wave,
    rehearse_wave,
    wipe_rehearsal,
)

__all__ = [
    "KindPromised",
    "NotInRehearsal",
    "NotReady",
    "PerformanceFinished",
    "PerformanceUnknown",
    "add_performance",
    "change_performance",
    "close_wave",
    "delete_performance",
    "find_performance",
    "finish_performance",
    "mark_reached",
    "missing_to_open",
    "months_after",
    "open_wave",
    "performance_by_id",
    "performance_by_join_number",
    "performances",
    "rehearse_wave",
    "set_attendance",
    "was_reached",
    "wipe_rehearsal",
]


class KindPromised(Exception):
    """The audience has been told whether exact totals will be published: a jury stays one, and nothing becomes one."""

    def __init__(self) -> None:
        super().__init__(
            "People have been told how their totals are published, so this cannot become a citizens’ jury, or stop being "
            "one. Set up another performance."
        )


def add_performance(
    connection: Connection,
    *,
    production_id: str,
    version_id: str,
    starts_on: date,
    venue: str,
    kind: EventKind = EventKind.PERFORMANCE,
    date_precision: str = "day",
    capacity: int | None = None,
    attendance: int | None = None,
    attendance_about: bool = False,
    responsible: str = "",
    contact: str = "",
    purpose: Purpose | None = None,
    lawful_basis: LawfulBasis | None = None,
    youngest_age: int | None = None,
    keep_until: date | None = None,
    standing: Standing = Standing.REHEARSAL,
    families: bool = False,
) -> Performance:
    """Store a new performance and return it; what is not given comes from its production."""
    work = find_production(connection, production_id)
    made = Performance(
        id=new_key(),
        production_id=work.id,
        production=work.name,
        code=new_code(),
        kind=kind,
        starts_on=starts_on,
        date_precision=date_precision,
        venue=venue,
        capacity=capacity,
        attendance=attendance,
        attendance_about=attendance_about,
        responsible=responsible or work.responsible,
        contact=contact or work.contact,
        purpose=purpose or work.purpose,
        lawful_basis=lawful_basis or work.lawful_basis,
        youngest_age=youngest_age,
        keep_until=keep_until or months_after(max(starts_on, date.today()), work.keep_months),
        version_id=version_id,
        standing=standing,
        open_wave=None,
        join_number=None,
        seat_key=None if standing is Standing.FINISHED else new_seat_key(),
        families=families,
    )
    connection.execute(insert(performance).values(**row_of(made), reached=False))
    return made


def months_after(day: date, months: int) -> date:
    """Return the same day some months later, or that month's last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def find_performance(connection: Connection, code: str) -> Performance:
    """Return the performance with this code, however it was typed. Raises PerformanceUnknown."""
    found = performance_by(connection, BY_CODE, code.strip().lower())
    if found is None:
        raise PerformanceUnknown
    return found


def performance_by_join_number(connection: Connection, number: str) -> Performance | None:
    """Return the open performance whose number this is, in any script's digits, or None."""
    digits = "".join(str(int(letter)) for letter in number if letter.isdecimal())
    return performance_by(connection, BY_JOIN_NUMBER, digits)


def performances(connection: Connection) -> list[Performance]:
    """Return all performances, newest date first."""
    return [performance_of(row) for row in connection.execute(NEWEST_FIRST)]


def change_performance(connection: Connection, changed: Performance) -> None:
    """Store a performance's new details; what opens and finishes it is not touched here.

    Raises PerformanceUnknown, and KindPromised when it has been open and would become a jury, or stop being one.
    """
    stored = performance_by_id(connection, changed.id)
    was_jury, is_jury = (one.kind is EventKind.JURY for one in (stored, changed))
    if stored.standing is not Standing.REHEARSAL and was_jury is not is_jury:
        raise KindPromised
    row = row_of(changed)
    for name in ("id", "code", "standing", "open_wave", "join_number", "seat_key"):
        del row[name]
    _change(connection, changed.id, row)


def set_attendance(connection: Connection, id: str, attendance: int | None, about: bool) -> None:
    """Store how many people were counted, or None for nobody knows. Raises PerformanceUnknown."""
    _change(connection, id, {"attendance": attendance, "attendance_about": about})


def mark_reached(connection: Connection, id: str) -> None:
    """Remember that a phone from outside has opened the form: not which, not when."""
    connection.execute(
        update(performance)
        .where(performance.c.id == id, performance.c.reached.is_(False))
        .values(reached=True)
    )


def was_reached(connection: Connection, id: str) -> bool:
    """Return whether a phone from outside has ever opened the form."""
    return bool(connection.scalar(select(performance.c.reached).where(performance.c.id == id)))


def delete_performance(connection: Connection, id: str) -> None:
    """Delete a performance with everything that belongs to it, from the disk too. Raises PerformanceUnknown."""
    if connection.execute(delete(performance).where(performance.c.id == id)).rowcount != 1:
        raise PerformanceUnknown
    forget(connection)


def _change(connection: Connection, id: str, row: dict[str, object]) -> None:
    if connection.execute(update(performance).where(performance.c.id == id).values(row)).rowcount != 1:
        raise PerformanceUnknown
