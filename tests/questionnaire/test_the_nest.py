"""The Nest, version 1, is asked word for word as it was reviewed."""

import pytest

from survey.model import Kind, Question, Questionnaire, Wave
from survey.questionnaire import DATA, digest, load_questionnaire

QUESTIONNAIRE, CONTENT = load_questionnaire(DATA / "the-nest-1.yaml")


@pytest.fixture
def nest() -> Questionnaire:
    """Return The Nest, version 1."""
    return QUESTIONNAIRE


def test_the_published_version_has_not_changed() -> None:
    assert digest(CONTENT) == "24b03adda552334370a5daeff1896ef0b63d18770f791d105d1841e64589faa4"


def test_the_before_wave_is_the_first_block_only_and_the_after_wave_all_of_it(nest: Questionnaire) -> None:
    before = [question.id for question in nest.asked_in(Wave.BEFORE)]
    after = [question.id for question in nest.asked_in(Wave.AFTER)]
    assert before == ["home_system", "research_nhs", "research_university", "research_company"]
    assert after[:4] == before
    assert after[4:] == [
        "closer_to",
        "share_with",
        "ask_first",
        "matters_most",
        "trust_nhs",
        "trust_internet",
        "targeted_ads",
        "heard_of_optout",
        "differently",
    ]


def test_a_few_wordings_are_the_reviewed_ones(nest: Questionnaire) -> None:
    assert str(nest.opening) == "No right answers; doubts are as welcome as support. Skip anything."
    assert str(nest.question("home_system").text) == (
        "A company offers a low-cost home system that learns your routine. In return the company can see when you are "
        "in and how you move about. Would that be acceptable to you, or not?"
    )
    assert nest.question("research_company").wording == (
        "How likely would you be to allow your anonymised health information to be used for the purposes of medical "
        "research by the following organisations? Commercial organisations"
    )
    assert str(nest.question("research_nhs").note_title) == "What does anonymised mean?"
    assert str(nest.question("trust_nhs").low_label) == "0 do not trust at all"
    assert str(nest.question("trust_nhs").high_label) == "10 complete trust"


def test_options_are_the_reviewed_ones(nest: Questionnaire) -> None:
    def labels(id: str) -> list[str]:
        return [str(option.label) for option in nest.question(id).options]

    assert labels("home_system") == ["Not acceptable", "It depends", "Acceptable"]
    assert labels("closer_to") == ["Sean's", "Sara's", "Somewhere between", "Neither", "It kept changing"]
    assert labels("share_with")[-1] == "None of these"
    assert labels("heard_of_optout") == ["No", "Not sure", "Yes"]
    assert labels("targeted_ads") == [
        "Very unacceptable",
        "Fairly unacceptable",
        "Neither",
        "Fairly acceptable",
        "Very acceptable",
    ]
    matters = nest.question("matters_most")
    assert matters.at_most == 3
    assert [option.value for option in matters.options if option.exclusive] == ["none", "no_concerns"]


@pytest.mark.parametrize("question", QUESTIONNAIRE.questions, ids=lambda question: question.id)
def test_every_closed_question_has_a_short_name_and_fits_the_stage(question: Question) -> None:
    assert question.short is not None
    assert len(question.name) <= 48
    assert question.kind is Kind.COMMENT or len(question.options) >= 3


@pytest.mark.parametrize("question", QUESTIONNAIRE.questions, ids=lambda question: question.id)
def test_the_words_for_agreeing_finish_the_sentence_of_those_who_answered(question: Question) -> None:
    for words in (question.agree_word, question.disagree_word):
        assert words is None or str(words).split()[0] in {"said", "gave", "had"}
