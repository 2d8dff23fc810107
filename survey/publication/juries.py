"""A citizens' jury: a secret ballot whose exact totals are published, once, when the end questions have closed (rule 9)."""

from dataclasses import dataclass

from survey.analysis.shares import Tally
from survey.analysis.suppression import Form, Shown, bars_of
from survey.language import _
from survey.model import EventKind, Kind, Performance, Question, Questionnaire, Standing, Wave
from survey.publication.evidence import ways_of
from survey.storage.checkpoints import Checkpoint, add_checkpoint, checkpoints
from survey.storage.database import Connection
from survey.storage.questionnaires import find_version
from survey.storage.responses import response_counts

RATHER_NOT = "rather_not"
"""The value of the option "I would rather not vote"."""
WAIT = (
    "A jury's totals stay hidden until the end questions have closed, so that the start does not sway the end. "
    "Close the end questions when they are answered, then press Reveal again."
)


@dataclass(frozen=True)
class Margins:
    """How many of how many agreed at the start and at the end: totals only, nobody is followed from one to the other."""

    before: int
    before_base: int
    after: int
    after_base: int
    jurors: int

    @property
    def moved(self) -> int:
        """How many jurors moved to the other side at least, whoever they were.

        More agreeing at the end than at the start were jurors who had not agreed, or had not answered at the start: the
        latter are at most the jurors less those who answered then. The same for those who left.
        """
        came = self.after - self.before - (self.jurors - self.before_base)
        left = self.before - self.after - (self.jurors - self.after_base)
        return max(0, came, left)


def is_jury(performance: Performance) -> bool:
    """Return whether a performance is a jury: its answers are votes, and exact totals were promised."""
    return performance.kind is EventKind.JURY


def totals_out(connection: Connection, performance: Performance) -> bool:
    """Return whether a jury's totals may be seen: its end questions were open, took answers, and are closed."""
    if performance.open_wave is not None:
        return False
    if performance.standing is Standing.FINISHED:
        return True
    asked = find_version(connection, performance.version_id).asked_in(Wave.AFTER)
    last = Wave.AFTER if asked else Wave.BEFORE
    return any(part.wave is last for part in response_counts(connection, [performance.id]))


def totals_wait(connection: Connection, performance: Performance) -> bool:
    """Return whether a performance is a jury whose totals nobody may see yet, in whatever form."""
    return is_jury(performance) and not totals_out(connection, performance)


def write_totals(connection: Connection, performance: Performance, wave: Wave, now: Tally) -> int | None:
    """Store a question's totals as its only step and return it; None while they stay hidden or nobody answered.

    Once out they never move: an answer that joined later would stand alone between two totals.
    """
    steps = checkpoints(connection, performance.id, wave, now.question.id)
    if steps:
        return steps[-1].step
    if not now.base or not totals_out(connection, performance):
        return None
    add_checkpoint(
        connection,
        performance.id,
        wave,
        now.question.id,
        step=1,
        base=now.base,
        counts=now.counts,
        ways=ways_of(connection, performance, now.question, wave),
        final=True,
    )
    return 1


def exact(question: Question, step: Checkpoint) -> Shown:
    """Return every option with its exact count (of a number question its classes), nothing merged."""
    by_class = question.kind is Kind.NUMBER
    return Shown(Form.COUNTS, step.base, tuple(bars_of(question, step.base, step.counts, by_class=by_class)))


def jury_base_words(shown: Shown, wave: Wave) -> str:
    """Return of how many jurors the figures are: "of the 18 people who answered at the start"."""
    if wave is Wave.BEFORE:
        return _("of the {base} people who answered at the start").format(base=shown.base)
    return _("of the {base} people who answered at the end").format(base=shown.base)


def margins(question: Question, before: Tally, after: Tally, jurors: int | None) -> Margins:
    """Return a question's margins. ``jurors`` is how many sat, None when nobody said: then all who ever answered."""
    agreeing = [sum(wave.counts.get(value, 0) for value in question.agree) for wave in (before, after)]
    most = max(before.base, after.base, jurors or 0)
    return Margins(agreeing[0], before.base, agreeing[1], after.base, most)


def margins_sentence(found: Margins, did: str) -> str:
    """Return the change in words: "4 of 18 agreed at the start, then 15 of 18 at the end: at least 11 moved."."""
    words = (
        _(
            "{before} of {before_base} {did} at the start, then {after} of {after_base} at the end: at least {moved} moved."
        )
        if found.moved
        else _("{before} of {before_base} {did} at the start, then {after} of {after_base} at the end.")
    )
    return words.format(
        before=found.before,
        before_base=found.before_base,
        did=did,
        after=found.after,
        after_base=found.after_base,
        moved=found.moved,
    )


def without_abstaining(questionnaire: Questionnaire) -> list[Question]:
    """Return the questions a juror could not answer with "I would rather not vote"."""
    return [
        question
        for question in questionnaire.questions
        if question.kind is not Kind.COMMENT and RATHER_NOT not in question.values
    ]
