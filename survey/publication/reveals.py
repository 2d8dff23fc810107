"""Reveals: the facilitator decides when the room sees a result. Nothing is shown by itself."""

from survey.model import Kind, Performance, Question, RevealState, Wave
from survey.publication.checkpoints import write_result
from survey.publication.evidence import evidence
from survey.publication.juries import WAIT, is_jury
from survey.storage.checkpoints import RevealRow, reveals, set_reveal
from survey.storage.database import Connection

TOO_FEW = (
    "Fewer than 10 people have answered this question, so there is nothing to show yet. "
    "The stage asks people to talk to their neighbours. Press Reveal again when more have answered."
)


class NotYet(Exception):
    """There is nothing to show yet; the words say what to do meanwhile."""

    def __init__(self, words: str = TOO_FEW) -> None:
        super().__init__(words)


class TotalsWait(NotYet):
    """A jury's end questions have not closed yet, or nobody answered; the words say what to do."""

    def __init__(self) -> None:
        super().__init__(WAIT)


def reveal_of(
    connection: Connection, performance: Performance, question: Question, wave: Wave
) -> RevealRow | None:
    """Return what the room has been shown of a question, None when it never was on view."""
    for row in reveals(connection, performance.id):
        if row.question == question.id and row.wave is wave:
            return row
    return None


def reveal_question(connection: Connection, performance: Performance, question: Question, wave: Wave) -> int:
    """Show the room a question's result and return its step: all answers so far if they may be shown now, else
    the step last shown.

    Raises NotYet below 10 answers; TotalsWait while a jury's totals stay hidden.
    """
    step = None
    if question.kind is not Kind.COMMENT:
        step = write_result(connection, performance, wave, evidence(connection, performance, question, wave))
    if step is None and is_jury(performance) and question.kind is not Kind.COMMENT:
        raise TotalsWait
    if step is None:
        raise NotYet
    set_reveal(connection, performance.id, wave, question.id, RevealState.SHOWN, step)
    return step


def hide_question(connection: Connection, performance: Performance, question: Question, wave: Wave) -> None:
    """Take a question's result away from the room; its figures stay stored as they were."""
    row = reveal_of(connection, performance, question, wave)
    if row is not None:
        set_reveal(connection, performance.id, wave, question.id, RevealState.HIDDEN, row.step)


def freeze_question(connection: Connection, performance: Performance, question: Question, wave: Wave) -> None:
    """Hold a result as it is now; new answers no longer move it until it is revealed again. Raises NotYet."""
    row = reveal_of(connection, performance, question, wave)
    if row is None or row.step is None or row.state is RevealState.HIDDEN:
        raise NotYet
    set_reveal(connection, performance.id, wave, question.id, RevealState.FROZEN, row.step)
