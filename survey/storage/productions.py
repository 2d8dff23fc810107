"""Productions: the works on stage."""

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from survey.model import LawfulBasis, Production, Purpose
from survey.storage.forgetting import forget
from survey.storage.keys import new_key
from survey.storage.tables import production


class ProductionUnknown(LookupError):
    """There is no such production."""


def add_production(
    connection: Connection,
    *,
    name: str,
    responsible: str = "",
    contact: str = "",
    purpose: Purpose = Purpose.EVALUATION,
    lawful_basis: LawfulBasis = LawfulBasis.LEGITIMATE_INTERESTS,
    keep_months: int = 12,
) -> Production:
    """Store a new production and return it."""
    made = Production(new_key(), name.strip(), responsible, contact, purpose, lawful_basis, keep_months)
    connection.execute(insert(production).values(_row(made)))
    return made


def find_production(connection: Connection, id: str) -> Production:
    """Return a production. Raises ProductionUnknown."""
    row = connection.execute(select(production).where(production.c.id == id)).one_or_none()
    if row is None:
        raise ProductionUnknown("There is no such production.")
    return _production(row)


def production_named(connection: Connection, name: str) -> Production | None:
    """Return the production of this name (capitals do not matter), or None."""
    wanted = select(production).where(func.lower(production.c.name) == name.strip().lower())
    row = connection.execute(wanted.order_by(production.c.id)).first()
    return None if row is None else _production(row)


def productions(connection: Connection) -> list[Production]:
    """Return all productions by name."""
    rows = connection.execute(select(production).order_by(func.lower(production.c.name), production.c.id))
    return [_production(row) for row in rows]


def change_production(connection: Connection, changed: Production) -> None:
    """Store a production's new details. Its performances keep theirs. Raises ProductionUnknown."""
    done = connection.execute(update(production).where(production.c.id == changed.id).values(_row(changed)))
    if done.rowcount != 1:
        raise ProductionUnknown("There is no such production.")


def delete_production(connection: Connection, id: str) -> None:
    """Delete a production with all its performances and their evidence, from the disk too. Raises ProductionUnknown."""
    if connection.execute(delete(production).where(production.c.id == id)).rowcount != 1:
        raise ProductionUnknown("There is no such production.")
    forget(connection)


def _row(made: Production) -> dict[str, object]:
    return {
        "id": made.id,
        "name": made.name,
        "responsible": made.responsible,
        "contact": made.contact,
        "purpose": made.purpose.value,
        "lawful_basis": made.lawful_basis.value,
        "keep_months": made.keep_months,
    }


def _production(row: Row[tuple[object, ...]]) -> Production:
    return Production(
        id=row.id,
        name=row.name,
        responsible=row.responsible,
        contact=row.contact,
        purpose=Purpose(row.purpose),
        lawful_basis=LawfulBasis(row.lawful_basis),
        keep_months=row.keep_months,
    )
