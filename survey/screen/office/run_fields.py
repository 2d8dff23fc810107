"""What each kind of cue asks for: a question and its wave, a prompt's words, a poll with its answers, another audience or a survey."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from survey.information import texts
from survey.model import Cue, CueKind, Kind, Performance, PollStanding, Question, Wave
from survey.questionnaire import QuestionnaireWrong, clean
from survey.questionnaire.poll import poll_content
from survey.questionnaire.prompts import prompts_for
from survey.room.benchmarks import benchmark_beside
from survey.room.lines import Known, information_line
from survey.screen.office.markup import show

LONGEST_PROMPT = 300
MOST_MINUTES = 180
CODE, SURVEY = "code", "benchmark"
"""What stands beside an audience: another performance's, by its code, or a published survey's, by its id."""
NOBODY_BESIDE = "No published survey can stand beside this question, and there is no other performance. Choose another question."
POLL_KINDS = {Kind.ONE: "One answer each", Kind.MANY: "Several answers", Kind.NUMBER: "0 to 10"}


class CueUnclear(Exception):
    """A cue needs another look; the words say what to do."""

    def __init__(self, words: str) -> None:
        super().__init__(words)


@dataclass(frozen=True)
class Typed:
    """What a cue shows, as it was chosen; ``poll`` is a new question to be prepared with it."""

    about: Mapping[str, str]
    poll: Mapping[str, object] | None = None


Read = Callable[[], Typed]
Fields = Callable[[str, Known, list[Performance], Cue | None], Read]


def minutes_of(typed: str) -> int | None:
    """Return minutes as typed; None when nothing was typed. Raises CueUnclear."""
    if not typed.strip():
        return None
    if not typed.strip().isdecimal() or not 1 <= int(typed) <= MOST_MINUTES:
        raise CueUnclear(f"Minutes: write a whole number from 1 to {MOST_MINUTES}, or leave it empty.")
    return int(typed)


def prompt_fields(key: str, known: Known, others: list[Performance], own: Cue | None) -> Read:
    """Ask for words of one's own, or one of the questionnaire's prompts to begin with."""
    written = [prompt.text.reference for prompt in prompts_for(known.questionnaire).prompts]
    begin = own.about.get("text", "") if own else ""
    if written and own is None:
        chosen = st.selectbox(
            "Begin with",
            ["", *written],
            format_func=lambda text: text or "Words of your own",
            key=f"{key}.begin",
        )
        begin = chosen or ""
    number = written.index(begin) if begin in written else "own"
    typed = st.text_area("What the stage says", begin, height=96, key=f"{key}.text.{number}")

    def read() -> Typed:
        words = clean(typed or "")
        if not words:
            raise CueUnclear("Type what the stage shall say.")
        if len(words) > LONGEST_PROMPT:
            raise CueUnclear(
                f"The prompt is too long for the stage. Use at most {LONGEST_PROMPT} characters."
            )
        return Typed({"text": words})

    return read


def question_fields(key: str, known: Known, others: list[Performance], own: Cue | None) -> Read:
    """Ask for a question and the wave whose answers it shows."""
    question = _pick_question(key, list(known.questionnaire.questions), own)
    wave = _pick_wave(key, question, own)
    return lambda: _chosen(question, wave)


def change_fields(key: str, known: Known, others: list[Performance], own: Cue | None) -> Read:
    """Ask for a question that was asked before and after."""
    twice = [each for each in known.questionnaire.questions if len(each.asked) == len(Wave)]
    question = _pick_question(key, twice, own)
    return lambda: _chosen(question, None)


def beside_fields(key: str, known: Known, others: list[Performance], own: Cue | None) -> Read:
    """Ask for a question, and for another performance's audience or the published survey that asked about the same."""
    question = _pick_question(key, list(known.questionnaire.questions), own)
    wave = _pick_wave(key, question, own)
    names = {(CODE, other.code): f"{other.name} ({other.code})" for other in others}
    survey = benchmark_beside(question) if question else None
    if survey is not None:
        names[SURVEY, survey.id] = f"Published survey: {survey.name}"
    was = next(((how, own.about[how]) for how in (CODE, SURVEY) if own and own.about.get(how)), None)
    if was and was[0] == CODE:
        names.setdefault(was, was[1])
    if not names:
        show("say.html", words=NOBODY_BESIDE)
        return _nobody_beside
    beside = st.selectbox(
        "Beside",
        list(names),
        list(names).index(was) if was in names else 0,
        format_func=lambda beside: names[beside],
        key=f"{key}.beside.{question.id if question else ''}",
    )

    def read() -> Typed:
        how, id = beside
        return Typed({**_chosen(question, wave).about, how: id})

    return read


