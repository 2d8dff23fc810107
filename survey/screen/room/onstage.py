"""What the room sees now, small, and what can be done with it. The same six buttons, always in the same places."""

import streamlit as st

from survey.model import CueKind
from survey.screen.room import calls
from survey.screen.room.asked import Desk
from survey.screen.templating import rendered


def show_stage(account: str, desk: Desk) -> None:
    """Show what the room sees, and offer to reveal, hide, freeze, go dark and clear."""
    st.html(rendered("desk/house.html", scene=desk.scene))
    st.html(rendered("desk/current.html", desk=desk, current=desk.current))
    with st.container(key="desk-result"):
        _offer_result(account, desk)
    with st.container(key="desk-house"):
        _offer_house(account, desk)


def _offer_result(account: str, desk: Desk) -> None:
    current, performance = desk.current, desk.performance
    reveal, hide, freeze = st.columns(3, gap="small")
    shown = current is not None and current.shown
    frozen = current is not None and current.frozen
    again = frozen and desk.live
    newest = shown and not again and current is not None and current.newer and not desk.live
    label = "Reveal this result"
    if again:
        label = "Let it move again"
    elif newest:
        label = "Reveal the newest answers"
    useful = current is not None and (not shown or again or newest)
    reveal.button(
        label,
        key="desk-reveal",
        type="primary" if useful else "secondary",
        disabled=not useful,
        on_click=calls.reveal,
        args=(account, performance, desk.showing),
        width="stretch",
    )
    hide.button(
        "Hide this result",
        key="desk-hide",
        disabled=not shown,
        on_click=calls.hide,
        args=(account, performance, desk.showing),
        width="stretch",
    )
    moving = current is not None and current.poll is None and desk.live and shown and not frozen
    freeze.button(
        "Freeze this result",
        key="desk-freeze",
        disabled=not moving,
        on_click=calls.freeze,
        args=(account, performance, current.question, current.wave) if current else (),
        width="stretch",
    )


def _offer_house(account: str, desk: Desk) -> None:
    what = (account, desk.performance)
    join, dark, clear = st.columns(3, gap="small")
    join.button(
        "Show how to join",
        key="desk-join",
        disabled=desk.now.room.showing == {"view": CueKind.JOIN.value},
        on_click=calls.show_view,
        args=(*what, CueKind.JOIN),
        width="stretch",
    )
    waits = bool(desk.now.room.showing.get("dark"))
    dark.button(
        "Light the stage again" if waits else "Make the stage dark",
        key="desk-dark",
        disabled=desk.now.view == CueKind.BLACK,
        on_click=calls.make_light if waits else calls.make_dark,
        args=what,
        width="stretch",
    )
    clear.button("Clear the stage now", key="desk-panic", on_click=calls.panic, args=what, width="stretch")
