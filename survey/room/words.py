"""What a cue puts on stage, in words for whoever leads the discussion: the same on the desk, the remote and the run."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from survey.model import Cue, CueKind, Poll, Questionnaire, Wave

KINDS: Mapping[str, str] = {
    CueKind.JOIN: "How to join",
    CueKind.PROMPT: "Prompt",
    CueKind.QUESTION: "Question",
    CueKind.CHANGE: "Before and after",
    CueKind.BESIDE: "Beside another audience",
    CueKind.POLL: "Poll",
    CueKind.CONTRIBUTIONS: "From the audience",
    CueKind.INFORMATION: "Information",
    CueKind.CONCLUSIONS: "Conclusions",
    CueKind.BLACK: "Black",
    CueKind.GOODBYE: "Goodbye",
}
SURVEY = "Beside a published survey"
GONE = "no longer there; choose another cue"


@dataclass(frozen=True)
class Words:
    """A cue in words: what ``kind`` of picture it is, and what it is ``about`` ("" when the kind says all)."""

    kind: str
    about: str = ""

    def __str__(self) -> str:
        """Both in one line."""
        return f"{self.kind}: {self.about}" if self.about else self.kind


def cue_words(cue: Cue, questionnaire: Questionnaire, polls: Iterable[Poll] = ()) -> Words:
    """Return what a cue puts on stage, in words; ``polls`` are the performance's own."""
    return showing_words(cue.showing, questionnaire, polls)


def showing_words(
    showing: Mapping[str, Any], questionnaire: Questionnaire, polls: Iterable[Poll] = ()
) -> Words:
    """Return what is on stage, in words, whether a cue put it there or somebody out of the run."""
    view = str(showing.get("view"))
    kind = KINDS.get(view, view.capitalize())
    if view in (CueKind.PROMPT, CueKind.INFORMATION):
        return Words(kind, str(showing.get("text", "")))
    if view == CueKind.POLL:
        asked = next((str(poll.question.text) for poll in polls if poll.id == showing.get("poll")), GONE)
        return Words(kind, asked)
    if view in (CueKind.QUESTION, CueKind.CHANGE, CueKind.BESIDE):
        if view == CueKind.QUESTION and showing.get("wave") == Wave.BEFORE:
            kind = "Question asked before"
        if view == CueKind.BESIDE and showing.get("benchmark"):
            kind = SURVEY
        return Words(kind, question_words(questionnaire, str(showing.get("question"))))
    return Words(kind)


def question_words(questionnaire: Questionnaire, id: str) -> str:
    """Return a question's whole words, a row of a battery with its stem."""
    try:
        question = questionnaire.question(id)
    except KeyError:
        return GONE
    return " ".join(str(text) for text in (question.stem, question.text) if text)
