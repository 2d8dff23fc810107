"""Sentences: the exact words, for nobody, one, 9, 10, 29, 30, everyone, all agreeing, none agreeing, and few."""

import dataclasses
from typing import Any

import pytest

from survey.analysis.changes import Change, Movement, changes
from survey.analysis.differences import Difference, Verdict, differences
from survey.analysis.planning import sight
from survey.analysis.ranges import Interval
from survey.analysis.sentences.changes import (
    cautions,
    change_sentence,
    movement_sentence,
    net_sentence,
    unmatched_sentence,
)
from survey.analysis.sentences.differences import (
    difference_sentence,
    nights_sentence,
    superiority_sentence,
    verdict_words,
)
from survey.analysis.sentences.phrases import number
from survey.analysis.sentences.planning import sameness_sentence, seats_sentence, sight_sentence
from survey.analysis.sentences.results import (
    late_sentence,
    left_out_sentence,
    modes_sentence,
    provenance_sentences,
    rate_sentence,
    room_sentences,
    share_sentence,
)
from survey.analysis.shares import Share, agreeing
from survey.analysis.suppression import shown_change
from survey.model import Mode, Provenance, Question
from tests.analysis.asking import ACCEPTABLE, LIKELY, ONE, SCALE, told
from tests.analysis.test_changes import linked, moved

TOO_FEW = "Fewer than 10 people answered, so no figures are shown."


# --- one question ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "base", "words"),
    [
        (0, 0, TOO_FEW),
        (1, 1, TOO_FEW),
        (9, 9, TOO_FEW),
        (0, 10, "0 of the 10 people who answered agreed."),
        (10, 10, "10 of the 10 people who answered agreed."),
        (1, 14, "1 of the 14 people who answered agreed."),
        (9, 14, "9 of the 14 people who answered agreed."),
        (29, 29, "29 of the 29 people who answered agreed."),
        (2, 30, "7 in 100 of those who answered agreed (2 of 30)."),
        (28, 45, "62 in 100 of those who answered agreed (28 of 45)."),
        (45, 45, "100 in 100 of those who answered agreed (45 of 45)."),
        (0, 45, "0 in 100 of those who answered agreed (0 of 45)."),
    ],
)
def test_how_many_agreed(count: int, base: int, words: str) -> None:
    assert share_sentence(SCALE, Share("agree", count, base)) == words


@pytest.mark.parametrize(
    ("asked", "option", "words"),
    [
        (LIKELY, None, "62 in 100 of those who answered said likely (28 of 45)."),
        (ACCEPTABLE, None, "62 in 100 of those who answered said acceptable (28 of 45)."),
        (ONE, "saras", "62 in 100 of those who answered chose “Saras” (28 of 45)."),
    ],
)
def test_a_question_says_what_its_people_did(asked: Question, option: str | None, words: str) -> None:
    assert share_sentence(asked, Share("agree", 28, 45), option) == words


CHANCE = "If the others think like those who answered, between 51 and 73 in 100 of the whole room agree."
WORST = "73 people did not answer. If they all thought the same, it could be anything from 24 to 86 in 100."


@pytest.mark.parametrize(
    ("count", "base", "attendance", "words"),
    [
        (28, 45, 118, [CHANCE, WORST]),
        (28, 45, 45, ["Everyone who was there answered."]),
        (28, 45, None, ["Nobody counted the audience, so we cannot speak for the whole room."]),
        (28, 45, 44, ["There are more answers than people counted, so we cannot speak for the whole room."]),
        (5, 9, 118, []),
        (0, 0, 118, []),
        (
            45,
            45,
            46,
            [
                "If the others think like those who answered, it is about 100 in 100 of the whole room.",
                "1 person did not answer. Whatever they think, it could be anything from 98 to 100 in 100.",
            ],
        ),
        (
            0,
            10,
            12,
            [
                "If the others think like those who answered, between 0 and 7 in 100 of the whole room agree.",
                "2 people did not answer. If they all thought the same, it could be anything from 0 to 17 in 100.",
            ],
        ),
    ],
)
def test_what_the_whole_room_may_think(
    count: int, base: int, attendance: int | None, words: list[str]
) -> None:
    assert room_sentences(SCALE, Share("agree", count, base), attendance) == words


def test_a_question_with_words_of_its_own_speaks_of_the_room_without_agreeing() -> None:
    assert room_sentences(LIKELY, Share("agree", 28, 45), 118) == [
        "If the others think like those who answered, it is between 51 and 73 in 100 of the whole room.",
        WORST,
    ]


