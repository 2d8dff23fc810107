"""Benchmarks: MOVER of two Wilson intervals, which question is the same, and nothing that nobody published."""

import dataclasses
from typing import Any

import pytest

from survey.analysis.benchmarks import (
    DESIGN_EFFECT,
    Beside,
    Unlike,
    beside_benchmark,
    comparable_figure,
    effective_base,
    from_benchmark,
    published,
    same_questions,
    unlike,
)
from survey.analysis.differences import Verdict, newcombe
from survey.analysis.ranges import wilson
from survey.analysis.shares import Share, Tally, tally
from survey.analysis.suppression import Part
from survey.model import Kind, Mode, Option, Question
from survey.questionnaire.benchmarks import (
    Benchmark,
    Figure,
    Reuse,
    Scale,
    Source,
    WordingStatus,
    benchmark_of,
    benchmarks,
)
from tests.analysis.asking import NEWCOMBE_1998, NUMBER, counted, question, say, told
from tests.charts.asking import NEST

LABELS = ("Very unlikely", "Fairly unlikely", "Not sure", "Fairly likely", "Very likely")
ASKED = dataclasses.replace(
    question(
        Kind.SCALE,
        *("very_unlikely", "fairly_unlikely", "not_sure", "fairly_likely", "very_likely"),
        text="How likely are organisations to ask?",
        disagree=("very_unlikely", "fairly_unlikely"),
        neutral=("not_sure",),
        agree=("fairly_likely", "very_likely"),
        agree_word=say("said likely"),
        disagree_word=say("said unlikely"),
    ),
    benchmark="survey",
)
FIGURE = Figure("", 400, dict(zip(LABELS, (5.0, 10.0, 15.0, 30.0, 40.0), strict=True)))


def survey(figure: Figure = FIGURE, **more: Any) -> Benchmark:
    """A published survey that asked the same as ``ASKED``."""
    made = Benchmark(
        id="survey",
        who=say("Adults here"),
        year=2014,
        population=say("adults here"),
        source=Source("A survey", "https://example.org"),
        licence="not read",
        wording="How likely are organizations to ask?",
        wording_status=WordingStatus.VERBATIM,
        reuse=Reuse.IDENTICAL_OK,
        figures=(figure,),
        language="en",
        scale=Scale(LABELS),
    )
    return dataclasses.replace(made, **more)


def beside(given: Tally, benchmark: Benchmark | None = None, **more: Any) -> Beside:
    found = beside_benchmark(given, benchmark or survey(), **more)
    assert found is not None
    return found


@pytest.mark.parametrize(("here", "there", "low", "high"), NEWCOMBE_1998)
def test_a_published_base_that_counts_whole_gives_newcombes_published_intervals(
    here: tuple[int, int], there: tuple[int, int], low: float, high: float
) -> None:
    """Newcombe 1998, Stat Med 17:873, table II, examples (a) to (h): method 10 is MOVER of two Wilson intervals."""
    found = from_benchmark(Share("", *here), there[0] / there[1], there[1])
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)
    assert found == newcombe(Share("", *there), Share("", *here))


def test_a_published_base_is_divided_by_one_and_a_half_by_hand() -> None:
    """50 of 100 here; 50 in 100 of 150 there, worth 100: each Wilson interval is 0.5 ± 0.09617, √2 × that is 0.13600."""
    half = survey(Figure("", 150, dict(zip(LABELS, (20.0, 10.0, 20.0, 20.0, 30.0), strict=True))))
    found = beside(told(ASKED, 20, 20, 10, 20, 30), half)
    assert DESIGN_EFFECT == 1.5
    assert effective_base(found.figure, half) == 100
    assert found.agreeing.there == 0.5
    assert found.difference is not None
    assert (round(found.difference.low, 4), round(found.difference.high, 4)) == (-0.1360, 0.1360)
    assert found.verdict is Verdict.NONE


def test_a_design_effect_that_was_published_is_used_instead() -> None:
    assert effective_base(FIGURE, survey()) == pytest.approx(400 / 1.5)
    assert effective_base(FIGURE, survey(design_effect=2.0)) == 200


def test_several_questions_compared_widen_the_interval_that_decides() -> None:
    given = told(ASKED, 20, 20, 10, 20, 30)
    alone, among_five = (beside(given, compared=number).difference for number in (1, 5))
    assert alone is not None
    assert among_five is not None
    assert among_five.low < alone.low < alone.high < among_five.high


def test_the_classes_are_sums_of_published_answers_each_with_its_range() -> None:
    lines = beside(told(ASKED, 10, 10, 20, 30, 30)).lines
    assert [(line.part, line.there) for line in lines] == [
        (Part.DISAGREE, 0.15),
        (Part.NEUTRAL, 0.15),
        (Part.AGREE, 0.70),
    ]
    assert lines[2].here == Share("agree", 60, 100)
    assert lines[2].here_range == wilson(0.6, 100)
    assert lines[2].there_range == wilson(0.7, 400 / 1.5)


