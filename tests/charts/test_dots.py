"""Two audiences: the widened interval is drawn, a diamond is clear, few answers are not drawn out."""

from survey.analysis.differences import Difference, compare
from survey.analysis.shares import Tally
from survey.charts.dots import audiences
from tests.charts.asking import given, rows, source

Pair = tuple[Tally, Tally]
CLEAR: Pair = (given("research_nhs", 5, 8, 20, 30, 23), given("research_nhs", 40, 23, 29, 30, 20))
UNCLEAR: Pair = (given("research_company", 20, 24, 21, 15, 6), given("research_company", 30, 45, 41, 18, 8))
SAME: Pair = (given("trust_nhs", *[100] * 11), given("trust_nhs", *[101] * 11))
FEW: Pair = (given("targeted_ads", 2, 3, 4, 5, 6), given("targeted_ads", 20, 30, 28, 40, 24))
HIDDEN: Pair = (given("home_system", 3, 3, 3), given("home_system", 40, 60, 42))


def between(*pairs: Pair) -> list[Difference]:
    """The differences of a questionnaire with just these questions."""
    return [one for pair in pairs for one in compare(*pair, questions=len(pairs))]


def test_the_line_drawn_is_the_interval_that_decides() -> None:
    found = between(CLEAR, UNCLEAR, SAME, FEW)
    drawn = rows(audiences(found, "2015", "2017"), "rows")
    assert [(row["low"], row["high"]) for row in drawn] == [one.interval.in_100 for one in found]
    assert [one.interval.in_100 for one in found] != [one.interval95.in_100 for one in found]


def test_a_diamond_is_a_clear_difference_and_a_circle_is_not() -> None:
    drawn = rows(audiences(between(CLEAR, UNCLEAR, SAME, FEW), "2015", "2017"), "rows")
    assert [(row["shape"], row["verdict"]) for row in drawn] == [
        ("diamond", "clear difference"),
        ("circle", "no clear difference"),
        ("circle", "about the same"),
        ("circle", "too few to tell"),
    ]


def test_too_few_answers_have_counts_a_thin_line_and_no_difference_printed() -> None:
    (row,) = rows(audiences(between(FEW), "2015", "2017"), "rows")
    assert (row["a_number"], row["b_number"]) == ("11 of 20", "45")
    assert (row["number"], row["thick"]) == ("", 1)


def test_below_ten_answers_on_either_side_nothing_is_drawn() -> None:
    picture = audiences(between(CLEAR, HIDDEN), "2015", "2017")
    assert [row["row"] for row in rows(picture, "rows")] == [0]
    (hidden,) = rows(picture, "hidden")
    assert (hidden["row"], hidden["instead"]) == (1, "fewer than 10 answers in one audience")
    assert "30" not in source(picture).split('"hidden"')[1].split("]")[0]


def test_names_of_the_audiences_are_rows_not_part_of_the_shape() -> None:
    first, second = (audiences(between(CLEAR), a, b) for a, b in (("2015", "2017"), ("April", "May")))
    assert first.shape is second.shape
    assert [row["name"] for row in rows(second, "name_a") + rows(second, "name_b")] == ["● April", "■ May"]


def test_answers_are_compared_one_by_one_under_their_own_names() -> None:
    pair = (given("closer_to", 10, 20, 30, 10, 16), given("closer_to", 40, 20, 30, 40, 12))
    drawn = rows(audiences(between(pair), "2015", "2017"), "rows")
    assert [row["label"] for row in drawn] == [
        "Sean's",
        "Sara's",
        "Somewhere between",
        "Neither",
        "It kept changing",
    ]


def test_the_shade_of_each_row_is_its_own_margin() -> None:
    rare = (given("trust_nhs", *[300] + [0] * 8, 5, 5), given("trust_nhs", *[300] + [0] * 8, 6, 6))
    drawn = rows(audiences(between(CLEAR, rare), "2015", "2017"), "rows")
    assert [(row["same_from"], row["same_to"]) for row in drawn] == [(-10, 10), (-3, 3)]
