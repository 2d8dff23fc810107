"""How many answers may be ticked is said once: by the question, or beside it. And how long a form takes."""

from dataclasses import replace

import pytest

from survey.language import speaking
from survey.language.punctuation import unbroken
from survey.model import Kind, Option, Question, Text, Wave
from survey.questionnaire import DATA, load_questionnaire
from survey.questionnaire.hints import tick_hint
from survey.questionnaire.length import minutes

MANY = Question(
    "matters",
    Kind.MANY,
    Text({"en": "What matters?"}),
    tuple(Option(value, Text({"en": value})) for value in "abcd"),
    at_most=3,
)


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("What matters? Choose up to three.", ""),
        ("Name THREE things.", ""),
        ("What matters (at most 3)?", ""),
        ("What matters?", "Tick up to 3."),
        ("What matters to 13 or 30 people, or threefold?", "Tick up to 3."),
        ("Which two matter?", "Tick up to 3."),
    ],
)
def test_the_most_is_said_beside_a_question_only_where_its_words_do_not_say_it(words: str, hint: str) -> None:
    assert tick_hint(replace(MANY, text=Text({"en": words}))) == hint


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("pl", "Co jest ważne? Wybierz do trzech odpowiedzi."),
        ("ur", "کیا اہم ہے؟ زیادہ سے زیادہ تین چنیں۔"),
        ("ar", "ما المهم؟ يمكن اختيار ثلاث إجابات على الأكثر."),
        ("zh-Hans", "什么重要?最多选三个。"),
        ("zh-Hans", "What matters? Choose up to three."),
    ],
)
def test_words_that_say_the_most_are_known_in_every_language_and_where_a_text_is_not_translated(
    language: str, words: str
) -> None:
    with speaking(language):
        spoken = language if not words.isascii() else "en"
        assert tick_hint(replace(MANY, text=Text({spoken: words}))) == ""
        assert tick_hint(MANY) != ""
        assert tick_hint(replace(MANY, text=Text({spoken: words}), at_most=2)) != ""


def test_without_a_most_all_may_be_ticked_and_no_other_kind_is_told_anything() -> None:
    assert tick_hint(replace(MANY, at_most=None)) == "Tick all that apply."
    assert tick_hint(replace(MANY, kind=Kind.RANK)) == ""


def test_a_line_never_breaks_between_figures() -> None:
    assert unbroken("a score of 0-10, well-kept, 2015–2017") == (
        "a score of 0\u2060-\u206010, well-kept, 2015\u2060–\u20602017"
    )


def test_a_form_takes_the_time_to_read_its_words_once_and_to_choose() -> None:
    """238 words a minute (Brysbaert 2019), 4 seconds a choice, 20 a written answer; what a battery shares is read once."""
    wordy = replace(
        MANY, text=Text({"en": "word " * 234})
    )  # with its four answers 238 words: a minute, and 4 seconds
    assert minutes([wordy]) == 1
    assert minutes([wordy] * 8) == 9  # 8 minutes and 32 seconds
    row = replace(
        MANY,
        kind=Kind.NUMBER,
        text=Text({"en": "row"}),
        battery="trust",
        stem=Text({"en": "word " * 238}),
    )
    assert minutes([row] * 30) == 3  # one minute of stem, 30 words, 2 minutes of choosing
    assert minutes([]) == 1


def test_the_nest_takes_a_few_minutes() -> None:
    nest = load_questionnaire(DATA / "the-nest-1.yaml")[0]
    assert minutes(nest.asked_in(Wave.BEFORE)) <= minutes(nest.asked_in(Wave.AFTER)) <= 4
