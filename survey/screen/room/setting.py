"""The room on the desk: how many are here, and the projector's own computer."""

import streamlit as st

from survey.publication import is_jury
from survey.screen.room import acts
from survey.screen.room.asked import Desk
from survey.screen.templating import rendered
from survey.settings import settings


def show_setting(account: str, desk: Desk) -> None:
    """Ask how many people are here; say how to set up the projector."""
    left, right = st.columns(2, gap="large")
    with left:
        _ask_attendance(account, desk)
    with right:
        st.html(rendered("desk/links.html", finished=desk.finished))
        if not desk.finished:
            _offer_links(account, desk)


def _ask_attendance(account: str, desk: Desk) -> None:
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
    st.html(
        rendered("desk/rule.html", live=desk.live, expected=performance.expected, jury=is_jury(performance))
    )


def _offer_links(account: str, desk: Desk) -> None:
    performance = desk.performance
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
