"""Counts: what analysis and publication work on, never rows. Held and discarded responses are left out."""

from collections import Counter, defaultdict
from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, case, func, select

from survey.model import Counts, Kind, Mode, Pairs, Provenance, Wave, Way
from survey.storage.bundles import answers_in, bundle, counted_marks
from survey.storage.counted import MODE, counted
from survey.storage.questionnaires import find_version
from survey.storage.tables import answer, respondent, response, source
from survey.storage.tallies import pair_tallies, tallies


class Cell(NamedTuple):
    """Where an answer was given, in which wave and how."""

    performance_id: str
    version_id: str
    wave: Wave
    mode: Mode
    provenance: Provenance


Group = tuple[Cell, str, bool]
"""A cell, a question, and whether its answers were sent after the reveal."""


def counts(
    connection: Connection,
    performance_ids: Collection[str],
    *,
    questions: Collection[str] | None = None,
    wave: Wave | None = None,
    totals: bool = True,
) -> list[Counts]:
    """Return counted answers by performance, version, question, wave, mode, provenance and before or after the reveal.

    Hand counts and kept totals are in, unless only responses are wanted. Of a ranking the first choices are counted.
    """
    bases: Counter[Group] = Counter()
    found: dict[Group, Counter[str]] = defaultdict(Counter)
    given = bundles_by_cell(connection, performance_ids, questions, wave)
    ranked = ranked_in(connection, {cell.version_id for cell in given})
    for cell, bundles in given.items():
        for mark, count in counted_marks(bundles):
            group = (cell, mark.question, mark.after_reveal)
            if mark.first or mark.question not in ranked[cell.version_id]:
                found[group][mark.option] += count
            bases[group] += count if mark.first else 0
    for row in connection.execute(tallies(performance_ids, questions, wave)) if totals else ():
        where = (
            row.performance_id,
            row.version_id,
            Wave(row.wave),
            Mode(row.mode),
            Provenance(row.provenance),
        )
        group = (Cell(*where), row.question, bool(row.after_reveal))
        found[group][row.option] += row.people
        bases[group] += row.base if row.place == 1 else 0
    return [
        Counts(
            performance_id=cell.performance_id,
            version_id=cell.version_id,
            question=question,
            wave=cell.wave,
            mode=cell.mode,
            provenance=cell.provenance,
            after_reveal=after_reveal,
            base=bases[cell, question, after_reveal],
            counts=dict(sorted(found[cell, question, after_reveal].items())),
        )
        for cell, question, after_reveal in sorted(found)
    ]


def pairs(
    connection: Connection,
    performance_ids: Collection[str],
    *,
    questions: Collection[str] | None = None,
    totals: bool = True,
) -> list[Pairs]:
    """Return linked respondents' answers to the same question of the same version, before and after.

    Kept totals are in, unless only responses are wanted.
    Options of one answer stand in alphabetical order, those of a ranking in order of preference. ``after_reveal``:
    either answer was sent after the reveal.
    """
    Key = tuple[str, str, str, Provenance, bool]
    found: dict[Key, Counter[tuple[tuple[str, ...], tuple[str, ...]]]] = defaultdict(Counter)
    rows = connection.execute(_linked(performance_ids, questions)).all()
    ranked = ranked_in(connection, {row.version_id for row in rows})
    for row in rows:
        if row.before is None or row.after is None:
            continue
        before, after = (answers_in(given, ranked[row.version_id]) for given in (row.before, row.after))
        for question, (options, late) in before.items():
            if question in after:
                now, late_now = after[question]
                key = (
                    row.performance_id,
                    row.version_id,
                    question,
                    Provenance(row.provenance),
                    late or late_now,
                )
                found[key][options, now] += 1
    for row in connection.execute(pair_tallies(performance_ids, questions)) if totals else ():
        key = (row.performance_id, row.version_id, row.question, Provenance(row.provenance), False)
        found[key][tuple(row.before.split(",")), tuple(row.after.split(","))] += row.people
    return [Pairs(*key, dict(sorted(found[key].items()))) for key in sorted(found)]


