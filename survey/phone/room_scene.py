"""What is on stage, for phones: only what the room may see, in the language spoken now."""

from dataclasses import dataclass, replace

from survey.information import Information, find_text
from survey.model import CueKind, Performance, Poll, PollStanding, Question, Standing, Wave
from survey.phone.room_results import room_results
from survey.phone.visit import Visit
from survey.publication import (
    PublicBenchmark,
    PublicBeside,
    PublicChange,
    PublicResult,
    counted_beside,
    public_benchmark,
    public_beside,
    public_change,
    public_poll,
)
from survey.room.now import Now
from survey.storage.conclusions import conclusion
from survey.storage.contributions import Supported
from survey.storage.database import Connection
from survey.storage.performances import PerformanceUnknown, find_performance

DARK = "dark"
FINISHED = "finished"
FIELD = "poll"
"""What a poll's field is called in its form."""


@dataclass(frozen=True)
class Scene:
    """What one phone is told of the stage. ``view`` is the kind of cue, or dark, or finished."""

    view: str
    words: str = ""
    """A prompt, conclusions, or the contribution that is pinned: somebody's own words."""
    question: Question | None = None
    results: tuple[PublicResult, ...] = ()
    """What the room has been shown of the question or the poll on stage."""
    raised: tuple[tuple[str, ...], ...] = ()
    """What to say of cards and hands, beside each of the results."""
    change: PublicChange | None = None
    """The same people before and after, where the stage shows them."""
    beside: PublicBeside | None = None
    """This audience beside another, where the stage shows the two."""
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
        return _asked(connection, visit, there)
    if there.view == CueKind.POLL and there.poll is not None:
        return _poll(connection, visit.performance, there.poll)
    if there.view == CueKind.CONTRIBUTIONS:
        pinned = [each.contribution.text for each in board if each.contribution.pinned]
        return Scene(there.view, words=next(iter(pinned), ""))
    if there.view == CueKind.INFORMATION:
        named = str(showing.get("text") or "").strip()
        text, _layer = find_text(named)
        return Scene(there.view, words="" if text else named, information=text)
    if there.view == CueKind.CONCLUSIONS:
        return Scene(there.view, words=conclusion(connection, visit.performance.id))
    return Scene(there.view)


def poll_field(poll: Poll) -> Question:
    """Return a poll's question as its form names it."""
    return replace(poll.question, id=FIELD, asked=frozenset({Wave.AFTER}))


def _asked(connection: Connection, visit: Visit, there: Now) -> Scene:
    """Return a question with what the stage shows of it; where that is nothing yet, with what was revealed of it."""
    showing, performance = there.room.showing, visit.performance
    id = str(showing.get("question"))
    question = next((each for each in visit.questionnaire.questions if each.id == id), None)
    if question is None:
        return Scene(there.view)
    if there.view == CueKind.CHANGE:
        change = public_change(connection, performance, question)
        if change.shown:
            return Scene(there.view, question=question, change=change)
    if there.view == CueKind.BESIDE:
        beside = _beside(connection, performance, str(showing.get("code") or ""), question, there.wave)
        if beside is not None and beside.shown:
            return Scene(there.view, question=question, beside=beside)
    waves = set(Wave) if there.view == CueKind.CHANGE else {there.wave}
    results = tuple(
        result
        for result in room_results(connection, visit)
        if result.question.id == id and result.wave in waves
    )
    return Scene(
        there.view, question=question, results=results, raised=_raised(connection, performance, results)
    )


def _beside(
    connection: Connection, performance: Performance, code: str, question: Question, wave: Wave
) -> PublicBeside | None:
    try:
        other = find_performance(connection, code)
    except PerformanceUnknown:
        return None
    return public_beside(connection, performance, other, question, wave)


def _raised(
    connection: Connection, performance: Performance, results: tuple[PublicResult, ...]
) -> tuple[tuple[str, ...], ...]:
    return tuple(counted_beside(connection, performance, each.question, each.wave) for each in results)


def _beside_benchmark(connection: Connection, visit: Visit, there: Now) -> Scene:
    asked = _asked(connection, visit, there)
    if asked.question is None:
        return asked
    named = str(there.room.showing.get("benchmark"))
    found = public_benchmark(connection, visit.performance, asked.question, there.wave, named)
    return replace(asked, benchmark=found) if found.shown else asked


def _poll(connection: Connection, performance: Performance, poll: Poll) -> Scene:
    result = public_poll(connection, performance, poll)
    if result.shown:
        raised = _raised(connection, performance, (result,))
        return Scene(CueKind.POLL, question=poll.question, results=(result,), raised=raised)
    taking = poll.standing is PollStanding.OPEN and performance.seat_key is not None
    return Scene(CueKind.POLL, question=poll_field(poll), poll=poll.id if taking else "")
