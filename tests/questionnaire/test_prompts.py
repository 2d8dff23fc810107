"""Prompts as data: what the facilitator may ask beside each question, word for word, and what the door refuses."""

from pathlib import Path

import pytest

from survey.model import Questionnaire
from survey.questionnaire import DATA, QuestionnaireWrong, load_questionnaire
from survey.questionnaire.prompts import PROMPTS, load_prompts, prompts_for, prompts_wrong

PROMPT = "prompts:\n  - {text: {en: Decide}}\n"
HEAD = "questionnaire: the-nest\nlanguages: [en]\n"


@pytest.fixture
def nest() -> Questionnaire:
    return load_questionnaire(DATA / "the-nest-1.yaml")[0]


def written(folder: Path, content: str, name: str = "the-nest.yaml") -> Path:
    path = folder / name
    path.write_text(content)
    return path


def test_the_nests_six_prompts_stand_word_for_word_each_with_its_question(nest: Questionnaire) -> None:
    found = load_prompts(PROMPTS / "the-nest.yaml")
    assert [(prompt.question, prompt.text.reference) for prompt in found.prompts] == [
        (
            "closer_to",
            "When did you first feel uneasy about the house, and when did you feel glad it was there?",
        ),
        (
            "share_with",
            "Who should decide what the house tells Sara: Sean, Sara, a doctor, the company? Does the answer change if "
            "Sean falls ill?",
        ),
        (
            "research",
            "Same fact, different listener: your sleep pattern to your GP, to a university, to an insurer, to an "
            "advertiser. Where is your line, and what moved it?",
        ),
        (
            "ask_first",
            "Have you posted something about somebody else's health? What would asking first have cost?",
        ),
        (
            "targeted_ads",
            "Most of us accept free websites with adverts. What would you want to be told first?",
        ),
        (
            "matters_most",
            "What would have to be true for you to say yes, and what would make it a no whatever they promised?",
        ),
    ]


def test_what_stands_in_brackets_is_for_the_facilitator_alone(nest: Questionnaire) -> None:
    found = prompts_for(nest)
    assert [prompt.notes.reference for prompt in found.prompts if prompt.notes] == [
        "Hear two of each.",
        "The published 63 → 36 only after the wave has closed.",
    ]
    assert found.notes is not None
    assert found.notes.reference.startswith(
        "Counts on the wall, never people; ask nobody to explain their vote;"
    )
    assert not [prompt for prompt in found.prompts if "(" in prompt.text.reference]


def test_a_questionnaire_without_prompts_has_none(nest: Questionnaire, tmp_path: Path) -> None:
    assert prompts_for(nest, tmp_path).prompts == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            HEAD + "prompts:\n  - {question: home_sistem, text: {en: Decide}}\n",
            "no question 'home_sistem'",
        ),
        (
            HEAD + "prompts:\n  - {question: differently, text: {en: Decide}}\n",
            "no question 'differently'",
        ),
        (HEAD + "opens: nowhere\n" + PROMPT, "no question 'nowhere'"),
        (HEAD + "prompts:\n  - {wording: {en: Decide}}\n", "The key 'wording' is not known here"),
        (HEAD + "prompts: []\n", "'prompts' is missing or empty"),
        (HEAD + "prompts:\n  - {text: Decide}\n", "must name its language"),
        ("questionnaire: the-nest\n" + PROMPT, "Add languages"),
    ],
)
def test_the_door_says_what_to_do(nest: Questionnaire, tmp_path: Path, content: str, said: str) -> None:
    written(tmp_path, content)
    (wrong,) = prompts_wrong([nest], tmp_path)
    assert said in wrong.what
    assert prompts_for(nest, tmp_path).questionnaire == "the-nest"


def test_prompts_are_named_by_their_questionnaire_and_belong_to_one(
    nest: Questionnaire, tmp_path: Path
) -> None:
    with pytest.raises(QuestionnaireWrong, match=r"must be called the-nest\.yaml"):
        load_prompts(written(tmp_path, HEAD + PROMPT, "other.yaml"))
    (tmp_path / "other.yaml").unlink()
    written(tmp_path, "questionnaire: other\nlanguages: [en]\n" + PROMPT, "other.yaml")
    (wrong,) = prompts_wrong([nest], tmp_path)
    assert "There is no questionnaire for these prompts" in wrong.what
    assert prompts_wrong([nest], tmp_path, but={"other"}) == []


def test_every_file_of_prompts_is_read_at_the_start() -> None:
    known = [load_questionnaire(path)[0] for path in sorted(DATA.glob("*.yaml"))]
    assert prompts_wrong(known) == []
    assert {path.stem for path in PROMPTS.glob("*.yaml")} <= {questionnaire.id for questionnaire in known}
