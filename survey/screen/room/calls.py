"""What a facilitator calls: cues, black, the panic key, reveal, hide and freeze, the timer. The last act wins."""

from collections.abc import Callable, Mapping
from typing import Any

from survey.model import Cue, CueKind, Performance, Question, Wave
from survey.publication import freeze_question, hide_question
from survey.questionnaire.prompts import prompts_for
from survey.room import acts
from survey.room.acts import (
    StageMoved,
    clear_stage,
    darken,
    go_on,
    go_to,
    hide_on_stage,
    lighten,
    reveal_on_stage,
    start_timer,
    stop_timer,
)
from survey.room.run import default_run, store_run
from survey.screen.room.acts import do
from survey.storage.database import Connection
from survey.storage.questionnaires import find_version
from survey.storage.rooms import room, show, touch_room


def call(account: str, performance: Performance, cue: Cue) -> None:
    """Put one cue on stage, the one this desk showed: pressed twice, or on two desks, it is the same cue."""
    do(
        account,
        f"cue {cue.place}",
        performance,
        lambda connection: go_to(connection, performance, cue.id),
        "",
    )


def go_on_from(account: str, performance: Performance, following: Cue | None, *, saw_hidden: bool) -> None:
    """Reveal the result this desk saw hidden, or put on the cue it saw as the next one."""
    do(
        account,
        "next" if following is None or saw_hidden else f"cue {following.place}",
        performance,
        lambda connection: go_on(
            connection, performance, to=following.id if following else "", saw_hidden=saw_hidden
        ),
        "",
    )


def make_run(account: str, performance: Performance) -> None:
    """Make the run that the questionnaire and its prompts suggest."""

    def act(connection: Connection) -> int:
        version = find_version(connection, performance.version_id)
        return store_run(connection, performance, default_run(version, prompts_for(version), performance))

    do(account, "made a run", performance, act, "The run of show is made.")


def show_view(account: str, performance: Performance, view: CueKind) -> None:
    """Put something out of the run on stage: how to join, or the audience's words."""
    words = {
        CueKind.JOIN: "The stage shows how to join.",
        CueKind.CONTRIBUTIONS: "The stage shows the audience’s words.",
    }
    showing = {"view": view.value}
    do(
        account,
        f"stage {view}",
        performance,
        lambda connection: show(connection, performance.id, showing),
        words.get(view, ""),
    )


def show_question(account: str, performance: Performance, question: Question, wave: Wave) -> None:
    """Put a question on stage, out of the run."""
    do(
        account,
        f"stage {question.id}",
        performance,
        lambda connection: acts.show_question(connection, performance, question.id, wave),
        "",
    )


def make_dark(account: str, performance: Performance) -> None:
    """Make the stage black; what was on waits behind it."""
    do(
        account,
        "stage black",
        performance,
        lambda connection: darken(connection, performance),
        "The stage is dark.",
    )


def make_light(account: str, performance: Performance) -> None:
    """Show what waits behind the black."""
    do(account, "stage light", performance, lambda connection: lighten(connection, performance), "")


def panic(account: str, performance: Performance) -> None:
    """Clear the stage at once; nothing waits behind it."""
    do(
        account,
        "cleared the stage",
        performance,
        lambda connection: clear_stage(connection, performance),
        "The stage is clear. “Back” puts the cue on again.",
    )


def reveal(account: str, performance: Performance, seen: Mapping[str, Any]) -> None:
    """Let the room see the result of what this desk saw on stage."""
    _with_stage(account, "revealed", performance, seen, reveal_on_stage, "The room sees the result.")


def hide(account: str, performance: Performance, seen: Mapping[str, Any]) -> None:
    """Take the result of what this desk saw on stage away from the room."""
    _with_stage(account, "hid", performance, seen, hide_on_stage, "The result is hidden.")


def freeze(account: str, performance: Performance, question: Question, wave: Wave) -> None:
    """Hold a result as the room sees it now."""

    def act(connection: Connection) -> None:
        freeze_question(connection, performance, question, wave)
        touch_room(connection, performance.id)

    done = "The result stays as it is. New answers are kept."
    do(account, f"froze {question.id}", performance, act, done)


def hide_listed(account: str, performance: Performance, question: Question, wave: Wave) -> None:
    """Take the result of a question that is off the stage away from the room."""

    def act(connection: Connection) -> None:
        hide_question(connection, performance, question, wave)
        touch_room(connection, performance.id)

    do(account, f"hid {question.id}", performance, act, "The result is hidden.")


def time_minutes(account: str, performance: Performance, minutes: int) -> None:
    """Start the facilitator's timer; a new one takes the place of one that runs."""
    do(
        account,
        f"timer {minutes}",
        performance,
        lambda connection: start_timer(connection, performance, minutes),
        "",
    )


def stop_timing(account: str, performance: Performance) -> None:
    """Take the timer away."""
    do(account, "timer stopped", performance, lambda connection: stop_timer(connection, performance), "")


def _with_stage(
    account: str,
    deed: str,
    performance: Performance,
    seen: Mapping[str, Any],
    act: Callable[[Connection, Performance], None],
    done: str,
) -> None:
    """Do something with what is on stage, if that is still what this desk saw."""

    def checked(connection: Connection) -> None:
        showing = room(connection, performance.id).showing
        if {name: value for name, value in showing.items() if name != "dark"} != dict(seen):
            raise StageMoved
        act(connection, performance)

    about = str(seen.get("question") or seen.get("view"))
    do(account, f"{deed} {about}", performance, checked, done)
