"""The parts of the desk. Every button says what happens; every act is in the database before the desk shows it."""

from urllib.parse import quote

import streamlit as st

from survey.model import Kind, RevealState, Standing, Wave
from survey.screen.office.words import wave_word
from survey.screen.room import acts
from survey.screen.room.asked import Asked, Desk, sheets
from survey.screen.room.scene import spaced
from survey.screen.templating import rendered
from survey.settings import settings


def show_standing(account: str, desk: Desk) -> None:
    """Say what is open and how many have answered; offer to open and to close."""
    performance = desk.performance
    word = performance.open_wave and wave_word(performance.kind, performance.open_wave)
    st.html(
        rendered(
            "desk/standing.html",
            desk=desk,
            word=word or "",
            standing=performance.standing.value,
            number=spaced(performance.join_number or ""),
            rehearsed=sheets(desk.rehearsed),
            said=acts.said(),
        )
    )
    if desk.finished:
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
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
        if desk.held:
            _offer_held(account, desk)


def _offer_held(account: str, desk: Desk) -> None:
    """Offer to count what is more than there are seats, or not: last in its row, so that no other button moves."""
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


def show_stage(account: str, desk: Desk) -> None:
    """Show what the room sees, and offer what can be done with it."""
    performance = desk.performance
    st.html(rendered("desk/house.html", scene=desk.scene))
    with st.container(horizontal=True, gap="small"):
        for view, label in (("join", "Show how to join"), ("black", "Make the stage dark")):
            st.button(
                label,
                key=f"desk-view-{view}",
                disabled=desk.showing == view,
                on_click=acts.show_view,
                args=(account, performance, view),
            )
        code = quote(performance.code)
        st.link_button(
            "Open the stage",
            f"/stage?embed=true&embed_options=dark_theme&performance={code}",
        )
    if desk.current is not None and desk.current.question.kind is not Kind.COMMENT:
        _show_current(account, desk, desk.current)


def show_questions(account: str, desk: Desk, wave: Wave) -> None:
    """List the questions of one wave, each with a way onto the stage."""
    for asked in desk.asked:
        with st.container(
            horizontal=True, vertical_alignment="center", gap="small", key=f"desk-row-{asked.question.id}"
        ):
            st.html(rendered("desk/question.html", asked=asked))
            if asked.state in (RevealState.SHOWN, RevealState.FROZEN) and not asked.on_stage:
                st.button(
                    "Hide",
                    key=f"desk-hide-{wave}-{asked.question.id}",
                    on_click=acts.hide,
                    args=(account, desk.performance, asked.question, wave),
                    width="content",
                )
            st.button(
                "On stage now" if asked.on_stage else "Show this on stage",
                key=f"desk-show-{wave}-{asked.question.id}",
                disabled=asked.on_stage,
                on_click=acts.show_question,
                args=(account, desk.performance, asked.question, wave),
                width="content",
            )


def show_attendance(account: str, desk: Desk) -> None:
    """Ask how many people are here, as a person counted them."""
    performance = desk.performance
    known = "" if performance.attendance is None else str(performance.attendance)
    # The keys carry what is stored, so that another desk's count replaces what stands here.
    text = f"desk-attendance-{performance.code}-{known}"
    about = f"desk-about-{performance.code}-{known}-{performance.attendance_about}"
    with st.form("desk-attendance", border=False):
        st.text_input(
            "How many people are here?", known, max_chars=9, placeholder="Empty: nobody knows", key=text
        )
        st.checkbox("About so many, not counted", performance.attendance_about, key=about)
        st.form_submit_button(
            "Save attendance",
            on_click=acts.save_attendance,
            args=(account, performance, text, about),
        )
    st.html(rendered("desk/rule.html", live=desk.live, expected=performance.expected))


def show_links(account: str, desk: Desk) -> None:
    """Offer a link for the projector's own computer."""
    performance = desk.performance
    if desk.finished:
        return
    st.html(rendered("desk/links.html"))
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Make a stage link", key="desk-link", on_click=acts.make_stage_link, args=(account, performance)
        )
        st.button(
            "End all stage links",
            key="desk-unlink",
            on_click=acts.end_stage_links,
            args=(account, performance),
        )
    token = acts.stage_link(performance)
    if token:
        st.code(f"{settings().public_url}/sign-in?stage={token}", language=None, wrap_lines=True)


def _show_current(account: str, desk: Desk, current: Asked) -> None:
    """Offer to reveal, hide and freeze the question on stage."""
    what = (account, desk.performance, current.question, current.wave)
    shown = current.state in (RevealState.SHOWN, RevealState.FROZEN)
    frozen = current.state is RevealState.FROZEN
    st.html(rendered("desk/current.html", desk=desk, current=current))
    with st.container(horizontal=True, gap="small"):
        if not shown:
            st.button(
                "Reveal this result", key="desk-reveal", type="primary", on_click=acts.reveal, args=what
            )
            return
        if frozen and desk.live:
            st.button("Let it move again", key="desk-reveal", type="primary", on_click=acts.reveal, args=what)
        elif not desk.live and desk.newer:
            st.button(
                "Reveal the newest answers",
                key="desk-reveal",
                type="primary",
                on_click=acts.reveal,
                args=what,
            )
        st.button("Hide this result", key="desk-hide", on_click=acts.hide, args=what)
        if desk.live and not frozen:
            st.button("Freeze this result", key="desk-freeze", on_click=acts.freeze, args=what)
