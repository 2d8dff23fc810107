"""The form for one cue of the run: every kind asks for what it needs, and the stage's words stand apart from the notes."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from survey.model import Cue, CueKind, Performance
from survey.room.benchmarks import benchmark_beside
from survey.room.lines import Known, cue_line
from survey.room.words import KINDS
from survey.screen.office.markup import show
from survey.screen.office.meanwhile import Form
from survey.screen.office.notices import attempt
from survey.screen.office.run_fields import FIELDS, CueUnclear, Typed, minutes_of
from survey.storage.cues import add_cue, change_cue, find_cue, move_cue
from survey.storage.database import Connection
from survey.storage.polls import add_poll

TURN = "office.run.turn"
LONGEST_NOTES = 1000
LABELS = {
    "kind": "What the stage shows",
    "about": "What it is about",
    "notes": "Your notes",
    "minutes": "Minutes",
}
OFFERED = {**KINDS, CueKind.BESIDE: f"{KINDS[CueKind.BESIDE]}, or a published survey"}
ADVICE = {
    CueKind.CHANGE: "The stage shows before and after only once the questions are closed.",
    CueKind.BESIDE: "Another audience or a published survey shows only after the questions have closed: it could sway the room.",
    CueKind.POLL: "Phones can answer when this cue goes on stage, not before.",
    CueKind.BLACK: "The stage is dark: people look at each other.",
    CueKind.CONTRIBUTIONS: "Only what a moderator has let through.",
    CueKind.CONCLUSIONS: "What people here have written down together.",
}


def show_form(
    account: str,
    performance: Performance,
    run: list[Cue],
    known: Known,
    others: list[Performance],
    changing: Cue | None,
    *,
    done: Callable[[str | None], None],
) -> None:
    """Show the form for a new cue, or for the one that is being changed."""
    turn = st.session_state.get(TURN, 0)
    key = f"office.run.{performance.code}.{changing.id if changing else turn}"
    meanwhile = Form(key, f"{key}.notes", changing) if changing else None
    title = f"Change cue {changing.place}" if changing else "Add a cue"
    changing = meanwhile.shown if meanwhile else None
    show("subheading.html", words=title, level=2)
    something_beside = others or any(map(benchmark_beside, known.questionnaire.questions))
    kinds = [
        kind for kind in CueKind if kind is not CueKind.BESIDE or something_beside or _is(changing, kind)
    ]
    first = kinds.index(changing.kind) if changing else kinds.index(CueKind.PROMPT)
    kind = st.selectbox(
        "What the stage shows", kinds, first, format_func=lambda kind: OFFERED[kind], key=f"{key}.kind"
    )
    if kind in ADVICE:
        show("say.html", words=ADVICE[kind])
    own = changing if _is(changing, kind) else None
    read = FIELDS[kind](f"{key}.{kind}", known, others, own) if kind in FIELDS else _nothing
    with st.form(f"{key}.form", border=False):
        notes = st.text_area(
            "Your notes, never on stage",
            changing.notes if changing else "",
            height=96,
            max_chars=LONGEST_NOTES,
            key=f"{key}.notes",
        )
        left, right = st.columns([2, 3], gap="medium")
        minutes = left.text_input(
            "Minutes", str(changing.minutes or "") if changing else "", placeholder="Empty: open end"
        )
        places = {0: "At the beginning"}
        places |= {each.place: f"After {each.place}: {cue_line(each, known)}" for each in run}
        after = len(run)
        if run and not changing:
            after = right.selectbox(
                "Where", list(places), len(places) - 1, format_func=lambda place: places[place]
            )
        sent = st.form_submit_button("Save this cue" if changing else "Add this cue", type="primary")
    panel = st.empty()
    if changing:
        st.button("Leave it as it was", key=f"{key}.leave", on_click=done, args=(None,))
    if not sent:
        return
    try:
        typed = read()
        took = minutes_of(minutes)
    except CueUnclear as unclear:
        show("notice.html", words=f"Not saved yet. {unclear} Nothing you typed is lost.", trouble=True)
        return
    done_words = "Added."
    if meanwhile is None:
        save = _added(performance, kind, typed, notes, took, after)
    else:
        mine = replace(
            meanwhile.shown, kind=kind, about=_typed_about(typed), notes=notes.strip(), minutes=took
        )
        settled = meanwhile.settle(mine, LABELS, {"kind": OFFERED})
        if settled.clashes:
            panel.html(settled.panel)
            return
        done_words = settled.done("Saved.")
        save = _changed(meanwhile, settled.value, typed)
    deed = "changed a cue" if changing else "added a cue"
    if attempt(account, deed, performance.code, save, done=done_words) is not None:
        done(None)
        st.session_state[TURN] = turn + 1
    st.rerun()


def _is(cue: Cue | None, kind: CueKind) -> bool:
    return cue is not None and cue.kind is kind


def _nothing() -> Typed:
    return Typed({})


def _about(connection: Connection, performance_id: str, typed: Typed) -> dict[str, str]:
    """Return what a cue shows; a poll that was typed is prepared first."""
    if typed.poll is None:
        return dict(typed.about)
    return {"poll": add_poll(connection, performance_id, typed.poll).id}


def _added(
    performance: Performance, kind: CueKind, typed: Typed, notes: str, minutes: int | None, after: int
) -> Callable[[Connection], Any]:
    def act(connection: Connection) -> Cue:
        about = _about(connection, performance.id, typed)
        made = add_cue(connection, performance.id, kind, about=about, notes=notes.strip(), minutes=minutes)
        move_cue(connection, made.id, after + 1)
        return made

    return act


def _typed_about(typed: Typed) -> Mapping[str, str]:
    return {"poll": str(typed.poll)} if typed.poll is not None else dict(typed.about)


def _changed(meanwhile: Form[Cue], settled: Cue, typed: Typed) -> Callable[[Connection], Any]:
    def act(connection: Connection) -> Cue:
        meanwhile.check(find_cue(connection, settled.id))
        mine = settled.about == _typed_about(typed)
        about = _about(connection, settled.performance_id, typed) if mine else settled.about
        changed = replace(settled, about=about)
        change_cue(connection, changed)
        return changed

    return act
