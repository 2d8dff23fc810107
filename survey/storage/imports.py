"""Imports: what tables have brought into a performance, and taking one of them back."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, exists, func, or_, select, update

from survey.model import Provenance, ResponseStanding, Wave
from survey.storage.forgetting import forget
from survey.storage.tables import comment, other_way, respondent, response, source, tally


class ImportUnknown(LookupError):
    """There is no such import."""

    def __init__(self) -> None:
        super().__init__("There is no import of this name. List them with: houselights imports list CODE")


@dataclass(frozen=True)
class Imported:
    """One import into one performance: its name, its note, and how much of it is there."""

    source: str
    performance_id: str
    note: str
    responses: dict[Wave, int]
    totals: int
    """Questions with totals."""
    comments: int
    """Comments that stand apart from answers."""


def imports(connection: Connection, performance_id: str) -> list[Imported]:
    """Return what was imported into a performance, by note."""
    wanted = select(source.c.id).where(
        source.c.performance_id == performance_id, source.c.provenance == Provenance.IMPORTED.value
    )
    ids = connection.scalars(wanted.order_by(source.c.note, source.c.id)).all()
    return [find_import(connection, id) for id in ids]


def find_import(connection: Connection, source_id: str) -> Imported:
    """Return one import. Raises ImportUnknown, also for evidence that came in no table."""
    row = connection.execute(
        select(source).where(source.c.id == source_id, source.c.provenance == Provenance.IMPORTED.value)
    ).one_or_none()
    if row is None:
        raise ImportUnknown
    came = _came(source_id)
    by_wave = came.with_only_columns(response.c.wave, func.count()).where(
        response.c.standing != ResponseStanding.APART.value
    )
    waves = {str(wave): int(count) for wave, count in connection.execute(by_wave.group_by(response.c.wave))}
    apart = came.where(response.c.standing == ResponseStanding.APART.value)
    words = select(func.count()).select_from(comment).where(comment.c.response_id.in_(apart))
    asked = select(tally.c.question).where(tally.c.source_id == source_id)
    totals = asked.group_by(
        tally.c.question, tally.c.wave, tally.c.mode, tally.c.version_id, tally.c.after_reveal
    )
    return Imported(
        source_id,
        row.performance_id,
        row.note,
        {wave: waves.get(wave.value, 0) for wave in Wave},
        connection.scalar(select(func.count()).select_from(totals.subquery())) or 0,
        connection.scalar(words) or 0,
    )


def remove_import(connection: Connection, source_id: str) -> Imported:
    """Take one import back: its answers, comments and totals are gone; return what it was. Raises ImportUnknown.

    Whoever also gave something that came another way keeps that, as if it had come first.
    """
    removed = find_import(connection, source_id)
    connection.execute(delete(response).where(response.c.id.in_(_came(source_id))))
    brought = respondent.c.source_id == source_id
    left = exists().where(response.c.respondent_id == respondent.c.id)
    for row in connection.execute(
        select(respondent.c.id, other_way.c.response_id, other_way.c.source_id, other_way.c.mode)
        .join(response, response.c.respondent_id == respondent.c.id)
        .join(other_way, other_way.c.response_id == response.c.id)
        .where(brought)
    ).all():
        connection.execute(
            update(respondent)
            .where(respondent.c.id == row.id)
            .values(source_id=row.source_id, mode=row.mode, sheet_number=None)
        )
        connection.execute(delete(other_way).where(other_way.c.response_id == row.response_id))
    connection.execute(delete(respondent).where(brought, ~left))
    connection.execute(delete(source).where(source.c.id == source_id))
    forget(connection)
    return removed


def _came(source_id: str) -> Select[tuple[str]]:
    """Select the responses that an import brought: its respondents' own, and those it gave to others."""
    own: ColumnElement[bool] = and_(respondent.c.source_id == source_id, other_way.c.response_id.is_(None))
    return (
        select(response.c.id)
        .join(respondent, respondent.c.id == response.c.respondent_id)
        .outerjoin(other_way, other_way.c.response_id == response.c.id)
        .where(or_(own, other_way.c.source_id == source_id))
    )
