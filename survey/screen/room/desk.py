"""The desk: what the facilitator has in hand. Two desks see each other's acts, because both look at the database.

Every section has a fixed place and a fixed set of buttons: what cannot be done now is greyed out and stays where it is, so
that nothing moves under a pointer while the desk looks again.
"""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from survey.model import Performance, Wave
from survey.room.run import TOGETHER
from survey.screen.office.links import show_people_links
from survey.screen.office.notices import look
from survey.screen.office.pick import chosen_performance
from survey.screen.room import (
    asking,
    calling,
    conclusions,
    heard,
    marking,
    onstage,
    questions,
    running,
    setting,
    standing,
)
from survey.screen.room.asked import Desk, desk_of
from survey.screen.room.scene import Scene
from survey.screen.signed_in import Person, signed_in
from survey.screen.templating import rendered, stylesheet
from survey.settings import settings
from survey.storage.current import database
from survey.storage.database import DatabaseBusy
from survey.storage.performances import PerformanceUnknown, find_performance, performances

EVERY = 2.0
"""Seconds between two looks."""
LAST = "desk-last-scene"
SEEN = "desk-last-seen"
PARTS = ("Run", "Questions", "Ask the room now", "From the audience", "Notes", "The room")
CONCLUSIONS = "Conclusions"


@dataclass(frozen=True)
class Seen:
    """What the desk saw at its last look, and the wave whose questions it listed."""

    desk: Desk
    wave: Wave


def desk(person: Person, *, qr: Callable[[str], str]) -> None:
    """Show the desk of the performance chosen in the address; a sign-in for one performance has no choice.

    ``qr`` draws the code that brings the remote or the moderator's page onto a phone.
    """
    st.set_page_config(layout="wide", initial_sidebar_state="collapsed")
    st.html(stylesheet("house.css", "desk/desk.css"))
    with st.container(key="desk-head"):
        st.html(rendered("desk/head.html"))
        chosen = chosen_performance([found for found in look(performances) if person.reaches(found)])
    if chosen is not None:
        _look_again(person.account, chosen)
        with st.expander("A phone as a remote, and the moderator’s phone"):
            show_people_links(person.account, chosen, qr=qr)


@st.fragment(run_every=EVERY)
def _look_again(account: str, chosen: Performance) -> None:
    person = signed_in()
    if person is None or not person.reaches(chosen):
        st.text("Your sign-in has ended. Sign in again to go on.")
        st.link_button("Sign in", "/sign-in")
        return
    try:
        st.session_state[SEEN] = _look(chosen.code)
        busy = False
    except (DatabaseBusy, PerformanceUnknown):
        busy = True
    seen: Seen | None = st.session_state.get(SEEN)
    if seen is None or seen.desk.performance.id != chosen.id:
        st.text("The database is busy. This desk looks again in a moment.")
        return
    with st.container(key="desk-all"):
        _show(account, seen.desk, seen.wave, busy=busy)
        st.html('<i class="desk-ready" hidden></i>')  # until this has arrived, nothing above it is on view


def _show(account: str, seen: Desk, wave: Wave, *, busy: bool) -> None:
    standing.show_standing(account, seen, busy=busy)
    left, right = st.columns([5, 7], gap="medium")
    with left:
        onstage.show_stage(account, seen)
    with right:
        calling.show_calling(account, seen)
    code = seen.performance.code
    first = st.session_state.setdefault(f"desk-first-part-{code}", PARTS[0] if seen.now.run else PARTS[1])
    together = seen.performance.kind in TOGETHER
    parts = [*PARTS, CONCLUSIONS] if together else PARTS
    run, listed, ask, words, notes, room, *concluding = st.tabs(parts, default=first, key=f"desk-part-{code}")
    with run:
        running.show_run(account, seen)
    with listed:
        questions.show_questions(account, seen, wave)
    with ask:
        asking.show_asking(account, seen)
    with words:
        heard.show_heard(account, seen)
    with notes:
        marking.show_marking(account, seen)
    with room:
        setting.show_setting(account, seen)
    for part in concluding:
        with part:
            conclusions.show_conclusions(account, seen)


def _look(code: str) -> Seen:
    last: dict[str, Scene] = st.session_state.setdefault(LAST, {})
    with database().reading() as connection:
        wave = questions.chosen_wave(find_performance(connection, code))
        order = heard.chosen_order(code)
        seen = desk_of(connection, code, wave, settings().public_url, last.get(code), order)
    last[code] = seen.scene
    return Seen(seen, wave)
