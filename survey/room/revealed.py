"""Whether the room sees the result of what is on stage."""

from survey.model import Kind, Performance, RevealState, Wave
from survey.publication.reveals import reveal_of
from survey.room.now import Now
from survey.storage.database import Connection


def revealed_on_stage(connection: Connection, performance: Performance, now: Now) -> bool | None:
    """Say whether the result on stage is revealed; None when what is on stage has no result."""
    question, wave = (now.poll.question, Wave.AFTER) if now.poll else (now.question, now.wave)
    if question is None or question.kind is Kind.COMMENT:
        return None
    row = reveal_of(connection, performance, question, wave)
    return row is not None and row.state is not RevealState.HIDDEN
