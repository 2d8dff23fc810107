"""What is a valid answer: kept; what is not: said kindly; what was typed: never lost."""

from collections.abc import Sequence

import pytest

from survey.model import Answer, Comment, Filled, Wave
from survey.questionnaire import DATA, load_questionnaire, quote_field, read_form

NEST, _content = load_questionnaire(DATA / "the-nest-1.yaml")
FULL = {
    "home_system": ["depends"],
    "research_nhs": ["very_likely"],
    "closer_to": ["kept_changing"],
    "share_with": ["emergency", "gp"],
    "matters_most": ["told", "say_no", "proof"],
    "trust_nhs": ["10"],
    "trust_internet": ["0"],
    "targeted_ads": ["neither"],
    "heard_of_optout": ["no"],
    "differently": ["I would ask first."],
    "differently_quote": ["yes"],
}


def filled(**fields: Sequence[str]) -> Filled:
    """Return a form of the after wave as it is read."""
    return read_form(NEST, Wave.AFTER, fields)


def test_a_whole_form_is_read_in_the_order_of_the_questionnaire() -> None:
    form = read_form(NEST, Wave.AFTER, FULL)
    assert form.answers == (
        Answer("home_system", ("depends",)),
        Answer("research_nhs", ("very_likely",)),
        Answer("closer_to", ("kept_changing",)),
        Answer("share_with", ("gp", "emergency")),
        Answer("matters_most", ("told", "say_no", "proof")),
        Answer("trust_nhs", ("10",)),
        Answer("trust_internet", ("0",)),
        Answer("targeted_ads", ("neither",)),
        Answer("heard_of_optout", ("no",)),
    )
    assert form.comments == (Comment("differently", "I would ask first.", quote_ok=True),)
    assert form.problems == {}


def test_everything_typed_comes_back() -> None:
    form = read_form(NEST, Wave.AFTER, FULL)
    assert form.typed == {name: tuple(values) for name, values in FULL.items()}


def test_a_valid_answer_is_kept_beside_one_that_needs_another_look() -> None:
    form = filled(home_system=["acceptable"], closer_to=["nobody"])
    assert form.answers == (Answer("home_system", ("acceptable",)),)
    assert form.problems == {"closer_to": "Choose one of the answers offered."}
    assert form.typed == {"home_system": ("acceptable",), "closer_to": ("nobody",)}


def test_an_empty_form_is_empty_and_empty_fields_are_skips() -> None:
    form = filled(
        home_system=[""], share_with=[], trust_nhs=["  "], differently=["\r\n"], differently_quote=["yes"]
    )
    assert form.empty
    assert form.problems == {}
    assert read_form(NEST, Wave.AFTER, {}) == Filled()


@pytest.mark.parametrize(
    ("question", "values", "words"),
    [
        ("home_system", ["perhaps"], "Choose one of the answers offered."),
        ("home_system", ["Acceptable"], "Choose one of the answers offered."),
        ("home_system", ["acceptable", "depends"], "Choose one answer only."),
        ("research_company", ["very_likely", "not_sure"], "Choose one answer only."),
        ("share_with", ["gp", "police"], "Choose one of the answers offered."),
        ("share_with", ["gp", "none"], "Choose either “None of these” or other answers, not both."),
        (
            "matters_most",
            ["none", "no_concerns"],
            "Choose either “None of these” or other answers, not both.",
        ),
        (
            "matters_most",
            ["fines", "no_concerns"],
            "Choose either “I have no concerns” or other answers, not both.",
        ),
        ("matters_most", ["told", "say_no", "fines", "proof"], "Choose up to three."),
        ("trust_nhs", ["11"], "Choose a whole number from 0 to 10."),
        ("trust_nhs", ["-1"], "Choose a whole number from 0 to 10."),
        ("trust_nhs", ["7.5"], "Choose a whole number from 0 to 10."),
        ("trust_nhs", ["seven"], "Choose a whole number from 0 to 10."),
        ("trust_nhs", ["9" * 5000], "Choose a whole number from 0 to 10."),
        ("trust_nhs", ["7", "8"], "Choose one answer only."),
        ("differently", ["one", "two"], "Write your comment in one box only."),
        (
            "differently",
            ["ab" * 140 + "c"],
            "Your comment is 1 character too long. Make it a little shorter and send it again.",
        ),
        (
            "differently",
            ["ab" * 160],
            "Your comment is 40 characters too long. Make it shorter and send it again.",
        ),
    ],
)
def test_an_answer_that_cannot_be_kept_says_what_to_do(question: str, values: list[str], words: str) -> None:
    form = read_form(NEST, Wave.AFTER, {question: values})
    assert form.problems == {question: words}
    assert form.empty
    assert form.typed == {question: tuple(values)}


@pytest.mark.parametrize("typed", ["7", " 7 ", "07", "٧"])
def test_a_number_may_be_typed_in_several_ways(typed: str) -> None:
    assert filled(trust_nhs=[typed]).answers == (Answer("trust_nhs", ("7",)),)


def test_the_same_answer_sent_twice_in_one_form_is_one_answer() -> None:
    assert filled(home_system=["depends", "depends"]).answers == (Answer("home_system", ("depends",)),)


def test_exactly_as_many_as_allowed_are_allowed() -> None:
    assert filled(matters_most=["told", "fines", "proof"]).problems == {}
    assert filled(differently=["ab" * 140]).problems == {}


def test_a_question_of_the_other_wave_and_unknown_fields_are_left_alone() -> None:
    form = read_form(
        NEST,
        Wave.BEFORE,
        {"trust_nhs": ["7"], "colour": ["red"], "_seat": ["x"], "home_system": ["acceptable"]},
    )
    assert form.answers == (Answer("home_system", ("acceptable",)),)
    assert form.typed == {"home_system": ("acceptable",)}
    assert form.problems == {}


def test_a_comment_is_cleaned_but_what_was_typed_comes_back_as_typed() -> None:
    form = filled(differently=["\u202eI  would\x07 ask\u200b.\r\nFirst"])
    assert form.comments == (Comment("differently", "I  would ask.\nFirst"),)
    assert form.typed["differently"] == ("\u202eI  would\x07 ask\u200b.\r\nFirst",)


def test_line_ends_count_once_towards_the_limit() -> None:
    assert filled(differently=["ab\r\n" * 93 + "c"]).problems == {}


def test_a_comment_may_not_be_quoted_unless_its_writer_ticked_yes() -> None:
    assert quote_field(NEST.question("differently")) == "differently_quote"
    for tick in ([], ["no"], ["on"]):
        assert not filled(differently=["Ask first"], differently_quote=tick).comments[0].quote_ok


def test_a_flood_of_marks_is_refused_without_being_read() -> None:
    flood = "e" + "\u0316\u0301" * 300_000
    assert filled(differently=[flood]).problems == {
        "differently": "Your comment is 599721 characters too long. Make it shorter and send it again."
    }
