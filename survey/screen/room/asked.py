"""What the desk knows of a performance: read in one moment, the same for every desk that is open."""

from dataclasses import dataclass

from survey.analysis.sentences.results import late_sentence
from survey.analysis.suppression import LEAST, live
from survey.model import Kind, Performance, Provenance, Question, RevealState, Standing, Wave
from survey.publication import PublicResult, Tone, join_line, late_answers, newer_figures, public_result
from survey.publication.evidence import evidence_of
from survey.screen.room.scene import Scene, scene
from survey.storage.checkpoints import reveals
from survey.storage.database import Connection
from survey.storage.performances import find_performance, missing_to_open
from survey.storage.questionnaires import find_version
from survey.storage.responses import held_count, response_counts
from survey.storage.rooms import room

SPLIT, LEANING = 35, 70
"""In 100: from here on both sides are large, and from here on one side is."""


@dataclass(frozen=True)
class Asked:
    """One question as the desk lists it. ``state`` is None before its first reveal."""

    question: Question
    wave: Wave
    answered: str
    state: RevealState | None
    on_stage: bool
    late: int = 0
    """How many answers came after the last public figures of a closed wave."""

    @property
    def words(self) -> str:
        """Where it stands, in words."""
        if self.question.kind is Kind.COMMENT:
            return "written answers never go on stage"
        said = {
            None: "not revealed",
            RevealState.HIDDEN: "hidden again",
            RevealState.SHOWN: "revealed",
            RevealState.FROZEN: "frozen",
        }
        return " · ".join(one for one in (self.answered, said[self.state], late_sentence(self.late)) if one)


@dataclass(frozen=True)
class Desk:
    """Everything a desk shows. ``result`` is what the room sees of the question on stage, if one is.

    ``held`` responses are more than there are seats: they count nowhere until somebody accepts them.
    """

    performance: Performance
    waves: tuple[Wave, ...]
    showing: str
    scene: Scene
    asked: tuple[Asked, ...]
    current: Asked | None
    result: PublicResult | None
    newer: bool
    joined: str
    rehearsed: int
    held: int
    missing: tuple[str, ...]

    @property
    def live(self) -> bool:
        """Results move by themselves here."""
        return live(self.performance.expected)

    @property
    def finished(self) -> bool:
        """Nothing opens here any more."""
        return self.performance.standing is Standing.FINISHED

    @property
    def hint(self) -> str:
        """What a facilitator might do with the picture on stage, "" for nothing."""
        if self.result is None or not self.result.shown:
            return ""
        tones = {tone: sum(bar.length for bar in self.result.bars if bar.tone is tone) for tone in Tone}
        sides = (
            tones[Tone.AGAINST] + tones[Tone.AGAINST_STRONGLY],
            tones[Tone.FOR] + tones[Tone.FOR_STRONGLY],
        )
        if min(sides) >= SPLIT:
            return "The room is split. Hear one voice from each side."
        if max(sides) >= LEANING:
            return "Most lean one way. Invite the less common view first."
        return ""


def desk_of(connection: Connection, code: str, wave: Wave, public_url: str, last: Scene | None) -> Desk:
    """Return what the desk shows of a performance, its list of questions for one wave. Raises PerformanceUnknown."""
    performance = find_performance(connection, code)
    version = find_version(connection, performance.version_id)
    showing = room(connection, performance.id).showing
    view = str(showing.get("view"))
    listed = _listed(connection, performance, version.asked_in(wave), wave, showing)
    current = None
    if view == "question":
        at = Wave(showing.get("wave", Wave.AFTER))
        on_stage = [question for question in version.questions if question.id == showing.get("question")]
        current = next(iter(_listed(connection, performance, tuple(on_stage), at, showing)), None)
    return Desk(
        performance=performance,
        waves=tuple(each for each in Wave if version.asked_in(each)),
        showing=view,
        scene=scene(connection, performance, public_url, last=last, heading="h2"),
        asked=listed,
        current=current,
        result=public_result(connection, performance, current.question, current.wave) if current else None,
        newer=bool(current and newer_figures(connection, performance, current.question, current.wave)),
        joined=str(join_line(connection, performance)) if performance.open_wave else "",
        rehearsed=sum(
            part.count
            for part in response_counts(connection, [performance.id])
            if part.provenance is Provenance.REHEARSAL
        ),
        held=held_count(connection, performance.id),
        missing=tuple(missing_to_open(performance)),
    )


def _listed(
    connection: Connection,
    performance: Performance,
    questions: tuple[Question, ...],
    wave: Wave,
    showing: object,
) -> tuple[Asked, ...]:
    bases = evidence_of(connection, performance, questions, wave)
    states = {row.question: row.state for row in reveals(connection, performance.id) if row.wave is wave}
    return tuple(
        Asked(
            question=question,
            wave=wave,
            answered=_answered(bases[question.id].base),
            state=states.get(question.id),
            on_stage=showing == on_view(question, wave),
            late=late_answers(connection, performance, question, wave, bases[question.id].base),
        )
        for question in questions
    )


def on_view(question: Question, wave: Wave) -> dict[str, str]:
    """Return what the room shows when it shows this question."""
    return {"view": "question", "question": question.id, "wave": wave.value}


def sheets(count: int) -> str:
    """Return how many answer sheets, in words."""
    return f"{count} answer {'sheet' if count == 1 else 'sheets'}"


def _answered(base: int) -> str:
    return f"fewer than {LEAST} answers" if base < LEAST else f"{base} answers"
