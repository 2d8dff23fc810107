"""The top of the desk: what is open, how many have answered, opening and closing, and what the last act came to."""

from urllib.parse import quote

import streamlit as st

from survey.model import Standing, Wave
from survey.screen.office.words import wave_word
from survey.screen.room import acts
from survey.screen.room.asked import Desk, sheets
from survey.screen.room.scene import spaced
from survey.screen.templating import rendered


def show_standing(account: str, desk: Desk, *, busy: bool) -> None:
    """Say what is open and how many have answered; offer to open and to close."""
    performance = desk.performance
    word = performance.open_wave and wave_word(performance.kind, performance.open_wave)
    with st.container(key="desk-top", horizontal=True, gap="small", vertical_alignment="center"):
        st.html(
            rendered(
                "desk/standing.html",
                desk=desk,
                word=word or "",
                standing=performance.standing.value,
                number=spaced(performance.join_number or ""),
                rehearsed=sheets(desk.rehearsed),
                said=acts.said(),
                busy=busy,
            )
        )
        if not desk.finished:
            _offer_waves(account, desk, word or "")
        st.link_button(
            "Open the stage",
            f"/stage?embed=true&embed_options=dark_theme&performance={quote(performance.code)}",
        )
    if desk.held and not desk.finished:
        _offer_held(account, desk)


def _offer_waves(account: str, desk: Desk, word: str) -> None:
    performance = desk.performance
    for wave in desk.waves:
        other = performance.open_wave
        rehearsing = performance.standing is Standing.REHEARSAL
        if not rehearsing and (other is wave or other is Wave.AFTER):
            continue  # open already, or a step back: close first
        label = f"Open the “{wave_word(performance.kind, wave)}” questions"
        if other and other is not wave:
            label += f" and close “{wave_word(performance.kind, other)}”"
        st.button(
            label,
            key=f"desk-open-{wave}",
            type="secondary" if other else "primary",
            on_click=acts.open_questions,
            args=(account, performance, wave),
        )
    if word:
        st.button(
            f"Close the “{word}” questions",
            key="desk-close",
            on_click=acts.close_questions,
            args=(account, performance),
        )


def _offer_held(account: str, desk: Desk) -> None:
    """Offer to count what is more than there are seats, or not."""
    with st.container(key="desk-held", horizontal=True, gap="small", vertical_alignment="center"):
        st.html(rendered("desk/held.html", held=sheets(desk.held)), width="content")
        st.button(
            f"Accept {sheets(desk.held)}",
            key="desk-held-accept",
            on_click=acts.accept_held_sheets,
            args=(account, desk.performance),
        )
        st.button(
            f"Set {desk.held} aside",
            key="desk-held-aside",
            on_click=acts.set_held_sheets_aside,
            args=(account, desk.performance),
        )
