"""The codebook: what the columns and codes of an export mean."""

from collections.abc import Collection

from survey.exchange.cells import HIDDEN, NOT_ASKED
from survey.exchange.columns import columns_of
from survey.exchange.tables import table_bytes
from survey.model import Kind, Question, Questionnaire, Wave

COLUMNS = (
    "version",
    "question",
    "kind",
    "wording",
    "option",
    "number",
    "label",
    "wave",
    "class",
    "exclusive",
    "columns",
)


INSTEAD = (
    ("", 997, "skipped: it was asked, and nothing was answered"),
    (NOT_ASKED, 998, "not asked: in that wave, or in that version"),
    (HIDDEN, 999, "hidden: left out so that nobody can be told from it"),
)
"""What may stand in answers.csv in place of any question's answer, as a figure, and what it means."""


def codebook(versions: Collection[tuple[str, Questionnaire]]) -> bytes:
    """Return one row per option (per question for comments) of each version that was answered, in order.

    ``columns`` says where answers.csv holds the question: a ranking has a column for each place. ``number`` is the option's code
    as a figure: the number itself, else 1, 2, … in the order offered. What may stand for any answer comes last.
    """
    options = (
        (version_id, question.id, question.kind.value, question.wording, *option, _columns(question))
        for version_id, questionnaire in versions
        for question in questionnaire.questions
        for option in _options(question)
    )
    instead = (("", "", "every", "", cell, number, words, "", "", "", "") for cell, number, words in INSTEAD)
    return table_bytes(COLUMNS, [*options, *instead])


def _options(question: Question) -> list[tuple[object, ...]]:
    waves = ";".join(wave.value for wave in Wave if wave in question.asked)
    if not question.options:
        return [("", "", "", waves, "", "")]
    return [
        (
            option.value,
            option.value if question.kind is Kind.NUMBER else place,
            option.label.reference,
            waves,
            _class(question, option.value),
            "yes" if option.exclusive else "",
        )
        for place, option in enumerate(question.options, start=1)
    ]


def _columns(question: Question) -> str:
    return "" if question.kind is Kind.COMMENT else ";".join(columns_of(question))


def _class(question: Question, value: str) -> str:
    for name in ("agree", "neutral", "disagree"):
        if value in getattr(question, name):
            return name
    return ""