def _nobody_beside() -> Typed:
    raise CueUnclear(NOBODY_BESIDE)


def poll_fields(key: str, known: Known, others: list[Performance], own: Cue | None) -> Read:
    """Ask for a poll that is prepared already, or for a new question with its answers."""
    ready = {id: poll for id, poll in known.polls.items() if poll.standing is PollStanding.PREPARED}
    was = own.about.get("poll", "") if own else ""
    if was in known.polls:
        ready[was] = known.polls[was]
    ids = ["", *ready]
    id = st.selectbox(
        "Poll",
        ids,
        ids.index(was) if was in ready else 0,
        format_func=lambda id: str(ready[id].question.text) if id else "A new question",
        key=f"{key}.poll",
    )
    if id:
        return lambda: Typed({"poll": id})
    text = st.text_input("Question", key=f"{key}.question")
    kind = st.radio(
        "How people answer",
        list(POLL_KINDS),
        format_func=lambda kind: POLL_KINDS[kind],
        key=f"{key}.answering",
        horizontal=True,
    )
    options = ""
    if kind is not Kind.NUMBER:
        options = st.text_area("Answers, each on a line of its own", height=112, key=f"{key}.options") or ""

    def read() -> Typed:
        try:
            return Typed({}, poll_content(text or "", options.splitlines(), kind=kind or Kind.ONE))
        except QuestionnaireWrong as wrong:
            raise CueUnclear(wrong.what) from None

    return read


def information_fields(key: str, known: Known, others: list[Performance], own: Cue | None) -> Read:
    """Ask for a layered text, or for one layer of it."""
    ids = [
        named
        for text in texts().values()
        for named in (text.id, *(f"{text.id}/{each.id}" for each in text.layers))
    ]
    was = own.about.get("text", "") if own else ""
    if was and was not in ids:
        ids.append(was)
    id = st.selectbox(
        "Which information",
        ids,
        ids.index(was) if was in ids else 0,
        format_func=information_line,
        key=f"{key}.text",
    )

    def read() -> Typed:
        if not id:
            raise CueUnclear("There is no information to show yet. Write some under data/information.")
        return Typed({"text": id})

    return read


FIELDS: Mapping[CueKind, Fields] = {
    CueKind.PROMPT: prompt_fields,
    CueKind.QUESTION: question_fields,
    CueKind.CHANGE: change_fields,
    CueKind.BESIDE: beside_fields,
    CueKind.POLL: poll_fields,
    CueKind.INFORMATION: information_fields,
}
"""Kind of cue → who asks for what it shows; the kinds that are not here need nothing more."""


def _pick_question(key: str, asked: list[Question], own: Cue | None) -> Question | None:
    closed = {each.id: each for each in asked if each.kind is not Kind.COMMENT}
    was = own.about.get("question", "") if own else ""
    id = st.selectbox(
        "Question",
        list(closed),
        list(closed).index(was) if was in closed else 0,
        format_func=lambda id: closed[id].name,
        key=f"{key}.question",
    )
    return closed.get(id or "")


def _pick_wave(key: str, question: Question | None, own: Cue | None) -> Wave:
    waves = [wave for wave in Wave if question and wave in question.asked]
    if len(waves) < 2:
        return waves[0] if waves else Wave.AFTER
    was = Wave(own.about.get("wave", Wave.AFTER)) if own else Wave.AFTER
    chosen = st.segmented_control(
        "Whose answers",
        waves,
        default=was,
        format_func=lambda wave: f"Asked {wave.value}",
        key=f"{key}.wave",
        required=True,
    )
    return Wave(chosen or was)


def _chosen(question: Question | None, wave: Wave | None) -> Typed:
    if question is None:
        raise CueUnclear("No question here can be shown so. Choose another kind of cue.")
    return Typed({"question": question.id, **({"wave": wave.value} if wave else {})})
