"""Tallies: hand counts, imported totals, and what stays when rows have gone."""

from collections.abc import Collection
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Select, func, select

from survey.model import Counts, Mode, Provenance, Wave
from survey.storage.counted import no_old_rehearsal
from survey.storage.tables import pair_tally, performance, source, tally


def tallies(
    performance_ids: Collection[str], questions: Collection[str] | None, wave: Wave | None
) -> Select[Any]:
    """Select totals by option. The base stands in each row of one tally: it belongs to the row whose place is 1."""
    whole = (tally.c.source_id, tally.c.wave, tally.c.mode, tally.c.question)
    place = func.row_number().over(partition_by=whole, order_by=tally.c.option)
    wanted = (
        select(
            source.c.performance_id,
            performance.c.version_id,
            tally.c.wave,
            tally.c.mode,
            source.c.provenance,
            tally.c.question,
            tally.c.option,
            tally.c.count.label("people"),
            tally.c.base,
            place.label("place"),
        )
        .select_from(tally)
        .join(source, source.c.id == tally.c.source_id)
        .join(performance, performance.c.id == source.c.performance_id)
        .where(source.c.performance_id.in_(performance_ids), no_old_rehearsal())
    )
    if questions is not None:
        wanted = wanted.where(tally.c.question.in_(questions))
    if wave is not None:
        wanted = wanted.where(tally.c.wave == wave.value)
    return wanted


def most_in_totals(connection: Connection, performance_ids: Collection[str]) -> dict[tuple[str, Wave], int]:
    """Return the largest base of any total, by performance and wave: at least so many people answered there."""
    most = (
        select(source.c.performance_id, tally.c.wave, func.max(tally.c.base).label("most"))
        .join(source, source.c.id == tally.c.source_id)
        .where(source.c.performance_id.in_(performance_ids), no_old_rehearsal())
        .group_by(source.c.performance_id, tally.c.wave)
    )
    return {(row.performance_id, Wave(row.wave)): row.most for row in connection.execute(most)}


def public_tallies(
    connection: Connection, performance_id: str, questions: Collection[str], wave: Wave
) -> list[Counts]:
    """Return what was answered in public, by cards or hands: tallies only, no response is looked at."""
    raised = [mode.value for mode in Mode if not mode.private]
    wanted = tallies([performance_id], questions, wave).where(tally.c.mode.in_(raised))
    whole = (tally.c.source_id, tally.c.mode, tally.c.question)
    rows = connection.execute(wanted.add_columns(tally.c.source_id).order_by(*whole)).all()
    found = []
    for (_, version_id, mode, provenance, question, base), group in groupby(
        rows,
        key=lambda row: (row.source_id, row.version_id, row.mode, row.provenance, row.question, row.base),
    ):
        options = {row.option: row.people for row in group}
        found.append(
            Counts(
                performance_id,
                version_id,
                question,
                wave,
                Mode(mode),
                Provenance(provenance),
                after_reveal=False,
                base=base,
                counts=options,
            )
        )
    return found


def pair_tallies(performance_ids: Collection[str], questions: Collection[str] | None) -> Select[Any]:
    """Select totals of linked respondents by what they answered before and after."""
    wanted = (
        select(
            source.c.performance_id,
            performance.c.version_id,
            source.c.provenance,
            pair_tally.c.question,
            pair_tally.c.before,
            pair_tally.c.after,
            pair_tally.c.count.label("people"),
        )
        .select_from(pair_tally)
        .join(source, source.c.id == pair_tally.c.source_id)
        .join(performance, performance.c.id == source.c.performance_id)
        .where(source.c.performance_id.in_(performance_ids), no_old_rehearsal())
    )
    return wanted if questions is None else wanted.where(pair_tally.c.question.in_(questions))
