"""What a facilitator does in the room. Each function is called in one transaction; the last act wins, and all see it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from survey.model import Cue, CueKind, Performance, Poll, PollStanding, Wave
from survey.publication import (
    NotYet,
    TotalsWait,
    hide_poll,
    hide_question,
    reveal_poll,
    reveal_question,
    write_final_checkpoints,
)
from survey.room.now import Now, now
from survey.room.revealed import revealed_on_stage
from survey.storage.cues import CueUnknown, find_cue
from survey.storage.database import Connection
from survey.storage.locks import hold_performance
from survey.storage.polls import add_poll, set_poll
from survey.storage.rooms import room, set_timer, show, start_discussion, touch_room
from survey.storage.waves import close_wave, open_wave

MOST_MINUTES = 180


class EndOfRun(Exception):
    """There is no cue further on in this direction."""

    def __init__(self, words: str) -> None:
        super().__init__(words)


class NothingToReveal(Exception):
    """What is on stage has no result."""

    def __init__(self) -> None:
        super().__init__("Put a question on stage first, then reveal its result.")


class StageMoved(Exception):
    """Somebody else has put something else on stage since the desk or remote that acts looked."""

    def __init__(self) -> None:
        super().__init__("The stage has changed since you looked. Look again, then press once more.")


def go_to(connection: Connection, performance: Performance, cue_id: str) -> Cue:
    """Put a cue on stage and return it; its result stays hidden until it is revealed. Raises CueUnknown."""
    cue = find_cue(connection, cue_id)
    if cue.performance_id != performance.id:
        raise CueUnknown
    show(connection, performance.id, cue.showing, cue_id=cue.id)
    if cue.kind is CueKind.POLL:
        set_poll(connection, cue.about["poll"], PollStanding.OPEN)
    start_discussion(connection, performance.id)
    return cue


def go_on(
    connection: Connection, performance: Performance, *, to: str = "", saw_hidden: bool | None = None
) -> None:
    """Reveal what stands hidden on stage; else put the next cue on, or the one after the last that was. Raises EndOfRun.

    ``to``: the cue that whoever pressed saw as the next one; ``saw_hidden``: whether they saw a result that stands
    hidden. A second press on the same picture, theirs or somebody else's, then does nothing more. What cannot be shown
    yet keeps nobody: the stage goes on (at the end of the run, raises NotYet or TotalsWait).
    """
    there = now(connection, performance)
    if to and there.on_cue and there.cue is not None and there.cue.id == to:
        return
    hidden = stands_hidden(connection, performance, there)
    if saw_hidden and not hidden:
        return
    if hidden and saw_hidden is not False:
        try:
            reveal_on_stage(connection, performance)
            return
        except (NotYet, TotalsWait):
            if there.next is None:
                raise
    if there.next is None:
        raise EndOfRun("This was the last cue.")
    go_to(connection, performance, there.next.id)


def stands_hidden(connection: Connection, performance: Performance, there: Now) -> bool:
    """Return whether a result on stage, in the light, waits to be revealed."""
    return not there.room.dark and revealed_on_stage(connection, performance, there) is False


def go_back(connection: Connection, performance: Performance) -> Cue:
    """Put the cue before on stage; when something out of the run is on, the cue itself again. Raises EndOfRun."""
    there = now(connection, performance)
    before = there.previous if there.on_cue or there.cue is None else there.cue
    if before is None:
        raise EndOfRun("This is the first cue.")
    return go_to(connection, performance, before.id)


def darken(connection: Connection, performance: Performance) -> None:
    """Make the stage black; what was on waits behind it."""
    showing = {**room(connection, performance.id).showing, "dark": True}
    show(connection, performance.id, showing)


def lighten(connection: Connection, performance: Performance) -> None:
    """Show what waits behind the black."""
    showing = {
        name: value for name, value in room(connection, performance.id).showing.items() if name != "dark"
    }
    show(connection, performance.id, showing)


def clear_stage(connection: Connection, performance: Performance) -> None:
    """The panic key: the stage goes black at once and nothing waits behind it."""
    show(connection, performance.id, {"view": "black"})


def reveal_on_stage(connection: Connection, performance: Performance) -> None:
    """Let the room see the result of the question on stage. Raises NothingToReveal, NotYet."""
    there = now(connection, performance)
    if there.poll is not None:
        reveal_poll(connection, performance, there.poll)
    elif there.question is not None:
        reveal_question(connection, performance, there.question, there.wave)
    else:
        raise NothingToReveal
    touch_room(connection, performance.id)


def hide_on_stage(connection: Connection, performance: Performance) -> None:
    """Take the result on stage away again. Raises NothingToReveal."""
    there = now(connection, performance)
    if there.poll is not None:
        hide_poll(connection, performance, there.poll)
    elif there.question is not None:
        hide_question(connection, performance, there.question, there.wave)
    else:
        raise NothingToReveal
    touch_room(connection, performance.id)


def show_question(connection: Connection, performance: Performance, question: str, wave: Wave) -> None:
    """Put a question on stage, out of the run; its result stays hidden until it is revealed."""
    show(connection, performance.id, {"view": "question", "question": question, "wave": wave.value})
    start_discussion(connection, performance.id)


def close_questions(connection: Connection, id: str) -> None:
    """Close the open wave and keep its last figures; the stage and the number to join stay as they are."""
    write_final_checkpoints(connection, hold_performance(connection, id))
    close_wave(connection, id)


def open_after(connection: Connection, performance: Performance) -> None:
    """Open the questions for afterwards, or open them again for late answers.

    The number to join stays. The stage shows how to join, unless the discussion has begun: then it stays as it is.
    Raises NotReady, PerformanceFinished.
    """
    if hold_performance(connection, performance.id).open_wave is Wave.BEFORE:
        close_questions(connection, performance.id)
    open_wave(connection, performance.id, Wave.AFTER)
    invite(connection, performance)


def invite(connection: Connection, performance: Performance) -> None:
    """Put the way to join on stage, unless the discussion has begun."""
    if room(connection, performance.id).started is None:
        show(connection, performance.id, {"view": "join"})


def ask_now(connection: Connection, performance: Performance, content: Mapping[str, object]) -> Poll:
    """Ask the room a question on the spot: stored, open, and on stage, in one act."""
    asked = add_poll(connection, performance.id, content, standing=PollStanding.OPEN)
    show(connection, performance.id, {"view": CueKind.POLL.value, "poll": asked.id})
    start_discussion(connection, performance.id)
    return asked


def start_timer(connection: Connection, performance: Performance, minutes: int) -> datetime:
    """Start the facilitator's timer and return when it runs out; at most three hours."""
    ends = datetime.now(UTC) + timedelta(minutes=max(1, min(minutes, MOST_MINUTES)))
    set_timer(connection, performance.id, ends)
    return ends


def stop_timer(connection: Connection, performance: Performance) -> None:
    """Take the timer away."""
    set_timer(connection, performance.id, None)
