"""Quotation marks, lists and sentences in a row are those of the language spoken, on the screen as on phones."""

import pytest

from survey.analysis.sentences.results import modes_sentence
from survey.analysis.suppression import shown
from survey.language import speaking
from survey.language.punctuation import all_of, any_of, one_after_another, quoted
from survey.model import Mode
from survey.publication.spoken import spoken
from tests.publication.test_wording import MANY, ONE


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "“7”"), ("tlh", "“7”"), ("ar", "«7»"), ("pl", "„7”"), ("ur", "“7”"), ("zh-Hans", "“7”")],
)
def test_an_answer_stands_in_the_quotation_marks_of_its_language(language: str, words: str) -> None:
    with speaking(language):
        assert quoted("7") == words


@pytest.mark.parametrize(
    ("language", "every", "either"),
    [
        ("en", "1, 2 and 3", "1, 2 or 3"),
        ("tlh", "1, 2 and 3", "1, 2 or 3"),
        ("ar", "1 و2 و3", "1 أو 2 أو 3"),
        ("pl", "1, 2 i 3", "1, 2 lub 3"),
        ("ur", "1، 2، اور 3", "1، 2، یا 3"),
        ("zh-Hans", "1、2和3", "1、2或3"),
    ],
)
def test_a_list_is_written_as_its_language_writes_it(language: str, every: str, either: str) -> None:
    with speaking(language):
        assert (all_of(["1", "2", "3"]), any_of(["1", "2", "3"])) == (every, either)


def test_a_list_of_one_is_that_one_and_a_list_of_none_is_nothing() -> None:
    assert [all_of(["1"]), any_of(["1"]), all_of([]), any_of([])] == ["1", "1", "", ""]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "A. B. C."), ("ar", "A. B. C."), ("zh-Hans", "A.B.C.")]
)
def test_chinese_writes_no_space_between_sentences(language: str, words: str) -> None:
    with speaking(language):
        assert one_after_another(["A.", "B.", "C."]) == words
        assert one_after_another([]) == ""


def test_braces_in_an_answer_stay_as_they_are() -> None:
    assert quoted("{answer}") == "“{answer}”"
    assert one_after_another(["{next}.", "{sentence}."]) == "{next}. {sentence}."


@pytest.mark.parametrize(
    ("language", "most", "ticked"),
    [
        ("ar", "«Always» و«Sometimes»", "«None of these»"),
        ("pl", "„Always” i „Sometimes”", "„None of these”"),
        ("ur", "“Always” اور “Sometimes”", "“None of these”"),
        ("zh-Hans", "“Always”和“Sometimes”", "“None of these”"),
    ],
)
def test_what_the_room_reads_has_no_english_marks(language: str, most: str, ticked: str) -> None:
    even = shown(ONE, 50, {"always": 20, "sometimes": 20, "never": 5, "not_sure": 5})
    chosen = shown(MANY, 50, {"gp": 40, "family": 30, "none_of_these": 8})
    with speaking(language):
        assert most in spoken(ONE, even)
        assert ticked in spoken(MANY, chosen)


def test_the_ways_of_answering_are_listed_as_the_language_lists() -> None:
    with speaking("zh-Hans"):
        assert " " not in modes_sentence({Mode.PHONE: 60, Mode.PAPER: 12})
    with speaking("ar"):
        assert "على الهواتف (60) وعلى الورق (12)" in modes_sentence({Mode.PHONE: 60, Mode.PAPER: 12})
