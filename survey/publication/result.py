"""The public result: the one door through which stage and phones get figures. Only stored steps pass it."""

from collections.abc import Collection

from survey.analysis.suppression import shown
from survey.language import _
from survey.model import Kind, Performance, Provenance, Question, RevealState, Standing, Wave
from survey.publication.checkpoints import shown_at
from survey.publication.figures import PublicResult, ResultState
from survey.publication.juries import exact, is_jury, jury_base_words
from survey.publication.reveals import reveal_of
from survey.publication.spoken import spoken
from survey.publication.wording import bars, base_words
from survey.storage.checkpoints import Checkpoint
from survey.storage.database import Connection
from survey.storage.responses import response_counts


def public_result(
    connection: Connection, performance: Performance, question: Question, wave: Wave
) -> PublicResult:
    """Return what the public may see of a question now. Only stored steps are shown, and only when revealed."""
    row = reveal_of(connection, performance, question, wave)
    stored = shown_at(connection, performance, question, wave, row.step) if row else None
    if question.kind is Kind.COMMENT or stored is None or row is None:
        return PublicResult(question, wave, ResultState.WAITING)
    if row.state is RevealState.HIDDEN:
        return PublicResult(question, wave, ResultState.HIDDEN)
    jury = is_jury(performance)
    visible = exact(question, stored) if jury else shown(question, stored.base, stored.counts)
    return PublicResult(
        question,
        wave,
        ResultState.SHOWN,
        bars=bars(question, visible),
        spoken=spoken(question, visible),
        base_words=jury_base_words(visible, wave)
        if jury
        else base_words(visible, wave, stored.modes, ranked=question.kind is Kind.RANK),
        marks=step_marks(connection, performance, stored),
        frozen=row.state is RevealState.FROZEN,
        step=stored.step,
    )


def room_marks(connection: Connection, performance: Performance) -> tuple[str, ...]:
    """Return what the answers of a performance are not, for a view without figures."""
    given = response_counts(connection, [performance.id])
    return marks(performance, {part.provenance for part in given})


def step_marks(connection: Connection, performance: Performance, step: Checkpoint) -> tuple[str, ...]:
    """Return what the answers of a stored step are not; of all there are, where it was not kept how they came."""
    if step.ways is None:
        return room_marks(connection, performance)
    return marks(performance, {way.provenance for way in step.ways})


def marks(performance: Performance, provenances: Collection[Provenance]) -> tuple[str, ...]:
    """Return what has to be said wherever answers show that this audience did not give here tonight."""
    said = []
    if performance.standing is Standing.REHEARSAL:
        said.append(_("Rehearsal"))
    if Provenance.DEMONSTRATION in provenances:
        said.append(_("Demonstration: invented answers"))
    if Provenance.IMPORTED in provenances:
        said.append(_("Imported answers"))
    return tuple(said)
