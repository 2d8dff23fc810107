"""A questionnaire in another language: an overlay of words, checked against what the questionnaire asks."""

from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from survey.language import speaking
from survey.questionnaire import (
    DATA,
    QuestionnaireWrong,
    load_questionnaire,
    load_translations,
    own_translations,
    parse_questionnaire,
    parse_translation,
    pieces,
    sentences_of,
    speaking_also,
)

NEST, CONTENT = load_questionnaire(DATA / "the-nest-1.yaml")
HEAD = {"questionnaire": "the-nest", "version": 1, "language": "pl"}


def polish(questions: Mapping[str, object] | None = None, **rest: object) -> dict[str, object]:
    """The content of a translation file."""
    return {**HEAD, "questions": dict(questions or {}), **rest}


def test_every_piece_of_words_has_one_place() -> None:
    said = pieces(NEST)
    assert list(said)[:4] == ["title", "opening", "home_system.text", "home_system.options.not_acceptable"]
    assert str(said["research.text"]).startswith("How likely would you be")
    assert str(said["research.options.not_sure"]) == "Not sure"
    assert str(said["research_nhs.text"]) == "NHS"
    assert str(said["trust.low_label"]) == "0 do not trust at all"
    assert not [place for place in said if place.startswith(("research_nhs.options", "trust.options"))]


def test_words_are_read_by_place_and_those_left_empty_are_missing() -> None:
    translation = parse_translation(
        polish(
            {
                "research": {
                    "text": " Jak\n bardzo? ",
                    "options": {"not_sure": "Nie wiem", "very_likely": ""},
                },
                "heard_of_optout": {"options": {"no": "Nie"}},
                "research_nhs": None,
            },
            title="Gniazdo",
        ),
        NEST,
        "the-nest-1.pl.yaml",
    )
    assert translation.language == "pl"
    assert translation.words == {
        "title": "Gniazdo",
        "research.text": "Jak bardzo?",
        "research.options.not_sure": "Nie wiem",
        "heard_of_optout.options.no": "Nie",
    }
    missing = [each.place for each in sentences_of(NEST, translation.words) if each.missing]
    assert len(missing) == len(pieces(NEST)) - 4
    assert "opening" in missing


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (polish(questionnaire="the-next"), "'questionnaire' is 'the-next'. Write questionnaire: the-nest."),
        (polish(version=2), "'version' is 2. Write version: 1."),
        (polish(language="en"), "'language' is 'en'. Write the language of these words"),
        (polish(titel="Gniazdo"), "The key 'titel' is not known here. Did you mean 'title'?"),
        (polish(title=7), "'title' is 7, not words. Put it in quotes."),
        (
            polish({"home_sistem": {"text": "Dom"}}),
            "question home_sistem: This questionnaire has no question and no battery with this id. "
            "Did you mean 'home_system'?",
        ),
        (
            polish({"research_nhs": {"options": {"not_sure": "Nie wiem"}}}),
            "question research_nhs: There is no 'options' to translate here.",
        ),
        (
            polish({"home_system": {"note": "Dom"}}),
            "question home_system: There is no 'note' to translate here.",
        ),
        (
            polish({"home_system": {"options": {"dependz": "Zależy"}}}),
            "question home_system, options: There is no option 'dependz'. Did you mean 'depends'?",
        ),
        (
            polish({"heard_of_optout": {"options": {False: "Nie"}}}),
            "question heard_of_optout, options: YAML read a value as False, not as a word. Put it in quotes, "
            'for example "no".',
        ),
        (polish({"home_system": "Dom"}), "question home_system: Write keys with values here, not 'Dom'."),
        ({**HEAD, "questions": ["Dom"]}, "'questions' must hold the ids of questions"),
        (["Dom"], "Write keys with values here"),
    ],
)
def test_what_is_wrong_is_said_with_file_question_and_what_to_do(content: object, complaint: str) -> None:
    with pytest.raises(QuestionnaireWrong) as caught:
        parse_translation(content, NEST, "the-nest-1.pl.yaml")
    assert str(caught.value).startswith("the-nest-1.pl.yaml")
    assert complaint in str(caught.value)


def test_a_questionnaire_speaks_the_languages_it_is_given_and_no_other() -> None:
    in_polish = {place: f"po polsku {text.reference}" for place, text in pieces(NEST).items()}
    both = speaking_also(NEST, {"pl": in_polish})
    assert both.languages == ("en", "pl")
    with speaking("pl"):
        assert str(both.title) == "po polsku The Nest"
        assert str(both.question("research_company").stem).startswith("po polsku How likely")
        assert str(both.question("home_system").option("depends").label) == "po polsku It depends"
        assert str(both.question("trust_nhs").option("7").label) == "7"
    assert str(both.title) == "The Nest"
    assert both.question("research_nhs").wording == NEST.question("research_nhs").wording
    assert speaking_also(both, {}) == NEST


def test_words_in_the_questionnaires_own_file_are_a_translation_like_any_other() -> None:
    content = {**CONTENT, "languages": ["en", "pl"], "title": {"en": "The Nest", "pl": "Gniazdo"}}

    def both(said: object) -> object:
        if isinstance(said, dict) and set(said) == {"en"}:
            return {**said, "pl": "!" + said["en"]}
        if isinstance(said, dict):
            return {key: both(value) for key, value in said.items()}
        return [both(each) for each in said] if isinstance(said, list) else said

    own = own_translations(parse_questionnaire(both(content)))
    assert list(own) == ["pl"]
    assert own["pl"]["title"] == "Gniazdo"
    assert own["pl"]["research_nhs.text"] == "!NHS"
    assert own_translations(NEST) == {}


def test_a_file_is_found_by_questionnaire_version_and_language(tmp_path: Path) -> None:
    (tmp_path / "the-nest-1.pl.yaml").write_text(yaml.safe_dump(polish(title="Gniazdo")))
    (tmp_path / "the-nest-2.pl.yaml").write_text("never read")
    (found,) = load_translations(NEST, tmp_path)
    assert found.words == {"title": "Gniazdo"}
    (tmp_path / "the-nest-1.ur.yaml").write_text(yaml.safe_dump(polish(title="Gniazdo")))
    with pytest.raises(QuestionnaireWrong, match=r"must be called the-nest-1\.pl\.yaml\. Rename it\."):
        load_translations(NEST, tmp_path)
