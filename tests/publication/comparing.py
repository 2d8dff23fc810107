"""Audiences to compare: the same people before and after, and another evening's audience."""

from datetime import date
from typing import Any

from survey.model import Wave
from survey.screen.office.acts import close
from survey.storage.database import Database
from tests.databases import add_nest_performance
from tests.publication.evening import Evening

Cells = tuple[int, int, int, int]
"""How many stayed agreeing, moved to it, moved away, stayed not agreeing."""


def before_and_after(evening: Evening, cells: Cells, *, question: str = "home_system", once: int = 0) -> None:
    """So many people answer both times, and so many only before; then nothing is open any more."""
    asked = evening.question(question)
    yes, no = asked.agree[0], asked.values[0]
    stayed_agree, moved_to, moved_away, stayed_not = cells
    people = (
        [(yes, yes)] * stayed_agree
        + [(no, yes)] * moved_to
        + [(yes, no)] * moved_away
        + [(no, no)] * stayed_not
    )
    evening.open(Wave.BEFORE)
    seats = [evening.answer(question, before) for before, _after in people]
    for _person in range(once):
        evening.answer(question, yes)
    closed(evening)
    evening.open(Wave.AFTER)
    for seat, (_before, after) in zip(seats, people, strict=True):
        evening.answer(question, after, seat=seat)
    closed(evening)


def an_audience(
    database: Database, question: str, counts: dict[str, int], day: date, **details: Any
) -> Evening:
    """Return another evening whose audience has answered one question after it; it is closed."""
    made = add_nest_performance(database, wave=Wave.AFTER, starts_on=day, capacity=None, **details)
    evening = Evening(database, made.id)
    evening.answers(question, counts)
    closed(evening)
    return evening


def closed(evening: Evening) -> None:
    """Close the open wave and keep its last figures."""
    evening.database.write(lambda connection: close(connection, evening.id))
