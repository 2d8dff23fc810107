"""What counts: responses that stand, without rehearsal once a performance has been opened for real."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, or_, select

from survey.model import Provenance, ResponseStanding, Standing
from survey.storage.tables import performance, respondent, response, source


def counted(wanted: Select[Any], performance_ids: Collection[str] | BindParameter[Any]) -> Select[Any]:
    """Return a selection over respondent, source and response narrowed to counted responses of these performances."""
    return (
        wanted.select_from(respondent)
        .join(source, source.c.id == respondent.c.source_id)
        .join(response, response.c.respondent_id == respondent.c.id)
        .where(
            respondent.c.performance_id.in_(performance_ids),
            response.c.standing == ResponseStanding.COUNTED.value,
            no_old_rehearsal(),
        )
    )


def no_old_rehearsal() -> ColumnElement[bool]:
    """Rehearsal counts only while its performance is in rehearsal: then it is all there is."""
    rehearsing = select(performance.c.id).where(performance.c.standing == Standing.REHEARSAL.value)
    return or_(source.c.provenance != Provenance.REHEARSAL.value, source.c.performance_id.in_(rehearsing))
