"""A performance as a row: how its columns become the dataclass and back."""

from sqlalchemy import Connection, Executable, Row, bindparam, select

from survey.model import EventKind, LawfulBasis, Performance, Purpose, Standing, Wave
from survey.storage.tables import performance, production


class PerformanceUnknown(LookupError):
    """There is no such performance."""

    def __init__(self, words: str = "There is no performance with this code.") -> None:
        super().__init__(words)


ALL = select(performance, production.c.name.label("production")).join_from(performance, production)
BY_ID = ALL.where(performance.c.id == bindparam("wanted"))
BY_CODE = ALL.where(performance.c.code == bindparam("wanted"))
BY_JOIN_NUMBER = ALL.where(performance.c.join_number == bindparam("wanted"))
NEWEST_FIRST = ALL.order_by(performance.c.starts_on.desc(), performance.c.code)


def performance_by_id(connection: Connection, id: str) -> Performance:
    """Return a performance. Raises PerformanceUnknown."""
    found = performance_by(connection, BY_ID, id)
    if found is None:
        raise PerformanceUnknown
    return found


def performance_by(connection: Connection, statement: Executable, wanted: str) -> Performance | None:
    """Return the one performance that a statement finds, or None."""
    row = connection.execute(statement, {"wanted": wanted}).one_or_none()
    return None if row is None else performance_of(row)


def row_of(made: Performance) -> dict[str, object]:
    """Return a performance as a row."""
    return {
        "id": made.id,
        "production_id": made.production_id,
        "code": made.code,
        "kind": made.kind.value,
        "starts_on": made.starts_on,
        "date_precision": made.date_precision,
        "venue": made.venue,
        "capacity": made.capacity,
        "attendance": made.attendance,
        "attendance_about": made.attendance_about,
        "responsible": made.responsible,
        "contact": made.contact,
        "purpose": made.purpose.value,
        "lawful_basis": made.lawful_basis.value,
        "youngest_age": made.youngest_age,
        "keep_until": made.keep_until,
        "version_id": made.version_id,
        "standing": made.standing.value,
        "open_wave": made.open_wave.value if made.open_wave else None,
        "join_number": made.join_number,
        "seat_key": made.seat_key,
        "families": made.families,
    }


def performance_of(row: Row[*tuple[object, ...]]) -> Performance:
    """Return a row as a performance."""
    return Performance(
        id=row.id,
        production_id=row.production_id,
        production=row.production,
        code=row.code,
        kind=EventKind(row.kind),
        starts_on=row.starts_on,
        date_precision=row.date_precision,
        venue=row.venue,
        capacity=row.capacity,
        attendance=row.attendance,
        attendance_about=row.attendance_about,
        responsible=row.responsible,
        contact=row.contact,
        purpose=Purpose(row.purpose),
        lawful_basis=LawfulBasis(row.lawful_basis),
        youngest_age=row.youngest_age,
        keep_until=row.keep_until,
        version_id=row.version_id,
        standing=Standing(row.standing),
        open_wave=Wave(row.open_wave) if row.open_wave else None,
        join_number=row.join_number,
        seat_key=row.seat_key,
        families=row.families,
    )
