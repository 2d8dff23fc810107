"""Shares: counted by hand."""

import pytest

from survey.analysis.shares import Share, agreeing, apart, beside, disagreeing, shares, tally
from survey.model import Mode, Provenance, Wave
from tests.analysis.asking import MANY, NUMBER, ONE, SCALE, counted, question, told


@pytest.mark.parametrize(
    ("count", "base", "in_100"),
    [
        (0, 0, 0),
        (0, 3, 0),
        (3, 3, 100),
        (1, 3, 33),
        (2, 3, 67),
        (1, 8, 13),
        (1, 200, 1),
        (28, 45, 62),
        (1, 201, 0),
    ],
)
def test_a_share_is_told_in_whole_people_in_100(count: int, base: int, in_100: int) -> None:
    assert Share("x", count, base).in_100 == in_100


def test_the_share_of_nobody_is_none() -> None:
    assert Share("x", 0, 0).share == 0.0


def test_every_option_has_a_share_in_the_order_offered_zero_included() -> None:
    assert shares(SCALE, [counted(SCALE, 1, 0, 0, 2, 0)]) == [
        Share("strongly_disagree", 1, 3),
        Share("disagree", 0, 3),
        Share("neither", 0, 3),
        Share("agree", 2, 3),
        Share("strongly_agree", 0, 3),
    ]


def test_ticking_several_counts_against_the_people_who_answered() -> None:
    assert shares(MANY, [counted(MANY, 3, 2, 0, 0, base=3)])[0] == Share("gp", 3, 3)


def test_phone_and_paper_are_one_base_and_cards_stand_beside() -> None:
    parts = [
        counted(SCALE, 0, 1, 0, 2, 0),
        counted(SCALE, 0, 0, 0, 1, 0, mode=Mode.PAPER, provenance=Provenance.KEYED),
        counted(SCALE, 0, 30, 0, 40, 0, mode=Mode.CARD, provenance=Provenance.COUNTED),
    ]
    together = tally(SCALE, parts)
    assert (together.base, together.modes, together.private) == (4, {Mode.PHONE: 3, Mode.PAPER: 1}, True)
    assert together.provenances == {Provenance.COLLECTED, Provenance.KEYED}
    assert agreeing(together) == Share("agree", 3, 4)
    (cards,) = beside(SCALE, parts)
    assert (cards.base, cards.modes, cards.private) == (70, {Mode.CARD: 70}, False)


@pytest.mark.parametrize(("on_paper", "stand_apart"), [(9, 0), (10, 2)])
def test_phone_and_paper_stand_apart_only_with_ten_answers_each(on_paper: int, stand_apart: int) -> None:
    parts = [counted(ONE, 10, 10, 0, 0), counted(ONE, on_paper, 0, 0, 0, mode=Mode.PAPER)]
    assert len(apart(ONE, parts)) == stand_apart


def test_answers_sent_after_the_result_was_shown_stay_out_and_are_counted() -> None:
    parts = [counted(SCALE, 0, 0, 1, 1, 0), counted(SCALE, 0, 0, 0, 3, 0, after_reveal=True)]
    assert (tally(SCALE, parts).base, tally(SCALE, parts).left_out) == (2, 3)
    assert (tally(SCALE, parts, after_reveal=True).base, tally(SCALE, parts, after_reveal=True).left_out) == (
        5,
        0,
    )


def test_one_wave_is_tallied_alone() -> None:
    parts = [counted(SCALE, 0, 0, 1, 1, 0, wave=Wave.BEFORE), counted(SCALE, 0, 0, 0, 3, 0)]
    assert [tally(SCALE, parts, wave=wave).base for wave in Wave] == [2, 3]


def test_counts_under_a_former_id_belong_to_the_renamed_question_and_others_do_not() -> None:
    old, new = question(ONE.kind, "a", "b", id="old"), question(ONE.kind, "a", "b", id="new", was="old")
    other = question(ONE.kind, "a", "b", id="other")
    assert tally(new, [counted(old, 1, 2), counted(new, 3, 4), counted(other, 9, 9)]).counts == {
        "a": 4,
        "b": 6,
    }


def test_numbers_are_followed_by_their_upper_and_lower_class() -> None:
    numbers = told(NUMBER, 1, 0, 0, 0, 2, 3, 0, 4, 5, 0, 6)
    assert (disagreeing(numbers), agreeing(numbers)) == (Share("disagree", 3, 21), Share("agree", 11, 21))


def test_a_question_that_names_no_agree_options_has_no_share_agreeing() -> None:
    with pytest.raises(ValueError, match="names no agree options"):
        agreeing(told(ONE, 1, 2, 3, 4))