@pytest.mark.parametrize(
    ("responses", "attendance", "about", "words"),
    [
        (0, 120, False, "Fewer than 10 people answered."),
        (9, 120, False, "Fewer than 10 people answered."),
        (84, 120, False, "84 of 120 people answered (70 in 100)."),
        (84, 120, True, "84 of about 120 people answered (70 in 100)."),
        (84, 84, False, "84 of 84 people answered (100 in 100)."),
        (84, None, False, "84 people answered. Nobody counted the audience."),
        (84, 80, True, "84 people answered, more than the 80 counted. Please check the attendance."),
    ],
)
def test_how_many_answered(responses: int, attendance: int | None, about: bool, words: str) -> None:
    assert rate_sentence(responses, attendance, about=about) == words


@pytest.mark.parametrize(
    ("modes", "words"),
    [
        ({}, ""),
        ({Mode.PHONE: 84, Mode.PAPER: 0}, "Answered on phones."),
        ({Mode.PHONE: 84, Mode.PAPER: 9}, "Answered on phones and on paper, counted together."),
        ({Mode.PHONE: 84, Mode.PAPER: 10}, "Answered 84 on phones and 10 on paper, counted together."),
        ({Mode.CARD: 70}, "Answered with coloured cards."),
        ({Mode.WEB: 70}, "Answered in a web form."),
    ],
)
def test_how_answers_were_given(modes: dict[Mode, int], words: str) -> None:
    assert modes_sentence(modes) == words


@pytest.mark.parametrize(
    ("count", "left_out", "late"),
    [
        (0, "", ""),
        (
            1,
            "1 answer is left out: it was sent after the result had been shown to the room.",
            "1 late answer is kept, not shown.",
        ),
        (
            3,
            "3 answers are left out: they were sent after the result had been shown to the room.",
            "3 late answers are kept, not shown.",
        ),
    ],
)
def test_answers_that_do_not_count_are_told(count: int, left_out: str, late: str) -> None:
    assert (left_out_sentence(count), late_sentence(count)) == (left_out, late)


def test_where_answers_came_from_is_told_unless_they_were_collected_here() -> None:
    assert provenance_sentences({Provenance.COLLECTED}) == []
    assert provenance_sentences({Provenance.DEMONSTRATION}) == ["Demonstration: these answers are invented."]
    assert len(provenance_sentences(set(Provenance))) == len(Provenance) - 1


# --- two audiences ---------------------------------------------------------------------------------------------


def apart(a: Share, b: Share, low: float, high: float, verdict: Verdict, **more: Any) -> Difference:
    plain = Difference(SCALE, None, a, b, Interval(low, high), Interval(low, high), 8, verdict)
    return dataclasses.replace(plain, **more)


A, B = Share("agree", 48, 86), Share("agree", 51, 142)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (
            apart(A, B, -0.37, -0.01, Verdict.CLEAR),
            "In the 2017 audience 20 fewer in 100 agreed than in the 2015 audience (somewhere between 1 and 37 fewer, "
            "allowing for the eight questions compared).",
        ),
        (
            apart(B, A, 0.004, 0.37, Verdict.CLEAR, compared=1),
            "In the 2017 audience 20 more in 100 agreed than in the 2015 audience (somewhere between less than 1 and "
            "37 more).",
        ),
        (
            apart(A, B, -0.37, -0.01, Verdict.CLEAR, question=LIKELY, compared=13),
            "In the 2017 audience 20 fewer in 100 said likely than in the 2015 audience (somewhere between 1 and 37 "
            "fewer, allowing for the 13 questions compared).",
        ),
        (
            apart(B, A, 0.01, 0.37, Verdict.CLEAR, question=ONE, option="saras", compared=2),
            "In the 2017 audience 20 more in 100 chose “Saras” than in the 2015 audience (somewhere between 1 and 37 "
            "more, allowing for the two questions compared).",
        ),
        (
            apart(Share("", 500, 1000), Share("", 550, 1000), 0.01, 0.09, Verdict.CLEAR_SMALL, compared=1),
            "In the 2017 audience 5 more in 100 agreed than in the 2015 audience (somewhere between 1 and 9 more). "
            "The difference is small.",
        ),
        (
            apart(A, B, -0.20, 0.04, Verdict.NONE),
            "No clear difference: the two audiences could be the same, or differ by up to 20 in 100 one way and 4 the "
            "other.",
        ),
        (
            apart(A, B, -0.08, 0.09, Verdict.ABOUT_THE_SAME),
            "About the same: any difference is smaller than 10 in 100.",
        ),
        (
            apart(Share("", 5, 15), Share("", 9, 22), -0.4, 0.4, Verdict.TOO_FEW, compared=1),
            "With 15 and 22 answers we could only have seen a very large difference (47 in 100 or more).",
        ),
        (
            apart(Share("", 5, 15), Share("", 0, 9), -0.4, 0.4, Verdict.TOO_FEW),
            "Too few to tell: fewer than 10 people answered in the 2017 audience.",
        ),
        (
            apart(Share("", 0, 1), Share("", 0, 0), -1, 1, Verdict.TOO_FEW),
            "Too few to tell: fewer than 10 people answered in each audience.",
        ),
        (
            apart(Share("", 5, 10), Share("", 9, 10), -0.4, 0.4, Verdict.TOO_FEW, compared=4000),
            "With 10 and 10 answers we could not have seen any difference.",
        ),
    ],
)
def test_what_two_audiences_show(found: Difference, words: str) -> None:
    assert difference_sentence(found, "2015", "2017") == words


