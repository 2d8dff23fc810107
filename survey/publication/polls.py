"""Polls as the public sees them: one reveal, never a moving picture (rule 2), by the same rules as any result."""

from survey.analysis.shares import Tally
from survey.analysis.suppression import shown
from survey.model import Mode, Performance, Poll, Provenance, RevealState, Standing, Wave, Way
from survey.publication.checkpoints import add_step, shown_at, step_due
from survey.publication.figures import PublicResult, ResultState
from survey.publication.result import marks
from survey.publication.reveals import NotYet, reveal_of
from survey.publication.spoken import spoken
from survey.publication.wording import bars, base_words
from survey.storage.checkpoints import checkpoints, set_reveal
from survey.storage.database import Connection
from survey.storage.polls import votes

WHEN = Wave.AFTER
"""Polls belong to the discussion; their stored steps stand under the id of their question, which no questionnaire uses."""


def poll_tally(connection: Connection, performance: Performance, poll: Poll) -> Tally:
    """Return a poll's private votes so far."""
    given = votes(connection, poll.id)
    counts = {option: given.counts.get(option, 0) for option in poll.question.values}
    rehearsed = performance.standing is Standing.REHEARSAL
    provenance = Provenance.REHEARSAL if rehearsed else Provenance.COLLECTED
    return Tally(poll.question, given.base, counts, {Mode.PHONE: given.base}, frozenset({provenance}))


def reveal_poll(connection: Connection, performance: Performance, poll: Poll) -> int:
    """Show the room a poll's votes so far and return the step: the newest if it may be shown, else the one last shown.

    Raises NotYet below 10 votes.
    """
    now = poll_tally(connection, performance, poll)
    steps = checkpoints(connection, performance.id, WHEN, poll.question.id)
    if step_due(now, steps):
        ways = {Way(Mode.PHONE, "", provenance): now.base for provenance in now.provenances}
        step = add_step(connection, performance, WHEN, now, steps, ways)
    elif steps:
        step = steps[-1].step
    else:
        raise NotYet
    set_reveal(connection, performance.id, WHEN, poll.question.id, RevealState.SHOWN, step)
    return step


def newer_votes(connection: Connection, performance: Performance, poll: Poll) -> bool:
    """Return whether revealing a poll now would show figures the room has not seen."""
    steps = checkpoints(connection, performance.id, WHEN, poll.question.id)
    return step_due(poll_tally(connection, performance, poll), steps)


def hide_poll(connection: Connection, performance: Performance, poll: Poll) -> None:
    """Take a poll's result away from the room."""
    row = reveal_of(connection, performance, poll.question, WHEN)
    if row is not None:
        set_reveal(connection, performance.id, WHEN, poll.question.id, RevealState.HIDDEN, row.step)


def public_poll(connection: Connection, performance: Performance, poll: Poll) -> PublicResult:
    """Return what the public may see of a poll now: only what was revealed, as it was then."""
    row = reveal_of(connection, performance, poll.question, WHEN)
    stored = shown_at(connection, performance, poll.question, WHEN, row.step) if row else None
    if stored is None or row is None:
        return PublicResult(poll.question, WHEN, ResultState.WAITING)
    if row.state is RevealState.HIDDEN:
        return PublicResult(poll.question, WHEN, ResultState.HIDDEN)
    visible = shown(poll.question, stored.base, stored.counts)
    return PublicResult(
        poll.question,
        WHEN,
        ResultState.SHOWN,
        bars=bars(poll.question, visible),
        spoken=spoken(poll.question, visible),
        base_words=base_words(visible, WHEN),
        marks=marks(performance, ()),
        frozen=True,
        step=stored.step,
    )
