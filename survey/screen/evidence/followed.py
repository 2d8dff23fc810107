"""What linked people gave to one question, over the performances that may be followed together."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from survey.analysis.changes import Change, FirstChoices, changes, first_choices
from survey.analysis.figures import few, suppressed
from survey.analysis.shares import tally
from survey.analysis.suppression import HIDDEN, ShownChange, kept_apart, shown_change
from survey.model import Counts, Pairs, Question
from survey.screen.evidence.reading import Linked


@dataclass(frozen=True)
class Followed:
    """What linked people of some performances answered to one question, and all answers of each wave beside it.

    ``apart`` are the performances left out: added to the others, what is hidden of them could be told.
    """

    question: Question
    pairs: tuple[Pairs, ...]
    waves: tuple[tuple[Counts, ...], tuple[Counts, ...]]
    apart: frozenset[str] = frozenset()

    def only(self, ids: Collection[str]) -> "Followed":
        """Return what some of the performances gave."""
        return self._where(lambda id: id in ids)

    def without(self, apart: frozenset[str]) -> "Followed":
        """Return the same without some performances, which are said."""
        return replace(self._where(lambda id: id not in apart), apart=apart)

    @property
    def performances(self) -> frozenset[str]:
        """The performances where somebody answered both times."""
        return frozenset(one.performance_id for one in self.pairs)

    def change(self) -> Change:
        """Return how they moved, not yet fit to be shown."""
        return changes(self.question, self.pairs)

    def shown(self) -> ShownChange:
        """Return what may be shown of how they moved."""
        change = self.change()
        return shown_change(change, self._unmatched(change))

    def first(self) -> FirstChoices:
        """Return how many put the same answer first both times."""
        return first_choices(self.question, self.pairs)

    def _where(self, wanted: Callable[[str], bool]) -> "Followed":
        before, after = (tuple(one for one in side if wanted(one.performance_id)) for side in self.waves)
        pairs = tuple(one for one in self.pairs if wanted(one.performance_id))
        return replace(self, pairs=pairs, waves=(before, after))

    def _unmatched(self, change: Change) -> int:
        """Return how many answered only once; 1-9 of either wave count first, since they could be told."""
        matched = change.base + change.left_out
        sides = [max(tally(self.question, side, after_reveal=True).base - matched, 0) for side in self.waves]
        small = [side for side in sides if few(side)]
        return min(small) if small else sum(sides)


def _given(linked: Linked, question: Question) -> Followed:
    waves = (tuple(linked.before.of(question)), tuple(linked.after.of(question)))
    return Followed(question, tuple(linked.of(question)), waves)


def followed_question(linked: Linked, question: Question) -> Followed:
    """Return what linked people gave to a question; performances whose figures could be told apart stay out."""
    given = _given(linked, question)
    return given.without(kept_apart(given.performances, lambda ids: given.only(ids).shown().whole))


def followed_ranking(linked: Linked, question: Question) -> Followed:
    """Return what linked people ranked; performances whose figures could be told apart stay out."""
    given = _given(linked, question)
    return given.without(kept_apart(given.performances, lambda ids: _plain(given.only(ids).first())))


def _plain(given: FirstChoices) -> bool:
    """Say whether both numbers of first choices may be told."""
    return not suppressed(given.base) and min(given.same, given.other) >= HIDDEN
