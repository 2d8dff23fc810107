"""Answers put in order: what a file may ask, what a form may hold, and the workshop's questionnaire."""

import copy
from typing import Any

import pytest

from survey.model import Answer, Filled, Kind, Wave
from survey.questionnaire import DATA, QuestionnaireWrong, load_questionnaire, parse_questionnaire, read_form

SAFEGUARDS, CONTENT = load_questionnaire(DATA / "safeguards-1.yaml")
NEST, _nest = load_questionnaire(DATA / "the-nest-1.yaml")
GAP = "Fill in your 1st choice first, then your 2nd, with no gap between them."


def parsed(offered: int = 4, **keys: Any) -> Any:
    """Return a ranking of so many options as it is parsed."""
    asked = {
        "id": "order",
        "kind": "rank",
        "text": {"en": "Which first?"},
        "options": [{"value": f"v{place}", "label": {"en": f"Answer {place}"}} for place in range(offered)],
    }
    content = {"id": "small", "version": 1, "languages": ["en"], "title": {"en": "Small"}}
    return parse_questionnaire({**content, "questions": [copy.deepcopy(asked | keys)]}).questions[0]


def filled(*places: str) -> Filled:
    """Return a form on which these places of the workshop's ranking are filled."""
    return read_form(SAFEGUARDS, Wave.AFTER, {"matters_order": places})


@pytest.mark.parametrize(("options", "keys", "places"), [(4, {}, 3), (2, {}, 2), (7, {"at_most": 5}, 5)])
def test_a_ranking_has_three_places_unless_its_file_says_how_many(
    options: int, keys: dict[str, Any], places: int
) -> None:
    question = parsed(options, **keys)
    assert (question.kind, question.at_most, question.places) == (Kind.RANK, places, places)


@pytest.mark.parametrize(
    ("options", "keys", "words"),
    [
        (1, {}, "There is one option only. Add at least one more."),
        (4, {"at_most": 1}, "'at_most' is 1. Write a whole number from 2 to 4."),
        (4, {"at_most": 5}, "'at_most' is 5. Write a whole number from 2 to 4."),
        (9, {"at_most": 6}, "'at_most' is 6. Write a whole number from 2 to 5."),
        (4, {"agree": ["v0"]}, "The key 'agree' is not known here."),
        (
            4,
            {
                "options": [
                    {"value": "a", "label": {"en": "A"}},
                    {"value": "none", "label": {"en": "None"}, "exclusive": True},
                ]
            },
            "'exclusive' is for questions of kind many only. Take it out.",
        ),
    ],
)
def test_a_ranking_that_cannot_be_asked_is_refused_with_what_to_do(
    options: int, keys: dict[str, Any], words: str
) -> None:
    with pytest.raises(QuestionnaireWrong) as wrong:
        parsed(options, **keys)
    assert words in str(wrong.value)


@pytest.mark.parametrize(
    ("places", "kept"),
    [
        (("proof", "told", "fines"), ("proof", "told", "fines")),
        (("proof", "told", ""), ("proof", "told")),
        (("proof", "", ""), ("proof",)),
        (("proof",), ("proof",)),
        ((" proof ", "told"), ("proof", "told")),
    ],
)
def test_a_ranking_keeps_its_order_and_need_not_be_full(
    places: tuple[str, ...], kept: tuple[str, ...]
) -> None:
    form = filled(*places)
    assert form.answers == (Answer("matters_order", kept),)
    assert form.problems == {}


def test_a_ranking_left_empty_is_a_skip() -> None:
    assert filled("", "", "") == Filled()


@pytest.mark.parametrize(
    ("places", "words"),
    [
        (("", "told", ""), GAP),
        (("proof", "", "told"), GAP),
        (("told", "told", ""), "You chose “Being told who uses it and why” twice."),
        (("told", "", "told"), "Change one of them, or leave the last one empty."),
        (("told", "lies"), "Choose one of the answers offered."),
        (("told", "proof", "fines", "say_no"), "Choose up to three."),
    ],
)
def test_what_cannot_be_kept_is_said_and_every_place_comes_back(places: tuple[str, ...], words: str) -> None:
    form = filled(*places)
    assert form.answers == ()
    assert words in form.problems["matters_order"]
    assert form.typed == {"matters_order": places}


def test_the_workshop_asks_its_ranking_before_and_after_and_the_rest_after() -> None:
    assert [question.id for question in SAFEGUARDS.asked_in(Wave.BEFORE)] == ["matters_order"]
    assert [(question.id, question.kind) for question in SAFEGUARDS.asked_in(Wave.AFTER)] == [
        ("matters_order", Kind.RANK),
        ("absorbing", Kind.NUMBER),
        ("thought_provoking", Kind.NUMBER),
        ("says_something", Kind.NUMBER),
    ]
    assert all(len(question.name) <= 48 for question in SAFEGUARDS.questions)


def test_the_safeguards_are_worded_as_in_the_nest() -> None:
    offered = [option for option in NEST.question("matters_most").options if not option.exclusive]
    assert SAFEGUARDS.question("matters_order").options == tuple(offered)
