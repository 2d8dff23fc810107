"""The evidence behind a public result: private answers of one performance, counted now. Never shown as it is."""

from collections.abc import Collection

from survey.analysis.shares import Tally, tally
from survey.model import Performance, Question, Wave, Way
from survey.storage.counts import counts, ways
from survey.storage.database import Connection


def evidence(connection: Connection, performance: Performance, question: Question, wave: Wave) -> Tally:
    """Return all private answers to a question so far, before and after its reveal together."""
    return evidence_of(connection, performance, [question], wave)[question.id]


def ways_of(
    connection: Connection, performance: Performance, question: Question, wave: Wave
) -> dict[Way, int]:
    """Return how those answers came: by mode, language and provenance."""
    asked = [id for id in (question.id, question.was) if id]
    return ways(connection, performance.id, performance.version_id, asked, wave)


def evidence_of(
    connection: Connection, performance: Performance, questions: Collection[Question], wave: Wave
) -> dict[str, Tally]:
    """Return the same for several questions, by question id: phones and paper, to the performance's own version."""
    asked = {question.id for question in questions} | {question.was for question in questions if question.was}
    found = [
        part
        for part in counts(connection, [performance.id], questions=asked, wave=wave)
        if part.version_id == performance.version_id
    ]
    return {question.id: tally(question, found, wave=wave, after_reveal=True) for question in questions}
