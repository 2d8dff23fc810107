"""Where the discussion is: the cue that is on with its notes, what comes next, and the timer only the desk sees."""

from datetime import UTC, datetime

import streamlit as st

from survey.model import Performance
from survey.screen.room import calls
from survey.screen.room.asked import Desk
from survey.screen.templating import rendered
from survey.storage.current import database
from survey.storage.database import DatabaseBusy
from survey.storage.rooms import room

TICK = 1.0
"""Seconds between two looks at the timer."""
ENDING = 60
"""In the last so many seconds the timer turns amber."""
MINUTES = (2, 5, 10)


def show_calling(account: str, desk: Desk) -> None:
    """Show the current and the next cue, and offer to go on, to go back, and to time it."""
    there = desk.now
    st.html(
        rendered(
            "desk/cue.html",
            cue=there.cue,
            words=desk.lines.get(there.cue.id) if there.cue else None,
            next=desk.lines.get(there.next.id) if there.next else None,
            all=len(there.run),
            out_of_run=there.cue is not None and not there.on_cue,
            finished=desk.finished,
            status=desk.status,
            next_reveals=desk.next_reveals,
        )
    )
    with st.container(key="desk-go"):
        _offer_going(account, desk)
    with st.container(key="desk-timer"):
        _offer_timing(account, desk)
    st.html(rendered("desk/hints.html", hints=desk.hints))


def _offer_going(account: str, desk: Desk) -> None:
    back, on = st.columns([1, 2], gap="small")
    back.button(
        "Back",
        key="desk-back",
        disabled=desk.back is None,
        on_click=calls.call,
        args=(account, desk.performance, desk.back),
        width="stretch",
    )
    on.button(
        "Next",
        key="desk-next",
        type="primary",
        disabled=desk.now.next is None and not desk.next_reveals,
        on_click=calls.go_on_from,
        args=(account, desk.performance, desk.now.next),
        kwargs={"saw_hidden": desk.next_reveals},
        width="stretch",
    )


def _offer_timing(account: str, desk: Desk) -> None:
    clock, *places = st.columns([5, 3, 3, 3, 4, 3], gap="small", vertical_alignment="center")
    with clock:
        _show_clock(desk.performance)
    own = desk.now.cue.minutes if desk.now.cue else None
    offered = [(f"{minutes} min", minutes) for minutes in MINUTES]
    offered.append((f"Cue’s {own} min" if own else "Cue’s time", own or 0))
    for number, (place, (label, minutes)) in enumerate(zip(places, offered, strict=False)):
        place.button(
            label,
            key=f"desk-time-{number}",
            disabled=not minutes,
            on_click=calls.time_minutes,
            args=(account, desk.performance, minutes),
            width="stretch",
        )
    places[-1].button(
        "Stop",
        key="desk-time-stop",
        disabled=desk.now.room.timer_ends is None,
        on_click=calls.stop_timing,
        args=(account, desk.performance),
        width="stretch",
    )


@st.fragment(run_every=TICK)
def _show_clock(performance: Performance) -> None:
    try:
        with database().reading() as connection:
            ends = room(connection, performance.id).timer_ends
    except DatabaseBusy:
        return
    left = remaining(ends, datetime.now(UTC))
    st.html(
        rendered(
            "desk/timer.html", left=left, words=clock_words(left), ending=left is not None and left <= ENDING
        )
    )


def remaining(ends: datetime | None, moment: datetime) -> int | None:
    """Return how many seconds a timer has left, never below 0; None when none runs."""
    return None if ends is None else max(0, round((ends - moment).total_seconds()))


def clock_words(seconds: int | None) -> str:
    """Return a timer's seconds as m:ss, "–:––" when none runs."""
    return "–:––" if seconds is None else f"{seconds // 60}:{seconds % 60:02}"
