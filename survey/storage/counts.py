"""Counts: what analysis and publication work on. Counted in SQL, never handed over as rows."""

from collections import Counter, defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Select, and_, case, func, literal, or_, select

from survey.model import Counts, Mode, Pairs, Provenance, Wave
from survey.storage.counted import counted, no_old_rehearsal
from survey.storage.tables import answer, pair_tally, performance, respondent, response, source, tally

Group = tuple[str, str, str, str, str, str, bool]


def counts(
    connection: Connection,
    performance_ids: Collection[str],
    *,
    questions: Collection[str] | None = None,
    wave: Wave | None = None,
) -> list[Counts]:
    """Return counted answers by performance, version, question, wave, mode, provenance and before or after the reveal.

    Held and discarded responses are left out; hand counts and kept totals are in.
    """
    bases: Counter[Group] = Counter()
    found: dict[Group, Counter[str]] = defaultdict(Counter)
    for wanted in (_answers(performance_ids, questions, wave), _tallies(performance_ids, questions, wave)):
        for row in connection.execute(wanted):
            *group, option, count, base = row
            found[_group(group)][option] += count
            bases[_group(group)] += base
    return [
        Counts(
            performance_id=group[0],
            version_id=group[1],
            question=group[2],
            wave=Wave(group[3]),
            mode=Mode(group[4]),
            provenance=Provenance(group[5]),
            after_reveal=group[6],
            base=bases[group],
            counts=dict(found[group]),
        )
        for group in sorted(found)
    ]


def pairs(
    connection: Connection, performance_ids: Collection[str], *, questions: Collection[str] | None = None
) -> list[Pairs]:
    """Return linked respondents' answers to the same question of the same version, before and after.

    Options of one answer stand in alphabetical order. ``after_reveal``: either answer was sent after the reveal.
    """
    Key = tuple[str, str, str, str, bool]
    found: dict[Key, Counter[tuple[tuple[str, ...], tuple[str, ...]]]] = defaultdict(Counter)
    for row in connection.execute(_linked(performance_ids, questions)):
        key = (row.performance_id, row.version_id, row.question, row.provenance, bool(row.seen))
        found[key][_options(row.before), _options(row.after)] += row.people
    for row in connection.execute(_pair_tallies(performance_ids, questions)):
        key = (row.performance_id, row.version_id, row.question, row.provenance, False)
        found[key][_options(row.before), _options(row.after)] += row.people
    return [
        Pairs(key[0], key[1], key[2], Provenance(key[3]), key[4], dict(sorted(found[key].items())))
        for key in sorted(found)
    ]


def unlinked_counts(connection: Connection, performance_ids: Collection[str]) -> dict[Wave, int]:
    """Return how many respondents answered in one wave only, by that wave."""
    people = (
        counted(select(func.min(response.c.wave).label("wave")), performance_ids)
        .group_by(respondent.c.id)
        .having(func.count() == 1)
        .subquery()
    )
    alone = {
        Wave(wave): count
        for wave, count in connection.execute(select(people.c.wave, func.count()).group_by(people.c.wave))
    }
    return {wave: alone.get(wave, 0) for wave in Wave}


def _answers(ids: Collection[str], questions: Collection[str] | None, wave: Wave | None) -> Select[Any]:
    by = (
        respondent.c.performance_id,
        response.c.version_id,
        answer.c.question,
        response.c.wave,
        respondent.c.mode,
        source.c.provenance,
        answer.c.after_reveal,
        answer.c.option,
    )
    first = func.sum(case((answer.c.position == 1, 1), else_=0))
    wanted = counted(select(*by, func.count(), first), ids).join(
        answer, answer.c.response_id == response.c.id
    )
    if questions is not None:
        wanted = wanted.where(answer.c.question.in_(questions))
    if wave is not None:
        wanted = wanted.where(response.c.wave == wave.value)
    return wanted.group_by(*by)


def _tallies(ids: Collection[str], questions: Collection[str] | None, wave: Wave | None) -> Select[Any]:
    """Select totals; the base stands in each row of a tally and is taken once, with its first option."""
    whole = (tally.c.source_id, tally.c.wave, tally.c.mode, tally.c.question)
    place = func.row_number().over(partition_by=whole, order_by=tally.c.option)
    wanted = (
        select(
            source.c.performance_id,
            performance.c.version_id,
            tally.c.question,
            tally.c.wave,
            tally.c.mode,
            source.c.provenance,
            literal(False),
            tally.c.option,
            tally.c.count,
            case((place == 1, tally.c.base), else_=0),
        )
        .select_from(tally)
        .join(source, source.c.id == tally.c.source_id)
        .join(performance, performance.c.id == source.c.performance_id)
        .where(source.c.performance_id.in_(ids), no_old_rehearsal())
    )
    if questions is not None:
        wanted = wanted.where(tally.c.question.in_(questions))
    if wave is not None:
        wanted = wanted.where(tally.c.wave == wave.value)
    return wanted


def _linked(ids: Collection[str], questions: Collection[str] | None) -> Select[Any]:
    before, after = _one_wave(ids, questions, Wave.BEFORE), _one_wave(ids, questions, Wave.AFTER)
    by = (after.c.performance_id, after.c.version_id, after.c.question, after.c.provenance)
    seen = or_(before.c.seen == 1, after.c.seen == 1).label("seen")
    same = and_(
        before.c.respondent_id == after.c.respondent_id,
        before.c.question == after.c.question,
        before.c.version_id == after.c.version_id,
    )
    options = (before.c.options.label("before"), after.c.options.label("after"))
    return (
        select(*by, seen, *options, func.count().label("people"))
        .join_from(before, after, same)
        .group_by(*by, seen, *options)
    )


def _one_wave(ids: Collection[str], questions: Collection[str] | None, wave: Wave) -> Any:
    by = (
        respondent.c.performance_id,
        respondent.c.id.label("respondent_id"),
        response.c.version_id,
        answer.c.question,
        source.c.provenance,
    )
    options = func.aggregate_strings(answer.c.option, ",").label("options")
    seen = func.max(case((answer.c.after_reveal.is_(True), 1), else_=0)).label("seen")
    wanted = (
        counted(select(*by, options, seen), ids)
        .join(answer, answer.c.response_id == response.c.id)
        .where(response.c.wave == wave.value)
    )
    if questions is not None:
        wanted = wanted.where(answer.c.question.in_(questions))
    return wanted.group_by(*by).cte(f"given_{wave.value}")


def _pair_tallies(ids: Collection[str], questions: Collection[str] | None) -> Select[Any]:
    wanted = (
        select(
            source.c.performance_id,
            performance.c.version_id,
            pair_tally.c.question,
            source.c.provenance,
            pair_tally.c.before,
            pair_tally.c.after,
            pair_tally.c.count.label("people"),
        )
        .select_from(pair_tally)
        .join(source, source.c.id == pair_tally.c.source_id)
        .join(performance, performance.c.id == source.c.performance_id)
        .where(source.c.performance_id.in_(ids), no_old_rehearsal())
    )
    return wanted if questions is None else wanted.where(pair_tally.c.question.in_(questions))


def _options(joined: str) -> tuple[str, ...]:
    return tuple(sorted(joined.split(",")))


def _group(values: list[Any]) -> Group:
    performance_id, version_id, question, wave, mode, provenance, after_reveal = values
    return performance_id, version_id, question, wave, mode, provenance, bool(after_reveal)
