"""Columns: which columns of a table hold a question's answers. A ranking has one for each place, best first."""

from survey.model import Question


def columns_of(question: Question) -> tuple[str, ...]:
    """Return the names of a question's columns: its id, or ``id.1``, ``id.2``, … for the places of a ranking."""
    if not question.places:
        return (question.id,)
    return tuple(f"{question.id}.{place}" for place in range(1, question.places + 1))
