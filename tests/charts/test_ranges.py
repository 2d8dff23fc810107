"""One question: its bars, and the strip with both ranges of the whole room."""

from survey.analysis.ranges import Interval
from survey.analysis.shares import Share, agreeing
from survey.charts.ranges import Followed, one_question
from survey.charts.theme import AGAINST, BETWEEN, FOR, PLAIN
from tests.charts.asking import given, plain_question, rows, told


def test_bars_stand_in_the_order_offered_with_their_numbers() -> None:
    bars = rows(one_question(given("research_nhs", 5, 11, 20, 55, 51)), "bars")
    assert [(bar["label"], bar["in_100"], bar["number"]) for bar in bars] == [
        ("Very unlikely", 4, "4"),
        ("Fairly unlikely", 8, "8"),
        ("Not sure", 14, "14"),
        ("Fairly likely", 39, "39"),
        ("Very likely", 36, "36"),
    ]


def test_below_thirty_answers_counts_are_printed() -> None:
    picture = one_question(given("home_system", 4, 6, 7))
    assert [bar["number"] for bar in rows(picture, "bars")] == ["4", "6", "7"]
    assert (
        picture.words == "Bars, 17 answers. Not acceptable 4 of 17; It depends 6 of 17; Acceptable 7 of 17."
    )


def test_the_strip_holds_both_ranges() -> None:
    answers = given("research_nhs", 5, 11, 20, 55, 51)
    picture = one_question(
        answers, Followed("said likely", agreeing(answers), Interval(0.701, 0.786), Interval(0.44, 0.85))
    )
    (strip,) = rows(picture, "strip")
    assert [strip[end] for end in ("share", "low", "high", "worst_low", "worst_high")] == [75, 70, 79, 44, 85]
    assert "70 to 79 in 100 said likely if the others think like those who answered" in picture.words
    assert "anything from 44 to 85 if they do not" in picture.words


def test_answers_on_no_scale_have_one_colour_and_others_their_side() -> None:
    plain = one_question(told(plain_question("Sean's", "Sara's"), [40, 20]))
    assert {bar["colour"] for bar in rows(plain, "bars")} == {PLAIN}
    home = one_question(given("home_system", 20, 10, 30))
    assert [bar["colour"] for bar in rows(home, "bars")] == [AGAINST, BETWEEN, FOR]


def test_a_number_and_a_fact_are_neither_for_nor_against() -> None:
    for asked in (given("trust_nhs", *[4] * 11), given("heard_of_optout", 20, 10, 30)):
        assert {bar["colour"] for bar in rows(one_question(asked), "bars")} == {PLAIN}


def test_a_longer_answer_is_broken_into_lines_and_its_bars_stand_further_apart() -> None:
    short = one_question(told(plain_question("Yes", "No"), [40, 20]))
    long = one_question(
        told(plain_question("Data stays in a secure place and researchers visit it", "No"), [40, 20])
    )
    assert "\n" in rows(long, "bars")[0]["label"]
    assert long.spec["height"] > short.spec["height"]


def test_a_followed_share_of_everybody_is_drawn() -> None:
    answers = given("home_system", 0, 0, 50)
    picture = one_question(
        answers, Followed("said acceptable", Share("", 50, 50), Interval(0.9, 1), Interval(0.5, 1))
    )
    (strip,) = rows(picture, "strip")
    assert (strip["share"], strip["high"]) == (100, 100)
