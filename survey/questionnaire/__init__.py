"""A questionnaire as data: files parsed and checked at the door, and what a valid answer is, decided here only."""

from survey.questionnaire.digest import canonical, digest
from survey.questionnaire.files import DATA, load_questionnaire, published_questionnaires
from survey.questionnaire.form import quote_field, read_form
from survey.questionnaire.whole import parse_questionnaire
from survey.questionnaire.wording import clean
from survey.questionnaire.wrong import QuestionnaireWrong

__all__ = [
    "DATA",
    "QuestionnaireWrong",
    "canonical",
    "clean",
    "digest",
    "load_questionnaire",
    "parse_questionnaire",
    "published_questionnaires",
    "quote_field",
    "read_form",
]
