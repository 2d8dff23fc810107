"""Changes: published examples of paired answers, and three people counted by hand."""

import dataclasses
import math
import sys
from fractions import Fraction
from types import FrameType

import pytest

from survey.analysis.changes import Movement, bonett_price, changes, mcnemar_mid_p, questions_followed
from survey.model import Pairs, Provenance, Question, Wave
from tests.analysis.asking import ACCEPTABLE, LIKELY, MANY, ONE, SCALE

Flow = dict[tuple[tuple[str, ...], tuple[str, ...]], int]


def linked(asked: Question, flow: Flow, *, after_reveal: bool = False) -> Pairs:
    return Pairs("performance", "version", asked.id, Provenance.COLLECTED, after_reveal, flow)


def moved(asked: Question, **people: int) -> Flow:
    """Linked people by "before__after" option values."""
    return {tuple((part,) for part in name.split("__")): count for name, count in people.items()}  # type: ignore[misc]


@pytest.mark.parametrize(("to", "away", "p"), [(1, 7, 0.039), (7, 1, 0.039), (6, 16, 0.035)])
def test_mid_p_reproduces_fagerland_lydersen_and_laake_2013(to: int, away: int, p: float) -> None:
    """BMC Med Res Methodol 13:91: Bentur 2009 (1 and 7 of 21 children), Cavo 2012 (6 and 16 of 161 patients)."""
    assert round(mcnemar_mid_p(to, away), 3) == p


def test_the_exact_p_it_is_made_from_is_the_published_one() -> None:
    """The paper's exact conditional p for Bentur is .070: mid-P plus the chance of what was seen, 8/256."""
    assert round(mcnemar_mid_p(1, 7) + 8 / 256, 3) == 0.070


@pytest.mark.parametrize(("to", "away", "p"), [(0, 0, 1.0), (1, 1, 0.75), (1, 0, 0.5), (2, 0, 0.25)])
def test_mid_p_of_one_or_two_movers_by_hand(to: int, away: int, p: float) -> None:
    assert mcnemar_mid_p(to, away) == pytest.approx(p)


@pytest.mark.parametrize(
    ("to", "away", "base", "low", "high"), [(6, 16, 161, -0.1195, -0.0032), (1, 7, 21, -0.5084, -0.0134)]
)
def test_bonett_price_reproduces_its_reference_implementation(
    to: int, away: int, base: int, low: float, high: float
) -> None:
    """Cavo 2012 as asserted in the tests of Fagerland's R package ``contingencytables``; Bentur by the formula's hand:

    (2/23 − 8/23) ± 1.96·√((10/23 − (6/23)²)/23).
    """
    found = bonett_price(to, away, base)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_a_change_of_nobody_is_nothing_and_leaves_everything_possible() -> None:
    change = changes(SCALE, [])
    assert (change.base, change.net, change.interval.low, change.interval.high) == (0, 0.0, -1.0, 1.0)


def test_three_people_counted_by_hand() -> None:
    flow = moved(SCALE, disagree__agree=1, agree__strongly_agree=1, agree__neither=1)
    change = changes(SCALE, [linked(SCALE, flow)])
    assert (change.stayed_agree, change.moved_to, change.moved_away, change.stayed_not) == (1, 1, 1, 0)
    assert (change.base, change.stayed, change.net) == (3, 1, 0.0)
    assert change.movement == Movement(up=2, same=0, down=1)


def test_one_of_several_options_follows_its_agree_option_and_has_no_up_and_down() -> None:
    flow = moved(ACCEPTABLE, depends__acceptable=17, acceptable__depends=6, depends__depends=71)
    change = changes(ACCEPTABLE, [linked(ACCEPTABLE, flow)])
    assert (change.base, change.moved_to, change.moved_away, change.stayed_not) == (94, 17, 6, 71)
    assert (round(100 * change.net), change.interval.in_100, change.movement) == (12, (2, 21), None)


def test_pairs_with_an_answer_sent_after_the_result_was_shown_stay_out() -> None:
    early = linked(SCALE, moved(SCALE, disagree__agree=3))
    late = linked(SCALE, moved(SCALE, disagree__agree=2, agree__agree=1), after_reveal=True)
    assert (changes(SCALE, [early, late]).base, changes(SCALE, [early, late]).left_out) == (3, 3)
    assert (changes(SCALE, [early, late], after_reveal=True).base) == 6


def test_other_questions_pairs_do_not_count() -> None:
    other = Pairs(
        "performance", "version", "other", Provenance.COLLECTED, False, moved(SCALE, agree__agree=9)
    )
    assert changes(SCALE, [other]).base == 0


def test_a_question_without_agree_options_needs_to_be_told_what_to_follow() -> None:
    pairs = [linked(MANY, {(("gp", "family"), ("family",)): 4, (("family",), ("gp",)): 1})]
    with pytest.raises(ValueError, match="names no agree options"):
        changes(ONE, [])
    change = changes(MANY, pairs, options=("gp",))
    assert (change.moved_to, change.moved_away) == (1, 4)


def test_the_interval_of_a_net_allows_for_all_the_questions_followed() -> None:
    """Bonett & Price at z(1 − .025/8) = 2.7344 instead of 1.9600: half a width of 1.3951 times the plain one."""
    plain, wide = bonett_price(6, 16, 161), bonett_price(6, 16, 161, comparisons=8)
    assert (wide.high - wide.low) / (plain.high - plain.low) == pytest.approx(2.7344 / 1.9600, abs=1e-3)


def test_questions_followed_are_those_asked_both_times_that_follow_a_share() -> None:
    both = frozenset(Wave)
    once = [dataclasses.replace(LIKELY, id=f"once{place}", asked=frozenset({Wave.AFTER})) for place in (1, 2)]
    twice = [dataclasses.replace(LIKELY, id=f"twice{place}", asked=both) for place in (1, 2, 3)]
    assert questions_followed([*once, *twice, dataclasses.replace(ONE, asked=both), twice[0]]) == 3
    assert questions_followed([]) == 1


@pytest.mark.parametrize(("to", "away"), [(1, 7), (0, 5), (6, 16), (30, 31), (400, 460)])
def test_mid_p_is_the_exact_sum_of_binomial_chances(to: int, away: int) -> None:
    moved = to + away
    rarer = sum(Fraction(math.comb(moved, k), 2**moved) for k in range(min(to, away) + 1))
    exact = 2 * rarer - Fraction(math.comb(moved, to), 2**moved)
    assert mcnemar_mid_p(to, away) == pytest.approx(float(exact), rel=1e-9)


def test_thousands_who_moved_cost_no_more_than_ten() -> None:
    """Two hundred performances took five minutes; counted in calls, into C and out, the same on every machine."""

    def calls(to: int, away: int) -> int:
        made = 0

        def counting(_frame: FrameType, event: str, _argument: object) -> None:
            nonlocal made
            made += event in ("call", "c_call")

        was = sys.getprofile()
        sys.setprofile(counting)
        try:
            mcnemar_mid_p(to, away)
        finally:
            sys.setprofile(was)
        return made

    mcnemar_mid_p(1, 2)  # what is loaded once is loaded
    assert calls(20_000, 20_300) <= calls(10, 13)
