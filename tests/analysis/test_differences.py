"""Differences: Newcombe's published examples, the four-way verdict, and what may not be compared."""

import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from survey.analysis.differences import Verdict, differences, judge, newcombe
from survey.analysis.ranges import Interval
from survey.analysis.shares import Share, tally
from survey.model import Mode
from tests.analysis.asking import ACCEPTABLE, LIKELY, MANY, NEWCOMBE_1998, NUMBER, ONE, SCALE, counted, told


@pytest.mark.parametrize(("b", "a", "low", "high"), NEWCOMBE_1998)
def test_newcombe_reproduces_his_1998_table_two_method_ten(
    b: tuple[int, int], a: tuple[int, int], low: float, high: float
) -> None:
    """Newcombe 1998, Stat Med 17:873, table II, examples (a) to (h)."""
    found = newcombe(Share("x", *a), Share("x", *b))
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("a", "b"), [((56, 70), (48, 80)), ((0, 10), (7, 12)), ((33, 90), (210, 347)), ((5, 5), (0, 30))]
)
def test_newcombe_agrees_with_statsmodels(a: tuple[int, int], b: tuple[int, int]) -> None:
    low, high = confint_proportions_2indep(*b, *a, method="newcomb")
    ours = newcombe(Share("x", *a), Share("x", *b))
    assert (ours.low, ours.high) == pytest.approx((low, high), abs=1e-9)


def test_a_side_without_answers_leaves_everything_possible() -> None:
    assert newcombe(Share("x", 0, 0), Share("x", 3, 5)) == Interval(-1.0, 1.0)


@pytest.mark.parametrize(
    ("base_a", "base_b", "low", "high", "verdict"),
    [
        (29, 300, 0.20, 0.40, Verdict.TOO_FEW),
        (300, 29, -0.02, 0.02, Verdict.TOO_FEW),
        (30, 30, 0.01, 0.40, Verdict.CLEAR),
        (30, 30, -0.40, -0.01, Verdict.CLEAR),
        (900, 900, 0.01, 0.09, Verdict.CLEAR_SMALL),
        (900, 900, 0.01, 0.10, Verdict.CLEAR),
        (900, 900, -0.09, 0.09, Verdict.ABOUT_THE_SAME),
        (900, 900, -0.10, 0.09, Verdict.NONE),
        (30, 30, 0.00, 0.40, Verdict.NONE),
    ],
)
def test_the_verdict_is_asked_in_order(
    base_a: int, base_b: int, low: float, high: float, verdict: Verdict
) -> None:
    assert judge(base_a, base_b, Interval(low, high)) is verdict


def test_the_interval_that_decides_allows_for_all_the_questions_compared() -> None:
    pair = (told(SCALE, 8, 17, 13, 32, 16), told(SCALE, 20, 50, 20, 40, 12))
    (alone,) = differences([pair])
    (among_eight,) = differences([pair], compared=8)
    assert (alone.compared, among_eight.compared) == (1, 8)
    assert alone.interval == alone.interval95 == among_eight.interval95
    assert among_eight.interval.low < alone.interval.low < alone.interval.high < among_eight.interval.high
    assert (alone.verdict, among_eight.verdict) == (Verdict.CLEAR, Verdict.CLEAR)
    assert round(100 * alone.difference) == -19


def test_a_scale_is_compared_by_the_share_agreeing_with_a_test_on_the_whole_scale() -> None:
    (found,) = differences([(told(SCALE, 5, 5, 5, 10, 15), told(SCALE, 15, 10, 5, 5, 5))])
    assert (found.option, found.share_a, found.share_b) == (
        None,
        Share("agree", 25, 40),
        Share("agree", 10, 40),
    )
    assert found.superiority is not None
    assert found.superiority.theta < 0.5
    assert (found.p, found.association) == (found.superiority.p, None)


def test_numbers_are_followed_by_their_upper_class() -> None:
    (found,) = differences([(told(NUMBER, *[4] * 11), told(NUMBER, *[3] * 11))])
    assert (found.share_a, found.share_b) == (Share("agree", 12, 44), Share("agree", 9, 33))


def test_a_question_without_agree_options_is_compared_option_by_option_and_widened_for_them() -> None:
    pairs = [
        (told(ONE, 10, 10, 10, 10), told(ONE, 20, 10, 5, 5)),
        (told(LIKELY, 9, 9, 9, 9, 9), told(LIKELY, 9, 9, 9, 9, 9)),
    ]
    by_option, (followed,) = differences(pairs)[:4], differences(pairs)[4:]
    assert [one.option for one in by_option] == list(ONE.values)
    assert by_option[0].interval == newcombe(Share("", 10, 40), Share("", 20, 40), comparisons=2 * 4)
    assert followed.interval == newcombe(Share("", 18, 45), Share("", 18, 45), comparisons=2)
    assert {one.compared for one in (*by_option, followed)} == {2}


def test_one_of_several_options_has_a_chi_square_test_and_cramers_v() -> None:
    """Counted by hand: 2 × 2 options of (30, 10) and (10, 30): χ² = 20, V = √(20/80) = 0.5."""
    a, b = told(ONE, 30, 10, 0, 0), told(ONE, 10, 30, 0, 0)
    found = differences([(a, b)])[0]
    assert found.association == pytest.approx(0.5)
    assert found.p == pytest.approx(7.744e-6, rel=1e-3)


def test_a_thin_table_is_permuted_with_a_fixed_seed() -> None:
    """Fisher's exact p of (4, 0) and (0, 4) is 2/70."""
    found, again = (differences([(told(ONE, 4, 0, 0, 0), told(ONE, 0, 4, 0, 0))])[0].p for _ in range(2))
    assert found == again
    assert found == pytest.approx(2 / 70, abs=0.005)


def test_one_of_several_options_chosen_by_all_differs_in_nothing() -> None:
    found = differences([(told(ACCEPTABLE, 0, 0, 40), told(ACCEPTABLE, 0, 0, 50))])[0]
    assert (found.p, found.association, found.difference) == (1.0, 0.0, 0.0)


def test_tick_all_answers_are_compared_per_option_without_a_test_that_needs_rows() -> None:
    found = differences([(told(MANY, 30, 20, 1, 0, base=40), told(MANY, 30, 20, 1, 0, base=40))])
    assert [(one.share_a.base, one.p) for one in found] == [(40, None)] * 4


def test_below_ten_answers_nothing_of_a_difference_is_shown() -> None:
    shown = [
        differences([(told(SCALE, 0, 0, 0, size, 0), told(SCALE, 0, 0, 40, 0, 0))])[0].shown
        for size in (0, 1, 9, 10)
    ]
    assert shown == [False, False, False, True]


def test_cards_and_hands_are_never_compared() -> None:
    cards = tally(SCALE, [counted(SCALE, 0, 40, 0, 40, 0, mode=Mode.CARD)], mode=Mode.CARD)
    with pytest.raises(ValueError, match="raised in public are not compared"):
        differences([(cards, told(SCALE, 0, 40, 0, 40, 0))])


def test_nothing_to_compare_is_no_difference_at_all() -> None:
    assert differences([]) == []
