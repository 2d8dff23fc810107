"""The codebook: what the columns and codes of an export mean."""

from collections.abc import Collection

from survey.exchange.columns import columns_of
from survey.exchange.tables import table_bytes
from survey.model import Kind, Question, Questionnaire, Wave

COLUMNS = (
    "version",
    "question",
    "kind",
    "wording",
    "option",
    "label",
    "wave",
    "class",
    "exclusive",
    "columns",
)


def codebook(versions: Collection[tuple[str, Questionnaire]]) -> bytes:
    """Return one row per option (per question for comments) of each version that was answered, in order.

    ``columns`` says where answers.csv holds the question: a ranking has a column for each place.
    """
    return table_bytes(
        COLUMNS,
        [
            (version_id, question.id, question.kind.value, question.wording, *option, _columns(question))
            for version_id, questionnaire in versions
            for question in questionnaire.questions
            for option in _options(question)
        ],
    )


def _options(question: Question) -> list[tuple[str, str, str, str, str]]:
    waves = ";".join(wave.value for wave in Wave if wave in question.asked)
    if not question.options:
        return [("", "", waves, "", "")]
    return [
        (
            option.value,
            option.label.reference,
            waves,
            _class(question, option.value),
            "yes" if option.exclusive else "",
        )
        for option in question.options
    ]


def _columns(question: Question) -> str:
    return "" if question.kind is Kind.COMMENT else ";".join(columns_of(question))


def _class(question: Question, value: str) -> str:
    for name in ("agree", "neutral", "disagree"):
        if value in getattr(question, name):
            return name
    return ""
