"""Differences: Newcombe's published examples, the five verdicts in their order, and what may not be compared."""

import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from survey.analysis.differences import Verdict, compare, fisher_mid_p, judge, margin_of, newcombe
from survey.analysis.ranges import Interval
from survey.analysis.shares import Share, tally
from survey.model import Mode
from tests.analysis.asking import ACCEPTABLE, MANY, NEWCOMBE_1998, NUMBER, ONE, SCALE, counted, told


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
    ("a", "b", "p"),
    [
        ((3, 4), (1, 4), 0.25714),  # a lady tasting tea: (2·(1 + 1) + 2·16) / (2·70), counted by hand
        ((7, 34), (1, 34), 0.02966),  # Perondi et al. 2004
        ((9, 13), (4, 14), 0.03914),  # Lampasona et al. 2013
        ((0, 16), (15, 72), 0.04466),  # Ritland et al. 2007
        ((745, 748), (127, 129), 0.09193139),
        ((1, 1), (0, 1), 0.5),  # two people, by hand: two tables as likely, half of both
        ((2, 2), (0, 1), 1 / 6),  # three people: 1 of 3 tables as likely, half of it
        ((5, 5), (3, 3), 0.5),  # all alike: the only table there is
    ],
)
def test_fishers_mid_p_reproduces_its_authors_examples(
    a: tuple[int, int], b: tuple[int, int], p: float
) -> None:
    """Fagerland, Lydersen & Laake 2017, chapter 4, as tested in their R package ``contingencytables`` (five decimals)."""
    assert fisher_mid_p(Share("", *a), Share("", *b)) == pytest.approx(p, abs=1e-5)
    assert fisher_mid_p(Share("", *b), Share("", *a)) == pytest.approx(p, abs=1e-5)


@pytest.mark.parametrize(
    ("base", "low", "high", "exactly", "whole", "verdict"),
    [
        (29, 0.20, 0.40, False, None, Verdict.TOO_FEW),
        (29, 0.20, 0.40, True, None, Verdict.CLEAR),
        (9, 0.20, 0.40, True, None, Verdict.TOO_FEW),
        (29, -0.02, 0.02, True, None, Verdict.TOO_FEW),
        (30, 0.01, 0.40, False, None, Verdict.CLEAR),
        (30, -0.40, -0.01, False, (0.0, 0.2), Verdict.CLEAR),
        (900, -0.09, 0.09, False, None, Verdict.ABOUT_THE_SAME),
        (900, -0.09, 0.09, False, (-0.07, 0.07), Verdict.ABOUT_THE_SAME),
        (900, -0.09, 0.09, False, (-0.08, 0.07), Verdict.NONE),
        (900, -0.09, 0.09, False, (0.01, 0.15), Verdict.CLEAR_AS_A_WHOLE),
        (900, -0.09, 0.09, False, (0.01, 0.07), Verdict.ABOUT_THE_SAME),
        (29, -0.09, 0.09, True, (0.01, 0.15), Verdict.TOO_FEW),
        (900, -0.10, 0.09, False, None, Verdict.NONE),
        (30, 0.00, 0.40, False, (-0.1, 0.2), Verdict.NONE),
    ],
)
def test_the_verdict_is_asked_in_order(
    base: int, low: float, high: float, exactly: bool, whole: tuple[float, float] | None, verdict: Verdict
) -> None:
    found = judge(
        base, Interval(low, high), margin=0.1, exactly=exactly, whole=Interval(*whole) if whole else None
    )
    assert found is verdict


@pytest.mark.parametrize(
    ("a", "b", "margin"),
    [
        ((50, 100), (50, 100), 0.10),
        ((20, 100), (20, 100), 0.10),
        ((13, 100), (15, 100), 0.07),
        ((96, 100), (93, 100), 0.03),
        ((3, 100), (9, 100), 0.03),
        ((0, 0), (0, 0), 0.03),
    ],
)
def test_the_margin_is_ten_or_half_of_what_there_is_but_not_below_three(
    a: tuple[int, int], b: tuple[int, int], margin: float
) -> None:
    assert margin_of(Share("", *a), Share("", *b)) == margin


def test_twelve_of_twelve_against_none_of_thirty_is_clear() -> None:
    (found,) = compare(told(SCALE, 0, 0, 0, 12, 0), told(SCALE, 30, 0, 0, 0, 0), questions=8)
    assert (found.verdict, found.small) == (Verdict.CLEAR, False)


def test_with_few_answers_newcombe_alone_is_not_enough() -> None:
    """8 of 10 against 1 of 10: the interval misses zero, Fisher's mid-P (.0028) does not reach .05/20."""
    (found,) = compare(told(SCALE, 2, 0, 0, 8, 0), told(SCALE, 9, 0, 0, 1, 0), questions=20)
    assert found.interval.misses_zero
    assert found.verdict is Verdict.TOO_FEW


def test_equal_tops_over_unequal_tails_are_not_about_the_same() -> None:
    """Three and four in 100 trust highly, but the one audience trusts far less (the case of the stage, 30 November 2026)."""
    a = told(NUMBER, 40, 40, 60, 80, 80, 100, 60, 25, 5, 5, 5)
    b = told(NUMBER, 100, 80, 90, 60, 60, 40, 30, 20, 5, 8, 7)
    (found,) = compare(a, b, questions=10)
    assert found.verdict is Verdict.CLEAR_AS_A_WHOLE
    assert found.interval.within(0.10)


