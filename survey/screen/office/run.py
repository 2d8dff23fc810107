"""The run of show in the office: the cues in order, each to be moved, changed or taken out, and put back again."""

from dataclasses import replace
from urllib.parse import quote

import streamlit as st

from survey.model import Cue, Performance
from survey.questionnaire.prompts import prompts_for
from survey.room.lines import Known, cue_line, known_to, total_minutes
from survey.room.run import copy_run, default_run, store_run
from survey.screen.office.markup import markup, show
from survey.screen.office.notices import attempt, look, show_notice
from survey.screen.office.pick import chosen_performance
from survey.screen.office.run_form import show_form
from survey.screen.signed_in import Person
from survey.storage.cues import add_cue, cues, move_cue, remove_cue
from survey.storage.database import Connection
from survey.storage.offers import find_offer
from survey.storage.performances import performances

REMOVED = "office.run.removed"
CHOSEN = "office.run.chosen"


def show_run_of_show(person: Person) -> None:
    """Show the run of one performance, with everything that changes it."""
    show(
        "heading.html",
        words="Run of show",
        lead="What the stage shows in the discussion, cue by cue. Your notes never go on stage; results stay hidden until revealed.",
    )
    there = [found for found in look(performances) if person.reaches(found)]
    performance = chosen_performance(there)
    show_notice()
    if performance is None:
        return
    others = [found for found in there if found.id != performance.id]
    run = look(lambda connection: cues(connection, performance.id))
    known = look(lambda connection: known_to(connection, performance))
    left, right = st.columns([8, 5], gap="medium")
    with left:
        if run:
            _list(person.account, performance, run, known)
        else:
            _offer_beginning(person.account, performance, others, known)
        _offer_putting_back(person.account, performance, known)
    with right, st.container(key="office-run-form"):
        changing = next((cue for cue in run if cue.id == st.session_state.get(CHOSEN)), None)
        show_form(person.account, performance, run, known, others, changing, done=_choose)


def _list(account: str, performance: Performance, run: list[Cue], known: Known) -> None:
    show("run_head.html", count=len(run), minutes=total_minutes(run), code=quote(performance.code))
    with st.container(key="office-run", gap=None):
        for cue in run:
            with st.container(
                horizontal=True, vertical_alignment="center", gap="xsmall", key=f"office-cue-{cue.id}"
            ):
                chosen = cue.id == st.session_state.get(CHOSEN)
                st.html(markup("run_cue.html", cue=cue, words=cue_line(cue, known), chosen=chosen))
                what = (account, performance, cue)
                st.button(
                    "Up",
                    key=f"office-up-{cue.id}",
                    disabled=cue.place == 1,
                    on_click=_move,
                    args=(*what, cue.place - 1),
                    width="content",
                )
                st.button(
                    "Down",
                    key=f"office-down-{cue.id}",
                    disabled=cue.place == len(run),
                    on_click=_move,
                    args=(*what, cue.place + 1),
                    width="content",
                )
                st.button(
                    "Change",
                    key=f"office-change-{cue.id}",
                    on_click=_choose,
                    args=(cue.id,),
                    width="content",
                )
                st.button(
                    "Remove", key=f"office-remove-{cue.id}", on_click=_remove, args=what, width="content"
                )


def _offer_beginning(account: str, performance: Performance, others: list[Performance], known: Known) -> None:
    """Offer the two quick ways to a run: from the questionnaire, or from another evening."""
    show("run_empty.html")
    st.button(
        "Make a run from the questionnaire",
        type="primary",
        key="office-run-make",
        on_click=_make,
        args=(account, performance, known),
    )
    if not others:
        return
    names = {found.code: f"{found.name} ({found.code})" for found in others}
    with st.form("office-run-copy", border=False):
        code = st.selectbox("Or copy the run of", list(names), format_func=lambda code: names[code])
        if st.form_submit_button("Copy this run") and code:
            copied = attempt(
                account,
                "copied a run",
                performance.code,
                lambda connection: copy_run(connection, performance, code),
                done="Copied. Polls are prepared anew, without answers.",
            )
            if copied == 0:
                show(
                    "notice.html", words="That performance has no run of show. Choose another.", trouble=True
                )
            else:
                st.rerun()


def _offer_putting_back(account: str, performance: Performance, known: Known) -> None:
    removed: Cue | None = st.session_state.get(REMOVED)
    if removed is None or removed.performance_id != performance.id:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        show("run_removed.html", words=cue_line(removed, known))
        st.button(
            "Put it back", key="office-run-back", on_click=_put_back, args=(account, performance, removed)
        )


def _make(account: str, performance: Performance, known: Known) -> None:
    def act(connection: Connection) -> int:
        offered = find_offer(connection, performance.production_id).information
        made = default_run(known.questionnaire, prompts_for(known.questionnaire), performance, offered)
        return store_run(connection, performance, made)

    attempt(
        account,
        "made a run",
        performance.code,
        act,
        done="Made. Change it until it is yours.",
    )


def _move(account: str, performance: Performance, cue: Cue, to: int) -> None:
    attempt(
        account,
        "moved a cue",
        performance.code,
        lambda connection: move_cue(connection, cue.id, to),
        done="",
    )


def _remove(account: str, performance: Performance, cue: Cue) -> None:
    def act(connection: Connection) -> bool:
        remove_cue(connection, cue.id)
        return True

    if attempt(account, "removed a cue", performance.code, act, done=""):
        st.session_state[REMOVED] = cue


def _put_back(account: str, performance: Performance, removed: Cue) -> None:
    def act(connection: Connection) -> Cue:
        made = add_cue(
            connection,
            performance.id,
            removed.kind,
            about=dict(removed.about),
            notes=removed.notes,
            minutes=removed.minutes,
        )
        move_cue(connection, made.id, removed.place)
        return replace(made, place=removed.place)

    if attempt(account, "put a cue back", performance.code, act, done=""):
        st.session_state[REMOVED] = None


def _choose(id: str | None) -> None:
    """Take a cue into the form to be changed, or let it go."""
    st.session_state[CHOSEN] = id
