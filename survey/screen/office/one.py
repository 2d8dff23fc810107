"""One performance's page: what stands, what may be done next, how phones get there."""

from collections.abc import Callable

import streamlit as st

from survey.model import Performance, Standing, Wave
from survey.screen.office.acts import save_details
from survey.screen.office.audience import jury_warnings, performance_sentences
from survey.screen.office.contributions import show_contributions
from survey.screen.office.details import typed_of
from survey.screen.office.ending import show_deleting, show_finishing
from survey.screen.office.evening import show_attendance, show_held, show_opening
from survey.screen.office.form import details_form
from survey.screen.office.links import show_people_links
from survey.screen.office.listing import attendance_words
from survey.screen.office.markup import show
from survey.screen.office.meanwhile import start_afresh
from survey.screen.office.notices import announce, attempt, look, show_notice
from survey.screen.office.reaching import show_reaching, show_stage_link
from survey.screen.office.seen import Seen, see
from survey.screen.office.words import KINDS, standing_words, totals_words, wave_word
from survey.storage.database import Connection
from survey.storage.performances import PerformanceUnknown, performance_by_id
from survey.storage.productions import productions
from survey.storage.questionnaires import versions

EVERY = 5
"""Seconds between two looks while something may change by itself."""


def show_one(
    account: str, code: str, *, qr: Callable[[str], str], address: Callable[[str], str], join: str
) -> None:
    """Show one performance; lead home when there is none with this code."""
    seen = _seen(code)
    if seen is None:
        announce("There is no performance with this code. Choose one from the list.", trouble=True)
        _home()
        return
    show(
        "performance.html",
        seen=seen,
        kind=KINDS[seen.performance.kind],
        standing=standing_words(seen.performance, seen.provenances),
    )
    show_notice()
    left, right = st.columns([2, 1], gap="large")
    every = EVERY if not seen.finished and (seen.performance.open_wave or not seen.reached) else None
    with left:
        st.fragment(lambda: _figures(seen.performance.code), run_every=every)()
        evening, details, stage, people, end = st.tabs(
            ["The evening", "Details", "Stage screen", "Sign-in links", "Finish or delete"],
            key=f"office.tabs.{seen.performance.code}",
        )
        with evening:
            show_held(account, seen)
            show_opening(account, seen)
            show_attendance(account, seen)
            show(
                "audience.html",
                sentences=performance_sentences(seen.performance),
                warnings=jury_warnings(seen.performance, seen.questionnaire),
            )
            show_contributions(account, seen)
        with details:
            _details(account, seen)
        with stage:
            show_stage_link(account, seen)
        with people:
            show_people_links(account, seen.performance, qr=qr)
        with end:
            show_finishing(account, seen)
            if show_deleting(account, seen):
                _home()
    with right:
        form = address(seen.performance.code)
        st.fragment(lambda: _reaching(seen.performance.code, qr(form), form, join), run_every=every)()


def _figures(code: str) -> None:
    seen = _seen(code)
    if seen is None:
        return
    kind = seen.performance.kind
    here = [
        (wave_word(kind, wave).capitalize(), totals_words(count, seen.totals.get(wave, 0)), "")
        for wave, count in ((Wave.BEFORE, seen.before), (Wave.AFTER, seen.after))
        if wave in seen.waves or count
    ]
    name = "Attendance" if seen.performance.attendance is not None else "Room"
    show("figures.html", figures=[*here, (name, attendance_words(seen.performance), "")])


def _reaching(code: str, qr: str, address: str, join: str) -> None:
    seen = _seen(code)
    if seen is not None:
        show_reaching(seen, qr=qr, address=address, join=join)


def _details(account: str, seen: Seen) -> None:
    performance = seen.performance
    known, published = look(lambda c: (productions(c), versions(c)))
    if performance.standing is not Standing.REHEARSAL:
        show("told.html")
    saved = details_form(
        f"details.{performance.code}",
        "Save details",
        productions=[production.name for production in known],
        versions=published,
        performance=performance,
    )
    if saved is None:
        return

    def save(connection: Connection) -> Performance:
        now = performance_by_id(connection, performance.id)
        saved.form.check(typed_of(now))
        save_details(connection, now, saved.details)
        return now

    done = saved.settled.done("The details are saved.")
    if attempt(account, "changed details", performance.code, save, done=done) is not None:
        start_afresh(f"details.{performance.code}")
    st.rerun()


def _seen(code: str) -> Seen | None:
    try:
        return look(lambda connection: see(connection, code))
    except PerformanceUnknown:
        return None


def _home() -> None:
    st.query_params.clear()
    st.rerun()
