"""A questionnaire that cannot be used is refused with the file, the question and what to do."""

import copy
from pathlib import Path
from typing import Any

import pytest

from survey.model import Kind, Text, Wave
from survey.questionnaire import (
    QuestionnaireWrong,
    canonical,
    digest,
    load_questionnaire,
    parse_questionnaire,
    published_questionnaires,
)

SCALE: dict[str, Any] = {
    "id": "ease",
    "kind": "scale",
    "asked": ["before", "after"],
    "text": {"en": "How easy is it?"},
    "options": [
        {"value": "hard", "label": {"en": "Hard"}},
        {"value": "neither", "label": {"en": "Neither"}},
        {"value": "easy", "label": {"en": "Easy"}},
    ],
    "disagree": ["hard"],
    "neutral": ["neither"],
    "agree": ["easy"],
    "agree_word": {"en": "said easy"},
    "disagree_word": {"en": "said hard"},
}
MANY: dict[str, Any] = {
    "id": "who",
    "kind": "many",
    "text": {"en": "Who?"},
    "at_most": 2,
    "options": [
        {"value": "gp", "label": {"en": "My GP"}},
        {"value": "family", "label": {"en": "Family"}},
        {"value": "none", "label": {"en": "None of these"}, "exclusive": True},
    ],
}
BATTERY: dict[str, Any] = {
    "battery": "trust",
    "kind": "number",
    "text": {"en": "How much do you trust"},
    "disagree": [0, 1, 2, 3, 4],
    "neutral": [5, 6, 7],
    "agree": [8, 9, 10],
    "agree_word": {"en": "gave 8 to 10"},
    "disagree_word": {"en": "gave 0 to 4"},
    "note_title": {"en": "What is trust?"},
    "note": {"en": "Believing it."},
    "rows": [{"id": "trust_nhs", "text": {"en": "the NHS"}}, {"id": "trust_shops", "text": {"en": "shops"}}],
}
COMMENT: dict[str, Any] = {"id": "say", "kind": "comment", "text": {"en": "Anything else?"}, "limit": 100}


