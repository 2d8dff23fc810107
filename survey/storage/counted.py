"""What counts: responses that stand, without rehearsal once a performance has been opened for real."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, func, or_, select

from survey.model import Provenance, ResponseStanding, Standing
from survey.storage.tables import other_way, performance, respondent, response, source

MODE: ColumnElement[str] = func.coalesce(other_way.c.mode, respondent.c.mode)
"""How a response of such a selection was given."""


def counted(
    wanted: Select[Any],
    performance_ids: Collection[str] | BindParameter[Any],
    *,
    also: Collection[ResponseStanding] = (),
) -> Select[Any]:
    """Return a selection over respondent, response and its source narrowed to counted responses of these performances.

    ``also``: those of other standings too.
    """
    return (
        wanted.select_from(respondent)
        .join(response, response.c.respondent_id == respondent.c.id)
        .outerjoin(other_way, other_way.c.response_id == response.c.id)
        .join(source, source.c.id == func.coalesce(other_way.c.source_id, respondent.c.source_id))
        .where(
            respondent.c.performance_id.in_(performance_ids),
            response.c.standing.in_([one.value for one in (ResponseStanding.COUNTED, *also)])
            if also
            else response.c.standing == ResponseStanding.COUNTED.value,
            no_old_rehearsal(),
        )
    )


def no_old_rehearsal() -> ColumnElement[bool]:
    """Rehearsal counts only while its performance is in rehearsal: then it is all there is."""
    rehearsing = select(performance.c.id).where(performance.c.standing == Standing.REHEARSAL.value)
    return or_(source.c.provenance != Provenance.REHEARSAL.value, source.c.performance_id.in_(rehearsing))
