"""Steps: when the next public state of a result may follow the last (rules 2 and 3), and pooling (rule 1).

Whoever watches the stage and sees who taps send knows which people lie between two public states, and may guess for
each of them the answer that rose most. Five answers and two options that rose are not enough against that. A batch of
n people gives away about 0.56/√n a head (0.40 for two even options, 0.49 for three, most for five), and the last
picture of all N people 0.56/√N by itself. So a new state is due only when the answers shown have doubled (a closing
wave of a large room may add less) and all batches together, ``gained``, stay within 5 in 100. No state ever goes down:
what fell was taken back or changed by somebody, so it waits until it is covered. Pressed after every answer, a result
stands at 10, 25, 64, 128 answers, then at each doubling. What such a watcher gets right more than somebody who only
saw the last picture, in 100, worst of eleven questions, average evening (tests/publication/test_watcher.py):

    people in the room             12    25    60   300
    steps of five answers only    0.0  10.2  16.9  19.1
    doubling, within 5 in 100     0.0   4.5   1.8   4.1
"""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from survey.analysis.figures import enough, suppressed
from survey.analysis.suppression.results import bars_of
from survey.model import Kind, Question, Way

STEP = 5
"""This many new answers at least join at closing; before that, as many as are shown."""
SENSITIVE_STEP = 10
"""The same, for a question marked sensitive."""
MOST_GAINED = 5.0
"""So many people in 100 more than by the last picture alone a watcher may get right, on average over an evening."""
A_HEAD = 0.6
"""What a batch of n gives away about each of its people, times √n: 0.56 as simulated, and a margin."""
BIG_ROOM = 60
"""Rooms expected to be smaller (or of unknown size) get one reveal; larger ones checkpoints."""


def live(expected: int | None) -> bool:
    """Return whether a room is large enough for checkpoints; else its results have one reveal (rules 2 and 3)."""
    return expected is not None and expected >= BIG_ROOM


def due(
    question: Question,
    last: Mapping[str, int] | None,
    bases: Sequence[int],
    counts: Mapping[str, int],
    base: int,
    *,
    closing: bool = False,
) -> bool:
    """Return whether a new public state may follow the ``last`` one (None: there is none yet).

    ``bases`` are how many answers each public state so far stood for. The first at 10 answers; then as ``follows``
    says, when as many have come as are shown (at ``closing`` 5 suffice, 10 if the question is sensitive). Options are
    judged as the room sees them: numbers, and scales below 30 answers, by class; each box of a "tick all" question also
    by how many left it empty.
    """
    if last is None:
        return not suppressed(base)
    least = SENSITIVE_STEP if question.sensitive else STEP
    by_class = question.kind is Kind.NUMBER or (question.kind is Kind.SCALE and not enough(base))
    before, now = (
        [bar.count or 0 for bar in bars_of(question, of, given, by_class=by_class)]
        for of, given in ((bases[-1], last), (base, counts))
    )
    if question.kind is Kind.MANY and any(
        base - new < bases[-1] - old for old, new in zip(before, now, strict=True)
    ):
        return False
    return follows(before, now, [*bases, base], wanted=least if closing else max(least, bases[-1]))


def follows(before: Sequence[int], now: Sequence[int], bases: Sequence[int], *, wanted: int) -> bool:
    """Return whether one public state may follow another: cell for cell, with the bases of all states and the new one.

    At least ``wanted`` answers more, at least two cells that rose and none that fell (a withdrawal or a changed answer
    would show), and a watcher who would not gain more than 5 in 100.
    """
    changed = [new - old for old, new in zip(before, now, strict=True)]
    return (
        bases[-1] - bases[-2] >= wanted
        and min(changed) >= 0
        and sum(more > 0 for more in changed) >= 2
        and gained(bases) <= MOST_GAINED
    )


def told_apart(last: Mapping[Way, int], now: Mapping[Way, int]) -> bool:
    """Return whether those who came since the ``last`` state are fewer than 10 and told apart by how they came.

    They are where all of them came by one mode, in one language or from one source, and those shown did not all: six
    sheets typed in later are six people whom others saw with paper. Who comes together with others is not.
    """
    more = {way: count - last.get(way, 0) for way, count in now.items() if count > last.get(way, 0)}
    if not suppressed(sum(more.values())):
        return False
    shown = [way for way, count in last.items() if count]
    return any(
        len({way[trait] for way in more}) == 1
        and {way[trait] for way in more} != {way[trait] for way in shown}
        for trait in range(len(Way._fields))
    )


def gained(bases: Sequence[int]) -> float:
    """Return how many people in 100 more a watcher of public states with these bases gets right, at most."""
    batches = [after - before for before, after in pairwise([0, *bases])]
    return 100 * A_HEAD * (sum(math.sqrt(batch) for batch in batches) - math.sqrt(bases[-1])) / bases[-1]


def remainder(last_base: int, base: int) -> int:
    """Return how many answers came after the last public state: kept, not shown ("3 late answers …")."""
    return max(0, base - last_base)


def may_pool(bases: Sequence[int]) -> bool:
    """Return whether results of a run may be added up: the part that is hidden alone is nothing, or at least 10."""
    hidden = sum(base for base in bases if suppressed(base))
    return hidden == 0 or not suppressed(hidden)
