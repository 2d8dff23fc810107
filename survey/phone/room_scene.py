"""What is on stage, for phones: only what the room may see, in the language spoken now."""

from dataclasses import dataclass, replace

from survey.information import Information
from survey.model import CueKind, Performance, Poll, PollStanding, Question, Standing, Wave
from survey.phone.informing import offered_texts
from survey.phone.room_results import room_results
from survey.phone.visit import Visit
from survey.publication import PublicBenchmark, PublicResult, public_benchmark, public_poll
from survey.room.now import Now
from survey.storage.contributions import Supported
from survey.storage.database import Connection

DARK = "dark"
FINISHED = "finished"
FIELD = "poll"
"""What a poll's field is called in its form."""


@dataclass(frozen=True)
class Scene:
    """What one phone is told of the stage. ``view`` is the kind of cue, or dark, or finished."""

    view: str
    words: str = ""
    """A prompt, or the contribution that is pinned: somebody's own words."""
    question: Question | None = None
    results: tuple[PublicResult, ...] = ()
    """What the room has been shown of the question or the poll on stage."""
    poll: str = ""
    """The poll that takes answers now; its question is ``question``."""
    information: Information | None = None
    benchmark: PublicBenchmark | None = None
    """What a published survey found, beside the audience's answers: only where it may be shown."""

    @property
    def dark(self) -> bool:
        """Nothing is to be seen, and nothing of the audience's either: the panic key reaches phones too."""
        return self.view == DARK


def scene(connection: Connection, visit: Visit, there: Now, board: tuple[Supported, ...]) -> Scene:
    """Return what is on stage as phones are told it. Notes, cues to come and hidden results are not in it."""
    if visit.performance.standing is Standing.FINISHED:
        return Scene(FINISHED)
    if there.room.dark:
        return Scene(DARK)
    showing = there.room.showing
    if there.view == CueKind.PROMPT:
        return Scene(there.view, words=str(showing.get("text", "")))
    if there.view == CueKind.BESIDE and showing.get("benchmark"):
        return _beside_benchmark(connection, visit, there)
    if there.view in (CueKind.QUESTION, CueKind.CHANGE, CueKind.BESIDE):
        waves = set(Wave) if there.view == CueKind.CHANGE else {there.wave}
        return _asked(connection, visit, there, str(showing.get("question")), waves)
    if there.view == CueKind.POLL and there.poll is not None:
        return _poll(connection, visit.performance, there.poll)
    if there.view == CueKind.CONTRIBUTIONS:
        pinned = [each.contribution.text for each in board if each.contribution.pinned]
        return Scene(there.view, words=next(iter(pinned), ""))
    if there.view == CueKind.INFORMATION:
        offered = offered_texts((str(showing.get("text")),))
        return Scene(there.view, information=next(iter(offered), None))
    return Scene(there.view)


def poll_field(poll: Poll) -> Question:
    """Return a poll's question as its form names it."""
    return replace(poll.question, id=FIELD, asked=frozenset({Wave.AFTER}))


def _asked(connection: Connection, visit: Visit, there: Now, id: str, waves: set[Wave]) -> Scene:
    question = next((each for each in visit.questionnaire.questions if each.id == id), None)
    results = tuple(
        result
        for result in room_results(connection, visit)
        if result.question.id == id and result.wave in waves
    )
    return Scene(there.view, question=question, results=results)


def _beside_benchmark(connection: Connection, visit: Visit, there: Now) -> Scene:
    id, named = str(there.room.showing.get("question")), str(there.room.showing.get("benchmark"))
    asked = _asked(connection, visit, there, id, {there.wave})
    if asked.question is None:
        return asked
    found = public_benchmark(connection, visit.performance, asked.question, there.wave, named)
    return replace(asked, benchmark=found) if found.shown else asked


def _poll(connection: Connection, performance: Performance, poll: Poll) -> Scene:
    result = public_poll(connection, performance, poll)
    if result.shown:
        return Scene(CueKind.POLL, question=poll.question, results=(result,))
    taking = poll.standing is PollStanding.OPEN and performance.seat_key is not None
    return Scene(CueKind.POLL, question=poll_field(poll), poll=poll.id if taking else "")
