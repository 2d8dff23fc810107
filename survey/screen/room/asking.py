"""Ask the room now: a question typed in ten seconds; the polls prepared, open and closed."""

import streamlit as st

from survey.model import Kind, PollStanding
from survey.screen.room import asks
from survey.screen.room.asked import Desk
from survey.screen.room.listed import AskedLive
from survey.screen.templating import rendered

KINDS = {Kind.ONE: "One answer each", Kind.MANY: "Several answers", Kind.NUMBER: "0 to 10"}


def show_asking(account: str, desk: Desk) -> None:
    """Offer to ask the room something, above what was asked or prepared."""
    if desk.finished:
        st.html(rendered("desk/say.html", words="This performance is finished: phones take no more answers."))
    else:
        _offer(account, desk)
    for asked in desk.polls:
        _show(account, desk, asked)


def _offer(account: str, desk: Desk) -> None:
    typed = asks.TypedPoll(desk.performance)
    what = (account, desk.performance)
    with st.form("desk-ask", border=False, enter_to_submit=False):
        left, right = st.columns([7, 5], gap="large")
        with left:
            st.text_input("Question", key=typed.question, placeholder="Would you have told Sara?")
            st.radio(
                "How people answer",
                list(KINDS),
                format_func=lambda kind: KINDS[kind],
                key=typed.kind,
                horizontal=True,
                label_visibility="collapsed",
            )
            with st.container(horizontal=True, gap="small"):
                st.form_submit_button("Ask the room now", type="primary", on_click=asks.ask, args=what)
                st.form_submit_button("Prepare it for later", on_click=asks.prepare, args=what)
        right.text_area(
            "Answers, each on a line of its own",
            key=typed.options,
            height=124,
            placeholder="Empty: " + ", ".join(asks.USUAL),
        )
        st.html(rendered("desk/problem.html", words=typed.trouble()))


def _show(account: str, desk: Desk, asked: AskedLive) -> None:
    poll = asked.poll
    what = (account, desk.performance, poll)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"desk-poll-{poll.id}"):
        st.html(rendered("desk/poll.html", asked=asked))
        prepared = poll.standing is PollStanding.PREPARED
        if prepared:
            st.button(
                "Remove", key=f"desk-poll-drop-{poll.id}", on_click=asks.drop, args=what, width="content"
            )
        else:
            opened = poll.standing is PollStanding.OPEN
            st.button(
                "Close" if opened else "Open again",
                key=f"desk-poll-standing-{poll.id}",
                on_click=asks.set_standing,
                args=(*what, PollStanding.CLOSED if opened else PollStanding.OPEN),
                width="content",
            )
        label = "Ask this now" if prepared else "Show this on stage"
        st.button(
            "On stage now" if asked.on_stage else label,
            key=f"desk-poll-show-{poll.id}",
            disabled=asked.on_stage,
            on_click=asks.put_on,
            args=what,
            width="content",
        )
