"""Sentences: the exact words, for nobody, one, 9, 10, 29, 30, everyone, all agreeing, none agreeing, and few."""

import dataclasses
from typing import Any

import pytest

from survey.analysis.changes import Change, Movement, changes
from survey.analysis.differences import Difference, Verdict, compare
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
    answers_sentences,
    difference_sentence,
    nights_sentence,
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
    tied_sentence,
)
from survey.analysis.shares import Share, agreeing
from survey.analysis.superiority import Superiority
from survey.analysis.suppression import shown_change
from survey.model import Mode, Provenance, Question
from tests.analysis.asking import ACCEPTABLE, LIKELY, NUMBER, ONE, SCALE, told
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


def test_answers_that_tie_are_named_together() -> None:
    four = [Share(option, 8, 40) for option in ONE.values]
    assert tied_sentence(ONE, four[0], ONE.values[:3]) == (
        "Given most, by 20 in 100 each: “Seans”, “Saras” and “Between”."
    )
    assert tied_sentence(ONE, Share("", 5, 14), ONE.values[:2]) == (
        "Given most, by 5 of 14 people each: “Seans” and “Saras”."
    )
    assert tied_sentence(ONE, Share("", 3, 9), ONE.values[:3]) == TOO_FEW


CHANCE = "If the others think like those who answered, between 51 and 73 in 100 of the whole room agree."
WORST = "73 people did not answer. If they all thought the same, it could be anything from 24 to 86 in 100."


@pytest.mark.parametrize(
    ("count", "base", "attendance", "words"),
    [
        (28, 45, 118, [CHANCE, WORST]),
        (28, 45, 45, ["Everyone who was there answered."]),
        (28, 45, None, ["Nobody counted the audience, so we cannot speak for the whole room."]),
        (28, 45, 44, ["There are more answers than people counted, so we cannot speak for the whole room."]),
        (
            0,
            30,
            31,
            [
                "If the others think like those who answered, it is about 0 in 100 of the whole room.",
                "1 person did not answer. Whatever they think, it could be anything from 0 to 3 in 100.",
            ],
        ),
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
    range = Interval(low, high)
    plain = Difference(SCALE, None, a, b, range, range, 0.10, verdict, questions=8, comparisons=8)
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
            apart(B, A, 0.004, 0.37, Verdict.CLEAR, questions=1, comparisons=1),
            "In the 2017 audience 20 more in 100 agreed than in the 2015 audience (somewhere between less than 1 and "
            "37 more).",
        ),
        (
            apart(A, B, -0.37, -0.01, Verdict.CLEAR, question=LIKELY, questions=13),
            "In the 2017 audience 20 fewer in 100 said likely than in the 2015 audience (somewhere between 1 and 37 "
            "fewer, allowing for the 13 questions compared).",
        ),
        (
            apart(B, A, 0.01, 0.37, Verdict.CLEAR, question=ONE, option="saras", questions=2),
            "In the 2017 audience 20 more in 100 chose “Saras” than in the 2015 audience (somewhere between 1 and 37 "
            "more, allowing for the two questions compared).",
        ),
        (
            apart(
                Share("", 500, 1000),
                Share("", 550, 1000),
                0.01,
                0.09,
                Verdict.CLEAR,
                questions=1,
                comparisons=1,
            ),
            "In the 2017 audience 5 more in 100 agreed than in the 2015 audience (somewhere between 1 and 9 more). "
            "The difference is small.",
        ),
        (
            apart(A, B, -0.20, 0.04, Verdict.NONE),
            "No clear difference in the share who agreed: the two audiences could be the same, or differ by up to 20 in 100 "
            "one way and 4 the other.",
        ),
        (
            apart(A, B, -0.08, 0.09, Verdict.ABOUT_THE_SAME),
            "The share who agreed is about the same: any difference is smaller than 10 in 100.",
        ),
        (
            apart(A, B, -0.02, 0.02, Verdict.ABOUT_THE_SAME, question=NUMBER, margin=0.03),
            "The share who gave 8 to 10 is about the same: any difference is smaller than 3 in 100.",
        ),
        (
            apart(
                A,
                B,
                -0.08,
                0.11,
                Verdict.CLEAR_AS_A_WHOLE,
                superiority=Superiority(0.42, None, Interval(0.35, 0.49), 0.03, False),
            ),
            "The share who agreed does not clearly differ, but the answers as a whole do. Take one answer from each "
            "audience: the 2015 one is higher 58 times in 100 (somewhere between 51 and 65, allowing for the eight "
            "questions compared; equal answers count half).",
        ),
        (
            apart(
                A,
                B,
                -0.08,
                0.11,
                Verdict.CLEAR_AS_A_WHOLE,
                questions=1,
                superiority=Superiority(0.58, None, Interval(0.51, 0.65), 0.03, False),
            ),
            "The share who agreed does not clearly differ, but the answers as a whole do. Take one answer from each "
            "audience: the 2017 one is higher 58 times in 100 (somewhere between 51 and 65; equal answers count half).",
        ),
        (
            apart(Share("", 12, 12), Share("", 0, 30), -1.0, -0.6, Verdict.CLEAR, questions=1),
            "In the 2017 audience 100 fewer in 100 agreed than in the 2015 audience (somewhere between 60 and 100 fewer). "
            "This is from only 12 answers.",
        ),
        (
            apart(Share("", 5, 15), Share("", 9, 22), -0.4, 0.4, Verdict.TOO_FEW, questions=1, comparisons=1),
            "Too few to tell: 15 and 22 answers find a difference of 47 in 100 four times in five; smaller ones are mostly "
            "missed.",
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
            apart(Share("", 5, 10), Share("", 9, 10), -0.4, 0.4, Verdict.TOO_FEW, comparisons=4000),
            "Too few to tell: 10 and 10 answers mostly miss a difference of any size.",
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
        ((0, 0, 0, 20, 9), (10, 10, 9, 0, 0), Verdict.CLEAR),  # all, then none, of 29 a side
        ((0, 0, 9, 11, 9), (4, 0, 9, 10, 6), Verdict.TOO_FEW),
        ((0, 0, 0, 200, 200), (0, 0, 0, 200, 200), Verdict.ABOUT_THE_SAME),
    ],
)
def test_extreme_audiences_are_told_too(
    given_a: tuple[int, ...], given_b: tuple[int, ...], verdict: Verdict
) -> None:
    (found,) = compare(told(SCALE, *given_a), told(SCALE, *given_b))
    assert found.verdict is verdict
    assert difference_sentence(found, "2015", "2017").endswith(".")


