"""The desk: what the facilitator has in hand. Two desks see each other's acts, because both look at the database."""

import streamlit as st

from survey.model import Performance, Wave
from survey.screen.office.notices import look
from survey.screen.office.pick import chosen_performance
from survey.screen.office.words import wave_word
from survey.screen.room import panel
from survey.screen.room.asked import Desk, desk_of
from survey.screen.room.scene import Scene
from survey.screen.signed_in import signed_in
from survey.screen.templating import rendered, stylesheet
from survey.settings import settings
from survey.storage.current import database
from survey.storage.database import DatabaseBusy
from survey.storage.performances import PerformanceUnknown, find_performance, performances

EVERY = 2.0
"""Seconds between two looks."""
LAST = "desk-last-scene"


def desk(account: str) -> None:
    """Show the desk of the performance chosen in the address."""
    st.html(stylesheet("house.css", "desk/desk.css"))
    st.html(rendered("desk/head.html"))
    chosen = chosen_performance(look(performances))
    if chosen is not None:
        _look_again(account, chosen)


@st.fragment(run_every=EVERY)
def _look_again(account: str, chosen: Performance) -> None:
    if signed_in() is None:
        st.text("Your sign-in has ended. Sign in again to go on.")
        st.link_button("Sign in", "/sign-in")
        return
    standing = st.container()
    left, right = st.columns([6, 5], gap="large")
    try:
        with database().reading() as connection:
            now = find_performance(connection, chosen.code)
        with right:
            wave = _wave(now)
        seen = _look(now.code, wave)
    except (DatabaseBusy, PerformanceUnknown):
        standing.text("The database is busy. This desk looks again in a moment.")
        return
    with standing:
        panel.show_standing(account, seen)
    with left:
        panel.show_stage(account, seen)
        panel.show_attendance(account, seen)
        panel.show_links(account, seen)
    with right:
        panel.show_questions(account, seen, wave)


def _look(code: str, wave: Wave) -> Desk:
    last: dict[str, Scene] = st.session_state.setdefault(LAST, {})
    with database().reading() as connection:
        seen = desk_of(connection, code, wave, settings().public_url, last.get(code))
    last[code] = seen.scene
    return seen


def _wave(chosen: Performance) -> Wave:
    """Return the wave whose questions are listed: the open one, until a person picks; another opening picks anew."""
    st.html(rendered("desk/subheading.html", words="Questions"))
    picked = st.segmented_control(
        "Questions of which wave",
        list(Wave),
        default=chosen.open_wave or Wave.AFTER,
        format_func=lambda wave: wave_word(chosen.kind, wave).capitalize(),
        key=f"desk-wave-{chosen.code}-{chosen.open_wave}",
        required=True,
        label_visibility="collapsed",
    )
    return Wave(picked or Wave.AFTER)
