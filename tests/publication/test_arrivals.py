"""A watcher in the room sees who taps Send and sees the stage after every tap. They must learn nobody's answer."""

import random
from itertools import pairwise

import pytest

from survey.analysis.suppression import classes
from survey.model import Kind, Wave
from survey.publication import NotYet, PublicResult
from survey.storage.checkpoints import Checkpoint, checkpoints
from tests.publication.evening import Evening

HOUSES = {
    "home_system": (2, 3, 5),
    "targeted_ads": (1, 2, 1, 4, 3),
    "trust_nhs": (1,) * 8 + (4, 4, 4),
    "share_with": (6, 5, 5, 4, 1, 1, 1, 1),
}
"""Questions of each kind, and how readily each option is given."""


def an_evening_watched(
    evening: Evening, question: str, people: int, *, seed: int, reveal: str
) -> list[PublicResult]:
    """Return what the stage showed after each of so many answers. ``reveal``: "once" at 10, or "always" pressed."""
    chance = random.Random(seed)
    asked = evening.question(question)
    seen = []
    for person in range(people):
        ticks = 3 if asked.kind is Kind.MANY else 1
        given = set(chance.choices(asked.values, HOUSES[question], k=ticks))
        if any(asked.option(value).exclusive for value in given):
            given = {value for value in given if asked.option(value).exclusive}
        evening.answer(question, *sorted(given))
        if reveal == "always" or (reveal == "once" and person == 9):
            try:
                evening.reveal(question)
            except NotYet:
                assert person < 9
        seen.append(evening.look(question))
    return seen


def steps_of(evening: Evening, question: str) -> list[Checkpoint]:
    with evening.database.reading() as connection:
        return checkpoints(connection, evening.id, Wave.AFTER, question)


def rose(evening: Evening, question: str, before: Checkpoint, after: Checkpoint) -> int:
    """Return how many options rose between two steps, counted as the room sees them."""
    asked = evening.question(question)
    groups: list[tuple[str, ...]] = [(value,) for value in asked.values]
    if asked.kind is Kind.NUMBER or (asked.kind is Kind.SCALE and after.base < 30):
        groups = list(classes(asked).values())
    return sum(
        sum(after.counts[value] for value in group) > sum(before.counts[value] for value in group)
        for group in groups
    )


@pytest.mark.parametrize("question", HOUSES)
@pytest.mark.parametrize(
    ("expected", "reveal"), [(90, "once"), (90, "always"), (30, "once"), (None, "always")]
)
def test_no_two_pictures_in_a_row_differ_by_fewer_than_five_answers(
    evening: Evening, question: str, expected: int | None, reveal: str
) -> None:
    evening.expect(expected)
    seen = an_evening_watched(evening, question, 45, seed=4, reveal=reveal)
    steps = steps_of(evening, question)
    assert steps[0].base >= 10
    for before, after in pairwise(steps):
        assert after.base - before.base >= 5
        assert rose(evening, question, before, after) >= 2
    moments = [at for at, (before, after) in enumerate(pairwise(seen)) if before != after]
    assert all(later - earlier >= 5 for earlier, later in pairwise(moments))
    assert not any(result.shown for result in seen[:9])
    if expected == 30:
        assert len(steps) == 1


def test_the_watcher_of_a_large_room_names_no_single_answer(evening: Evening) -> None:
    """Between two pictures at least five people answered, and not all of them alike: whoever guesses can be wrong."""
    evening.expect(200)
    chance = random.Random(11)
    taps: list[str] = []
    certain = 0
    last = None
    for person in range(60):
        option = chance.choice(("acceptable", "acceptable", "depends", "not_acceptable"))
        evening.answer("home_system", option)
        taps.append(option)
        if person == 9:
            evening.reveal("home_system")
        now = evening.look("home_system")
        if now.shown and now != last:
            certain += len(set(taps)) == 1
            assert len(taps) >= 5
            last, taps = now, []
    assert (certain, last is not None) == (0, True)


def test_a_step_that_was_public_never_changes_when_somebody_withdraws(evening: Evening) -> None:
    evening.expect(90)
    seat = evening.answer("home_system", "acceptable")
    evening.answers("home_system", {"acceptable": 6, "depends": 6})
    evening.reveal("home_system")
    first = evening.look("home_system")
    evening.withdraw(seat)
    assert evening.look("home_system") == first


@pytest.mark.parametrize("expected", [90, None])
def test_no_later_state_shows_that_somebody_withdrew_or_changed_their_answer(
    evening: Evening, expected: int | None
) -> None:
    evening.expect(expected)
    leaves, changes = (evening.answer("home_system", "acceptable") for _person in range(2))
    evening.answers("home_system", {"acceptable": 5, "depends": 7})
    evening.reveal("home_system")
    first = evening.look("home_system")
    evening.withdraw(leaves)
    evening.answer("home_system", "not_acceptable", seat=changes)
    evening.answers("home_system", {"depends": 10, "not_acceptable": 10})
    evening.reveal("home_system")
    assert evening.look("home_system") == first
    evening.answers("home_system", {"acceptable": 2})
    evening.reveal("home_system")
    assert [bar.shown for bar in evening.look("home_system").bars] == ["31", "49", "20"]


def test_changing_an_answer_moves_nothing_by_itself(evening: Evening) -> None:
    evening.expect(90)
    seat = evening.answer("home_system", "acceptable")
    evening.answers("home_system", {"acceptable": 6, "depends": 6})
    evening.reveal("home_system")
    first = evening.look("home_system")
    evening.answer("home_system", "not_acceptable", seat=seat)
    assert evening.look("home_system") == first
