"""Marking moments: a note or a quotation typed at the desk while people talk; the latest five below, the last one undone."""

import streamlit as st

from survey.model import Note, Performance
from survey.room.notes import LONGEST, NoteWrong, mark, written
from survey.screen.room.acts import do
from survey.screen.room.asked import Desk
from survey.screen.templating import rendered
from survey.storage.current import database
from survey.storage.database import Connection, DatabaseBusy
from survey.storage.notes import notes, remove_note

LATEST = 5
BUSY = "The database is busy. What you typed is still here."


def show_marking(account: str, desk: Desk) -> None:
    """Offer a field for a note, with what was marked last below it."""
    performance = desk.performance
    text, problem, last = _keys(performance)
    with st.form(f"desk-mark-{performance.code}", border=False):
        st.text_input(
            "Note what was just said, without names",
            key=text,
            max_chars=LONGEST,
            placeholder="Worried about insurers, several nod",
        )
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button("Note", on_click=keep, args=(account, performance))
            st.form_submit_button("Quotation", on_click=keep, args=(account, performance, True))
        st.html(rendered("desk/problem.html", words=str(st.session_state.get(problem) or "")))
    st.button(
        "Undo my last note",
        key=f"desk-unmark-{performance.code}",
        disabled=not st.session_state.get(last),
        on_click=undo,
        args=(account, performance),
    )
    try:
        with database().reading() as connection:
            marked = notes(connection, performance.id)
    except DatabaseBusy:
        st.html(rendered("desk/say.html", words=BUSY))
        return
    latest = marked[: -LATEST - 1 : -1]
    st.html(rendered("desk/notes.html", latest=latest, more=len(marked) - len(latest), code=performance.code))


def keep(account: str, performance: Performance, quotation: bool = False) -> None:
    """Keep what was typed, with what is on stage now; nothing typed is lost when it cannot be kept."""
    text, problem, last = _keys(performance)
    try:
        typed = written(str(st.session_state.get(text) or ""), quotation=quotation)
    except NoteWrong as wrong:
        st.session_state[problem] = str(wrong)
        return

    def act(connection: Connection) -> Note:
        return mark(connection, performance, typed)

    made: Note | None = do(account, "marked a moment", performance, act, "It is marked.")
    if made is not None:
        st.session_state[text] = st.session_state[problem] = ""
        st.session_state[last] = [*st.session_state.get(last, []), made.id]


def undo(account: str, performance: Performance) -> None:
    """Take back the last note of this desk."""
    _, _, last = _keys(performance)
    mine: list[str] = st.session_state.get(last, [])
    if not mine:
        return

    def act(connection: Connection) -> bool:
        remove_note(connection, performance.id, mine[-1])
        return True

    if do(account, "took a note back", performance, act, "The note is gone."):
        st.session_state[last] = mine[:-1]


def _keys(performance: Performance) -> tuple[str, str, str]:
    code = performance.code
    return f"desk-mark-text-{code}", f"desk-mark-problem-{code}", f"desk-mark-last-{code}"
