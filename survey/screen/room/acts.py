"""What a facilitator does at the desk: each act is one transaction and one line in the log, and says what it came to.

Here: opening and closing, who is here, and links. calls: what is on stage. asks: polls and prompts on the spot, and the
audience's own words.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from survey.model import Performance, Wave
from survey.publication import NotYet
from survey.room.acts import EndOfRun, NothingToReveal, StageMoved, invite
from survey.room.run import RunNotEmpty
from survey.screen.office.acts import carry_out, close, open_for_real
from survey.screen.office.details import MOST_SEATS, read_count
from survey.screen.room.asked import sheets
from survey.storage.contributions import ContributionUnknown
from survey.storage.cues import CueUnknown
from survey.storage.database import Connection, DatabaseBusy, busy_words
from survey.storage.performances import NotReady, PerformanceFinished, PerformanceUnknown, set_attendance
from survey.storage.polls import PollUnknown
from survey.storage.responses import accept_held, discard_held
from survey.storage.sign_ins import add_stage_link, revoke_stages

SAID = "desk-said"
LINK = "desk-stage-link"
BUSY = "Nothing was changed: the database is busy. Wait a moment, then press the button again."


REFUSALS = (
    ContributionUnknown,
    CueUnknown,
    EndOfRun,
    NotReady,
    NothingToReveal,
    NotYet,
    PerformanceFinished,
    PerformanceUnknown,
    PollUnknown,
    RunNotEmpty,
    StageMoved,
)
"""What is refused in words fit for a person."""


@dataclass(frozen=True)
class Said:
    """What the last act on this desk came to."""

    words: str
    trouble: bool = False


def said() -> Said | None:
    """Return what this desk's last act came to, until the next one."""
    found: Said | None = st.session_state.get(SAID)
    return found


def open_questions(account: str, performance: Performance, wave: Wave) -> None:
    """Open a wave for the audience, without what was rehearsed, and put the way to join on stage unless the discussion has begun."""

    def act(connection: Connection) -> None:
        open_for_real(connection, performance.id, wave, wipe=True)
        invite(connection, performance)

    do(account, f"opened {wave}", performance, act, "The questions are open.")


def close_questions(account: str, performance: Performance) -> None:
    """Close the open wave and keep its last figures."""
    wave = performance.open_wave
    do(
        account,
        f"closed {wave}",
        performance,
        lambda connection: close(connection, performance.id),
        "The questions are closed.",
    )


def save_attendance(account: str, performance: Performance, text_key: str, about_key: str) -> None:
    """Store how many people are here, as typed in the desk's form."""
    try:
        count = read_count(str(st.session_state.get(text_key) or ""), 1, MOST_SEATS)
    except ValueError as unclear:
        say(str(unclear), trouble=True)
        return
    about = bool(st.session_state.get(about_key)) and count is not None
    do(
        account,
        "set the attendance",
        performance,
        lambda connection: set_attendance(connection, performance.id, count, about),
        "The attendance is saved.",
    )


def accept_held_sheets(account: str, performance: Performance) -> None:
    """Count the answer sheets beyond the number of seats from now on."""
    _settle(account, performance, "counted held responses", accept_held, "accepted")


def set_held_sheets_aside(account: str, performance: Performance) -> None:
    """Set the answer sheets beyond the number of seats aside: they count nowhere."""
    _settle(account, performance, "set held responses aside", discard_held, "set aside")


def _settle(
    account: str,
    performance: Performance,
    deed: str,
    settle: Callable[[Connection, str], int],
    outcome: str,
) -> None:
    count = do(account, deed, performance, lambda connection: settle(connection, performance.id), "")
    if count is not None:
        say(f"{sheets(count)} {outcome}." if count else "No answer sheets wait any more.")


def make_stage_link(account: str, performance: Performance) -> None:
    """Make a link that opens the stage, and nothing else, on another computer."""
    token = do(
        account,
        "made a stage link",
        performance,
        lambda connection: add_stage_link(connection, performance.id),
        "The link is ready. It opens this performance's stage and nothing else.",
    )
    st.session_state[LINK] = (performance.id, token) if token else None


def end_stage_links(account: str, performance: Performance) -> None:
    """End every stage link of a performance."""
    do(
        account,
        "ended the stage links",
        performance,
        lambda connection: revoke_stages(connection, performance.id),
        "All stage links have ended. Stages opened with them keep their last picture.",
    )
    st.session_state[LINK] = None


def stage_link(performance: Performance) -> str | None:
    """Return the token of the stage link made on this desk, if any."""
    made: tuple[str, str] | None = st.session_state.get(LINK)
    return made[1] if made and made[0] == performance.id else None


def do(account: str, deed: str, performance: Performance, act: Callable[[Connection], Any], done: str) -> Any:
    """Carry out one act and keep what it came to; None when it was refused."""
    try:
        result = carry_out(account, deed, performance.code, act)
    except DatabaseBusy as busy:
        say(busy_words(busy, BUSY), trouble=True)
    except REFUSALS as refused:
        say(str(refused), trouble=True)
    else:
        say(done)
        return result
    return None


def say(words: str, *, trouble: bool = False) -> None:
    """Keep what an act came to, for the next picture of this desk."""
    st.session_state[SAID] = Said(words, trouble) if words else None
