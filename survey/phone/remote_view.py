"""What the remote shows: read in one moment, the same for every remote of a performance."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from survey.analysis.figures import LEAST, suppressed
from survey.model import Kind, Performance, Question, Questionnaire, Standing, Wave
from survey.phone.remote_acts import MINUTES, seen
from survey.publication import join_line
from survey.room.acts import stands_hidden
from survey.room.benchmarks import why_not_shown
from survey.room.lines import cue_line, known_to
from survey.room.now import Now, now
from survey.room.revealed import revealed_on_stage
from survey.room.status import stage_status
from survey.room.words import Words, cue_words, showing_words
from survey.storage.database import Connection
from survey.storage.polls import polls, votes
from survey.storage.questionnaires import find_version


@dataclass(frozen=True)
class Remote:
    """Everything the remote shows. ``revealed`` is None when what is on stage has no result."""

    performance: Performance
    on_stage: Words
    dark: bool
    behind: bool
    """Something waits behind the black."""
    waits_for: str
    """Why the published survey on stage does not show yet; "" where nothing keeps it back."""
    next: Words | None
    next_cue: str
    can_go_back: bool
    notes: str
    count: str
    revealed: bool | None
    next_reveals: bool
    """Next first shows the result that stands hidden."""
    status: str
    """What is on stage and what the room sees of it, to be heard."""
    timer_ends: datetime | None
    minutes: int
    run: int
    """How many cues the run has."""
    place: int
    """Which of them was called last; 0 before the first."""
    seen: str

    @property
    def finished(self) -> bool:
        """Nothing can be done here any more."""
        return self.performance.standing is Standing.FINISHED

    @property
    def mark(self) -> str:
        """The same as long as this remote shows the same, whatever the timer says by then."""
        return f'"{hashlib.sha256(repr(self).encode()).hexdigest()[:20]}"'

    def left(self, moment: datetime) -> int:
        """Return the seconds until the timer runs out; 0 when it has, and when there is none."""
        return max(0, round((self.timer_ends - moment).total_seconds())) if self.timer_ends else 0

    def clock(self, moment: datetime) -> str:
        """Return what the timer says: "4:05", or that time is up."""
        left = self.left(moment)
        return f"{left // 60}:{left % 60:02}" if left else "Time is up"


@dataclass(frozen=True)
class Choice:
    """One line of the list of everything that may be put on stage."""

    words: Words
    on_stage: bool
    id: str
    wave: str = ""


def remote_of(connection: Connection, performance: Performance) -> Remote:
    """Return what the remote of a performance shows now."""
    there = now(connection, performance)
    questionnaire = find_version(connection, performance.version_id)
    asked = polls(connection, performance.id)
    return Remote(
        performance=performance,
        on_stage=showing_words(there.room.showing, questionnaire, asked),
        dark=there.room.dark,
        behind=there.room.dark and there.view != "black",
        waits_for=why_not_shown(connection, performance, there),
        next=cue_words(there.next, questionnaire, asked) if there.next else None,
        next_cue=there.next.id if there.next else "",
        can_go_back=bool(there.previous or (there.cue and not there.on_cue)),
        notes=there.cue.notes if there.cue and there.on_cue else "",
        count=_count(connection, performance, there),
        revealed=revealed_on_stage(connection, performance, there),
        next_reveals=stands_hidden(connection, performance, there),
        status=stage_status(
            connection, performance, there, showing_words(there.room.showing, questionnaire, asked)
        ),
        timer_ends=there.room.timer_ends,
        minutes=(there.cue and there.cue.minutes) or MINUTES,
        run=len(there.run),
        place=there.cue.place if there.cue else 0,
        seen=seen(there.room),
    )


def choices(connection: Connection, performance: Performance) -> tuple[list[Choice], list[Choice]]:
    """Return the cues of the run, and the questions that may be put on stage without a cue."""
    there = now(connection, performance)
    known = known_to(connection, performance)
    called = there.cue.id if there.cue and there.on_cue else ""
    run = [Choice(cue_line(cue, known), cue.id == called, cue.id) for cue in there.run]
    questions = [
        _question(question, wave, there) for wave in Wave for question in _asked(known.questionnaire, wave)
    ]
    return run, questions


def _asked(questionnaire: Questionnaire, wave: Wave) -> list[Question]:
    return [question for question in questionnaire.asked_in(wave) if question.kind is not Kind.COMMENT]


def _question(question: Question, wave: Wave, there: Now) -> Choice:
    on_stage = there.view == "question" and there.question == question and there.wave is wave
    return Choice(Words(f"Asked {wave.value}", question.name), on_stage, question.id, wave.value)


def _count(connection: Connection, performance: Performance, there: Now) -> str:
    """Return how many have answered what matters now: the poll on stage, else the open questions."""
    if there.poll is not None:
        base = votes(connection, there.poll.id).base
        return f"Fewer than {LEAST} have voted" if suppressed(base) else f"{base} have voted"
    return str(join_line(connection, performance)) if performance.open_wave else "No questions are open"
