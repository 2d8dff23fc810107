"""A translation in the office's words: where each sentence stands, and how far the language is from being offered."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from survey.language import direction
from survey.language.catalogues import Sentence
from survey.language.choosing import english_name, native_name
from survey.model import Questionnaire
from survey.storage.translations import StoredTranslation

PLACES = {
    "title": "Title",
    "opening": "Opening words",
    "text": "Question",
    "short": "Short name",
    "note_title": "To tap",
    "note": "Explanation",
    "options": "Answer",
    "low_label": "What 0 means",
    "high_label": "What 10 means",
    "disagree_word": "Those against",
    "agree_word": "Those in favour",
}
"""What a piece of words is, by the last part of its place that has a name."""


@dataclass(frozen=True)
class Group:
    """Sentences that belong together: a question's, or a part of the phone's own words."""

    heading: str
    sentences: tuple[tuple[str, Sentence], ...]
    """What each is, and the sentence beside its translation."""


def named(language: str) -> str:
    """Return what to call a language: in English and in itself."""
    return f"{english_name(language)} ({native_name(language)})"


def standing_of(there: StoredTranslation) -> str:
    """Return in a sentence whether phones offer a language, and what to do if not."""
    name = english_name(there.language)
    if there.missing:
        return f"Not offered. {_count(len(there.missing), 'sentence has', 'sentences have')} no words yet."
    if there.approval is None:
        return f"Not offered yet. Read all of it; then put your name to it, and phones offer {name}."
    on = f"{there.approval.on.day} {there.approval.on:%B %Y}"
    if there.unread:
        return (
            f"Not offered. The words have changed since {there.approval.by} approved them on {on}: read them again. "
            f"{_count(len(there.unread), 'sentence is', 'sentences are')} new."
        )
    return f"Offered to phones. {there.approval.by} approved every word on {on}."


def groups_of(questionnaire: Questionnaire, sentences: Iterable[Sentence]) -> list[Group]:
    """Return a questionnaire's sentences, question by question, in the order a phone shows them."""
    headings = {question.battery or "": "Several questions together" for question in questionnaire.questions}
    headings |= {question.id: question.name for question in questionnaire.questions}
    headings[""] = "The questionnaire"

    def question_of(sentence: Sentence) -> str:
        id, dot, _rest = sentence.place.partition(".")
        return id if dot else ""

    def what(sentence: Sentence) -> str:
        parts = sentence.place.split(".")
        return PLACES[parts[1] if len(parts) > 1 else parts[0]]

    return [
        Group(headings[id], tuple((what(sentence), sentence) for sentence in rows))
        for id, rows in groupby(sentences, key=question_of)
    ]


def around_of(sentences: Iterable[Sentence]) -> list[Group]:
    """Return what the phone and the paper sheets say around the questions."""
    rows = tuple(("", sentence) for sentence in sentences)
    return [Group("", rows)] if rows else []


def columns(groups: list[Group], reference: str, language: str) -> dict[str, object]:
    """Return what the template of two columns needs."""
    return {
        "groups": groups,
        "reference": reference,
        "language": language,
        "direction": direction(language),
        "name": native_name(language),
    }


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
