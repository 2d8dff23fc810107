"""What the remote can do: one table from the end of an address to an act of the room, and what is said when it cannot be."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from survey.model import Kind, Performance, Standing, Wave
from survey.publication import NotYet, TotalsWait
from survey.room import acts
from survey.room.acts import StageMoved
from survey.room.now import now
from survey.storage.cues import CueUnknown
from survey.storage.database import Connection, DatabaseBusy, DatabaseUnsure, Fault
from survey.storage.performances import PerformanceFinished
from survey.storage.questionnaires import find_version
from survey.storage.rooms import Room, room, set_timer, show
from survey.storage.sign_ins import record

Sent = Mapping[str, str]
MINUTES = 5
"""How long the timer runs for a cue that names no minutes."""
MORE = 2


def seen(there: Room) -> str:
    """Return a short mark of what is on stage: a button that brings an old one was pressed on an old picture."""
    shown = json.dumps([there.cue_id, dict(there.showing)], sort_keys=True)
    return hashlib.sha256(shown.encode()).hexdigest()[:12]


def go_on(connection: Connection, performance: Performance, sent: Sent) -> None:
    """Reveal what stands hidden, then put the next cue on stage. Raises EndOfRun, StageMoved."""
    there = now(connection, performance)
    if there.cue is not None and there.on_cue and there.cue.id == sent.get("cue"):
        return  # the second tap of a double tap, or somebody else's a moment ago: the stage is where this one wanted it
    _unmoved(there.room, sent)
    saw_hidden = sent["hidden"] == "yes" if "hidden" in sent else None
    acts.go_on(connection, performance, saw_hidden=saw_hidden)


def go_back(connection: Connection, performance: Performance, sent: Sent) -> None:
    """Put the cue before on stage. Raises EndOfRun, StageMoved."""
    _unmoved(room(connection, performance.id), sent)
    acts.go_back(connection, performance)


def go_to(connection: Connection, performance: Performance, sent: Sent) -> None:
    """Put a chosen cue on stage. Raises CueUnknown."""
    acts.go_to(connection, performance, sent.get("cue", ""))


def reveal(connection: Connection, performance: Performance, sent: Sent) -> None:
    """Let the room see the result this remote showed as hidden. Raises NothingToReveal, NotYet, StageMoved."""
    _unmoved(room(connection, performance.id), sent)
    acts.reveal_on_stage(connection, performance)


def hide(connection: Connection, performance: Performance, sent: Sent) -> None:
    """Take the result on stage away again. Raises NothingToReveal, StageMoved."""
    _unmoved(room(connection, performance.id), sent)
    acts.hide_on_stage(connection, performance)


def show_joining(connection: Connection, performance: Performance, sent: Sent) -> None:
    """Put the way to join on stage."""
    show(connection, performance.id, {"view": "join"})


def show_question(connection: Connection, performance: Performance, sent: Sent) -> None:
    """Put a question of the questionnaire on stage, out of the run. Raises CueUnknown when it is none for the stage."""
    version = find_version(connection, performance.version_id)
    for wave in Wave:
        for question in version.asked_in(wave):
            asked = (question.id, wave.value) == (sent.get("question"), sent.get("wave"))
            if asked and question.kind is not Kind.COMMENT:
                acts.show_question(connection, performance, question.id, wave)
                return
    raise CueUnknown


def close_questions(connection: Connection, performance: Performance, sent: Sent) -> None:
    """Close the open questions, so that what changed may be shown; stage and number stay."""
    acts.close_questions(connection, performance.id)


def open_again(connection: Connection, performance: Performance, sent: Sent) -> None:
    """Open the questions for afterwards, or again for late answers. A rehearsal is opened for real at the desk only."""
    if performance.standing is Standing.RUNNING:
        acts.open_after(connection, performance)


def start_timer(connection: Connection, performance: Performance, sent: Sent) -> None:
    """Start the timer with the minutes of the cue on stage."""
    cue = now(connection, performance).cue
    acts.start_timer(connection, performance, (cue and cue.minutes) or MINUTES)


def add_minutes(connection: Connection, performance: Performance, sent: Sent) -> None:
    """Let the timer run two minutes longer; one that has run out, two minutes from now."""
    ends = room(connection, performance.id).timer_ends
    set_timer(connection, performance.id, max(ends or datetime.now(UTC), datetime.now(UTC)) + MORE_TIME)


MORE_TIME = timedelta(minutes=MORE)


def _unmoved(there: Room, sent: Sent) -> None:
    if sent.get("seen", seen(there)) != seen(there):
        raise StageMoved


def _alone(act: Callable[[Connection, Performance], None]) -> "Does":
    """Return an act that needs nothing but the performance."""
    return lambda connection, performance, sent: act(connection, performance)


Does = Callable[[Connection, Performance, Sent], None]


@dataclass(frozen=True)
class Act:
    """One act: what the log calls it, and what it does."""

    logged: str
    does: Does


ACTS: Mapping[str, Act] = {
    "next": Act("stage next cue", go_on),
    "back": Act("stage cue before", go_back),
    "show": Act("stage chosen cue", go_to),
    "join": Act("stage join", show_joining),
    "question": Act("stage chosen question", show_question),
    "reveal": Act("revealed what is on stage", reveal),
    "hide": Act("hid what is on stage", hide),
    "black": Act("stage black", _alone(acts.darken)),
    "light": Act("stage light again", _alone(acts.lighten)),
    "clear": Act("cleared the stage", _alone(acts.clear_stage)),
    "close": Act("closed the questions", close_questions),
    "open": Act("opened after", open_again),
    "timer": Act("started the timer", start_timer),
    "more": Act("two more minutes", add_minutes),
    "stop": Act("stopped the timer", _alone(acts.stop_timer)),
}
"""The end of the address → the act."""

REFUSALS: Mapping[type[Exception], tuple[str, str]] = {
    acts.EndOfRun: ("end", "The run ends here. Choose another cue."),
    acts.NothingToReveal: ("no-result", str(acts.NothingToReveal())),
    NotYet: (
        "not-yet",
        "Fewer than 10 have answered, so there is nothing to show yet. Wait a little, then press Reveal again.",
    ),
    TotalsWait: ("totals-wait", str(TotalsWait())),
    CueUnknown: ("no-cue", str(CueUnknown())),
    PerformanceFinished: ("finished", str(PerformanceFinished())),
    DatabaseUnsure: (
        "unsure",
        "The database did not answer in time. Look at the stage before you press again.",
    ),
    DatabaseBusy: ("busy", "Nothing was changed: the database is busy. Wait a moment, then press again."),
    StageMoved: ("moved", str(StageMoved())),
}
"""Expected trouble → how the next address names it, and the sentence at the top of that page."""
SENTENCES: Mapping[str, str] = {
    **dict(REFUSALS.values()),
    **{fault.name.lower(): f"Nothing was changed. {fault.value}" for fault in Fault},
}


def carry_out(
    connection: Connection, performance: Performance, name: str, sent: Sent, account: str | None
) -> None:
    """Carry out one act with its line in the log. Raises what is in REFUSALS."""
    if performance.standing is Standing.FINISHED:
        raise PerformanceFinished
    ACTS[name].does(connection, performance, sent)
    record(connection, account, ACTS[name].logged, performance.code)
