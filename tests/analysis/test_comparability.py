"""Comparability: which questions pair, and the reason of each that does not."""

import dataclasses
from typing import Any

import pytest

from survey.analysis.comparability import Reason, pair_questions, questions_compared
from survey.model import Kind, Option, Question, Text, Wave
from tests.analysis.asking import ACCEPTABLE, MANY, SCALE, asking, question, say

A = question(Kind.ONE, "yes", "no", text="Would you?")


def changed(**more: Any) -> Question:
    return dataclasses.replace(A, **more)


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (A, Reason.SAME),
        (changed(text=say("Would  you? ")), Reason.SAME),
        (changed(text=Text({"en": "Would you?", "ur": "…"})), Reason.SAME),
        (changed(short=say("A shorter name")), Reason.SAME),
        (changed(text=say("Would you ever?")), Reason.REWORDED),
        (changed(stem=say("Think of tonight.")), Reason.REWORDED),
        (changed(options=(*A.options, Option("maybe", say("Maybe")))), Reason.OPTIONS),
        (changed(options=A.options[::-1]), Reason.OPTIONS),
        (changed(kind=Kind.MANY), Reason.OPTIONS),
        (changed(kind=Kind.MANY, at_most=2), Reason.OPTIONS),
        (changed(text=say("Would you ever?"), options=A.options[:1]), Reason.REWORDED),
    ],
)
def test_the_same_question_has_the_same_words_and_the_same_options(other: Question, reason: Reason) -> None:
    (pairing,) = pair_questions(asking(A), asking(other))
    assert (pairing.reason, pairing.comparable) == (reason, reason is Reason.SAME)
    assert (pairing.question_a, pairing.question_b) == (A, other)


def test_a_question_asked_on_one_side_only_was_asked_once() -> None:
    first, second = dataclasses.replace(A, id="first"), dataclasses.replace(A, id="second")
    assert [
        (p.question_a, p.question_b, p.reason) for p in pair_questions(asking(first), asking(second))
    ] == [
        (None, second, Reason.ONCE),
        (first, None, Reason.ONCE),
    ]


def test_a_renamed_question_pairs_in_both_directions_by_its_former_id() -> None:
    old, new = dataclasses.replace(A, id="old"), dataclasses.replace(A, id="new", was="old")
    for a, b in ((old, new), (new, old)):
        (pairing,) = pair_questions(asking(a), asking(b))
        assert (pairing.question_a, pairing.question_b, pairing.comparable) == (a, b, True)


def test_a_side_of_two_versions_is_comparable_only_if_both_ask_alike() -> None:
    reworded = changed(text=say("Would you ever?"))
    (same,) = pair_questions([asking(A), asking(A, version=2)], asking(A, version=3))
    (mixed,) = pair_questions([asking(A), asking(reworded, version=2)], asking(reworded, version=3))
    assert (same.reason, mixed.reason) == (Reason.SAME, Reason.REWORDED)


def test_comments_are_not_paired_and_the_order_is_the_second_sides() -> None:
    comment = Question("words", Kind.COMMENT, say("Say it"))
    scale, many = (dataclasses.replace(asked, id=asked.kind) for asked in (SCALE, MANY))
    pairings = pair_questions(asking(scale, many, comment), asking(many, comment, scale))
    assert [pairing.question.id for pairing in pairings] == ["many", "scale"]


def test_every_reason_is_told_in_a_plain_sentence() -> None:
    reworded = dataclasses.replace(ACCEPTABLE, text=say("Is it acceptable?"))
    (pairing,) = pair_questions(asking(ACCEPTABLE), asking(reworded))
    assert (
        pairing.sentence == "Reworded: the question was put in other words, so its answers are not compared."
    )


def test_as_many_questions_are_compared_as_both_were_asked_alike_in_the_wave() -> None:
    both, after = frozenset({Wave.BEFORE, Wave.AFTER}), frozenset({Wave.AFTER})
    older = asking(
        *(changed(id=name, asked=both) for name in ("one", "two", "three")),
        changed(id="four", asked=after),
        changed(id="reworded", text=say("Would you, then?"), asked=both),
    )
    newer = asking(
        *(changed(id=name, asked=both) for name in ("one", "two", "reworded")),
        changed(id="three", asked=after),
        changed(id="four", asked=after),
        version=2,
    )
    pairings = pair_questions(older, newer)
    assert [questions_compared(pairings, wave) for wave in (Wave.BEFORE, Wave.AFTER)] == [2, 4]
    assert questions_compared(pair_questions(newer, older), Wave.AFTER) == 4
    assert questions_compared([], Wave.AFTER) == 1
