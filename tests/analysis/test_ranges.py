"""Ranges: published examples, and audiences of two or three that can be counted by hand."""

import pytest

from survey.analysis.figures import whole_in_100
from survey.analysis.ranges import Interval, response_rate, room_range, wilson, worst_case
from survey.analysis.shares import Share


@pytest.mark.parametrize(
    ("count", "base", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_reproduces_newcombe_1998_table_one_method_three(
    count: int, base: int, low: float, high: float
) -> None:
    """Newcombe 1998, Stat Med 17:857, table I, method 3 (score, no continuity correction)."""
    found = wilson(count / base, base)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_the_example_of_the_design_45_answers_of_118_people() -> None:
    likely, worst = room_range(28, 45, 118), worst_case(28, 45, 118)
    assert likely is not None
    assert worst is not None
    assert (likely.in_100, worst.in_100) == ((51, 73), (24, 86))


def test_when_everyone_answered_the_range_is_a_point() -> None:
    assert room_range(2, 3, 3) == worst_case(2, 3, 3) == Interval(2 / 3, 2 / 3)


def test_one_silent_person_of_three_leaves_exactly_two_possibilities() -> None:
    assert worst_case(1, 2, 3) == Interval(1 / 3, 2 / 3)
    assert room_range(1, 2, 3) == Interval(1 / 3, 2 / 3)


@pytest.mark.parametrize("count", [0, 1, 7, 14, 15])
@pytest.mark.parametrize("attendance", [15, 16, 40, 400])
def test_the_likely_range_lies_within_the_possible_and_holds_the_share(count: int, attendance: int) -> None:
    likely, worst = room_range(count, 15, attendance), worst_case(count, 15, attendance)
    assert likely is not None
    assert worst is not None
    assert worst.low <= likely.low <= likely.high <= worst.high
    assert likely.low - 1e-12 <= count / 15 <= likely.high + 1e-12


def test_a_huge_room_has_wilsons_own_interval() -> None:
    found, plain = room_range(28, 45, 10_000_000), wilson(28 / 45, 45)
    assert found is not None
    assert found.low == pytest.approx(plain.low, abs=1e-5)
    assert found.high == pytest.approx(plain.high, abs=1e-5)


@pytest.mark.parametrize(("base", "attendance"), [(10, None), (10, 9), (0, 50), (0, 0)])
def test_nothing_is_said_of_a_room_that_is_uncounted_or_miscounted_or_silent(
    base: int, attendance: int | None
) -> None:
    assert room_range(0, base, attendance) is None
    assert worst_case(0, base, attendance) is None


def test_the_response_rate_needs_a_plausible_attendance() -> None:
    assert response_rate(84, 120) == Share("answered", 84, 120)
    assert [response_rate(84, there) for there in (None, 0, 83)] == [None, None, None]


def test_halves_round_away_from_nothing_on_both_sides() -> None:
    assert [whole_in_100(share) for share in (0.125, -0.125, 0.005, -0.005, 0.0049, 0.0)] == [
        13,
        -13,
        1,
        -1,
        0,
        0,
    ]
