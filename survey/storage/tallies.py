"""Tallies: hand counts, imported totals, and what stays when rows have gone."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from survey.model import Counts, Mode, Provenance, Wave
from survey.storage.counted import no_old_rehearsal
from survey.storage.tables import pair_tally, performance, source, tally

VERSION: ColumnElement[str] = func.coalesce(func.nullif(tally.c.version_id, ""), performance.c.version_id)
"""To which version of the questionnaire a total was counted."""


def tallies(
    performance_ids: Collection[str], questions: Collection[str] | None, wave: Wave | None
) -> Select[Any]:
    """Select totals by option. The base stands in each row of one tally: it belongs to the row whose place is 1."""
    whole = (
        *(tally.c.source_id, tally.c.wave, tally.c.mode, tally.c.question),
        *(tally.c.version_id, tally.c.after_reveal),
    )
    place = func.row_number().over(partition_by=whole, order_by=tally.c.option)
    wanted = (
        select(
            source.c.performance_id,
            VERSION.label("version_id"),
            tally.c.wave,
            tally.c.mode,
            source.c.provenance,
            source.c.note,
            tally.c.question,
            tally.c.after_reveal,
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
    return [counts for _, counts in _by_source(connection, wanted)]


def noted_tallies(connection: Connection, performance_id: str) -> list[tuple[str, Counts]]:
    """Return every total of a performance with its source's note; an option that was not offered is not in its counts."""
    return _by_source(connection, tallies([performance_id], None, None))


def _by_source(connection: Connection, wanted: Select[Any]) -> list[tuple[str, Counts]]:
    columns = ("version_id", "question", "wave", "mode", "provenance", "after_reveal", "base", "note")
    found: dict[tuple[Any, ...], dict[str, int]] = defaultdict(dict)
    for row in connection.execute(wanted.add_columns(tally.c.source_id)):
        key = tuple(getattr(row, column) for column in columns)
        found[(row.performance_id, *key, row.source_id)][row.option] = row.people
    return [
        (
            note,
            Counts(
                performance_id,
                version_id,
                question,
                Wave(wave),
                Mode(mode),
                Provenance(provenance),
                after_reveal=after_reveal,
                base=base,
                counts=options,
            ),
        )
        for (
            performance_id,
            version_id,
            question,
            wave,
            mode,
            provenance,
            after_reveal,
            base,
            note,
            _,
        ), options in sorted(found.items(), key=lambda one: (one[0][:-1], sorted(one[1].items())))
    ]


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