def unlinked_counts(connection: Connection, performance_ids: Collection[str]) -> dict[Wave, int]:
    """Return how many respondents answered in one wave only, by that wave."""
    people = (
        counted(select(func.min(response.c.wave).label("wave")), performance_ids)
        .group_by(respondent.c.id)
        .having(func.count() == 1)
        .subquery()
    )
    by_wave = select(people.c.wave, func.count()).group_by(people.c.wave)
    alone = {Wave(wave): count for wave, count in connection.execute(by_wave)}
    return {wave: alone.get(wave, 0) for wave in Wave}


def language_counts(connection: Connection, performance_ids: Collection[str], wave: Wave) -> dict[str, int]:
    """Return how many people answered a wave in private in each language, by its code."""
    given = counted(select(response.c.language, func.count()), performance_ids)
    private = [mode.value for mode in Mode if mode.private]
    by_language = given.where(response.c.wave == wave.value, MODE.in_(private)).group_by(response.c.language)
    return {str(language): int(count) for language, count in connection.execute(by_language)}


def ways(
    connection: Connection, performance_id: str, version_id: str, questions: Collection[str], wave: Wave
) -> dict[Way, int]:
    """Return how the private answers to a question (by all its ids) came, and how many each way. Kept totals are in."""
    private = [mode.value for mode in Mode if mode.private]
    given = counted(select(MODE, response.c.language, source.c.provenance, func.count()), [performance_id])
    given = given.join(answer, answer.c.response_id == response.c.id).where(
        response.c.version_id == version_id,
        response.c.wave == wave.value,
        MODE.in_(private),
        answer.c.question.in_(questions),
        answer.c.position == 1,
    )
    found: Counter[Way] = Counter()
    for mode, language, provenance, people in connection.execute(
        given.group_by(MODE, response.c.language, source.c.provenance)
    ):
        found[Way(Mode(mode), language, Provenance(provenance))] += people
    for row in connection.execute(tallies([performance_id], questions, wave)):
        if row.place == 1 and row.mode in private and row.version_id == version_id:
            found[Way(Mode(row.mode), "", Provenance(row.provenance))] += row.base
    return dict(found)


def ranked_in(connection: Connection, version_ids: Collection[str]) -> dict[str, frozenset[str]]:
    """Return the ids of the rank questions of each version."""
    return {
        id: frozenset(asked.id for asked in find_version(connection, id).questions if asked.kind is Kind.RANK)
        for id in version_ids
    }


def bundles_by_cell(
    connection: Connection, ids: Collection[str], questions: Collection[str] | None, wave: Wave | None
) -> dict[Cell, list[str]]:
    """Return the bundled answers of each counted response, by where and how they were given."""
    wanted = counted(
        select(
            respondent.c.performance_id,
            response.c.version_id,
            response.c.wave,
            MODE,
            source.c.provenance,
            bundle(response.c.id, questions),
        ),
        ids,
    )
    if wave is not None:
        wanted = wanted.where(response.c.wave == wave.value)
    gathered: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for *where, bundled in connection.execute(wanted):
        if bundled is not None:
            gathered[tuple(where)].append(bundled)
    return {
        Cell(performance_id, version_id, Wave(sent), Mode(mode), Provenance(provenance)): bundles
        for (performance_id, version_id, sent, mode, provenance), bundles in gathered.items()
    }


def _linked(ids: Collection[str], questions: Collection[str] | None) -> Select[Any]:
    """Select both waves of linked respondents. Of a phone's answers beside imported ones the provenance is imported."""
    before, first = response.alias("before_response"), source.alias("first_source")
    either = case(
        (source.c.provenance == Provenance.COLLECTED.value, first.c.provenance), else_=source.c.provenance
    )
    wanted = counted(
        select(
            respondent.c.performance_id,
            response.c.version_id,
            either.label("provenance"),
            bundle(before.c.id, questions).label("before"),
            bundle(response.c.id, questions).label("after"),
        ),
        ids,
    )
    wanted = wanted.join(first, first.c.id == respondent.c.source_id)
    return wanted.join(before, before.c.respondent_id == respondent.c.id).where(
        response.c.wave == Wave.AFTER.value,
        before.c.wave == Wave.BEFORE.value,
        before.c.standing == response.c.standing,
        before.c.version_id == response.c.version_id,
    )