@pytest.mark.parametrize(
    ("given_a", "given_b", "verdict"),
    [
        ((0, 0, 0, 20, 10), (0, 0, 0, 20, 10), Verdict.NONE),  # all agree, 30 a side
        ((10, 10, 10, 0, 0), (0, 0, 0, 15, 15), Verdict.CLEAR),  # none, then all
        ((0, 0, 0, 20, 9), (10, 10, 9, 0, 0), Verdict.TOO_FEW),  # 29 a side
        ((0, 0, 0, 200, 200), (0, 0, 0, 200, 200), Verdict.ABOUT_THE_SAME),
    ],
)
def test_extreme_audiences_are_told_too(
    given_a: tuple[int, ...], given_b: tuple[int, ...], verdict: Verdict
) -> None:
    (found,) = differences([(told(SCALE, *given_a), told(SCALE, *given_b))])
    assert found.verdict is verdict
    assert difference_sentence(found, "2015", "2017").endswith(".")


def test_the_verdicts_are_told_in_a_few_words() -> None:
    assert [verdict_words(verdict) for verdict in Verdict] == [
        "Too few to tell",
        "Clear difference",
        "Clear but small difference",
        "About the same",
        "No clear difference",
    ]


def test_superiority_is_told_as_two_people_met_by_chance() -> None:
    (found,) = differences([(told(SCALE, 5, 5, 5, 10, 15), told(SCALE, 15, 10, 5, 5, 5))])
    assert superiority_sentence(found, "2015", "2017") == (
        "Take one person from each audience: 27 times in 100 the one from 2017 gave the higher answer than the one "
        "from 2015 (same answers count half; between 18 and 40)."
    )
    (alike,) = differences([(told(SCALE, 0, 0, 0, 40, 0), told(SCALE, 0, 0, 0, 40, 0))])
    assert superiority_sentence(alike, "2015", "2017").endswith("(same answers count half).")
    assert (
        superiority_sentence(differences([(told(ONE, 9, 9, 9, 9), told(ONE, 9, 9, 9, 9))])[0], "a", "b") == ""
    )
    (few,) = differences([(told(SCALE, 0, 0, 3, 3, 3), told(SCALE, 0, 0, 0, 40, 0))])
    assert superiority_sentence(few, "2015", "2017") == ""


def test_one_night_a_side_is_never_called_a_year() -> None:
    assert nights_sentence(1, 1).startswith("This compares one audience with another.")
    assert nights_sentence(3, 1).startswith("This compares some audiences with one other.")
    assert nights_sentence(2, 2) == ""


# --- the same people before and after ------------------------------------------------------------------------


def flow(asked: Question, stayed_agree: int, to: int, away: int, stayed_not: int) -> Change:
    yes, no = asked.agree[0], asked.values[0]
    people = {
        f"{yes}__{yes}": stayed_agree,
        f"{no}__{yes}": to,
        f"{yes}__{no}": away,
        f"{no}__{no}": stayed_not,
    }
    return changes(asked, [linked(asked, moved(asked, **people))])


