"""An audience beside a survey in words: n = 0, 1, 9, 10, 29, 30, all agree, none agree, fewer than 3; who, when, how many."""

import dataclasses
from typing import Any

import pytest

from survey.analysis.benchmarks import Beside
from survey.analysis.sentences.benchmarks import (
    allowance_sentence,
    beside_sentence,
    chosen_sentence,
    facts,
    likeness_sentence,
    source_words,
    survey_sentence,
)
from survey.questionnaire.benchmarks import Reuse, benchmarks
from tests.analysis.asking import told
from tests.analysis.test_benchmarks import ASKED, FIGURE, beside, survey

NEVER = (
    "the public",
    "theatre-goers",
    "changed minds",
    "significant",
    "no difference",
    "representative",
    "%",
)


def answered(agreeing: int, others: int, **more: Any) -> Beside:
    return beside(told(ASKED, others, 0, 0, 0, agreeing), **more)


@pytest.mark.parametrize(
    ("agreeing", "others", "said"),
    [
        (
            0,
            1,
            "Fewer than 10 people answered here. In the published survey 70 in 100 said likely and 15 said unlikely.",
        ),
        (
            4,
            5,
            "Fewer than 10 people answered here. In the published survey 70 in 100 said likely and 15 said unlikely.",
        ),
        (
            7,
            3,
            "7 of the 10 people who answered here said likely; in the published survey 70 in 100. Too few people answered"
            " to work out a difference.",
        ),
        (
            27,
            2,
            "27 of the 29 people who answered here said likely; in the published survey 70 in 100. Too few people answered"
            " to work out a difference.",
        ),
        (
            21,
            9,
            "70 in 100 said likely here; in the published survey 70 in 100. No clear difference: the two could be the same,"
            " or differ by up to 19 in 100 one way and 15 the other.",
        ),
        (
            0,
            30,
            "70 fewer in 100 said likely here than in the published survey (somewhere between 57 and 75 fewer).",
        ),
        (
            30,
            0,
            "30 more in 100 said likely here than in the published survey (somewhere between 18 and 36 more).",
        ),
        (
            900,
            390,
            "70 in 100 said likely here; in the published survey 70 in 100. The share who said likely is about the same: any difference is smaller than"
            " 10 in 100.",
        ),
    ],
)
def test_what_is_said_of_so_many_answers(agreeing: int, others: int, said: str) -> None:
    assert beside_sentence(answered(agreeing, others)) == said


def test_the_sentence_says_for_how_many_questions_it_allows() -> None:
    assert beside_sentence(answered(0, 30, compared=5)).endswith(
        "fewer, allowing for the five questions compared)."
    )


def test_a_small_difference_is_called_small() -> None:
    big = survey(dataclasses.replace(FIGURE, base=4_000_000))
    found = beside(told(ASKED, 340_000, 0, 0, 0, 660_000), big)
    assert beside_sentence(found).endswith("The difference is small.")


def test_a_similar_question_has_both_figures_and_no_difference() -> None:
    found = beside(told(ASKED, 40, 0, 0, 0, 60), survey(reuse=Reuse.CLOSE))
    assert beside_sentence(found) == (
        "60 in 100 said likely here; in the published survey 70 in 100. It was a similar question, not the same one, so we"
        " do not work out a difference."
    )
    assert likeness_sentence(found) == (
        "A similar question, not the same one. The survey put it in other words."
    )
    assert survey_sentence(found).endswith("A similar question, not the same one.")


def test_a_translation_and_an_unseen_scale_are_said() -> None:
    translated = beside(told(ASKED, 40, 0, 0, 0, 60), translated=True)
    assert likeness_sentence(translated).endswith(
        "Some people here answered in another language than the survey’s."
    )
    unseen = beside(told(ASKED, 40, 0, 0, 0, 60), survey(scale=None))
    assert likeness_sentence(unseen).endswith("We have not seen that the survey offered the same answers.")
    same = beside(told(ASKED, 40, 0, 0, 0, 60))
    assert likeness_sentence(same).startswith("The survey asked the same question")


def test_without_a_base_nobody_guesses_one() -> None:
    unknown = survey(dataclasses.replace(FIGURE, base=None))
    found = beside(told(ASKED, 40, 0, 0, 0, 60), unknown)
    assert beside_sentence(found).endswith(
        "How many people the survey asked is not known, so we cannot work out a difference."
    )
    assert source_words(unknown, found.figure) == "Adults here, 2014: how many answered is not known"
    assert "no range" in allowance_sentence(unknown, found.figure)


def test_the_guess_about_how_people_were_chosen_is_called_our_own() -> None:
    assert allowance_sentence(survey(), FIGURE) == (
        "The survey’s range counts its 400 people as 267 (divided by 1.5): our own guess for the way they were chosen, as the"
        " survey gives none."
    )
    assert allowance_sentence(survey(design_effect=2.0), FIGURE) == (
        "The survey’s range counts its 400 people as 200, as the survey says it should."
    )


def test_who_when_how_many_in_which_words_and_where_stand_together() -> None:
    ads = benchmarks()["ico_ofcom_adtech_2019"]
    told_of = {fact.name: fact for fact in facts(ads, ads.figures[0])}
    assert told_of["When"].words == "end of February 2019"
    assert told_of["How many answered"].words == "2,340 people"
    assert told_of["Its question, word for word"].words == ads.wording
    assert "36 in 100" in told_of["Good to know"].words
    assert told_of["Where it was read"].address == ads.source.address
    (when,) = [fact.words for fact in facts(survey(), FIGURE) if fact.name == "When"]
    assert when == "Published in 2014. We have not read when people were asked."


def test_no_sentence_says_more_than_is_known() -> None:
    said = [beside_sentence(answered(agreeing, 60 - agreeing)) for agreeing in range(61)]
    said += [chosen_sentence(), survey_sentence(answered(9, 9))]
    assert [(words, never) for words in said for never in NEVER if never in words.lower()] == []