def test_a_middle_that_nobody_published_is_never_worked_out() -> None:
    """36 gave 8 to 10 and 17 gave 0 to 4: that 47 gave 5 to 7 or did not know stands nowhere."""
    asked = NEST.question("trust_nhs")
    trust = benchmark_of(asked)
    assert trust is not None
    found = beside(told(asked, *[10] * 11), trust)
    assert [(line.part, line.there) for line in found.lines] == [(Part.DISAGREE, 0.17), (Part.AGREE, 0.36)]
    assert found.unpublished == (("5", "6", "7"),)
    figure = trust.figure_of(asked)
    assert figure is not None
    assert published(asked, figure, Part.NEUTRAL, asked.neutral) is None


def test_the_nests_three_same_questions_are_the_ones_reviewed() -> None:
    same = []
    for asked in NEST.questions:
        benchmark = benchmark_of(asked)
        if benchmark and comparable_figure(asked, benchmark) and not unlike(asked, benchmark):
            same.append(asked.id)
    assert same == ["research_nhs", "research_university", "research_company"]
    assert same_questions(NEST.questions) == 3


@pytest.mark.parametrize(
    ("id", "why"),
    [
        ("home_system", (Unlike.WORDS,)),
        ("trust_nhs", (Unlike.BASE,)),
        ("trust_internet", (Unlike.BASE,)),
        ("targeted_ads", (Unlike.WORDS, Unlike.ANSWERS)),
        ("heard_of_optout", (Unlike.WORDS, Unlike.ANSWERS)),
    ],
)
def test_the_nests_similar_questions_have_figures_and_no_difference(id: str, why: tuple[Unlike, ...]) -> None:
    asked = NEST.question(id)
    benchmark = benchmark_of(asked)
    assert benchmark is not None
    found = beside(told(asked, *[40] * len(asked.values)), benchmark)
    assert (found.unlike, found.same, found.difference, found.verdict) == (why, False, None, None)
    assert found.agreeing.there > 0


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"reuse": Reuse.CLOSE}, (Unlike.WORDS,)),
        ({"wording_status": WordingStatus.AS_REPORTED}, (Unlike.WORDS,)),
        ({"wording": "How likely are people to ask?"}, (Unlike.WORDS,)),
        ({"scale": None}, (Unlike.ANSWERS,)),
        ({"scale": Scale(LABELS[1:])}, (Unlike.ANSWERS,)),
        ({"scale": Scale(tuple(map(str, range(11))), ("8", "9", "10"), ("0",))}, (Unlike.ANSWERS,)),
        ({"scale": Scale(LABELS[::-1])}, ()),
        ({}, ()),
    ],
)
def test_the_same_question_needs_the_same_words_and_the_same_answers(
    changed: dict[str, Any], why: tuple[Unlike, ...]
) -> None:
    assert unlike(ASKED, survey(**changed)) == why


def test_a_number_is_the_same_only_with_the_same_sides() -> None:
    numbers = Scale(tuple(map(str, range(11))), ("8", "9", "10"), ("0", "1", "2", "3", "4"))
    asked = dataclasses.replace(NUMBER, text=say("How likely are organisations to ask?"))
    other = dataclasses.replace(asked, agree=("9", "10"), neutral=("5", "6", "7", "8"))
    published_sides = survey(Figure("", 400, None, 36, 17), scale=numbers)
    assert unlike(asked, published_sides) == ()
    assert unlike(other, published_sides) == (Unlike.ANSWERS,)


def test_answers_to_a_translation_are_answers_to_a_similar_question() -> None:
    found = beside(told(ASKED, 20, 20, 20, 20, 20), translated=True)
    assert (found.unlike, found.difference) == ((Unlike.TRANSLATED,), None)


def test_without_a_published_base_there_is_no_range_and_no_difference() -> None:
    found = beside(told(ASKED, 20, 20, 20, 20, 20), survey(dataclasses.replace(FIGURE, base=None)))
    assert found.same
    assert (found.difference, found.verdict, found.agreeing.there_range) == (None, None, None)
    assert effective_base(found.figure, found.benchmark) is None


def test_below_thirty_answers_there_is_too_little_to_tell() -> None:
    assert beside(told(ASKED, 0, 0, 0, 9, 20)).verdict is Verdict.TOO_FEW
    assert beside(told(ASKED, 30, 0, 0, 0, 0)).verdict is Verdict.CLEAR


def test_background_is_never_set_beside_answers() -> None:
    assert beside_benchmark(told(ASKED, 1, 2, 3, 4, 5), survey(reuse=Reuse.CONTEXT)) is None
    worn = benchmarks()["kpmg_2015_wearable"]
    assert comparable_figure(NEST.question("share_with"), worn) is None


def test_an_answer_the_survey_did_not_offer_has_no_figure() -> None:
    other = Option("maybe", say("Maybe"))
    asked: Question = dataclasses.replace(
        ASKED, options=(*ASKED.options, other), agree=(*ASKED.agree, "maybe")
    )
    assert comparable_figure(asked, survey()) is None
    assert beside_benchmark(told(ASKED, 0, 0, 0, 0, 0), survey()) is None


def test_cards_and_hands_never_stand_beside_a_survey() -> None:
    cards = tally(ASKED, [counted(ASKED, 9, 9, 9, 9, 9, mode=Mode.CARD)], mode=Mode.CARD)
    with pytest.raises(ValueError, match="raised in public"):
        beside_benchmark(cards, survey())
