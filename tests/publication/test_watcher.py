"""Somebody who sees who taps send, and every redraw, guesses hardly better than somebody who saw the last picture only.

Fixed seed. Of each question 300 evenings in rooms of 12, 25 and 60, 100 in rooms of 300: the standard error of every
average is below 0.5 points (asserted below 1). ``python -m tests.publication.test_watcher`` prints the table.
"""

import random
import sys
from collections.abc import Mapping, Sequence
from statistics import fmean, stdev

import pytest

from survey.analysis.suppression import STEP, due
from survey.model import Kind, Question
from tests.analysis.asking import NUMBER
from tests.publication.asking import SCALE, question
from tests.publication.watcher import Due, advantage, an_evening_of, pictures

SEED = 7
MOST = 5.0
"""Points above the prior that the promise allows."""
YES_NO = question(Kind.ONE, "yes", "no")
THREE = question(Kind.ONE, "acceptable", "depends", "not_acceptable")
FIVE = question(Kind.ONE, "a", "b", "c", "d", "e")
SEVEN = question(Kind.ONE, "a", "b", "c", "d", "e", "f", "g")
TICKED = question(Kind.MANY, "my_gp", "the_nhs", "my_family", "an_insurer", "none", exclusive="none")

ASKED: dict[str, tuple[Question, Sequence[float]]] = {
    "yes or no, even": (YES_NO, (1, 1)),
    "three options, even": (THREE, (1, 1, 1)),
    "three options, skewed": (THREE, (55, 17, 28)),
    "five options, even": (FIVE, (1, 1, 1, 1, 1)),
    "seven options, even": (SEVEN, (1, 1, 1, 1, 1, 1, 1)),
    "a scale, even": (SCALE, (1, 1, 1, 1, 1)),
    "a scale, skewed": (SCALE, (2, 5, 10, 33, 50)),
    "a number, classes even": (NUMBER, (3, 3, 3, 3, 3, 5, 5, 5, 5, 5, 5)),
    "a number, skewed": (NUMBER, (1, 1, 2, 2, 3, 5, 7, 9, 12, 8, 5)),
    "tick all, even": (TICKED, (0.5, 0.5, 0.5, 0.5, 0)),
    "tick all, skewed": (TICKED, (0.8, 0.5, 0.3, 0.1, 0)),
}
ROOMS = (12, 25, 60, 300)


def by_fives(
    asked: Question,
    last: Mapping[str, int] | None,
    bases: Sequence[int],
    counts: Mapping[str, int],
    base: int,
    *,
    closing: bool = False,
) -> bool:
    """The rule that was not enough: five more answers and two options that rose, whatever was shown before."""
    return (not bases or base - bases[-1] >= STEP) and due(asked, last, [0], counts, base, closing=closing)


def measured(name: str, room: int, *, first: int = 0, rule: Due = due) -> tuple[float, float]:
    """Return the average advantage over many evenings, and its standard error."""
    asked, weights = ASKED[name]
    chance = random.Random(SEED)
    found = []
    for _evening in range(100 if room >= 300 else 300):
        given = an_evening_of(asked, weights, room, chance)
        found.append(advantage(asked, given, pictures(asked, given, first=first, rule=rule)))
    return fmean(found), stdev(found) / len(found) ** 0.5


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("name", ASKED)
def test_a_watcher_gains_at_most_five_in_100(name: str, room: int) -> None:
    average, error = measured(name, room)
    assert error < 1
    assert average <= MOST


@pytest.mark.parametrize(("room", "first"), [(60, 40), (300, 84)])
@pytest.mark.parametrize("name", ["three options, even", "a scale, even"])
def test_nor_when_the_first_reveal_comes_late(name: str, room: int, first: int) -> None:
    average, error = measured(name, room, first=first)
    assert error < 1
    assert average <= MOST


@pytest.mark.parametrize("answers", [26, 65, 128])
@pytest.mark.parametrize("name", ["three options, even", "five options, even"])
def test_nor_when_the_questions_close_just_after_a_step(name: str, answers: int) -> None:
    average, error = measured(name, answers)
    assert error < 1
    assert average <= MOST


@pytest.mark.parametrize(("room", "points"), [(25, 7), (60, 12), (300, 15)])
def test_steps_of_five_answers_alone_would_give_people_away(room: int, points: int) -> None:
    assert measured("three options, even", room, rule=by_fives)[0] > points


def test_the_steps_of_a_large_room_and_its_closing_are_those_promised() -> None:
    asked, weights = ASKED["three options, even"]
    given = an_evening_of(asked, weights, 300, random.Random(SEED))
    assert [picture.base for picture in pictures(asked, given)] == [10, 25, 64, 128, 256, 300]


def table() -> str:
    """Return the advantage of every question in every room, by steps of five and by the rule."""
    lines = []
    for rule in (by_fives, due):
        for name in ASKED:
            points = [measured(name, room, rule=rule) for room in ROOMS]
            cells = (f"{average:5.1f} ±{error:.1f}" for average, error in points)
            lines.append(f"{rule.__name__:9}{name:24}{'  '.join(cells)}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(f"{table()}\n")
