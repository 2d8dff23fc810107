"""Checkpoints: stored steps between two of which enough answers lie to hide each. Written when due, by whoever looks."""

from collections.abc import Mapping, Sequence

from survey.analysis.figures import suppressed
from survey.analysis.shares import Tally
from survey.analysis.suppression import due, live, remainder, rest_fits, told_apart
from survey.model import Kind, Performance, Question, RevealState, Wave, Way
from survey.publication.evidence import evidence, evidence_of, ways_of
from survey.publication.juries import is_jury, totals_out, write_totals
from survey.storage.checkpoints import Checkpoint, RevealRow, add_checkpoint, checkpoints, reveals, set_reveal
from survey.storage.database import Connection
from survey.storage.questionnaires import find_version


def shown_at(
    connection: Connection, performance: Performance, question: Question, wave: Wave, step: int | None
) -> Checkpoint | None:
    """Return the stored figures of one step, or None."""
    for stored in checkpoints(connection, performance.id, wave, question.id):
        if stored.step == step:
            return stored
    return None


def write_step(
    connection: Connection, performance: Performance, wave: Wave, now: Tally, *, final: bool = False
) -> int | None:
    """Store today's figures as a question's next step if one is due; return the newest step, None without any."""
    steps = checkpoints(connection, performance.id, wave, now.question.id)
    if _due(connection, performance, wave, now, steps, closing=final):
        ways = ways_of(connection, performance, now.question, wave)
        return add_step(connection, performance, wave, now, steps, ways, final=final)
    return steps[-1].step if steps else None


def add_step(
    connection: Connection,
    performance: Performance,
    wave: Wave,
    now: Tally,
    steps: Sequence[Checkpoint],
    ways: Mapping[Way, int],
    *,
    final: bool = False,
) -> int:
    """Store figures as the step after those stored so far; return its number."""
    step = steps[-1].step + 1 if steps else 1
    add_checkpoint(
        connection,
        performance.id,
        wave,
        now.question.id,
        step=step,
        base=now.base,
        counts=now.counts,
        ways=ways,
        final=final,
    )
    return step


def write_result(connection: Connection, performance: Performance, wave: Wave, now: Tally) -> int | None:
    """Store a question's next step if one is due and return the newest: of a jury its exact totals, once."""
    write = write_totals if is_jury(performance) else write_step
    return write(connection, performance, wave, now)


def checkpoint_due(connection: Connection, performance: Performance) -> bool:
    """Return whether a result that moves by itself has a next step to be written. Cheap: reads, never writes."""
    for row, question in _moving(connection, performance):
        if newer_figures(connection, performance, question, row.wave):
            return True
    return False


def newer_figures(connection: Connection, performance: Performance, question: Question, wave: Wave) -> bool:
    """Return whether revealing a question now would show figures the room has not seen."""
    steps = checkpoints(connection, performance.id, wave, question.id)
    now = evidence(connection, performance, question, wave)
    if is_jury(performance):
        return bool(not steps and now.base and totals_out(connection, performance))
    return _due(connection, performance, wave, now, steps)


def late_answers(
    connection: Connection, performance: Performance, question: Question, wave: Wave, base: int
) -> int:
    """Return how many of so many answers never join the public figures: those after the last step of a closed wave."""
    steps = checkpoints(connection, performance.id, wave, question.id)
    if performance.open_wave is wave or not steps:
        return 0
    return remainder(steps[-1].base, base)


def write_due_checkpoints(connection: Connection, performance: Performance) -> int:
    """Store every step that is due and let the room see it; return how many. Two writers store it once."""
    written = 0
    for row, question in _moving(connection, performance):
        now = evidence(connection, performance, question, row.wave)
        step = write_step(connection, performance, row.wave, now)
        if step is not None and step != row.step:
            set_reveal(connection, performance.id, row.wave, question.id, RevealState.SHOWN, step)
            written += 1
    return written


def write_final_checkpoints(connection: Connection, performance: Performance) -> None:
    """Store the last step of every question of the open wave: call it in the same act, just before the wave closes.

    A remainder too small to be hidden in stays out. A jury's totals are stored when they are revealed. What moved by itself moves to its last step; a single reveal stays.
    """
    wave = performance.open_wave
    if wave is None or is_jury(performance):
        return
    version = find_version(connection, performance.version_id)
    closed = [question for question in version.asked_in(wave) if question.kind is not Kind.COMMENT]
    moving = {(row.wave, row.question) for row, _ in _moving(connection, performance)}
    for now in evidence_of(connection, performance, closed, wave).values():
        step = write_step(connection, performance, wave, now, final=True)
        if step is not None and (wave, now.question.id) in moving:
            set_reveal(connection, performance.id, wave, now.question.id, RevealState.SHOWN, step)


def _moving(connection: Connection, performance: Performance) -> list[tuple[RevealRow, Question]]:
    """Return the questions whose result moves by itself: shown and not frozen, in a large room."""
    if is_jury(performance) or not live(performance.expected):
        return []
    version = find_version(connection, performance.version_id)
    known = {question.id: question for question in version.questions}
    return [
        (row, known[row.question])
        for row in reveals(connection, performance.id)
        if row.state is RevealState.SHOWN and row.question in known
    ]


def step_due(now: Tally, steps: Sequence[Checkpoint], *, closing: bool = False) -> bool:
    """Return whether figures may follow the steps stored so far."""
    last = steps[-1].counts if steps else None
    return due(now.question, last, [step.base for step in steps], now.counts, now.base, closing=closing)


def _due(
    connection: Connection,
    performance: Performance,
    wave: Wave,
    now: Tally,
    steps: Sequence[Checkpoint],
    *,
    closing: bool = False,
) -> bool:
    """Return whether a step is due. At closing a large room needs less than a doubling; a single reveal never (rule 2).

    A few who are told apart by how they came wait with the office; where that was not kept, any few do.
    """
    closed = closing or performance.open_wave is not wave
    if not step_due(now, steps, closing=closed and live(performance.expected)):
        return False
    if not steps:
        return True
    if suppressed(now.base - steps[-1].base):
        last = steps[-1].ways
        if last is None or told_apart(last, ways_of(connection, performance, now.question, wave)):
            return False
    return _change_stays_hidden(connection, performance, wave, now, steps[-1])


def _change_stays_hidden(
    connection: Connection, performance: Performance, wave: Wave, now: Tally, last: Checkpoint
) -> bool:
    """Return whether the next step, less the people a shown change followed, tells no more of the others than the last."""
    for change in checkpoints(connection, performance.id, Wave.AFTER, change_key(now.question))[-1:]:
        moved = "moved_away" if wave is Wave.BEFORE else "moved_to"
        matched = (change.base, change.counts["stayed_agree"] + change.counts[moved])
        told = (last.base, agreed_in(now.question, last.counts))
        if rest_fits(told, matched) and not rest_fits(
            (now.base, agreed_in(now.question, now.counts)), matched
        ):
            return False
    return True


def change_key(question: Question) -> str:
    """Return the name under which a change's steps are stored: no question is called so."""
    return f"change:{question.id}"


def agreed_in(question: Question, counts: Mapping[str, int]) -> int:
    """Return how many of counted answers agree."""
    return sum(counts.get(value, 0) for value in question.agree)