def content(*questions: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return the content of a small questionnaire."""
    return {
        "id": "small",
        "version": 1,
        "languages": ["en"],
        "title": {"en": "Small"},
        "questions": copy.deepcopy(list(questions or (SCALE, MANY, BATTERY, COMMENT))),
        **changes,
    }


def complaint(given: object) -> str:
    """Return what is said about content that cannot be used."""
    with pytest.raises(QuestionnaireWrong) as raised:
        parse_questionnaire(given, source="small-1.yaml")
    return str(raised.value)


def test_a_questionnaire_is_parsed_once_into_questions() -> None:
    questionnaire = parse_questionnaire(content())
    assert [question.id for question in questionnaire.questions] == [
        "ease",
        "who",
        "trust_nhs",
        "trust_shops",
        "say",
    ]
    assert [question.id for question in questionnaire.asked_in(Wave.BEFORE)] == ["ease"]
    assert questionnaire.question("who").option("none").exclusive
    assert questionnaire.question("say").limit == 100


def test_rows_of_a_battery_are_full_questions_with_its_stem_and_note() -> None:
    row = parse_questionnaire(content()).question("trust_shops")
    assert (row.kind, row.battery, row.agree) == (Kind.NUMBER, "trust", ("8", "9", "10"))
    assert row.wording == "How much do you trust shops"
    assert (str(row.note_title), str(row.note)) == ("What is trust?", "Believing it.")
    assert row.values == ("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10")


def test_words_in_several_languages_keep_the_reference_language_first() -> None:
    urdu = {**COMMENT, "text": {"ur": "اور کچھ؟", "en": "Anything else?"}}
    given = content(urdu, languages=["en", "ur"], title={"en": "Small", "ur": "چھوٹا"})
    text = parse_questionnaire(given).question("say").text
    assert text == Text({"en": "Anything else?", "ur": "اور کچھ؟"})
    assert text.reference == "Anything else?"


def changed(question: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a question with some keys changed; None takes a key out."""
    return {key: value for key, value in {**question, **changes}.items() if value is not None}


YES_NO = [{"value": False, "label": {"en": "No"}}, {"value": True, "label": {"en": "Yes"}}]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("a list of words", "small-1.yaml: Write keys with values here"),
        (content(colour="red"), "The key 'colour' is not known here. Use only: id,"),
        (content(version=0), "'version' is 0. Write a whole number from 1 to 9999."),
        (content(version=None), "'version' is None"),
        (content(id="The Nest"), "'id' is 'The Nest'. Use small letters"),
        (content(languages=[]), "'languages' is []. List language codes"),
        (content(languages=["en", "en"]), "List language codes, the reference language first"),
        (content(title="Small"), "'title' must name its language. Write title: {en: 'Small'}."),
        (content(languages=["en", "ur"]), "'title' has no words in 'ur'. Add them"),
        (content(questions=[]), "'questions' is missing or empty"),
        (content(questions=["ease"]), "question 1: Write keys with values here"),
        (content(SCALE, SCALE), "question ease: This id is there twice."),
        (content(BATTERY, BATTERY), "question trust: The battery 'trust' is there twice."),
        (content(BATTERY, changed(COMMENT, id="trust")), "question trust: This id is there twice."),
        (content(changed(SCALE, id="_seat")), "question _seat: '_seat' begins with an underscore"),
        (content(changed(SCALE, id="Ease")), "'Ease' cannot be used as 'id'. Use small letters"),
        (content(changed(SCALE, id="say_quote")), "'say_quote' ends with '_quote'"),
        (content(changed(SCALE, id=None)), "question 1: 'id' is missing"),
        (
            content(changed(SCALE, kind="slider")),
            "'kind' is 'slider'. Use one of: scale, one, many, number, rank, comment.",
        ),
        (content(changed(SCALE, kind=["one"])), "'kind' is ['one']. Use one of"),
        (
            content(changed(SCALE, tekst={"en": "x"})),
            "The key 'tekst' is not known here. Did you mean 'text'?",
        ),
        (content(changed(SCALE, text={"en": ""})), "'text' has no words in 'en'"),
        (content(changed(SCALE, text={"en": 1984})), "'text' in 'en' is 1984, not words. Put it in quotes."),
        (
            content(changed(SCALE, text={"en": "Easy?", "fr": "Facile ?"})),
            "'text' has words in 'fr', which is not one",
        ),
        (content(changed(SCALE, asked=["during"])), "'asked' must be [before], [after] or [before, after]."),
        (content(changed(SCALE, asked="after")), "'asked' must be a list"),
        (content(changed(SCALE, agree=None)), "Say which options agree and which disagree"),
        (
            content(changed(SCALE, agree=["simple"])),
            "'simple' is named under agree, neutral or disagree but is not",
        ),
        (content(changed(SCALE, neutral=["easy"])), "An option is named twice under agree"),
        (content(changed(SCALE, neutral=None)), "must name every option in the order offered"),
        (content(changed(SCALE, agree=["hard"], disagree=["easy"])), "from negative to positive"),
        (content(changed(SCALE, agree_word=None)), "'agree_word' is missing"),
        (content(changed(SCALE, disagree_word=None)), "'disagree_word' is missing"),
        (content(changed(SCALE, at_most=2)), "The key 'at_most' is not known here"),
        (content(changed(SCALE, note={"en": "Why"})), "'note' and 'note_title' go together"),
        (content(changed(SCALE, was="who"), MANY), "'was' names 'who', which is still asked here"),
        (content(changed(SCALE, sensitive="very")), "'sensitive' is 'very'. Write true or false."),
        (content(changed(SCALE, options=SCALE["options"][:1])), "There is one option only"),
        (content(changed(SCALE, options=SCALE["options"] * 2)), "option 4: The value 'hard' is there twice"),
        (
            content(changed(SCALE, options=YES_NO)),
            "YAML read 'value' as yes/no, not as a word. Put it in quotes",
        ),
        (content(changed(SCALE, agree=[True])), "YAML read a word in 'agree' as yes/no"),
        (
            content(
                changed(SCALE, options=[{**SCALE["options"][0], "exclusive": True}, *SCALE["options"][1:]])
            ),
            "question ease, option 1: 'exclusive' is for questions of kind many only",
        ),
        (content(changed(MANY, at_most=3)), "'at_most' is 3. Write a whole number from 1 to 2."),
        (content(changed(MANY, agree=["gp"])), "The key 'agree' is not known here"),
        (content(changed(BATTERY, agree=[9, 10])), "must name every option in the order offered"),
        (content(changed(BATTERY, agree=[8, 9, 10, 11])), "'11' is named under agree"),
        (content(changed(BATTERY, options=MANY["options"])), "The key 'options' is not known here"),
        (content(changed(BATTERY, rows=[])), "question trust: 'rows' is missing or empty"),
        (
            content(changed(BATTERY, rows=[{"id": "shops", "kind": "one"}])),
            "row 1: The key 'kind' is not known here",
        ),
        (content(changed(COMMENT, limit=0)), "'limit' is 0. Write a whole number from 1 to 2000."),
        (content(changed(COMMENT, limit=True)), "'limit' is True"),
        (content(changed(COMMENT, options=MANY["options"])), "The key 'options' is not known here"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(given: object, words: str) -> None:
    said = complaint(given)
    assert said.startswith("small-1.yaml")
    assert words in said


def test_the_digest_knows_meaning_from_layout() -> None:
    given = content()
    assert digest(given) == digest(dict(reversed(given.items())))
    assert digest(given) != digest(content(version=2))
    assert digest(given) != digest(content(COMMENT, SCALE))
    assert canonical({"b": ["é"], "a": 1}) == '{"a":1,"b":["é"]}'


# --- files ---------------------------------------------------------------------------------------------------


def file(folder: Path, text: str | bytes, name: str = "small-1.yaml") -> Path:
    """Write a questionnaire file."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id: small\n  version: 1\n", "small-1.yaml, line 2: This is not valid YAML"),
        (
            "id: small\nid: smaller\n",
            "small-1.yaml, line 2: The key 'id' is there twice: it stands on line 1 already.",
        ),
        ("id: !!python/object:os.system small\n", "small-1.yaml, line 1: It says id: !!python"),
        ("id: \x00\n", "small-1.yaml: This is not valid YAML"),
        (b"id: \xff\xfe\n", "small-1.yaml: The file is not UTF-8 text. Save it as UTF-8."),
        ("- one\n- two\n", "small-1.yaml: Begin the file with id:"),
        ("", "small-1.yaml: Begin the file with id:"),
        ("id: 2017-04-24\n", "small-1.yaml, line 1: 2017-04-24 was read as a date"),
        (canonical(content(id="large")), "this file must be called large-1.yaml. Rename it."),
    ],
)
def test_a_broken_file_is_refused_with_its_line(tmp_path: Path, text: str | bytes, words: str) -> None:
    with pytest.raises(QuestionnaireWrong) as raised:
        load_questionnaire(file(tmp_path, text))
    assert words in str(raised.value)


def test_a_missing_file_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(QuestionnaireWrong, match=r"gone-1\.yaml: There is no such file"):
        load_questionnaire(tmp_path / "gone-1.yaml")


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    questionnaire, given = load_questionnaire(file(tmp_path, b"\xef\xbb\xbf" + canonical(content()).encode()))
    assert (questionnaire.id, given) == ("small", content())


def test_published_questionnaires_come_in_order_of_name(tmp_path: Path) -> None:
    file(tmp_path, canonical(content(version=2)), "small-2.yaml")
    file(tmp_path, canonical(content()), "small-1.yaml")
    file(tmp_path, "not a questionnaire", "notes.txt")
    assert [questionnaire.version for questionnaire, _ in published_questionnaires(tmp_path)] == [1, 2]
