"""How phones reach a performance: its code to scan, its address, what is wrong with it, and whether one has come."""

import streamlit as st

from survey.screen.office.address import CAUSES, address_warning
from survey.screen.office.markup import picture, show
from survey.screen.office.notices import attempt
from survey.screen.office.seen import Seen
from survey.settings import settings
from survey.storage.sign_ins import add_stage_link, revoke_stages

LINKS = "office.stage.links"


def show_reaching(seen: Seen, *, qr: str, address: str, join: str) -> None:
    """Show the code and the address, and whether a phone from outside has ever arrived."""
    show(
        "reaching.html",
        performance=seen.performance,
        finished=seen.finished,
        reached=seen.reached,
        qr=picture(qr),
        address=address,
        join=join,
        warning=address_warning(settings().public_url),
        causes=CAUSES,
    )


def show_stage_link(account: str, seen: Seen) -> None:
    """Offer a link that opens the stage's screen and nothing else; made, shown once to copy, and ended here."""
    performance = seen.performance
    made = st.session_state.setdefault(LINKS, {})
    show("stage_link.html", made=performance.id in made)
    if performance.id in made:
        st.code(made[performance.id], language=None, wrap_lines=True)
    with st.container(horizontal=True, gap="small"):
        if st.button("Make a stage link", key="office.stage.make"):
            token = attempt(
                account,
                "made a stage link",
                performance.code,
                lambda connection: add_stage_link(connection, performance.id),
                done="The stage link is ready. Copy it now: it is not shown again after you leave this page.",
            )
            if token:
                made[performance.id] = f"{settings().public_url}/sign-in?stage={token}"
            st.rerun()
        if st.button("End all stage links", key="office.stage.end"):
            attempt(
                account,
                "ended the stage links",
                performance.code,
                lambda connection: revoke_stages(connection, performance.id),
                done="All stage links of this performance have ended. Screens that used one go dark.",
            )
            made.pop(performance.id, None)
            st.rerun()
