"""A performance as a row: how its columns become the dataclass and back."""

from sqlalchemy import Connection, Row, Select, select

from survey.model import EventKind, LawfulBasis, Performance, Purpose, Standing, Wave
from survey.storage.tables import performance, production


class PerformanceUnknown(LookupError):
    """There is no performance with this code."""


def performance_by_id(connection: Connection, id: str) -> Performance:
    """Return a performance. Raises PerformanceUnknown."""
    return one_performance(connection, all_performances().where(performance.c.id == id))


def all_performances() -> Select[tuple[object, ...]]:
    """Select performances with the name of their production."""
    return select(performance, production.c.name.label("production")).join_from(performance, production)


def one_performance(connection: Connection, wanted: Select[tuple[object, ...]]) -> Performance:
    """Return the one performance selected. Raises PerformanceUnknown."""
    row = connection.execute(wanted).one_or_none()
    if row is None:
        raise PerformanceUnknown("There is no performance with this code.")
    return performance_of(row)


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
    }


def performance_of(row: Row[tuple[object, ...]]) -> Performance:
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
    )
