"""Asking on the spot: a poll in ten seconds, a prompt typed just now; and what to do with the audience's words."""

from collections.abc import Callable, Mapping

import streamlit as st

from survey.model import Contribution, Cue, CueKind, Kind, Performance, Poll, PollStanding
from survey.questionnaire import QuestionnaireWrong, clean
from survey.questionnaire.poll import poll_content
from survey.room.acts import ask_now, go_to
from survey.screen.room.acts import do
from survey.storage.contributions import mark_answered, pin, reconsider
from survey.storage.cues import add_cue, move_cue
from survey.storage.database import Connection
from survey.storage.polls import add_poll, remove_poll, set_poll
from survey.storage.rooms import room, show, start_discussion, touch_room

USUAL = ("Yes", "No", "Not sure")
"""What is offered when nobody has typed any answers."""
LONGEST_PROMPT = 300


class TypedPoll:
    """What stands in the form of one performance: its fields' names, and what needs another look."""

    def __init__(self, performance: Performance) -> None:
        self.question = f"desk-ask-question-{performance.code}"
        self.kind = f"desk-ask-kind-{performance.code}"
        self.options = f"desk-ask-options-{performance.code}"
        self.problem = f"desk-ask-problem-{performance.code}"

    def content(self) -> dict[str, object]:
        """Return what was typed as a poll. Raises QuestionnaireWrong with what to do."""
        kind = Kind(st.session_state.get(self.kind) or Kind.ONE)
        typed = [line for line in str(st.session_state.get(self.options) or "").splitlines() if clean(line)]
        if kind is Kind.NUMBER and typed:
            raise QuestionnaireWrong(
                "poll", "", "“0 to 10” needs no answers: empty that box, or choose another kind."
            )
        return poll_content(str(st.session_state.get(self.question) or ""), typed or USUAL, kind=kind)

    def trouble(self) -> str:
        """Return what needs another look, "" for nothing."""
        return str(st.session_state.get(self.problem) or "")

    def stop(self, what: str) -> None:
        """Say what needs another look; everything typed stays."""
        st.session_state[self.problem] = what

    def empty(self) -> None:
        """Make room for the next question."""
        st.session_state[self.question] = st.session_state[self.options] = ""
        st.session_state[self.problem] = ""


def ask(account: str, performance: Performance) -> None:
    """Ask the room what was typed, at once; nothing typed is lost when it needs another look."""

    def act(connection: Connection, content: Mapping[str, object]) -> Poll:
        return ask_now(connection, performance, content)

    _use(account, "asked a poll", performance, act, "The room is asked.")


def prepare(account: str, performance: Performance) -> None:
    """Keep what was typed for later; nobody sees it before it is asked."""

    def act(connection: Connection, content: Mapping[str, object]) -> Poll:
        return add_poll(connection, performance.id, content)

    _use(account, "prepared a poll", performance, act, "It is prepared and stands below.")


def put_on(account: str, performance: Performance, poll: Poll) -> None:
    """Put a poll on stage and open it."""

    def act(connection: Connection) -> None:
        set_poll(connection, poll.id, PollStanding.OPEN)
        show(connection, performance.id, {"view": CueKind.POLL.value, "poll": poll.id})
        start_discussion(connection, performance.id)

    do(account, "asked a poll", performance, act, "The room is asked.")


def set_standing(account: str, performance: Performance, poll: Poll, standing: PollStanding) -> None:
    """Close a poll, or open it again: the same phones still count once."""

    def act(connection: Connection) -> None:
        set_poll(connection, poll.id, standing)
        touch_room(connection, performance.id)

    opened = standing is PollStanding.OPEN
    deed, done = ("opened", "The poll is open again.") if opened else ("closed", "The poll is closed.")
    do(account, f"{deed} a poll", performance, act, done)


def drop(account: str, performance: Performance, poll: Poll) -> None:
    """Take a poll that was only prepared off the list."""
    done = "It is off the list."
    do(account, "dropped a poll", performance, lambda connection: remove_poll(connection, poll.id), done)


def put_cue_in(account: str, performance: Performance, key: str) -> None:
    """Put a prompt typed just now into the run, after the cue that is on, and on stage."""
    words = clean(str(st.session_state.get(key) or ""))
    problem = ""
    if not words:
        problem = "Type what the stage shall show first."
    elif len(words) > LONGEST_PROMPT:
        problem = f"This is too long for the stage. Use at most {LONGEST_PROMPT} characters."
    st.session_state[f"{key}-problem"] = problem
    if problem:
        return

    def act(connection: Connection) -> Cue:
        on = room(connection, performance.id).cue_id
        made = add_cue(connection, performance.id, CueKind.PROMPT, about={"text": words}, after=on)
        if on is None:
            move_cue(connection, made.id, 1)
        return go_to(connection, performance, made.id)

    if do(account, "put a cue in", performance, act, "It is on stage.") is not None:
        st.session_state[key] = ""


def pin_words(account: str, performance: Performance, contribution: Contribution) -> None:
    """Put one contribution alone on view, or let it go."""
    wanted = None if contribution.pinned else contribution.id
    deed = "pinned a contribution" if wanted else "unpinned a contribution"
    do(account, deed, performance, lambda connection: pin(connection, performance.id, wanted), "")


def set_answered(account: str, performance: Performance, contribution: Contribution) -> None:
    """Say that the room has talked about a contribution, or that it has not."""
    done = not contribution.answered
    do(
        account,
        "marked a contribution",
        performance,
        lambda connection: mark_answered(connection, performance.id, contribution.id, done),
        "",
    )


def hide_words(account: str, performance: Performance, contribution: Contribution) -> None:
    """Take a contribution off every screen; it waits for a moderator again."""
    do(
        account,
        "hid a contribution",
        performance,
        lambda connection: reconsider(connection, performance.id, contribution.id),
        "It is off every screen and waits for a moderator again.",
    )


def _use(
    account: str,
    deed: str,
    performance: Performance,
    act: Callable[[Connection, Mapping[str, object]], Poll],
    done: str,
) -> None:
    typed = TypedPoll(performance)
    try:
        content = typed.content()
    except QuestionnaireWrong as wrong:
        typed.stop(wrong.what)
        return
    typed.stop("")
    if do(account, deed, performance, lambda connection: act(connection, content), done) is not None:
        typed.empty()
