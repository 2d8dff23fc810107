"""The two acts that cannot be undone: finish and delete. Each asks for the performance's code first.

Deleting also asks for a fresh sign-in, so that nobody does it at a screen somebody else has left.
"""

import streamlit as st

from survey.screen.office.acts import finish
from survey.screen.office.markup import markup, show
from survey.screen.office.notices import attempt
from survey.screen.office.seen import Seen
from survey.screen.signed_in import signed_in
from survey.storage.database import Connection
from survey.storage.performances import delete_performance


def show_finishing(account: str, seen: Seen) -> None:
    """Offer to finish the performance, once the organiser has typed its code."""
    code = seen.performance.code
    show("finishing.html", seen=seen)
    if seen.finished:
        return
    if confirmed("finish", code, "Finish this performance"):
        attempt(
            account,
            "finished",
            code,
            lambda connection: finish(connection, seen.performance.id),
            done="The performance is finished and its figures are frozen.",
        )
        st.rerun()


def show_deleting(account: str, seen: Seen) -> bool:
    """Offer to delete the performance, once the organiser has typed its code; True when it is gone."""
    code = seen.performance.code
    person = signed_in()
    fresh = person is not None and person.fresh
    show("deleting.html", seen=seen, fresh=fresh)
    if not fresh or not confirmed("delete", code, "Delete this performance and its answers"):
        return False

    def delete(connection: Connection) -> str:
        delete_performance(connection, seen.performance.id)
        return code

    done = f"{seen.performance.name} is deleted, with everything that belonged to it."
    return attempt(account, "deleted", code, delete, done=done) is not None


def confirmed(act: str, code: str, button: str) -> bool:
    """Ask for the code; say what to do when it is another one."""
    with st.form(f"office.{act}", border=False):
        left, right = st.columns([2, 3], vertical_alignment="bottom")
        typed = left.text_input(f"Type {code} to {act}", max_chars=20, autocomplete="off")
        pressed = right.form_submit_button(button)
        spot = st.empty()
    if not pressed:
        return False
    if (typed or "").strip().lower() != code:
        spot.html(markup("problem.html", problem=f"Type the code {code}, then press the button again."))
        return False
    return True