def test_the_verdicts_are_told_in_a_few_words() -> None:
    assert [verdict_words(verdict) for verdict in Verdict] == [
        "Clear difference",
        "Too few to tell",
        "About the same",
        "Clear in the answers as a whole",
        "No clear difference",
    ]
    assert verdict_words(Verdict.CLEAR, small=True) == "Clear, but small"


def test_answers_compared_one_by_one_are_told_the_clear_ones_first() -> None:
    a, b = told(ONE, 60, 20, 10, 10), told(ONE, 20, 60, 10, 10)
    found = compare(a, b)
    first, second, others = answers_sentences(found, "2015", "2017")
    assert first.startswith("In the 2017 audience 40 fewer in 100 chose “Seans” than in the 2015 audience")
    assert second.startswith("In the 2017 audience 40 more in 100 chose “Saras”")
    assert others == "No clear difference in the other answers."
    assert answers_sentences(found, "2015", "2017", most=1) == [first, "1 other answer differs clearly too."]
    assert answers_sentences(compare(a, a), "2015", "2017") == ["No clear difference in any answer."]
    few = answers_sentences(compare(told(ONE, 8, 4, 4, 2), a), "2015", "2017")
    assert [one.split(":")[0] for one in few] == ["Too few to tell"]


def test_one_night_a_side_is_never_called_a_year() -> None:
    assert nights_sentence(1, 1).startswith("This compares one audience with another.")
    assert nights_sentence(3, 1).startswith("One side is a single audience.")
    assert nights_sentence(2, 2).startswith("Audiences differ from night to night anyway")


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
            "Clearly more people agreed after than before. Of the 94 people we could match, 17 moved to agreeing, 6 moved "
            "away, 71 stayed. Net: 12 more in 100 (between 2 and 21).",
        ),
        (
            LIKELY,
            (30, 17, 6, 41),
            20,
            "Clearly more people said likely after than before. Of the 94 people we could match, 17 said likely only after, "
            "6 only before, 71 stayed. Net: 12 more in 100 (between 2 and 21).",
        ),
        (
            SCALE,
            (30, 6, 17, 41),
            20,
            "Clearly fewer people agreed after than before. Of the 94 people we could match, 6 moved to agreeing, 17 moved "
            "away, 71 stayed. Net: 12 fewer in 100 (between 2 and 21).",
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
        (SCALE, (20, 0, 0, 9), 20, "The room did not clearly move. Of the 29 people we could match, 0 moved to agreeing, 0 moved away, 29 stayed. "
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


def test_the_net_allows_for_all_the_questions_followed() -> None:
    words = net_sentence(0.02, Interval(-0.05, 0.09), 4)
    assert words == (
        "Net: 2 more in 100 (between 5 fewer and 9 more, allowing for the four questions compared)."
    )


def test_up_same_and_down_are_told_where_they_are_shown() -> None:
    assert movement_sentence(Movement(12, 60, 7)) == (
        "12 moved up the scale, 60 gave the same answer, 7 moved down."
    )
    assert movement_sentence(None) == ""


FEW_UNMATCHED = (
    "Fewer than 10 people answered this question only before or only after, some of them because they skipped it once; they "
    "are left out."
)


@pytest.mark.parametrize(
    ("unmatched", "words"),
    [
        (0, "Everyone who answered this question answered it both times."),
        (1, FEW_UNMATCHED),
        (9, FEW_UNMATCHED),
        (
            10,
            "10 people answered this question only before or only after, some of them because they skipped it once; they "
            "are left out.",
        ),
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
    assert sight_sentence(sight(169, 300)) == (
        "If 169 of 300 people answer, a share of the room near 50 in 100 is known to within 5 in 100, and a difference from "
        "another such audience would have to be 15 in 100 to be found four times in five."
    )
    assert sight_sentence(sight(60, 60)).startswith("If all 60 people answer, you know what the room thinks.")
    assert seats_sentence(25) == "With 25 seats expect totals only; before and after needs about 60 people."
    assert seats_sentence(60) == ""
    assert seats_sentence(None).startswith("Tell us how many seats there are")
    assert "about 525 answers from each" in sameness_sentence(1)


def test_numbers_are_words_up_to_twelve() -> None:
    assert [number(count) for count in (1, 8, 12, 13)] == ["one", "eight", "twelve", "13"]


def test_a_question_without_followed_options_has_no_share_to_tell() -> None:
    with pytest.raises(ValueError, match="names no agree options"):
        agreeing(told(ONE, 3, 3, 3, 3))
