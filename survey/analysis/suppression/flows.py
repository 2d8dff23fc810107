"""Flows: what may be shown of the same people before and after (rule 6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from survey.analysis.changes import Change, Movement
from survey.analysis.figures import few, suppressed
from survey.analysis.ranges import Interval
from survey.analysis.suppression.results import FEW
from survey.analysis.suppression.tables import fit
from survey.model import Kind, Question

HIDDEN = 5
"""A cell of fewer people than this, but not none, is not counted out."""


class Crowd(StrEnum):
    """Where nearly everyone (all, or all but one or two) of the matched people is."""

    SAME = "same"
    TO = "to"
    AWAY = "away"


@dataclass(frozen=True)
class ShownChange:
    """What may be shown of a change; None is what may not.

    ``moved_to`` and ``moved_away`` are None where fewer than 5 (but someone) moved; ``at_least`` tells that the
    other movement is then no more than "5 or more", since the margins would give the small one away. ``cells`` is
    the whole 2×2 (stayed agreeing, moved to, moved away, stayed not) and ``movement`` up, same, down: None if any
    of their numbers is 1-4. ``crowd`` is set where nearly everyone did the same: then nothing else is.
    """

    question: Question
    base: int
    unmatched: int
    moved_to: int | None = None
    moved_away: int | None = None
    at_least: bool = False
    stayed: int | None = None
    net: float | None = None
    interval: Interval | None = None
    questions: int = 1
    """How many questions the interval allows for."""
    cells: tuple[int, int, int, int] | None = None
    movement: Movement | None = None
    margins: tuple[int, int] | None = None
    """How many agreed before and after, of the matched: None with 1-9 unmatched respondents."""
    crowd: Crowd | None = None

    @property
    def enough(self) -> bool:
        """There were enough matched people for anything to be shown."""
        return self.base > 0

    @property
    def whole(self) -> bool:
        """Nothing of it is hidden."""
        ordered = self.question.kind in (Kind.SCALE, Kind.NUMBER)
        figures = (self.net, self.cells, self.margins, self.movement if ordered else True)
        return all(figure is not None for figure in figures)


Wave = tuple[int, int]
"""What is known of a whole wave beside a change: how many answered, and how many of them agreed."""


def rest_fits(wave: Wave, matched: Wave) -> bool:
    """Return whether those of a wave who were not matched may be told: nobody, or 10 and more with no class of 1-4."""
    base, agreeing = wave[0] - matched[0], wave[1] - matched[1]
    return base == agreeing == 0 or (0 <= agreeing <= base and fit((agreeing, base - agreeing)))


def shown_change(change: Change, unmatched: int, waves: Sequence[Wave | None] = ()) -> ShownChange:
    """Return what may be shown of a change, given how many respondents could not be matched.

    ``waves`` are what the reader may know of all who answered before and after (None: nothing). The margins are left out
    where the wave less the matched would tell of those who left or came late; both movements become "5 or more" or
    "fewer than 5" where their difference alone would.

    Below 10 matched people nothing. A movement of 1-4 is "fewer than 5", and then there is no net, no number of
    those who stayed, and (with fewer than 10 unmatched) no exact other movement, not even none. With 1-9 unmatched,
    no margins.
    """
    base = change.base
    if suppressed(base):
        return ShownChange(change.question, 0, unmatched)
    cells = (change.stayed_agree, change.moved_to, change.moved_away, change.stayed_not)
    for crowd, cell in zip((Crowd.SAME, Crowd.TO, Crowd.AWAY, Crowd.SAME), cells, strict=True):
        if cell >= base - FEW:
            return ShownChange(change.question, base, unmatched, crowd=crowd)
    small_to, small_away = _small(change.moved_to), _small(change.moved_away)
    margins = (change.stayed_agree + change.moved_away, change.stayed_agree + change.moved_to)
    told = [
        wave is not None and not rest_fits(wave, (base, part))
        for wave, part in zip(waves, margins, strict=False)
    ]
    by_net = any(told) and _few_possible(change, waves)
    hidden = small_to or small_away or by_net
    vague = by_net or (hidden and suppressed(unmatched))
    if vague:
        # With the margins known, even "nobody" would give the small movement away.
        small_to, small_away = change.moved_to < HIDDEN, change.moved_away < HIDDEN
    steps = change.movement
    return ShownChange(
        change.question,
        base,
        unmatched,
        moved_to=None if small_to else change.moved_to,
        moved_away=None if small_away else change.moved_away,
        at_least=vague,
        stayed=None if hidden else change.stayed,
        net=None if hidden else change.net,
        interval=None if hidden else change.interval,
        questions=change.questions,
        cells=None if by_net or any(_small(cell) for cell in cells) else cells,
        movement=None
        if by_net or (steps and any(_small(part) for part in (steps.up, steps.same, steps.down)))
        else steps,
        margins=None if any(_small(cell) for cell in cells) or few(unmatched) or any(told) else margins,
    )


def _few_possible(change: Change, waves: Sequence[Wave | None]) -> bool:
    """Return whether the net and both waves leave fewer than three possibilities for those who could not be matched.

    All who agreed after less all who agreed before is the net, and those who came late less those who left.
    """
    before, after = waves
    if before is None or after is None:
        return False
    more = after[1] - before[1] - (change.moved_to - change.moved_away)
    left, came = before[0] - change.base, after[0] - change.base
    return min(left, came - more) - max(0, -more) < 2


def _small(count: int) -> bool:
    return 0 < count < HIDDEN
