"""A cue in one short line, as it stands in a list: a question by its short name, another audience by date and venue."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from survey.information import texts
from survey.model import Cue, CueKind, Performance, Poll, Questionnaire, Wave
from survey.questionnaire.benchmarks import benchmarks
from survey.room.words import GONE, KINDS, SURVEY, Words
from survey.storage.cues import cues
from survey.storage.database import Connection
from survey.storage.performances import performances
from survey.storage.polls import polls
from survey.storage.questionnaires import find_version


@dataclass(frozen=True)
class Known:
    """What the cues of a performance may be about: its questions, its polls, and other performances by code."""

    questionnaire: Questionnaire
    polls: Mapping[str, Poll]
    others: Mapping[str, Performance]


def known_to(connection: Connection, performance: Performance) -> Known:
    """Return what the cues of a performance may be about."""
    others = {other.code: other for other in performances(connection) if other.id != performance.id}
    return Known(
        find_version(connection, performance.version_id),
        {poll.id: poll for poll in polls(connection, performance.id)},
        others,
    )


def cue_line(cue: Cue, known: Known) -> Words:
    """Return a cue in one short line."""
    kind = KINDS[cue.kind]
    about = cue.about
    match cue.kind:
        case CueKind.PROMPT:
            return Words(kind, about.get("text", ""))
        case CueKind.INFORMATION:
            return Words(kind, information_line(about.get("text", "")))
        case CueKind.POLL:
            poll = known.polls.get(about.get("poll", ""))
            return Words(kind, str(poll.question.text) if poll else GONE)
        case CueKind.QUESTION:
            before = about.get("wave") == Wave.BEFORE
            return Words(f"{kind} asked before" if before else kind, _name(known, about))
        case CueKind.CHANGE:
            return Words(kind, _name(known, about))
        case CueKind.BESIDE if about.get("benchmark"):
            survey = benchmarks().get(about["benchmark"])
            return Words(SURVEY, f"{_name(known, about)}, beside {survey.name if survey else GONE}")
        case CueKind.BESIDE:
            other = known.others.get(about.get("code", ""))
            beside = f"{other.when}, {other.venue}".strip(", ") if other else GONE
            return Words(kind, f"{_name(known, about)}, beside {beside}")
        case _:
            return Words(kind)


def information_line(named: str) -> str:
    """Return the title of a layered text or of one layer of it, else the words themselves."""
    id, _slash, layer = named.partition("/")
    text = texts().get(id)
    if text is None:
        return named
    return next((f"{text.title}: {each.title}" for each in text.layers if each.id == layer), str(text.title))


def run_lines(connection: Connection, performance: Performance) -> list[tuple[Cue, Words]]:
    """Return a performance's run in order, each cue with its line."""
    known = known_to(connection, performance)
    return [(cue, cue_line(cue, known)) for cue in cues(connection, performance.id)]


def total_minutes(run: Iterable[Cue]) -> int:
    """Return how many minutes a run takes, as far as its cues say."""
    return sum(cue.minutes or 0 for cue in run)


def _name(known: Known, about: Mapping[str, str]) -> str:
    wanted = about.get("question")
    return next((question.name for question in known.questionnaire.questions if question.id == wanted), GONE)
