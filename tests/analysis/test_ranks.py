"""Rankings counted by hand, by a published example, and by scipy."""

import itertools

import pytest
from scipy.stats import friedmanchisquare, rankdata

from survey.analysis.differences import Verdict, compare
from survey.analysis.ranks import Ranks, ranks
from survey.analysis.sentences.phrases import agreed
from survey.model import Kind, Mode, Provenance, Rankings, Wave
from tests.analysis.asking import question, told

ABC = question(Kind.RANK, "a", "b", "c")
SEVEN = question(Kind.RANK, *"abcdefg", at_most=3)
# Hollander & Wolfe 1973, p. 140, as in R's help page of friedman.test: 22 runners, seconds by three ways round a base.
RUNNERS = [
    *((5.40, 5.50, 5.55), (5.85, 5.70, 5.75), (5.20, 5.60, 5.50), (5.55, 5.50, 5.40), (5.90, 5.85, 5.70)),
    *((5.45, 5.55, 5.60), (5.40, 5.40, 5.35), (5.45, 5.50, 5.35), (5.25, 5.15, 5.00), (5.85, 5.80, 5.70)),
    *((5.25, 5.20, 5.10), (5.65, 5.55, 5.45), (5.60, 5.35, 5.45), (5.05, 5.00, 4.95), (5.50, 5.50, 5.40)),
    *((5.45, 5.55, 5.50), (5.55, 5.55, 5.35), (5.45, 5.50, 5.55), (5.50, 5.45, 5.25), (5.65, 5.60, 5.40)),
    *((5.70, 5.65, 5.55), (6.30, 6.30, 6.25)),
]


def given(
    counts: dict[str, int], *, mode: Mode = Mode.PHONE, id: str = "asked", after_reveal: bool = False
) -> Rankings:
    """Rankings as storage hands them over, each order written as letters: {"ab": 3}."""
    orders = {tuple(order): people for order, people in counts.items()}
    return Rankings("p", "v", id, Wave.AFTER, mode, Provenance.COLLECTED, after_reveal, orders)


def means(found: Ranks) -> list[float]:
    return [round(one.mean, 4) for one in found.placed]


def test_two_people_counted_by_hand() -> None:
    # One says a, b, c; one says only b: a and c share places 2 and 3.
    found = ranks(ABC, [given({"abc": 1, "b": 1})])
    assert found.base == 2
    assert [one.places for one in found.placed] == [(1, 0, 0), (1, 1, 0), (0, 0, 1)]
    assert means(found) == [(1 + 2.5) / 2, (2 + 1) / 2, (3 + 2.5) / 2]
    assert [(one.first.count, one.named.count) for one in found.placed] == [(1, 1), (1, 2), (0, 1)]


def test_who_puts_one_of_two_above_the_other_is_counted_by_hand() -> None:
    # One says a, c; two say only b: those two put b above both others, and say nothing of a against c.
    found = ranks(ABC, [given({"ac": 1, "b": 2})])
    assert (found.preferred("a", "b").count, found.preferred("a", "b").base) == (1, 3)
    assert (found.preferred("b", "a").count, found.preferred("b", "c").count) == (2, 2)
    assert (found.preferred("a", "c").count, found.preferred("a", "c").base) == (
        1,
        1,
    )  # the other two left out both


def test_leaving_the_last_answer_out_says_the_same_as_putting_it_last() -> None:
    whole, short = (ranks(ABC, [given({order: 4, "cba": 1})]) for order in ("abc", "ab"))
    assert means(whole) == means(short)
    assert whole.above == short.above
    assert whole.agreement == short.agreement


@pytest.mark.parametrize("orders", [{"abc": 3, "g": 5}, {"d": 1}, {"fe": 2, "abc": 1, "bac": 7}])
def test_the_mean_places_of_all_answers_average_to_the_middle_place(orders: dict[str, int]) -> None:
    found = ranks(SEVEN, [given(orders)])
    assert sum(one.mean for one in found.placed) / 7 == pytest.approx(4)


def test_an_answer_left_out_stands_at_its_average_over_every_full_order_that_fits() -> None:
    fitting = [order for order in itertools.permutations("abcdefg") if order[:2] == ("d", "b")]
    found = ranks(SEVEN, [given({"db": 1})])
    for one in found.placed:
        assert one.mean == sum(order.index(one.option) + 1 for order in fitting) / len(fitting)


def test_the_published_example_of_friedmans_test_comes_out() -> None:
    orders: dict[str, int] = {}
    for times in RUNNERS:
        fastest = sorted("abc", key=lambda way: times["abc".index(way)])
        # Where two times are equal they are the slower two: such a runner ranks only the fastest way.
        order = "".join(fastest[:1] if len(set(times)) < 3 else fastest)
        orders[order] = orders.get(order, 0) + 1
    found = ranks(ABC, [given(orders)])
    assert [one.mean * found.base for one in found.placed] == pytest.approx([53, 47, 32])
    assert found.agreement is not None
    assert found.agreement.statistic == pytest.approx(11.143, abs=0.0005)
    assert found.agreement.freedom == 2
    assert found.agreement.p == pytest.approx(0.003805, abs=5e-7)
    assert found.agreement.w == pytest.approx(11.142857 / 44)


def test_friedmans_test_of_places_left_out_is_scipys() -> None:
    orders = {"abc": 6, "bac": 3, "d": 4, "ga": 2, "bca": 5}
    rows = [
        rankdata([order.index(option) if option in order else 99 for option in "abcdefg"])
        for order, people in orders.items()
        for _ in range(people)
    ]
    theirs = friedmanchisquare(*zip(*rows, strict=True))
    found = ranks(SEVEN, [given(orders)]).agreement
    assert found is not None
    assert (found.statistic, found.p) == pytest.approx((theirs.statistic, theirs.pvalue))


def test_people_who_all_agree_agree_fully_and_opposite_orders_not_at_all() -> None:
    alike, opposite = (ranks(ABC, [given(orders)]).agreement for orders in ({"b": 12}, {"abc": 6, "cba": 6}))
    assert alike is not None
    assert alike.w == pytest.approx(1)
    assert opposite is not None
    assert opposite.w == 0
    assert opposite.p == 1


def test_nobody_ranks_anything() -> None:
    found = ranks(ABC, [])
    assert (found.base, found.agreement, means(found)) == (0, None, [0, 0, 0])
    assert found.preferred("a", "b").share == 0


def test_only_private_answers_sent_before_the_result_was_shown_count() -> None:
    parts = [
        given({"a": 3}),
        given({"b": 4}, mode=Mode.PAPER),
        given({"c": 5}, mode=Mode.HANDS),
        given({"c": 6}, after_reveal=True),
        given({"c": 7}, id="other"),
    ]
    assert ranks(ABC, parts).base == 7
    assert ranks(ABC, parts, after_reveal=True).base == 13


def test_two_audiences_are_compared_on_first_choices_answer_by_answer() -> None:
    found = compare(told(ABC, 30, 20, 0), told(ABC, 5, 45, 0))
    assert [(one.option, round(one.difference, 2), one.verdict) for one in found] == [
        ("a", -0.5, Verdict.CLEAR),
        ("b", 0.5, Verdict.CLEAR),
        ("c", 0.0, Verdict.NONE),
    ]
    assert found[0].test is not None
    assert found[0].test.p < 0.001
    assert agreed(ABC, "a") == "put “A” first"
