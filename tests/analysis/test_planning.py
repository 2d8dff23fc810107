"""Planning: the table organisers are told before they plan (evidence.md, Methods)."""

import pytest

from survey.analysis.figures import whole_in_100
from survey.analysis.planning import answers_for_sameness, sight, smallest_difference


@pytest.mark.parametrize(
    ("answers", "range", "difference"),
    [(15, 22, 51), (30, 17, 36), (60, 12, 26), (100, 10, 20), (150, 8, 16), (400, 5, 10)],
)
def test_what_an_audience_can_see(answers: int, range: int, difference: int) -> None:
    found = sight(answers)
    assert (whole_in_100(found.range), whole_in_100(found.difference)) == (range, difference)


def test_the_smallest_difference_grows_with_the_questions_compared_and_never_passes_all() -> None:
    assert [whole_in_100(smallest_difference(15, 22, compared=number)) for number in (1, 8)] == [47, 60]
    assert smallest_difference(0, 400) == smallest_difference(1, 1) == 1.0


def test_about_the_same_needs_about_190_answers_a_side_and_360_with_eight_questions() -> None:
    assert answers_for_sameness() == pytest.approx(190, abs=5)
    assert answers_for_sameness(8) == pytest.approx(360, abs=10)
