"""Columns: ours and the questions', each in a space of its own, so that no author's id can meet a word of ours.

``q:ID`` is always a question's column and ``_word`` always one of ours. A name without either is whatever it can only be. What
could be both is refused, unless one of these two stands in the same table. An export writes both where they could meet.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from survey.model import Kind, Question, Questionnaire
from survey.questionnaire import quote_field
from survey.questionnaire.labels import same_words

QUESTION, OURS = "q:", "_"
OF_PEOPLE = (
    *("performance", "wave", "mode", "note", "respondent", "words", "sheet"),
    *("provenance", "language", "version", "after_reveal"),
)
OF_TOTALS = (
    *("performance", "wave", "mode", "note", "question", "option", "count", "base"),
    *("provenance", "version", "after_reveal", "in_answers"),
)
OF_COMMENTS = ("performance", "wave", "note", "question", "comment", "may_be_quoted", "provenance")
WORDS = frozenset((*OF_PEOPLE, *OF_TOTALS, *OF_COMMENTS))
"""Every word of ours that is a column of some table."""


@dataclass(frozen=True)
class Field:
    """What one column holds of a question: its answer, one place of a ranking (from 0), or the tick under a comment."""

    question: Question
    place: int | None = None
    quote: bool = False


def columns_of(question: Question) -> tuple[str, ...]:
    """Return the names of a question's columns in an export: its id, or ``id.1``, ``id.2``, … for the places of a ranking.

    Where its id is a word of ours it is ``q:id``.
    """
    if not question.places:
        return (QUESTION + question.id if question.id in WORDS else question.id,)
    return tuple(f"{question.id}.{place}" for place in range(1, question.places + 1))


def ours(words: Collection[str], questions: Collection[str]) -> tuple[str, ...]:
    """Return the names of columns of ours in an export: where a question has such a word as its id, ``_word``."""
    return tuple(OURS + word if word in questions else word for word in words)


def fields_of(questionnaire: Questionnaire) -> dict[str, Field]:
    """Return what a table may hold of a questionnaire, by the name of the column without its ``q:``."""
    fields: dict[str, Field] = {}
    for question in questionnaire.questions:
        if question.places:
            names = (column.removeprefix(QUESTION) for column in columns_of(question))
            fields.update({name: Field(question, place) for place, name in enumerate(names)})
        else:
            fields[question.id] = Field(question)
        if question.kind is Kind.COMMENT:
            fields[quote_field(question)] = Field(question, quote=True)
    return fields


def resolve(
    columns: Collection[str], questionnaires: Collection[Questionnaire], *, empty: Collection[str] = ()
) -> tuple[dict[str, str], list[str]]:
    """Return what each column of a table of people is, a word of ours or ``q:FIELD``, and what is wrong with the others.

    Nothing is wrong with a column of the ``empty`` ones, in which nobody answered anything.
    """
    fields = {name for questionnaire in questionnaires for name in fields_of(questionnaire)}
    called = _called(questionnaires)
    found: dict[str, str] = {}
    unknown: list[str] = []
    complaints: list[str] = []
    for column in columns:
        name = column.removeprefix(QUESTION) if column.startswith(QUESTION) else column
        word = column.removeprefix(OURS) if column.startswith(OURS) else column
        if column in fields and column in OF_PEOPLE and not {QUESTION + column, OURS + column} & set(columns):
            complaints.append(
                f"Row 1: {column!r} is a column of ours and a question here. Call it '{QUESTION}{column}' if it holds the "
                f"question's answers, '{OURS}{column}' if not."
            )
        elif word in OF_PEOPLE and not (column in fields and OURS + column in columns):
            found[column] = word
        elif name in fields:
            found[column] = QUESTION + name
        elif same_words(column) in called:
            found[column] = QUESTION + called[same_words(column)]
        elif column not in empty:
            unknown.append(column)
    for meaning in dict.fromkeys(found.values()):
        same = [column for column in columns if found.get(column) == meaning]
        if len(same) > 1:
            complaints.append(f"Row 1: The columns {_listed(same)} are the same. Keep one of them.")
    if unknown:
        complaints.append(
            _unknown(unknown, [name for name in fields if QUESTION + name not in found.values()])
        )
    return found, complaints


def called_question(questionnaire: Questionnaire, said: str) -> str:
    """Return the id of the question meant by its id or its whole wording; what was said where none is."""
    return _called([questionnaire]).get(same_words(said), said)


def _called(questionnaires: Iterable[Questionnaire]) -> Mapping[str, str]:
    """Return ids by the whole words of their questions, where those are one question's only."""
    found: dict[str, set[str]] = {}
    for questionnaire in questionnaires:
        for question in questionnaire.questions:
            if question.places:
                continue
            wordings = {question.wording}
            if question.stem:
                stem, row = question.stem.reference, question.text.reference
                wordings |= {f"{stem} [{row}]", f"{stem} - {row}"}
            for wording in wordings:
                found.setdefault(same_words(wording), set()).add(question.id)
    return {words: next(iter(ids)) for words, ids in found.items() if len(ids) == 1}


def _unknown(unknown: list[str], free: list[str]) -> str:
    are = "is no question" if len(unknown) == 1 else "are no questions"
    without = f" Questions without a column: {', '.join(sorted(free))}." if free else ""
    return (
        f"Row 1: The column{'s' * (len(unknown) > 1)} {_listed(unknown)} {are}. Take {'it' if len(unknown) == 1 else 'them'} "
        f"out, or give each a question's id.{without}"
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(repr(name if len(name) <= 60 else f"{name[:59]}…") for name in names)
