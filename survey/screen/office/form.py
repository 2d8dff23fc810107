"""The form for a performance's details. Nothing typed is lost: what needs another look says so beside its field."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from survey.model import Performance, Questionnaire, Standing
from survey.screen.office.details import LINE, NAME, Details, DetailsUnclear, Typed, read_details, typed_of
from survey.screen.office.markup import markup
from survey.screen.office.meanwhile import Form, Settled, turn
from survey.screen.office.words import BASES, KINDS, PURPOSES

T = TypeVar("T")
LABELS = {
    "production": "Production",
    "when": "Date",
    "venue": "Venue",
    "kind": "Kind of event",
    "capacity": "Seats",
    "version_id": "Questionnaire",
    "responsible": "Responsible body",
    "contact": "Contact",
    "purpose": "Purpose",
    "approved": "This research has its ethical approval",
    "lawful_basis": "Lawful basis",
    "youngest_age": "Youngest age expected",
    "families": "Children below the youngest age will be there: offer them a page to look only",
    "keep_until": "Answers are kept until",
}


@dataclass(frozen=True)
class Saved:
    """Details that were saved just now, and what they were settled with."""

    details: Details
    form: Form[Typed]
    settled: Settled[Typed]


def details_form(
    name: str,
    button: str,
    *,
    productions: Iterable[str],
    versions: Iterable[tuple[str, Questionnaire]],
    performance: Performance | None = None,
    start: Typed | None = None,
) -> Saved | None:
    """Show the form; return what was saved just now, read and checked, else None."""
    told = performance if performance and performance.standing is not Standing.REHEARSAL else None
    key = f"office.{name}.{turn(name)}"
    stored = typed_of(performance) if performance else start or Typed()
    offered = dict(versions)
    form = Form(key, f"{key}.venue", stored)
    spots: dict[str, DeltaGenerator] = {}
    with st.form(key, border=True):
        panel = st.empty()
        typed = _fields(key, form.shown, list(productions), offered, spots, locked=told is not None)
        sent = st.form_submit_button(button, type="primary")
    if not sent:
        return None
    settled = form.settle(typed, LABELS, _words(offered))
    if settled.clashes:
        panel.html(settled.panel)
        return None
    try:
        return Saved(read_details(settled.value, today=date.today(), told=told), form, settled)
    except DetailsUnclear as unclear:
        again = [LABELS[field] for field in LABELS if field in unclear.problems]
        panel.html(markup("problems.html", fields=again))
        for field, problem in unclear.problems.items():
            spots[field].html(markup("problem.html", problem=problem))
        return None


def _words(versions: Mapping[str, Questionnaire]) -> dict[str, Mapping[Any, str]]:
    titles = {id: f"{version.title}, version {version.version}" for id, version in versions.items()}
    return {"kind": KINDS, "purpose": PURPOSES, "lawful_basis": BASES, "version_id": titles}


def _fields(
    key: str,
    typed: Typed,
    productions: list[str],
    versions: Mapping[str, Questionnaire],
    spots: dict[str, DeltaGenerator],
    *,
    locked: bool,
) -> Typed:
    """Show every field with a spot for its problem below; return what stands in them."""
    form = _Form(key, spots)
    left, right = st.columns(2, gap="medium")
    production = form.text(left, "production", typed.production, NAME, "The Nest", known=productions)
    when = form.text(right, "when", typed.when, 40, "25 April 2026, or April 2026, or 2026")
    venue = form.text(left, "venue", typed.venue, NAME, "53Two, Manchester")
    kind = form.choice(right, "kind", KINDS, typed.kind)
    capacity = form.text(left, "capacity", typed.capacity, 9, "How many can come; empty if unknown")
    titles = {id: f"{version.title}, version {version.version}" for id, version in versions.items()}
    version_id = form.choice(right, "version_id", titles, typed.version_id, locked=locked)
    st.html(markup("subheading.html", words="What the audience is told before it answers", level=2))
    left, right = st.columns(2, gap="medium")
    responsible = form.text(left, "responsible", typed.responsible, LINE, "Who decides about the answers")
    contact = form.text(right, "contact", typed.contact, LINE, "An address people can write to")
    purpose = form.choice(left, "purpose", PURPOSES, typed.purpose, locked=locked)
    lawful_basis = form.choice(right, "lawful_basis", BASES, typed.lawful_basis, locked=locked)
    youngest_age = form.text(left, "youngest_age", typed.youngest_age, 3, "In years, such as 14")
    keep_until = form.text(right, "keep_until", typed.keep_until, 40, "Empty: a year after the performance")
    approved = typed.approved
    if not locked:
        approved = left.checkbox(LABELS["approved"], typed.approved, key=f"{key}.approved")
        spots["approved"] = left.empty()
    families = st.checkbox(LABELS["families"], typed.families, key=f"{key}.families")
    return Typed(
        production=_as_known(production, productions),
        when=when,
        venue=venue,
        kind=kind or typed.kind,
        capacity=capacity,
        responsible=responsible,
        contact=contact,
        purpose=purpose or typed.purpose,
        approved=approved,
        lawful_basis=lawful_basis or typed.lawful_basis,
        youngest_age=youngest_age,
        families=families,
        keep_until=keep_until,
        version_id=version_id or "",
    )


def _as_known(typed: str, known: Iterable[str]) -> str:
    """Return a name as it is known already, whatever its capitals and spaces; another one is new."""
    plain = {" ".join(name.split()).casefold(): name for name in known}
    return plain.get(" ".join(typed.split()).casefold(), typed)


class _Form:
    """One form's fields: each with its key, its label, and a spot below for what needs another look."""

    def __init__(self, key: str, spots: dict[str, DeltaGenerator]) -> None:
        self.key = key
        self.spots = spots

    def text(
        self,
        column: DeltaGenerator,
        field: str,
        value: str,
        most: int,
        placeholder: str,
        *,
        known: Sequence[str] = (),
    ) -> str:
        """Show a line to type in, with what is ``known`` to stand there; return what stands in it."""
        given = column.text_input(
            LABELS[field], value, max_chars=most, key=f"{self.key}.{field}", placeholder=placeholder
        )
        if known:
            column.html(markup("known.html", names=known))
        self.spots[field] = column.empty()
        return given or ""

    def choice(
        self,
        column: DeltaGenerator,
        field: str,
        options: Mapping[T, str],
        value: T,
        *,
        locked: bool = False,
    ) -> T | None:
        """Show a list to choose from, its first choice made; return what is chosen. Locked, it is only said."""
        if locked:
            column.html(markup("locked.html", label=LABELS[field], value=options[value]))
            return value
        values = list(options)
        index = values.index(value) if value in options else (0 if values else None)
        given = column.selectbox(
            LABELS[field],
            values,
            index,
            format_func=lambda chosen: options[chosen],
            key=f"{self.key}.{field}",
            placeholder="Choose one",
        )
        self.spots[field] = column.empty()
        return given
