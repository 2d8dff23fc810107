"""Bundles: all answers of one response as one string.

Grouping a million answers in SQLite sorts a million rows; one string per response needs no sort, and counting the
pieces of many strings is one fast loop in Python.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, String, case, cast, func, select

from survey.storage.tables import answer

BETWEEN_MARKS = "\x1e"
BETWEEN_PARTS = "\x1f"


@dataclass(frozen=True)
class Mark:
    """One option given to one question. ``first``: the first of this answer's options, so firsts are the base.

    Of a ranking the first is the first choice.
    """

    question: str
    option: str
    first: bool
    after_reveal: bool


def bundle(response_id: ColumnElement[str], questions: Collection[str] | None) -> ScalarSelect[Any]:
    """Select a response's answers as one string; None when it has none (to these questions)."""
    position = cast(answer.c.position, String)
    after_reveal = case((answer.c.after_reveal.is_(True), "1"), else_="0")
    mark = (
        answer.c.question
        + BETWEEN_PARTS
        + answer.c.option
        + BETWEEN_PARTS
        + position
        + BETWEEN_PARTS
        + after_reveal
    )
    wanted = select(func.aggregate_strings(mark, BETWEEN_MARKS)).where(answer.c.response_id == response_id)
    if questions is not None:
        wanted = wanted.where(answer.c.question.in_(questions))
    return wanted.scalar_subquery()


def counted_marks(bundles: Iterable[str]) -> list[tuple[Mark, int]]:
    """Return how often each mark stands in bundles."""
    pieces = Counter(BETWEEN_MARKS.join(bundles).split(BETWEEN_MARKS))
    return [(_mark(piece), count) for piece, count in pieces.items()]


def answers_in(bundled: str, ranked: Collection[str] = ()) -> dict[str, tuple[tuple[str, ...], bool]]:
    """Return one response's answers: question → options, and whether after the reveal.

    Options stand in alphabetical order, those of ``ranked`` questions in order of preference.
    """
    options: dict[str, list[tuple[int, str]]] = {}
    late: dict[str, bool] = {}
    for piece in bundled.split(BETWEEN_MARKS):
        question, option, position, after_reveal = piece.split(BETWEEN_PARTS)
        options.setdefault(question, []).append((int(position) if question in ranked else 0, option))
        late[question] = after_reveal == "1"
    return {
        question: (tuple(option for _, option in sorted(given)), late[question])
        for question, given in options.items()
    }


def _mark(piece: str) -> Mark:
    question, option, position, after_reveal = piece.split(BETWEEN_PARTS)
    return Mark(question, option, position == "1", after_reveal == "1")
