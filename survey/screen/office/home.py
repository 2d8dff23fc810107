"""The office's home: all performances, or how to begin; and the form for a new one."""

from collections.abc import Callable
from datetime import UTC, datetime

import streamlit as st

from survey.demonstration import add_demonstration, demonstration, remove_demonstration
from survey.model import Performance, Questionnaire
from survey.screen.office.acts import set_up
from survey.screen.office.details import Details, Typed
from survey.screen.office.form import details_form
from survey.screen.office.listing import read_listing, show_listing
from survey.screen.office.markup import show
from survey.screen.office.meanwhile import start_afresh
from survey.screen.office.notices import attempt, look, show_notice
from survey.settings import settings
from survey.storage.clock import clock_agrees, clock_question, day, last_open, note_clock
from survey.storage.database import Connection
from survey.storage.performances import performances
from survey.storage.productions import productions
from survey.storage.questionnaires import versions

PATIENCE = 60.0
"""Seconds the demonstration may take: it stores several hundred invented people at once."""


def show_home(account: str, *, production: str, everything: bool) -> None:
    """Show all performances; on an empty first start, the two ways to begin."""
    listing = look(lambda connection: read_listing(connection, production=production, everything=everything))
    if not listing.lines:
        show("first.html")
        show_notice()
        with st.container(horizontal=True, gap="small"):
            if st.button("Set up your first performance", type="primary", key="office.first"):
                _go("new")
            if st.button("Look around with demonstration answers", key="office.demonstration"):
                with st.spinner("Inventing answers…"):
                    attempt(
                        account,
                        "added",
                        "demonstration",
                        add_demonstration,
                        done="The demonstration is in. Every answer in it is invented, and says so.",
                        patience=PATIENCE,
                    )
                st.rerun()
        return
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        show("heading.html", words="Performances")
        if st.button("New performance", type="primary", key="office.new"):
            _go("new")
    show_notice()
    _ask_about_clock(account)
    show_listing(listing)
    _offer_removal(account)


def show_new(account: str) -> None:
    """Show the form for a new performance; once saved, lead to it."""
    show(
        "heading.html",
        words="A new performance",
        back=True,
        lead="Production, date and questionnaire are needed now. What the audience is told may wait until the opening.",
    )
    show_notice()
    known, published, there = look(lambda c: (productions(c), versions(c), performances(c)))
    invented = {performance.production_id for performance in look(demonstration)}
    there = [performance for performance in there if performance.production_id not in invented]
    saved = details_form(
        "new",
        "Set up this performance",
        productions=[production.name for production in known if production.id not in invented],
        versions=published,
        start=_start(there, published),
    )
    if saved is not None:
        details = saved.details
        made = attempt(
            account,
            "set up a performance",
            details.production,
            _making(details),
            done="Set up. Nothing is open yet: print the poster, rehearse, then open it for real.",
        )
        if made is not None:
            start_afresh("new")
            st.query_params.clear()
            _go("performance", made.code)
        st.rerun()


def _ask_about_clock(account: str) -> None:
    """Ask whether the clock is right, where it does not agree with when the house was last open."""
    now = datetime.now(UTC)
    last = look(last_open)
    if last is None or look(lambda connection: clock_agrees(connection, now)):
        return
    show("notice.html", words=clock_question(last, now), trouble=True)
    if st.button(f"The clock is right: today is {day(now)}", key="office.clock"):
        done = "Thank you. What is past its keeping date is deleted within the hour."
        attempt(account, "said that the clock is right", day(now), note_clock, done=done)
        st.rerun()


def _offer_removal(account: str) -> None:
    """Offer to take the demonstration away again, where there is one."""
    if not look(demonstration):
        return
    show("demonstration.html")
    if st.button("Remove the demonstration", key="office.demonstration.remove"):
        done = "The demonstration is gone."
        attempt(account, "removed", "demonstration", remove_demonstration, done=done, patience=PATIENCE)
        st.rerun()


def _making(details: Details) -> Callable[[Connection], Performance]:
    return lambda connection: set_up(connection, details)


def _start(there: list[Performance], published: list[tuple[str, Questionnaire]]) -> Typed:
    """Return what a new performance most likely shares with the newest one; the first asks the fullest questionnaire."""
    if not there:
        fullest = max((len(asked.questions), id) for id, asked in published)[1] if published else ""
        return Typed(responsible=settings().responsible, contact=settings().contact, version_id=fullest)
    newest = there[0]
    return Typed(
        production=newest.production,
        responsible=newest.responsible,
        contact=newest.contact,
        purpose=newest.purpose,
        lawful_basis=newest.lawful_basis,
        version_id=newest.version_id,
    )


def _go(name: str, value: str = "yes") -> None:
    """Lead to another view of this page; its address can be sent to a colleague."""
    st.query_params.from_dict({name: value})
    st.rerun()
