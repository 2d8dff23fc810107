"""Superiority: the published pain-score example, and audiences of two that can be counted by hand."""

import pytest
from scipy import stats

from survey.analysis import superiority as module
from survey.analysis.superiority import superiority

Y = (1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1)
N = (3, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4)
"""Pain on the third day after surgery under two treatments (Brunner & Munzel 2000)."""


def by_score(scores: tuple[int, ...], highest: int = 5) -> list[int]:
    return [scores.count(score) for score in range(1, highest + 1)]


def test_brunner_munzel_reproduces_the_published_pain_scores(monkeypatch: pytest.MonkeyPatch) -> None:
    """R's ``brunnermunzel`` and ``lawstat`` print p = 0.005786 and P(X<Y)+.5*P(X=Y) = 0.788961 for these."""
    monkeypatch.setattr(module, "FEW", 0)
    found = superiority(by_score(Y), by_score(N))
    assert found is not None
    assert (round(found.theta, 6), round(found.p, 6), found.permuted) == (0.788961, 0.005786, False)


def test_its_error_and_degrees_of_freedom_give_the_published_interval() -> None:
    """R prints df = 17.683 and, before the logit, the 95 % interval 0.5952169 to 0.9827052."""
    import numpy as np

    parts = module._estimate(np.array([by_score(Y)], dtype=float), np.array([by_score(N)], dtype=float))
    theta, error, freedom = (float(part[0]) for part in parts)
    reach = stats.t.ppf(0.975, freedom) * error
    assert [round(freedom, 3), round(theta - reach, 7), round(theta + reach, 7)] == [
        17.683,
        0.5952169,
        0.9827052,
    ]


def test_the_interval_is_built_on_the_logit_and_stays_inside() -> None:
    found = superiority(by_score(Y), by_score(N))
    assert found is not None
    assert found.interval is not None
    assert (round(found.interval.low, 4), round(found.interval.high, 4)) == (0.5387, 0.9229)


def test_below_fifteen_a_side_the_test_is_permuted_and_always_the_same() -> None:
    """R's ``brunnermunzel.permutation.test`` counts every permutation: p = 0.008038."""
    found, again = (superiority(by_score(Y), by_score(N)) for _ in range(2))
    assert found is not None
    assert found == again
    assert found.permuted
    assert found.p == pytest.approx(0.008038, abs=0.001)


@pytest.mark.parametrize("shift", [0, 1, 3])
def test_it_agrees_with_scipy_on_larger_audiences(shift: int) -> None:
    a, b = [12, 20, 9, 14, 5], [5 + shift, 9, 12, 22, 11]
    scores_a, scores_b = ([i for i, count in enumerate(counts) for _ in range(count)] for counts in (a, b))
    found = superiority(a, b)
    assert found is not None
    assert found.p == pytest.approx(stats.brunnermunzel(scores_a, scores_b).pvalue, rel=1e-9)


@pytest.mark.parametrize(
    ("a", "b", "theta"),
    [
        ([1, 0], [0, 1], 1.0),
        ([0, 1], [1, 0], 0.0),
        ([1, 0], [1, 0], 0.5),
        ([1, 1], [0, 2], 0.75),
        ([2, 1], [1, 2], 2 / 3),
    ],
)
def test_pairs_of_two_audiences_counted_by_hand(a: list[int], b: list[int], theta: float) -> None:
    found = superiority(a, b)
    assert found is not None
    assert found.theta == pytest.approx(theta)
    mirrored = superiority(b, a)
    assert mirrored is not None
    assert mirrored.theta == pytest.approx(1 - theta)


def test_audiences_that_all_answer_alike_differ_in_nothing() -> None:
    for size in (3, 40):
        found = superiority([0, size, 0], [0, size, 0])
        assert found is not None
        assert (found.theta, found.interval, found.p) == (0.5, None, 1.0)


def test_audiences_wholly_apart_have_no_width_to_estimate_and_a_tiny_p() -> None:
    few, many = superiority([6, 0], [0, 6]), superiority([40, 0], [0, 40])
    assert few is not None
    assert many is not None
    assert (few.theta, few.interval, many.interval) == (1.0, None, None)
    assert few.p == pytest.approx(2 / 924, abs=0.001)
    assert many.p == 0.0


def test_a_silent_audience_is_not_compared() -> None:
    assert superiority([0, 0], [1, 2]) is None
