"""What the organiser recommends to read, watch or hear: a list in order, and a form for one of them."""

import streamlit as st
from babel import Locale

from survey.model import Production
from survey.screen.office.details import DetailsUnclear
from survey.screen.office.markup import markup, show
from survey.screen.office.meanwhile import Form, Settled, start_afresh, turn
from survey.screen.office.notices import attempt
from survey.screen.office.offered import ADDRESS, KINDS, SHORT, TITLE, read_resource
from survey.storage.database import Connection
from survey.storage.resources import (
    Resource,
    ResourceKind,
    add_resource,
    change_resource,
    order_resources,
    remove_resource,
    resources,
)

NEW = Resource(ResourceKind.PODCAST, "", "", language="en")
LABELS = {
    "kind": "What it is",
    "title": "Title",
    "address": "Address",
    "length": "How long",
    "language": "Language",
    "licence": "Licence",
}
LANGUAGES = {
    "": "No words",
    **dict(
        sorted(((c, n) for c, n in Locale("en").languages.items() if len(c) == 2), key=lambda pair: pair[1])
    ),
}


def show_recommended(account: str, production: Production, listed: list[Resource]) -> None:
    """Show the list in the order phones see it, and the form for a new or a listed resource."""
    show("resources.html", resources=listed, kinds=KINDS, languages=LANGUAGES)
    there = {resource.id: resource for resource in listed}
    chosen = st.selectbox(
        "Add or change",
        ["", *there],
        format_func=lambda id: there[id].title if id else "Add a new one",
        key=f"office.resource.{production.id}.{len(there)}",
    )
    resource = there.get(chosen or "", NEW)
    name = f"resource.{production.id}.{resource.id or 'new'}"
    key = f"office.{name}.{turn(name)}"
    form = Form(key, f"{key}.title", resource)
    settled = _form(key, form)
    if settled is not None:
        read = settled.value

        def save(connection: Connection) -> Resource:
            if read.id:
                there = {each.id: each for each in resources(connection, production.id)}
                form.check(there.get(read.id, NEW))
                change_resource(connection, read)
            else:
                add_resource(connection, production.id, read)
            return read

        deed = "changed a resource" if read.id else "added a resource"
        done = settled.done(f"{'Changed' if read.id else 'Added'}. Phones see it from now on.")
        if attempt(account, deed, production.name, save, done=done):
            start_afresh(name)
        st.rerun()
    if resource.id:
        _offer_moving(account, production, list(there), resource)


def _form(key: str, form: Form[Resource]) -> Settled[Resource] | None:
    """Show the form; return what was saved just now, read, checked and settled, else None."""
    resource = form.shown
    with st.form(key, border=True, clear_on_submit=False):
        panel = st.empty()
        left, right = st.columns(2, gap="medium")
        spots = {}
        kind = left.selectbox(
            LABELS["kind"],
            list(KINDS),
            list(KINDS).index(resource.kind),
            format_func=lambda kind: KINDS[kind],
            key=f"{key}.kind",
        )
        codes = list(LANGUAGES)
        language = right.selectbox(
            LABELS["language"],
            codes,
            codes.index(resource.language) if resource.language in codes else 0,
            format_func=lambda code: LANGUAGES[code],
            key=f"{key}.language",
        )
        typed = {}
        for column, field, value, most, placeholder in (
            (left, "title", resource.title, TITLE, "As people will read it"),
            (right, "address", resource.address, ADDRESS, "https://…"),
            (left, "length", resource.length, SHORT, "Such as 15 minutes, or 3 pages"),
            (right, "licence", resource.licence, SHORT, "Such as CC BY 4.0; empty if unknown"),
        ):
            typed[field] = column.text_input(
                LABELS[field], value, max_chars=most, key=f"{key}.{field}", placeholder=placeholder
            )
            spots[field] = column.empty()
        sent = st.form_submit_button("Save this" if resource.id else "Add this", type="primary")
    if not sent:
        return None
    try:
        read = read_resource(
            kind=kind or resource.kind,
            language=language or "",
            id=resource.id,
            **{field: words or "" for field, words in typed.items()},
        )
    except DetailsUnclear as unclear:
        panel.html(markup("problems.html", fields=[LABELS[field] for field in unclear.problems]))
        for field, problem in unclear.problems.items():
            spots[field].html(markup("problem.html", problem=problem))
        return None
    settled = form.settle(read, LABELS, {"kind": KINDS, "language": LANGUAGES})
    if settled.clashes:
        panel.html(settled.panel)
        return None
    return settled


def _offer_moving(account: str, production: Production, ids: list[str], resource: Resource) -> None:
    """Offer to move a resource up by one place, or to take it off the list."""
    place = ids.index(resource.id)
    with st.container(horizontal=True, gap="small"):
        if st.button("Move it up", disabled=place == 0, key="office.resource.up"):
            order = [*ids[: place - 1], resource.id, ids[place - 1], *ids[place + 1 :]]
            attempt(
                account,
                "moved a resource",
                production.name,
                lambda connection: order_resources(connection, order),
                done="Moved up.",
            )
            st.rerun()
        if st.button("Take it off the list", key="office.resource.remove"):
            attempt(
                account,
                "removed a resource",
                production.name,
                lambda connection: remove_resource(connection, resource.id),
                done="It is off the list.",
            )
            st.rerun()
