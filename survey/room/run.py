"""The run of show that a questionnaire and its prompts suggest, and copying one from another evening."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from survey.analysis.benchmarks import same_questions
from survey.information import find_text, texts
from survey.model import Cue, CueKind, EventKind, Kind, Performance, Question, Questionnaire, Wave
from survey.questionnaire.prompts import Prompt, Prompts, block_of
from survey.storage.cues import add_cue, cues
from survey.storage.database import Connection
from survey.storage.offers import find_offer
from survey.storage.performances import find_performance
from survey.storage.polls import PollUnknown, copy_poll

MINUTES = {
    CueKind.JOIN: 2,
    CueKind.QUESTION: 1,
    CueKind.PROMPT: 3,
    CueKind.CHANGE: 2,
    CueKind.BESIDE: 1,
    CueKind.CONTRIBUTIONS: 6,
    CueKind.INFORMATION: 1,
    CueKind.CONCLUSIONS: 10,
}
"""What a cue may take when nobody has said otherwise."""
TOGETHER = (EventKind.JURY, EventKind.WORKSHOP)
"""Kinds of event that write conclusions down."""
SETTLE = "Let people turn to each other. Nothing to read now."
CLOSE_FIRST = "Close the questions first: before → after shows only then."
SURVEY_LAST = "Close the questions first: a published survey shows only then, so that it sways nobody."
LISTEN = "The screen rests: the talk is among the people here."


class RunNotEmpty(Exception):
    """The performance has a run of show already: another desk or office made it."""

    def __init__(self) -> None:
        super().__init__("There is a run of show already. Change it cue by cue.")


def default_run(
    questionnaire: Questionnaire, prompts: Prompts, performance: Performance, information: Collection[str]
) -> list[Cue]:
    """Return the cues a questionnaire suggests, none of them stored: ids are empty, places count from 1.

    Join; for each block of the *after* questionnaire its first question and the prompts that belong to it, beginning
    with the block the prompts open with; before → after of what was asked twice; what a published survey found that asked
    the same question; the audience's own words; conclusions at a jury or workshop; where to find out more, if that is among
    ``information``, the ids of the texts that phones are offered; goodbye. Written answers never go on stage and get no cue.
    """
    blocks = _blocks(questionnaire, prompts)
    made = [_cue(CueKind.JOIN, notes=prompts.notes.reference if prompts.notes else "")]
    made.append(_cue(CueKind.BLACK, notes=SETTLE))
    for rows in blocks:
        about = {"question": rows[0].id, "wave": Wave.AFTER.value}
        made.append(_cue(CueKind.QUESTION, about, notes=_rest_of(rows)))
        made += map(_asking, prompts.beside(block_of(rows[0])))
    asked = {block_of(rows[0]) for rows in blocks}
    made += [_asking(prompt) for prompt in prompts.prompts if prompt.question not in asked]
    for rows in blocks:
        if Wave.BEFORE in rows[0].asked:
            notes = " ".join(part for part in (CLOSE_FIRST, _rest_of(rows)) if part)
            made.append(_cue(CueKind.CHANGE, {"question": rows[0].id}, notes=notes))
    made += map(_beside_survey, _asked_in_a_survey(blocks))
    made += [_cue(CueKind.BLACK, notes=LISTEN), _cue(CueKind.CONTRIBUTIONS)]
    if performance.kind in TOGETHER:
        made.append(_cue(CueKind.CONCLUSIONS))
    made += [_cue(CueKind.INFORMATION, {"text": id}) for id in _first(information)]
    made.append(_cue(CueKind.GOODBYE))
    return [replace(each, performance_id=performance.id, place=place) for place, each in enumerate(made, 1)]


def _first(information: Collection[str]) -> list[str]:
    """Return the id of the layered text a run ends with, about the work's subject rather than this app; nothing without one."""
    return sorted(texts().keys() & information, key=lambda id: (id == "this_app", id))[:1]


def store_run(connection: Connection, performance: Performance, suggested: Iterable[Cue]) -> int:
    """Store a run for a performance that has none, and return how many cues it has. Raises RunNotEmpty."""
    if cues(connection, performance.id):
        raise RunNotEmpty
    count = 0
    for each in suggested:
        add_cue(
            connection,
            performance.id,
            each.kind,
            about=dict(each.about),
            notes=each.notes,
            minutes=each.minutes,
        )
        count += 1
    return count


def copy_run(connection: Connection, performance: Performance, code: str) -> int:
    """Copy another performance's run to one that has none, polls with their questions; return how many cues.

    A text that phones are not offered here is left out: the stage would send people to a page that is not there.
    Raises RunNotEmpty, PerformanceUnknown.
    """
    other = find_performance(connection, code)
    offered = find_offer(connection, performance.production_id).information
    copied = []
    for each in cues(connection, other.id):
        about = dict(each.about)
        if each.kind is CueKind.POLL:
            try:
                about["poll"] = copy_poll(connection, about.get("poll", ""), performance.id).id
            except PollUnknown:
                continue
        if each.kind is CueKind.INFORMATION:
            text, _layer = find_text(about.get("text", ""))
            if text and text.id not in offered:
                continue
        if each.kind is CueKind.BESIDE and about.get("code") == performance.code:
            about["code"] = other.code
        copied.append(replace(each, about=about))
    return store_run(connection, performance, copied)


def _blocks(questionnaire: Questionnaire, prompts: Prompts) -> list[list[Question]]:
    """Return the *after* questions that may go on stage, block by block, the opening block first."""
    blocks: dict[str, list[Question]] = {}
    for question in questionnaire.asked_in(Wave.AFTER):
        if question.kind is not Kind.COMMENT:
            blocks.setdefault(block_of(question), []).append(question)
    return sorted(blocks.values(), key=lambda rows: block_of(rows[0]) != prompts.opens)


def _rest_of(rows: Sequence[Question]) -> str:
    """Return a note that names the other rows of a battery, "" when there are none."""
    if len(rows) == 1:
        return ""
    return "Also under Questions: " + "; ".join(row.name for row in rows[1:]) + "."


def _asking(prompt: Prompt) -> Cue:
    notes = prompt.notes.reference if prompt.notes else ""
    return _cue(CueKind.PROMPT, {"text": prompt.text.reference}, notes=notes)


def _asked_in_a_survey(blocks: Iterable[list[Question]]) -> list[Question]:
    """Return the first row of each block that a published survey asked as the very same question."""
    return [rows[0] for rows in blocks if same_questions(rows[:1])]


def _beside_survey(question: Question) -> Cue:
    about = {"question": question.id, "wave": Wave.AFTER.value, "benchmark": str(question.benchmark)}
    return _cue(CueKind.BESIDE, about, notes=SURVEY_LAST)


def _cue(kind: CueKind, about: dict[str, str] | None = None, *, notes: str = "") -> Cue:
    return Cue("", "", 0, kind, about or {}, notes, MINUTES.get(kind))
