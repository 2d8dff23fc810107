"""The plan carried out in the database in one act, and taken away again without a trace."""

from random import Random

from survey.demonstration.people import InventedPerson
from survey.demonstration.plan import LANGUAGE, Plan, PlannedPerformance, read_plan
from survey.model import Mode, Performance, Production, Provenance, Standing, Wave
from survey.publication import write_final_checkpoints
from survey.questionnaire import load_questionnaire
from survey.storage.counts import counts
from survey.storage.database import Connection
from survey.storage.evidence import add_imported_response, add_source, add_tally
from survey.storage.offers import set_offer
from survey.storage.performances import (
    add_performance,
    close_wave,
    finish_performance,
    open_wave,
    performance_by_id,
    performances,
)
from survey.storage.productions import add_production, delete_production, productions
from survey.storage.questionnaires import find_version, look_through, publish, withdraw_version
from survey.storage.resources import add_resource
from survey.storage.responses import held_count, response_counts

YOUNGEST = 14


class DemonstrationInUse(Exception):
    """Answers that are not invented were added to the demonstration; it is not removed with them unasked."""

    def __init__(self) -> None:
        super().__init__(
            "Answers that are not invented have been added to the demonstration. Export them first, "
            "then remove it with: houselights demo --remove --with-answers"
        )


def demonstration(connection: Connection) -> list[Performance]:
    """Return the performances of the demonstration, newest first; none when it is not there."""
    there = _production(connection, read_plan())
    if there is None:
        return []
    return [found for found in performances(connection) if found.production_id == there.id]


def add_demonstration(connection: Connection) -> list[Performance]:
    """Store the demonstration unless it is there already; return its performances, newest first."""
    plan = read_plan()
    if _production(connection, plan) is None:
        for kept in look_through(connection).kept:
            publish(connection, kept.questionnaire, kept.content)
        for path in plan.questionnaires:
            publish(connection, *load_questionnaire(path))
        work = add_production(
            connection, name=plan.production, responsible=plan.responsible, contact=plan.contact
        )
        set_offer(connection, work.id, plan.offer)
        for resource in plan.resources:
            add_resource(connection, work.id, resource)
        random = Random(plan.seed)
        comments = list(plan.comments)
        random.shuffle(comments)
        for planned in plan.performances:
            share = len(comments) // 2 if planned.people else 0
            given, comments = comments[:share], comments[share:]
            _add_performance(connection, plan, planned, work, random, given)
    return demonstration(connection)


def remove_demonstration(connection: Connection, *, with_answers: bool = False) -> int:
    """Delete the demonstration from the database and the disk; return how many performances that were.

    Raises DemonstrationInUse when other answers are in it, unless told to delete it ``with_answers``.
    """
    plan = read_plan()
    there = _production(connection, plan)
    if there is None:
        return 0
    ids = [found.id for found in performances(connection) if found.production_id == there.id]
    if not with_answers and _real_answers(connection, ids):
        raise DemonstrationInUse
    delete_production(connection, there.id)
    for path in plan.questionnaires:
        withdraw_version(connection, path.stem)
    return len(ids)


def _real_answers(connection: Connection, ids: list[str]) -> bool:
    """Return whether anything but invented and rehearsed answers is there."""
    found = {part.provenance for part in response_counts(connection, ids)}
    found |= {part.provenance for part in counts(connection, ids)}
    return bool(found - {Provenance.DEMONSTRATION, Provenance.REHEARSAL}) or any(
        held_count(connection, id) for id in ids
    )


def _production(connection: Connection, plan: Plan) -> Production | None:
    for found in productions(connection):
        if (found.name, found.responsible) == (plan.production, plan.responsible):
            return found
    return None


def _add_performance(
    connection: Connection,
    plan: Plan,
    planned: PlannedPerformance,
    work: Production,
    random: Random,
    comments: list[str],
) -> None:
    made = add_performance(
        connection,
        production_id=work.id,
        version_id=planned.questionnaire,
        starts_on=planned.starts_on,
        venue=planned.venue,
        kind=planned.kind,
        date_precision=planned.date_precision,
        capacity=planned.capacity,
        attendance=planned.attendance,
        attendance_about=planned.attendance is not None,
        youngest_age=YOUNGEST,
        standing=Standing.RUNNING,
    )
    _add_people(connection, plan, planned, made, random, comments)
    _add_totals(connection, planned, made)
    for wave in Wave:
        open_wave(connection, made.id, wave)
        write_final_checkpoints(connection, performance_by_id(connection, made.id))
    close_wave(connection, made.id)
    if planned.finished:
        finish_performance(connection, made.id)


def _add_people(
    connection: Connection,
    plan: Plan,
    planned: PlannedPerformance,
    made: Performance,
    random: Random,
    comments: list[str],
) -> None:
    if not planned.people:
        return
    version = find_version(connection, made.version_id)
    source = add_source(connection, made.id, Provenance.DEMONSTRATION, plan.note)
    sheet = 0
    for group in planned.people:
        for _ in range(group.number):
            person = InventedPerson(random, planned)
            sheet += group.mode is Mode.PAPER
            respondent: str | None = None
            for wave in group.waves:
                respondent = add_imported_response(
                    connection,
                    source,
                    performance_id=made.id,
                    mode=group.mode,
                    wave=wave,
                    version_id=made.version_id,
                    language=LANGUAGE,
                    filled=person.fill(version, wave, comments),
                    respondent_id=respondent,
                    sheet_number=str(sheet) if group.mode is Mode.PAPER else None,
                )


def _add_totals(connection: Connection, planned: PlannedPerformance, made: Performance) -> None:
    for part in planned.totals:
        source = add_source(connection, made.id, Provenance.DEMONSTRATION, part.note)
        for question, totals in part.counts.items():
            add_tally(
                connection,
                source,
                wave=part.wave,
                mode=part.mode,
                question=question,
                counts=totals,
                base=sum(totals.values()),
            )