def test_three_against_nine_in_100_are_never_about_the_same() -> None:
    (found,) = compare(told(ACCEPTABLE, 970, 0, 30), told(ACCEPTABLE, 910, 0, 90))
    assert found.verdict is Verdict.CLEAR


def test_answers_that_are_all_alike_are_about_the_same_and_all_unlike_are_not() -> None:
    alike = compare(told(SCALE, 0, 0, 0, 400, 0), told(SCALE, 0, 0, 0, 400, 0))[0]
    unlike = compare(told(SCALE, 400, 0, 0, 0, 0), told(SCALE, 0, 400, 0, 0, 0))[0]
    assert (alike.verdict, unlike.verdict) == (Verdict.ABOUT_THE_SAME, Verdict.CLEAR_AS_A_WHOLE)


def test_a_clear_difference_inside_the_margin_is_small() -> None:
    (found,) = compare(told(ACCEPTABLE, 5000, 0, 5000), told(ACCEPTABLE, 4600, 0, 5400))
    assert (found.verdict, found.small) == (Verdict.CLEAR, True)


def test_the_interval_that_decides_allows_for_all_the_questions_that_could_be_compared() -> None:
    pair = (told(SCALE, 8, 17, 13, 32, 16), told(SCALE, 20, 50, 20, 40, 12))
    (alone,), (among_eight,) = compare(*pair), compare(*pair, questions=8)
    assert (alone.questions, among_eight.questions) == (1, 8)
    assert alone.interval == alone.interval95 == among_eight.interval95
    assert among_eight.interval.low < alone.interval.low < alone.interval.high < among_eight.interval.high
    assert among_eight.superiority is not None
    assert alone.superiority is not None
    assert among_eight.superiority.lean.low < alone.superiority.lean.low
    assert among_eight.superiority.interval95 == alone.superiority.interval
    assert (alone.verdict, among_eight.verdict) == (Verdict.CLEAR, Verdict.CLEAR)
    assert round(100 * alone.difference) == -19


def test_a_scale_is_compared_by_the_share_agreeing_with_a_test_on_the_whole_scale() -> None:
    (found,) = compare(told(SCALE, 5, 5, 5, 10, 15), told(SCALE, 15, 10, 5, 5, 5))
    assert (found.option, found.share_a, found.share_b) == (
        None,
        Share("agree", 25, 40),
        Share("agree", 10, 40),
    )
    assert found.superiority is not None
    assert found.superiority.theta < 0.5
    assert found.test == (found.superiority.p, False, None)


def test_numbers_are_followed_by_their_upper_class() -> None:
    (found,) = compare(told(NUMBER, *[4] * 11), told(NUMBER, *[3] * 11))
    assert (found.share_a, found.share_b) == (Share("agree", 12, 44), Share("agree", 9, 33))


def test_a_question_without_agree_options_is_compared_option_by_option_and_widened_for_them() -> None:
    by_option = compare(told(ONE, 10, 10, 10, 10), told(ONE, 20, 10, 5, 5), questions=2)
    assert [one.option for one in by_option] == list(ONE.values)
    assert by_option[0].interval == newcombe(Share("", 10, 40), Share("", 20, 40), comparisons=2 * 4)
    assert {(one.questions, one.comparisons) for one in by_option} == {(2, 8)}


def test_one_of_several_options_has_a_chi_square_test_and_cramers_v() -> None:
    """Counted by hand: 2 × 2 options of (30, 10) and (10, 30): χ² = 20, V = √(20/80) = 0.5."""
    a, b = told(ONE, 30, 10, 0, 0), told(ONE, 10, 30, 0, 0)
    found = compare(a, b)[0].test
    assert found is not None
    assert found.association == pytest.approx(0.5)
    assert found.p == pytest.approx(7.744e-6, rel=1e-3)
    assert not found.permuted


def test_a_thin_table_is_permuted_with_a_fixed_seed() -> None:
    """Fisher's exact p of (4, 0) and (0, 4) is 2/70."""
    found, again = (compare(told(ONE, 4, 0, 0, 0), told(ONE, 0, 4, 0, 0))[0].test for _ in range(2))
    assert found == again
    assert found is not None
    assert found.p == pytest.approx(2 / 70, abs=0.005)
    assert found.permuted


def test_one_of_several_options_chosen_by_all_differs_in_nothing() -> None:
    found = compare(told(ACCEPTABLE, 0, 0, 40), told(ACCEPTABLE, 0, 0, 50))[0]
    assert (found.test, found.difference) == ((1.0, False, 0.0), 0.0)


def test_tick_all_answers_are_compared_per_option_without_a_test_that_needs_rows() -> None:
    found = compare(told(MANY, 30, 20, 1, 0, base=40), told(MANY, 30, 20, 1, 0, base=40))
    assert [(one.share_a.base, one.test) for one in found] == [(40, None)] * 4


def test_below_ten_answers_nothing_of_a_difference_is_shown() -> None:
    shown = [
        compare(told(SCALE, 0, 0, 0, size, 0), told(SCALE, 0, 0, 40, 0, 0))[0].shown for size in (0, 1, 9, 10)
    ]
    assert shown == [False, False, False, True]


def test_cards_and_hands_are_never_compared() -> None:
    cards = tally(SCALE, [counted(SCALE, 0, 40, 0, 40, 0, mode=Mode.CARD)], mode=Mode.CARD)
    with pytest.raises(ValueError, match="raised in public are not compared"):
        compare(cards, told(SCALE, 0, 40, 0, 40, 0))
