"""The evening of one performance: rehearse, open, close; who was there; answers that wait."""

from dataclasses import dataclass
from typing import Literal

import streamlit as st

from survey.model import Wave
from survey.screen.office.acts import close, open_for_real, rehearse
from survey.screen.office.details import MOST_SEATS, read_count
from survey.screen.office.markup import markup, show
from survey.screen.office.meanwhile import Form, start_afresh, turn
from survey.screen.office.notices import attempt
from survey.screen.office.seen import Seen
from survey.screen.office.words import wave_word
from survey.storage.database import Connection
from survey.storage.performances import performance_by_id, set_attendance
from survey.storage.responses import accept_held, discard_held


def show_opening(account: str, seen: Seen) -> None:
    """Offer what may be done next with the questions: rehearse, open for the audience, close."""
    show("standing.html", seen=seen, words=_standing(seen))
    if seen.finished:
        return
    if seen.rehearsing:
        _offer_rehearsal(account, seen)
    _offer_opening(account, seen)


@dataclass(frozen=True)
class Attendance:
    """How many people were there, None for nobody knows, and whether that is about right only."""

    count: int | None
    about: bool


def show_attendance(account: str, seen: Seen) -> None:
    """Ask how many people were there, as a person counted them."""
    performance = seen.performance
    name = f"attendance.{performance.code}"
    key = f"office.{name}.{turn(name)}"
    form = Form(key, f"{key}.count", Attendance(performance.attendance, performance.attendance_about))
    show("subheading.html", words="How many people were there?")
    with st.form("office.attendance", border=False):
        left, middle, right = st.columns([3, 4, 3], vertical_alignment="bottom")
        known = "" if form.shown.count is None else str(form.shown.count)
        text = left.text_input(
            "Attendance", known, max_chars=9, placeholder="Empty: nobody knows", key=f"{key}.count"
        )
        about = middle.checkbox("About so many, not counted", form.shown.about, key=f"{key}.about")
        sent = right.form_submit_button("Save attendance")
        spot = st.empty()
    if not sent:
        return
    try:
        count = read_count(text or "", 1, MOST_SEATS)
    except ValueError as unclear:
        spot.html(markup("problem.html", problem=str(unclear)))
        return
    labels = {"count": "Attendance", "about": "About so many, not counted"}
    settled = form.settle(Attendance(count, about and count is not None), labels)
    if settled.clashes:
        spot.html(settled.panel)
        return

    def save(connection: Connection) -> Attendance:
        now = performance_by_id(connection, performance.id)
        form.check(Attendance(now.attendance, now.attendance_about))
        set_attendance(connection, performance.id, settled.value.count, settled.value.about)
        return settled.value

    done = settled.done("The attendance is saved.")
    if attempt(account, "set the attendance", performance.code, save, done=done):
        start_afresh(name)
    st.rerun()


def show_held(account: str, seen: Seen) -> None:
    """Offer to count or set aside the responses beyond the number of seats."""
    if not seen.held:
        return
    id, code = seen.performance.id, seen.performance.code
    show("held.html", held=seen.held)
    with st.container(horizontal=True, gap="small"):
        if st.button("Count them", key="office.held.accept"):
            attempt(
                account, "counted held responses", code, lambda c: accept_held(c, id), done="They count now."
            )
            st.rerun()
        if st.button("Set them aside", key="office.held.discard"):
            attempt(
                account,
                "set held responses aside",
                code,
                lambda c: discard_held(c, id),
                done="They are set aside and count nowhere.",
            )
            st.rerun()


def _standing(seen: Seen) -> str:
    performance = seen.performance
    wave = performance.open_wave and wave_word(performance.kind, performance.open_wave)
    if seen.finished:
        return (
            "This performance is finished. Its keys are destroyed and its figures frozen; it does not reopen."
        )
    if seen.rehearsing and wave:
        return f"Rehearsal: the “{wave}” questions are open. Answers sent now are marked as rehearsal."
    if seen.past:
        return "These answers came from elsewhere: nothing needs to open here. Finish it once all of them are in."
    if seen.rehearsing:
        return "Nothing is open yet. Phones that scan the code are told so, kindly."
    if wave:
        return f"The “{wave}” questions are open to the audience."
    return "Nothing is open just now. Phones are told so; answers already sent are kept."


def _offer_rehearsal(account: str, seen: Seen) -> None:
    performance = seen.performance
    show("subheading.html", words="Rehearse")
    with st.container(horizontal=True, gap="small"):
        for wave in seen.waves:
            word = wave_word(performance.kind, wave)
            if performance.open_wave is not wave and st.button(
                f"Rehearse “{word}”", key=f"office.rehearse.{wave}"
            ):
                attempt(
                    account,
                    f"rehearsed {wave}",
                    performance.code,
                    lambda connection, wave=wave: rehearse(connection, performance.id, wave),  # type: ignore[misc]
                    done=f"The “{word}” questions are open for rehearsal.",
                )
                st.rerun()
        _offer_closing(account, seen)


def _offer_opening(account: str, seen: Seen) -> None:
    performance = seen.performance
    show("opening.html", rehearsing=seen.rehearsing, missing=seen.missing, two=len(seen.waves) > 1)
    if seen.missing:
        return
    wipe = True
    if seen.rehearsing and seen.rehearsed:
        answers = "answer" if seen.rehearsed == 1 else "answers"
        wipe = st.checkbox(f"First wipe the {seen.rehearsed} rehearsal {answers}", True, key="office.wipe")
    with st.container(horizontal=True, gap="small"):
        for wave in seen.waves:
            word = wave_word(performance.kind, wave)
            open_now = performance.open_wave is wave and not seen.rehearsing
            weight: Literal["primary", "secondary"] = "primary" if wave is _next(seen) else "secondary"
            if not open_now and st.button(
                f"Open “{word}” for the audience", key=f"office.open.{wave}", type=weight
            ):
                attempt(
                    account,
                    f"opened {wave}",
                    performance.code,
                    lambda connection, wave=wave: open_for_real(connection, performance.id, wave, wipe=wipe),  # type: ignore[misc]
                    done=f"The “{word}” questions are open to the audience.",
                )
                st.rerun()
        if not seen.rehearsing:
            _offer_closing(account, seen)


def _next(seen: Seen) -> Wave | None:
    """Return the wave that naturally opens next: the first one, and from it the last; of past evidence none."""
    if seen.past:
        return None
    if seen.rehearsing:
        return seen.waves[0]
    return seen.waves[-1] if seen.performance.open_wave is seen.waves[0] else None


def _offer_closing(account: str, seen: Seen) -> None:
    performance = seen.performance
    if performance.open_wave is None:
        return
    word = wave_word(performance.kind, performance.open_wave)
    if st.button(f"Close “{word}”", key="office.close"):
        attempt(
            account,
            f"closed {performance.open_wave}",
            performance.code,
            lambda connection: close(connection, performance.id),
            done=f"The “{word}” questions are closed.",
        )
        st.rerun()