@pytest.mark.parametrize(
    ("asked", "people", "unmatched", "words"),
    [
        (SCALE, (0, 0, 0, 0), 20, "Fewer than 10 people could be matched, so no figures are shown."),
        (SCALE, (3, 3, 3, 0), 20, "Fewer than 10 people could be matched, so no figures are shown."),
        (
            SCALE,
            (30, 17, 6, 41),
            20,
            "Of the 94 people we could match, 17 moved to agreeing, 6 moved away, 71 stayed. Net: 12 more in 100 "
            "(between 2 and 21).",
        ),
        (
            LIKELY,
            (30, 17, 6, 41),
            20,
            "Of the 94 people we could match, 17 said likely only after, 6 only before, 71 stayed. Net: 12 more in "
            "100 (between 2 and 21).",
        ),
        (
            SCALE,
            (30, 6, 17, 41),
            20,
            "Of the 94 people we could match, 6 moved to agreeing, 17 moved away, 71 stayed. Net: 12 fewer in 100 "
            "(between 2 and 21).",
        ),
        (
            SCALE,
            (30, 17, 4, 43),
            20,
            "Of the 94 people we could match, 17 moved to agreeing and fewer than 5 moved away; the others stayed.",
        ),
        (
            LIKELY,
            (30, 1, 17, 46),
            0,
            "Of the 94 people we could match, fewer than 5 said likely only after and 5 or more only before; the "
            "others stayed.",
        ),
        (SCALE, (20, 0, 0, 9), 20, "Of the 29 people we could match, 0 moved to agreeing, 0 moved away, 29 stayed. "
            "Net: none (between 9 fewer and 9 more in 100)."),
        (SCALE, (29, 1, 0, 0), 20, "Of the 30 people we could match, nearly everyone stayed."),
        (SCALE, (0, 0, 0, 10), 20, "Of the 10 people we could match, nearly everyone stayed."),
        (LIKELY, (0, 30, 0, 0), 20, "Of the 30 people we could match, nearly everyone said likely only after."),
        (LIKELY, (0, 0, 30, 0), 20, "Of the 30 people we could match, nearly everyone said likely only before."),
    ],
)  # fmt: skip
def test_how_the_same_people_changed(
    asked: Question, people: tuple[int, int, int, int], unmatched: int, words: str
) -> None:
    assert change_sentence(shown_change(flow(asked, *people), unmatched)) == words


@pytest.mark.parametrize(
    ("net", "low", "high", "words"),
    [
        (0.12, 0.02, 0.21, "Net: 12 more in 100 (between 2 and 21)."),
        (0.12, 0.004, 0.21, "Net: 12 more in 100 (between less than 1 and 21)."),
        (-0.12, -0.21, -0.02, "Net: 12 fewer in 100 (between 2 and 21)."),
        (0.02, -0.05, 0.09, "Net: 2 more in 100 (between 5 fewer and 9 more)."),
        (-0.02, -0.09, 0.05, "Net: 2 fewer in 100 (between 9 fewer and 5 more)."),
        (0.0, -0.06, 0.06, "Net: none (between 6 fewer and 6 more in 100)."),
    ],
)
def test_the_net_says_in_which_direction_each_end_lies(
    net: float, low: float, high: float, words: str
) -> None:
    assert net_sentence(net, Interval(low, high)) == words


def test_up_same_and_down_are_told_where_they_are_shown() -> None:
    assert movement_sentence(Movement(12, 60, 7)) == (
        "12 moved up the scale, 60 gave the same answer, 7 moved down."
    )
    assert movement_sentence(None) == ""


@pytest.mark.parametrize(
    ("unmatched", "words"),
    [
        (0, "Everyone who answered could be matched."),
        (1, "Fewer than 10 people answered only before or only after; they are left out."),
        (9, "Fewer than 10 people answered only before or only after; they are left out."),
        (10, "10 people answered only before or only after and are left out."),
    ],
)
def test_those_who_could_not_be_matched_are_told(unmatched: int, words: str) -> None:
    assert unmatched_sentence(unmatched) == words


def test_three_cautions_stand_beside_every_change() -> None:
    assert [sentence.split(" ", 1)[0] for sentence in cautions()] == ["People", "Being", "This"]


# --- planning --------------------------------------------------------------------------------------------------


def test_organisers_are_told_what_an_audience_can_show() -> None:
    assert sight_sentence(sight(60)) == (
        "With about 60 answers, a share near 50 in 100 is known to within 12 in 100, and a difference from another "
        "such audience would have to be 26 in 100 to be found four times in five."
    )
    assert seats_sentence(25) == "With 25 seats expect totals only; before and after needs about 60 people."
    assert seats_sentence(60) == ""
    assert seats_sentence(None).startswith("Tell us how many seats there are")
    assert "about 190 answers from each" in sameness_sentence(1)


def test_numbers_are_words_up_to_twelve() -> None:
    assert [number(count) for count in (1, 8, 12, 13)] == ["one", "eight", "twelve", "13"]


def test_a_question_without_followed_options_has_no_share_to_tell() -> None:
    with pytest.raises(ValueError, match="names no agree options"):
        agreeing(told(ONE, 3, 3, 3, 3))
