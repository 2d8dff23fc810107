"""A questionnaire as data: files parsed and checked at the door, and what a valid answer is, decided here only."""

from survey.questionnaire.digest import canonical, digest
from survey.questionnaire.files import (
    DATA,
    TRANSLATIONS,
    load_questionnaire,
    load_translations,
    published_questionnaires,
)
from survey.questionnaire.form import quote_field, read_answer, read_form
from survey.questionnaire.translation import (
    Translation,
    Words,
    own_translations,
    parse_translation,
    pieces,
    sentences_of,
    speaking_also,
)
from survey.questionnaire.whole import parse_questionnaire
from survey.questionnaire.wording import clean
from survey.questionnaire.wrong import QuestionnaireWrong

__all__ = [
    "DATA",
    "TRANSLATIONS",
    "QuestionnaireWrong",
    "Translation",
    "Words",
    "canonical",
    "clean",
    "digest",
    "load_questionnaire",
    "load_translations",
    "own_translations",
    "parse_questionnaire",
    "parse_translation",
    "pieces",
    "published_questionnaires",
    "quote_field",
    "read_answer",
    "read_form",
    "sentences_of",
    "speaking_also",
]
