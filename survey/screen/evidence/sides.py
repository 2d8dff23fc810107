"""The two sides of a comparison: who stands on each, and what to call them."""

from dataclasses import dataclass

from survey.analysis.shares import Tally, tally
from survey.analysis.suppression import LEAST, may_pool
from survey.model import Question
from survey.screen.evidence.reading import Evidence


@dataclass(frozen=True)
class Side:
    """One set of performances, and what it is called in "the … audience"."""

    name: str
    evidence: Evidence

    def tally(self, question: Question) -> Tally:
        """Return a side's answers to a question, those sent after its reveal left out.

        An audience of fewer than 10 answers joins a run only where at least 10 answers are hidden together:
        else the run less the others would show it.
        """
        found = self.evidence.of(question)
        alone = {
            one.id: tally(question, [part for part in found if part.performance_id == one.id])
            for one in self.evidence.performances
        }
        if len(alone) > 1 and not may_pool([one.base for one in alone.values()]):
            found = [part for part in found if alone[part.performance_id].base >= LEAST]
        return tally(question, found)
