"""The two sides of a comparison: who stands on each, and what to call them."""

from dataclasses import dataclass

from survey.analysis.figures import few
from survey.analysis.shares import Tally, tally
from survey.analysis.suppression import may_pool
from survey.model import Counts, Question
from survey.screen.evidence.reading import Evidence


@dataclass(frozen=True)
class Side:
    """One set of performances, and what it is called in "the … audience"."""

    name: str
    evidence: Evidence

    def tally(self, question: Question) -> Tally:
        """Return a side's answers to a question, those sent after its reveal left out.

        Those of the performances kept ``apart`` are not among them.
        """
        apart = self.apart(question)
        return tally(question, [one for one in self.evidence.of(question) if one.performance_id not in apart])

    def apart(self, question: Question) -> frozenset[str]:
        """Return the performances whose few answers do not join the others'.

        Audiences of fewer than 10 answers join only all of a production's together, and where those are 10 answers and
        more: else one set of performances less another would show one of them.
        """
        given: dict[str, list[Counts]] = {one.id: [] for one in self.evidence.performances}
        for part in self.evidence.of(question):
            given[part.performance_id].append(part)
        bases = {id: tally(question, parts).base for id, parts in given.items()}
        if len(bases) < 2 or (may_pool(list(bases.values())) and not self.evidence.others):
            return frozenset()
        return frozenset(id for id, base in bases.items() if few(base))
