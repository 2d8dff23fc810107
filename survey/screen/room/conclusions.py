"""Conclusions on the desk: what a jury or a workshop writes down together. Two desks lose nothing either has typed."""

import streamlit as st

from survey.model import Performance
from survey.questionnaire import clean
from survey.room.run import TOGETHER
from survey.screen.room import acts
from survey.screen.room.asked import Desk
from survey.screen.templating import rendered
from survey.storage.conclusions import ConclusionChanged, Written, write_conclusion, written_conclusion
from survey.storage.current import database
from survey.storage.database import Connection, DatabaseBusy
from survey.storage.rooms import show

MOST = 700
"""Characters: more do not fit the stage in letters the back row can read."""
VIEW = {"view": "conclusions"}


def show_conclusions(account: str, desk: Desk) -> None:
    """Offer a jury or a workshop to write down together what it concluded, and to show it on stage."""
    performance = desk.performance
    if performance.kind not in TOGETHER:
        return
    text, base = _typed_key(performance), _base_key(performance)
    stored = _stored(performance)
    if base not in st.session_state:
        st.session_state[base] = stored
        st.session_state[text] = stored.text
    newer = stored.revision > st.session_state[base].revision
    st.html(rendered("desk/conclusions.html", stored=stored.text if newer else ""))
    if newer:
        st.button(
            "Bring their words into the box",
            key="desk-conclusions-take",
            on_click=take_theirs,
            args=(performance, stored),
        )
    st.text_area(
        "What we conclude together",
        key=text,
        max_chars=MOST,
        height=200,
        help="Read it out sentence by sentence. All of it fits on the stage.",
    )
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Save the conclusions",
            key="desk-conclusions-save",
            type="primary",
            on_click=save_conclusions,
            args=(account, performance),
        )
        st.button(
            "Show the conclusions on stage",
            key="desk-conclusions-show",
            disabled=not stored.text,
            on_click=put_on_stage,
            args=(account, performance),
        )


def save_conclusions(account: str, performance: Performance) -> None:
    """Store what stands in the box; when another desk has written meanwhile, keep both and say so."""
    text, base = _typed_key(performance), _base_key(performance)
    typed = clean(str(st.session_state.get(text) or ""))
    read: Written = st.session_state[base]

    def act(connection: Connection) -> Written:
        return write_conclusion(connection, performance.id, typed, read.revision)

    try:
        now = acts.do(account, "wrote conclusions", performance, act, "The conclusions are saved.")
    except ConclusionChanged as changed:
        acts.say(f"Not saved. {changed} Yours is still in the box, theirs stands above it.", trouble=True)
        return
    if now is not None:
        st.session_state[base] = now
        st.session_state[text] = now.text


def take_theirs(performance: Performance, stored: Written) -> None:
    """Put what another desk has saved into the box; what was typed here stays below it."""
    text, base = _typed_key(performance), _base_key(performance)
    typed = str(st.session_state.get(text) or "")
    untouched = clean(typed) in ("", st.session_state[base].text, stored.text)
    st.session_state[text] = stored.text if untouched else f"{stored.text}\n\n{typed}"
    st.session_state[base] = stored


def put_on_stage(account: str, performance: Performance) -> None:
    """Show the room what is saved."""
    acts.do(
        account,
        "stage conclusions",
        performance,
        lambda connection: show(connection, performance.id, VIEW),
        "The stage shows the conclusions.",
    )


def _stored(performance: Performance) -> Written:
    """Return what is saved now; what this desk read last while the database is busy."""
    try:
        with database().reading() as connection:
            return written_conclusion(connection, performance.id)
    except DatabaseBusy:
        read: Written = st.session_state.get(_base_key(performance), Written())
        return read


def _typed_key(performance: Performance) -> str:
    return f"desk-conclusions-{performance.code}"


def _base_key(performance: Performance) -> str:
    return f"desk-conclusions-read-{performance.code}"
