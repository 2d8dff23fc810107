"""How many have answered, in words: never fewer than ten by number."""

import dataclasses

import pytest

from survey.publication import JoinLine, join_line, voted_words
from survey.storage.performances import change_performance
from tests.publication.evening import Evening


def line(evening: Evening, people: int, *, attendance: int | None, about: bool = False) -> JoinLine:
    changed = dataclasses.replace(
        evening.performance, attendance=attendance, attendance_about=about, capacity=200
    )
    evening.database.write(lambda connection: change_performance(connection, changed))
    for _person in range(people):
        evening.answer("home_system", "depends")
    with evening.database.reading() as connection:
        return join_line(connection, evening.performance)


@pytest.mark.parametrize(
    ("people", "attendance", "about", "words", "filled"),
    [
        (0, 120, True, "Fewer than 10 people have answered so far", 0),
        (9, 120, True, "Fewer than 10 people have answered so far", 0),
        (9, None, False, "Fewer than 10 people have answered so far", None),
        (10, 120, True, "10 of about 120 here have answered", 8),
        (30, 40, False, "30 of 40 here have answered", 75),
        (12, None, False, "12 people here have answered", None),
        (12, 11, False, "12 people here have answered", None),
        (12, 12, False, "12 of 12 here have answered", 100),
    ],
)
def test_the_line_under_the_code(
    evening: Evening, people: int, attendance: int | None, about: bool, words: str, filled: int | None
) -> None:
    assert line(evening, people, attendance=attendance, about=about) == JoinLine(words, filled)


def test_without_an_open_wave_nobody_is_counted(evening: Evening) -> None:
    closed = dataclasses.replace(evening.performance, open_wave=None)
    with evening.database.reading() as connection:
        assert str(join_line(connection, closed)).startswith("Fewer than 10")


@pytest.mark.parametrize(
    ("votes", "words"),
    [
        (9, "Fewer than 10 have answered"),
        (10, "More than 9 have answered"),
        (11, "More than 10 have answered"),
        (20, "More than 10 have answered"),
        (21, "More than 20 have answered"),
    ],
)
def test_votes_are_told_in_steps_of_ten(votes: int, words: str) -> None:
    assert voted_words(votes) == words
