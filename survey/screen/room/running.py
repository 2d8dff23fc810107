"""The run on the desk: every cue in order, each one press away; and a prompt put in on the fly."""

from urllib.parse import quote

import streamlit as st

from survey.screen.room import asks, calls
from survey.screen.room.asked import Desk
from survey.screen.templating import rendered


def show_run(account: str, desk: Desk) -> None:
    """List the cues, each with a way onto the stage, beside a place to put another one in."""
    run, put = st.columns([7, 5], gap="large")
    with run:
        if desk.now.run:
            _list(account, desk)
        elif not desk.finished:
            _offer_run(account, desk)
    with put:
        _offer_putting_in(account, desk)
        st.html(rendered("desk/run_link.html", code=quote(desk.performance.code)))


def _list(account: str, desk: Desk) -> None:
    with st.container(height=430, border=False, key="desk-run"):
        for cue in desk.now.run:
            on = desk.now.cue is not None and desk.now.cue.id == cue.id
            with st.container(
                horizontal=True, vertical_alignment="center", gap="small", key=f"desk-cue-{cue.id}"
            ):
                st.html(rendered("desk/line.html", cue=cue, words=desk.lines[cue.id], on=on))
                st.button(
                    "On now" if on and desk.now.on_cue else "Go to this",
                    key=f"desk-go-{cue.id}",
                    disabled=on and desk.now.on_cue and not desk.now.room.dark,
                    on_click=calls.call,
                    args=(account, desk.performance, cue),
                    width="content",
                )


def _offer_run(account: str, desk: Desk) -> None:
    st.html(rendered("desk/no_run.html"))
    st.button(
        "Make a run from the questionnaire",
        key="desk-make-run",
        on_click=calls.make_run,
        args=(account, desk.performance),
    )


def _offer_putting_in(account: str, desk: Desk) -> None:
    key = f"desk-put-{desk.performance.code}"
    with st.form(f"{key}-form", border=False, enter_to_submit=False):
        st.text_area(
            "Put a cue in here",
            key=key,
            height=96,
            placeholder="What the stage shall show, such as: What would you ask Sara?",
        )
        st.form_submit_button(
            "Put this on stage", on_click=asks.put_cue_in, args=(account, desk.performance, key)
        )
    st.html(rendered("desk/problem.html", words=str(st.session_state.get(f"{key}-problem") or "")))
