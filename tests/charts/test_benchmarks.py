"""Beside published surveys: a dot on a band, both numbers printed, a difference only where the question was the same."""

from survey.analysis.benchmarks import Beside, beside_benchmark
from survey.analysis.shares import Tally
from survey.charts.benchmarks import benchmarks, verdict_of
from survey.questionnaire.benchmarks import benchmark_of
from tests.charts.asking import given, rows, source

NHS = given("research_nhs", 10, 10, 10, 35, 35)
COMPANY = given("research_company", 20, 20, 30, 17, 13)
UNIVERSITY = given("research_university", 5, 5, 10, 35, 55)
INTERNET = given("trust_internet", *[10] * 11)
HOME = given("home_system", 30, 30, 40)
HEARD = given("heard_of_optout", 50, 10, 40)
FEW = given("targeted_ads", 5, 5, 5, 7, 7)


def found(*tallies: Tally) -> list[Beside]:
    made = []
    for tally in tallies:
        benchmark = benchmark_of(tally.question)
        assert benchmark is not None
        beside = beside_benchmark(tally, benchmark, compared=5)
        assert beside is not None
        made.append(beside)
    return made


def test_the_dot_its_range_the_band_and_both_numbers_are_drawn() -> None:
    (nhs,) = found(NHS)
    picture = benchmarks([nhs])
    (row,), (there,), (band,) = (rows(picture, name) for name in ("rows", "published", "bands"))
    assert (row["here"], row["number"], (row["low"], row["high"])) == (
        70,
        "70",
        nhs.agreeing.here_range.in_100,
    )
    assert (there["there"], there["number"]) == (78, "78")
    assert nhs.agreeing.there_range is not None
    assert (band["low"], band["high"]) == nhs.agreeing.there_range.in_100


def test_the_words_at_the_right_say_what_is_clear_and_what_is_not() -> None:
    assert [verdict_of(one) for one in found(NHS, COMPANY, UNIVERSITY, INTERNET, HOME, HEARD)] == [
        "no clear difference",
        "no clear difference",
        "16 in 100 above (3 to 27)",
        "a similar question",
        "a similar question",
        "a similar question",
    ]


def test_the_interval_printed_is_the_one_that_decides() -> None:
    (university,) = found(UNIVERSITY)
    assert university.difference is not None
    near, far = university.difference.in_100
    assert verdict_of(university).endswith(f"({near} to {far})")


def test_a_survey_whose_base_nobody_knows_has_a_line_and_no_band() -> None:
    picture = benchmarks(found(HEARD))
    assert rows(picture, "bands") == []
    assert [row["there"] for row in rows(picture, "published")] == [32]


def test_below_thirty_answers_nothing_of_this_audience_is_drawn() -> None:
    picture = benchmarks(found(NHS, FEW))
    assert [row["row"] for row in rows(picture, "rows")] == [0]
    (hidden,) = rows(picture, "hidden")
    assert (hidden["row"], hidden["instead"]) == (1, "fewer than 30 answers here")
    assert "48" not in source(picture).split('"hidden"')[1].split("]")[0]


def test_the_sentence_says_the_same_as_the_picture() -> None:
    assert benchmarks(found(UNIVERSITY, FEW)).words == (
        "Research by universities: said likely 82 in 100 here, 66 in the survey, 16 in 100 above (3 to 27). Free websites"
        " with targeted adverts: said acceptable: fewer than 30 answers here."
    )
