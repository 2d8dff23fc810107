"""The audience's own words on the desk: what a moderator let through, and how many wait. Never what waits."""

import streamlit as st

from survey.model import CueKind
from survey.screen.room import asks, calls
from survey.screen.room.asked import Desk
from survey.screen.templating import rendered
from survey.storage.contributions import Order, Supported

ORDERS = {Order.SUPPORT: "Most supported", Order.NEWEST: "Newest"}
AT_FIRST = 30
"""More than this nobody reads at a desk; sorting brings up what matters."""


def chosen_order(code: str) -> Order:
    """Return how this desk sorts the audience's words."""
    return Order(st.session_state.get(_key(code)) or Order.SUPPORT)


def show_heard(account: str, desk: Desk) -> None:
    """Say how many wait, and list what was approved, each to be pinned, ticked off, or hidden again."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="desk-heard-head"):
        st.segmented_control(
            "In which order",
            list(ORDERS),
            default=Order.SUPPORT,
            format_func=lambda order: ORDERS[order],
            key=_key(desk.performance.code),
            required=True,
            label_visibility="collapsed",
        )
        st.button(
            "Show the audience’s words",
            key="desk-heard-show",
            disabled=desk.now.room.showing == {"view": CueKind.CONTRIBUTIONS.value},
            on_click=calls.show_view,
            args=(account, desk.performance, CueKind.CONTRIBUTIONS),
        )
        st.html(rendered("desk/waiting.html", waiting=desk.waiting, approved=len(desk.board)))
    for one in desk.board[:AT_FIRST]:
        _show(account, desk, one)
    if len(desk.board) > AT_FIRST:
        st.html(rendered("desk/say.html", words=f"The first {AT_FIRST} of {len(desk.board)} are listed."))


def _show(account: str, desk: Desk, one: Supported) -> None:
    said = one.contribution
    what = (account, desk.performance, said)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"desk-said-{said.id}"):
        st.html(rendered("desk/contribution.html", said=said, support=one.shown or 0))
        st.button(
            "Unpin" if said.pinned else "Pin",
            key=f"desk-pin-{said.id}",
            disabled=said.answered,
            on_click=asks.pin_words,
            args=what,
            width="content",
        )
        st.button(
            "Not answered" if said.answered else "Answered",
            key=f"desk-answered-{said.id}",
            on_click=asks.set_answered,
            args=what,
            width="content",
        )
        st.button(
            "Hide again", key=f"desk-unsay-{said.id}", on_click=asks.hide_words, args=what, width="content"
        )


def _key(code: str) -> str:
    return f"desk-order-{code}"
