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
    assert [whole_in_100(smallest_difference(15, 22, comparisons=number)) for number in (1, 8)] == [47, 60]
    assert smallest_difference(0, 400) == smallest_difference(1, 1) == 1.0


def test_about_the_same_needs_525_answers_a_side_and_806_with_eight_questions() -> None:
    assert [answers_for_sameness(number) for number in (1, 8)] == [525, 806]


def test_a_rare_answer_has_a_narrow_margin_and_needs_more_answers() -> None:
    """2 × .05 × .95 × (1.95996 + 1.28155)² / .03²."""
    assert answers_for_sameness(share=0.05) == 1109


def test_of_one_room_the_range_is_narrower_the_more_of_it_answer() -> None:
    assert [whole_in_100(sight(answers, 300).range) for answers in (30, 169, 299, 300)] == [16, 5, 0, 0]
    assert whole_in_100(sight(169).range) == 7


def test_options_compared_one_by_one_need_a_larger_difference() -> None:
    """A nine-option tick-all among ten questions needs 26 in 100 where a share needs 22 (about 130 answers a side)."""
    assert [whole_in_100(smallest_difference(139, 139, comparisons=number)) for number in (10, 90)] == [
        22,
        26,
    ]
