"""Steps: when the next public state of a result may follow the last (rules 2 and 3), and pooling (rule 1)."""

from collections.abc import Mapping, Sequence

from survey.analysis.suppression.results import ENOUGH, LEAST, bars_of
from survey.model import Kind, Question

STEP = 5
"""This many new answers at least lie between two public states."""
SENSITIVE_STEP = 10
"""The same, for a question marked sensitive."""
BIG_ROOM = 60
"""Rooms expected to be smaller (or of unknown size) get one reveal; larger ones checkpoints."""


def live(expected: int | None) -> bool:
    """Return whether a room is large enough for checkpoints; else its results have one reveal (rules 2 and 3)."""
    return expected is not None and expected >= BIG_ROOM


def due(
    question: Question,
    last: Mapping[str, int] | None,
    last_base: int,
    counts: Mapping[str, int],
    base: int,
    *,
    closing: bool = False,
) -> bool:
    """Return whether a new public state may follow the ``last`` one (None: there is none yet).

    The first at 10 answers; then when at least 5 more (10 if the question is sensitive, but not at ``closing``)
    have come and at least two options rose. It holds for checkpoints, for replacing a reveal and for closing:
    a remainder of 1-4 never joins. Options are judged as the room sees them: numbers, and scales below 30 answers,
    by class.
    """
    if last is None:
        return base >= LEAST
    step = SENSITIVE_STEP if question.sensitive and not closing else STEP
    if base - last_base < step:
        return False
    by_class = question.kind is Kind.NUMBER or (question.kind is Kind.SCALE and base < ENOUGH)
    before = bars_of(question, last_base, last, by_class=by_class)
    now = bars_of(question, base, counts, by_class=by_class)
    rose = [one for one, other in zip(now, before, strict=True) if (one.count or 0) > (other.count or 0)]
    return len(rose) >= 2


def remainder(last_base: int, base: int) -> int:
    """Return how many answers came after the last public state: kept, not shown ("3 late answers …")."""
    return max(0, base - last_base)


def may_pool(bases: Sequence[int]) -> bool:
    """Return whether results of a run may be added up: the part that is hidden alone is nothing, or at least 10."""
    hidden = sum(base for base in bases if base < LEAST)
    return hidden == 0 or hidden >= LEAST
