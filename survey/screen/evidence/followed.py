"""What linked people gave to one question, over the performances that may be followed together."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from survey.analysis.changes import Change, FirstChoices, changes, first_choices
from survey.analysis.figures import few, suppressed
from survey.analysis.shares import tally
from survey.analysis.suppression import HIDDEN, ShownChange, kept_apart, shown_change
from survey.model import Counts, Pairs, Question
from survey.screen.evidence.reading import Linked


@dataclass(frozen=True)
class Night:
    """What one performance's people gave to a question: those linked, and all answers of each wave beside them."""

    pairs: tuple[Pairs, ...] = ()
    before: tuple[Counts, ...] = ()
    after: tuple[Counts, ...] = ()


@dataclass(frozen=True)
class Followed:
    """What linked people of some performances answered to one question, performance by performance.

    ``questions`` is how many are followed, for which every interval allows. ``apart`` are the performances left out: added
    to the others, what is hidden of them could be told.
    """

    question: Question
    nights: Mapping[str, Night]
    questions: int = 1
    apart: frozenset[str] = frozenset()

    def only(self, ids: Collection[str]) -> "Followed":
        """Return what some of the performances gave: no other's answers are looked at."""
        return replace(self, nights={id: self.nights[id] for id in ids})

    def without(self, apart: frozenset[str]) -> "Followed":
        """Return the same without some performances, which are said."""
        kept = {id: night for id, night in self.nights.items() if id not in apart}
        return replace(self, nights=kept, apart=apart)

    @property
    def performances(self) -> frozenset[str]:
        """The performances where somebody answered both times."""
        return frozenset(id for id, night in self.nights.items() if night.pairs)

    @property
    def pairs(self) -> list[Pairs]:
        """What linked people answered before and after."""
        return [part for night in self.nights.values() for part in night.pairs]

    def change(self) -> Change:
        """Return how they moved, not yet fit to be shown."""
        return changes(self.question, self.pairs, questions=self.questions)

    def shown(self) -> ShownChange:
        """Return what may be shown of how they moved."""
        change = self.change()
        waves = [wave if wave[0] else None for wave in self._whole()]  # of kept flows there may be no totals
        return shown_change(change, self._unmatched(change), waves)

    def first(self) -> FirstChoices:
        """Return how many put the same answer first both times."""
        return first_choices(self.question, self.pairs)

    def _whole(self) -> list[tuple[int, int]]:
        """Return how many answered before and after, matched or not, and how many of them agreed."""
        given = [tally(self.question, side, after_reveal=True) for side in self._waves()]
        return [(one.base, sum(one.counts.get(value, 0) for value in self.question.agree)) for one in given]

    def _waves(self) -> tuple[list[Counts], list[Counts]]:
        return (
            [part for night in self.nights.values() for part in night.before],
            [part for night in self.nights.values() for part in night.after],
        )

    def _unmatched(self, change: Change) -> int:
        """Return how many answered only once; 1-9 of either wave count first, since they could be told."""
        matched = change.base + change.left_out
        sides = [max(base - matched, 0) for base, _agreeing in self._whole()]
        small = [side for side in sides if few(side)]
        return min(small) if small else sum(sides)


def followed_question(linked: Linked, question: Question, questions: int = 1) -> Followed:
    """Return what linked people gave to a question; performances whose figures could be told apart stay out."""
    given = _given(linked, question, questions)
    return given.without(
        kept_apart(given.performances, lambda ids: given.only(ids).shown().whole, others=linked.after.others)
    )


def followed_ranking(linked: Linked, question: Question) -> Followed:
    """Return what linked people ranked; performances whose figures could be told apart stay out."""
    given = _given(linked, question)
    return given.without(
        kept_apart(
            given.performances, lambda ids: _plain(given.only(ids).first()), others=linked.after.others
        )
    )


def _given(linked: Linked, question: Question, questions: int = 1) -> Followed:
    """Return what was given to a question, sorted by performance in one pass."""
    pairs: defaultdict[str, list[Pairs]] = defaultdict(list)
    before: defaultdict[str, list[Counts]] = defaultdict(list)
    after: defaultdict[str, list[Counts]] = defaultdict(list)
    for pair in linked.of(question):
        pairs[pair.performance_id].append(pair)
    for wave, evidence in ((before, linked.before), (after, linked.after)):
        for part in evidence.of(question):
            wave[part.performance_id].append(part)
    ids = dict.fromkeys([*pairs, *before, *after])
    nights = {id: Night(tuple(pairs[id]), tuple(before[id]), tuple(after[id])) for id in ids}
    return Followed(question, nights, questions)


def _plain(given: FirstChoices) -> bool:
    """Say whether both numbers of first choices may be told."""
    return not suppressed(given.base) and min(given.same, given.other) >= HIDDEN
