"""Status: what is on stage and what the room sees of it, in one line, for whoever leads by ear."""

from survey.model import Performance
from survey.publication import public_poll, public_result
from survey.room.now import Now
from survey.room.revealed import revealed_on_stage
from survey.room.words import Words
from survey.storage.database import Connection


def stage_status(connection: Connection, performance: Performance, there: Now, words: Words) -> str:
    """Return "Cue 9 of 25: Question, Home system. Hidden." or "… Shown: 62 in 100 …"."""
    place = f"Cue {there.cue.place} of {len(there.run)}: " if there.cue and there.on_cue else ""
    on_stage = f"{place}{words.kind}{f', {words.about}' if words.about else ''}."
    if there.room.dark:
        return "The stage is black."
    revealed = revealed_on_stage(connection, performance, there)
    if revealed is None:
        return on_stage
    return f"{on_stage} {f'Shown: {_spoken(connection, performance, there)}' if revealed else 'Hidden.'}"


def _spoken(connection: Connection, performance: Performance, there: Now) -> str:
    """Return the sentence the room reads under the result on stage."""
    if there.poll is not None:
        return public_poll(connection, performance, there.poll).spoken
    assert there.question is not None
    return public_result(connection, performance, there.question, there.wave).spoken
