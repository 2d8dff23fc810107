"""A clicker's keys on the stage window of whoever leads: hidden buttons that the window's script presses."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import streamlit as st

from survey.model import Performance
from survey.publication import NotYet, TotalsWait
from survey.room.acts import (
    EndOfRun,
    NothingToReveal,
    darken,
    go_back,
    go_on,
    lighten,
    reveal_on_stage,
)
from survey.screen.office.acts import carry_out
from survey.screen.signed_in import Person, signed_in
from survey.screen.templating import script
from survey.storage.cues import CueUnknown
from survey.storage.current import NoDatabase
from survey.storage.database import Connection, DatabaseBusy
from survey.storage.performances import PerformanceUnknown, find_performance
from survey.storage.polls import PollUnknown
from survey.storage.rooms import room

CLICKER = f'<div class="stage-script"></div><script>{script("stage.js")}</script>'
"""The script that hears the keys, and the sign by which it knows that it is on a stage."""
OFFER = "stage-offer"
PATIENCE = 2.0
"""Seconds until a key is given up; whoever clicks sees that nothing came, and clicks again."""
PASSING = (
    CueUnknown,
    DatabaseBusy,
    EndOfRun,
    NoDatabase,
    NothingToReveal,
    NotYet,
    PerformanceUnknown,
    PollUnknown,
    TotalsWait,
)
"""Trouble the room never hears of: the stage stays as it is."""


def black_or_back(connection: Connection, performance: Performance) -> None:
    """Make the stage black, or show again what waits behind the black."""
    if room(connection, performance.id).dark:
        lighten(connection, performance)
    else:
        darken(connection, performance)


ACTS: Mapping[str, Callable[[Connection, Performance], Any]] = {
    "next": go_on,
    "back": go_back,
    "reveal": reveal_on_stage,
    "black": black_or_back,
}
"""What the keys do, by the names that stage.js knows."""


def show_keys(person: Person, code: str) -> None:
    """Offer a button for each act, none of them seen: stage_chrome.css hides them, for the eye and for the Tab key.

    Each offer is good for one press: when a look at the stage comes between a press and its answer, Streamlit may
    hand the same press over twice, and the room would miss a picture.
    """
    offer = st.session_state.setdefault(OFFER, 0)
    with st.container(key="stage-keys"):
        for act in ACTS:
            st.button(act, key=f"stage-{act}-{offer}", on_click=press, args=(person, code, act, offer))


def press(person: Person, code: str, act: str, offer: int) -> None:
    """Do what a key asks for, in one transaction with its line in the log; nothing once the sign-in has ended."""
    if signed_in() is None or st.session_state.get(OFFER) != offer:
        return
    st.session_state[OFFER] = offer + 1

    def carried(connection: Connection) -> None:
        performance = find_performance(connection, code)
        if not person.reaches(performance):
            raise PerformanceUnknown
        ACTS[act](connection, performance)

    with suppress(*PASSING):
        carry_out(person.account, f"clicker {act}", code, carried, patience=PATIENCE)
