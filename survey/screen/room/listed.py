"""Questions and polls as the desk lists them: how many have answered, and what the room sees of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from survey.analysis.figures import LEAST, suppressed
from survey.analysis.sentences.results import late_sentence
from survey.model import Kind, Performance, Poll, PollStanding, Question, RevealState, Wave
from survey.publication import PublicResult, late_answers, newer_figures, public_poll, public_result
from survey.publication.evidence import evidence_of
from survey.publication.polls import WHEN, newer_votes
from survey.room.now import Now
from survey.storage.checkpoints import reveals
from survey.storage.database import Connection
from survey.storage.polls import polls, votes

QUARTER = 4
"""Below one answer for so many people here, few have answered."""
STATES = {
    None: "not revealed",
    RevealState.HIDDEN: "hidden again",
    RevealState.SHOWN: "revealed",
    RevealState.FROZEN: "frozen",
}


@dataclass(frozen=True)
class Asked:
    """One question as the desk lists it. ``state`` is None before its first reveal."""

    question: Question
    wave: Wave
    base: int
    state: RevealState | None
    on_stage: bool
    late: int = 0
    """How many answers came after the last public figures of a closed wave."""

    @property
    def seen(self) -> bool:
        """The room sees its result when it is on stage."""
        return self.state in (RevealState.SHOWN, RevealState.FROZEN)

    @property
    def words(self) -> str:
        """Where it stands, in words."""
        if self.question.kind is Kind.COMMENT:
            return "written answers never go on stage"
        parts = (answered(self.base), STATES[self.state], late_sentence(self.late))
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True)
class AskedLive:
    """One poll as the desk lists it."""

    poll: Poll
    base: int
    state: RevealState | None
    on_stage: bool

    @property
    def words(self) -> str:
        """Where it stands, in words."""
        if self.poll.standing is PollStanding.PREPARED:
            return "prepared, not asked yet"
        open = "open" if self.poll.standing is PollStanding.OPEN else "closed"
        return " · ".join((open, answered(self.base), STATES[self.state]))


@dataclass(frozen=True)
class Current:
    """What is on stage and may be revealed: a question of the questionnaire, or a ``poll``."""

    question: Question
    wave: Wave
    poll: Poll | None
    words: str
    state: RevealState | None
    newer: bool
    few: bool
    """So few have answered that waiting a little may help."""

    @property
    def shown(self) -> bool:
        """The room sees the result."""
        return self.state in (RevealState.SHOWN, RevealState.FROZEN)

    @property
    def frozen(self) -> bool:
        """The result stays as it is."""
        return self.state is RevealState.FROZEN


def answered(base: int) -> str:
    """Return how many have answered, in words: below ten no number."""
    return f"fewer than {LEAST} answers" if suppressed(base) else f"{base} answers"


def on_view(question: Question, wave: Wave) -> dict[str, str]:
    """Return what the room shows when it shows this question."""
    return {"view": "question", "question": question.id, "wave": wave.value}


def listed(
    connection: Connection,
    performance: Performance,
    questions: tuple[Question, ...],
    wave: Wave,
    showing: Mapping[str, Any],
) -> tuple[Asked, ...]:
    """Return questions of one wave as the desk lists them."""
    bases = evidence_of(connection, performance, questions, wave)
    states = {row.question: row.state for row in reveals(connection, performance.id) if row.wave is wave}
    shown = {name: value for name, value in showing.items() if name != "dark"}
    return tuple(
        Asked(
            question=question,
            wave=wave,
            base=bases[question.id].base,
            state=states.get(question.id),
            on_stage=shown == on_view(question, wave),
            late=late_answers(connection, performance, question, wave, bases[question.id].base),
        )
        for question in questions
    )


def asked_live(connection: Connection, performance: Performance, now: Now) -> tuple[AskedLive, ...]:
    """Return a performance's polls: what is open first, then what is prepared, then what is closed."""
    states = {row.question: row.state for row in reveals(connection, performance.id) if row.wave is WHEN}
    order = (PollStanding.OPEN, PollStanding.PREPARED, PollStanding.CLOSED)
    found = [
        AskedLive(
            poll,
            votes(connection, poll.id).base,
            states.get(poll.question.id),
            now.poll is not None and now.poll.id == poll.id,
        )
        for poll in polls(connection, performance.id)
    ]
    return tuple(sorted(found, key=lambda each: order.index(each.poll.standing)))


def current_of(connection: Connection, performance: Performance, now: Now) -> Current | None:
    """Return what is on stage and may be revealed; None when nothing on stage has a result."""
    if now.poll is not None:
        (found,) = (each for each in asked_live(connection, performance, now) if each.on_stage)
        newer = newer_votes(connection, performance, now.poll)
        few = _few(performance, found.base)
        return Current(now.poll.question, WHEN, now.poll, found.words, found.state, newer, few)
    if now.question is None or now.question.kind is Kind.COMMENT:
        return None
    (asked,) = listed(connection, performance, (now.question,), now.wave, now.room.showing)
    newer = newer_figures(connection, performance, now.question, now.wave)
    few = _few(performance, asked.base)
    return Current(now.question, now.wave, None, asked.words, asked.state, newer, few)


def public_of(connection: Connection, performance: Performance, current: Current) -> PublicResult:
    """Return what the room sees of it."""
    if current.poll is not None:
        return public_poll(connection, performance, current.poll)
    return public_result(connection, performance, current.question, current.wave)


def _few(performance: Performance, base: int) -> bool:
    return base < max(LEAST, (performance.attendance or 0) / QUARTER)
