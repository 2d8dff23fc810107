"""Choosing one thing of several; the choice stands in the address, so that it can be sent to a colleague."""

from collections.abc import Mapping

import streamlit as st

from survey.model import Performance, Production, Questionnaire, Standing
from survey.screen.chosen import PERFORMANCE, begin_with, remember
from survey.screen.office.markup import show
from survey.storage.database import Connection
from survey.storage.performances import performances


def chosen_version(published: list[tuple[str, Questionnaire]]) -> tuple[str, Questionnaire] | None:
    """Return the version chosen, with its id; None when there is none."""
    if not published:
        show(
            "notice.html",
            words="There is no questionnaire yet. Put one into data/questionnaires, then read the files again below.",
            trouble=True,
        )
        return None
    titles = {id: f"{version.title}, version {version.version}" for id, version in published}
    id = _chosen("Questionnaire", "questionnaire", titles)
    return None if id is None else (id, dict(published)[id])


def chosen_language(languages: Mapping[str, str]) -> str:
    """Return the language chosen from those there are: tag → what to call it."""
    return _chosen("Language", "language", languages) or next(iter(languages))


def chosen_performance(there: list[Performance], *, gone: str = "") -> Performance | None:
    """Return the performance chosen from those there are; None when there is none.

    One that the address names and that is not among them is never replaced by another without a word: ``gone`` says why
    it may not be here.
    """
    if not there:
        show(
            "notice.html",
            words="There is no performance yet. Set one up under Performances first.",
            trouble=True,
        )
        return None
    names = {performance.code: f"{performance.name} ({performance.code})" for performance in there}
    code = _chosen("Performance", PERFORMANCE, names)
    if code is None:
        show(
            "notice.html",
            words=f"The performance you came from is not here. {gone} Choose another one.".replace("  ", " "),
            trouble=True,
        )
        return None
    return next(performance for performance in there if performance.code == code)


def chosen_production(there: list[Production]) -> Production | None:
    """Return the production chosen from those there are; None when there is none."""
    if not there:
        show("notice.html", words="There is no production yet. Set up a performance first.", trouble=True)
        return None
    id = _chosen("Production", "production", {production.id: production.name for production in there})
    return next((production for production in there if production.id == id), None)


def unfinished(connection: Connection) -> list[Performance]:
    """Return the performances phones can still come to, newest date first."""
    return [found for found in performances(connection) if found.standing is not Standing.FINISHED]


def _chosen(label: str, name: str, options: Mapping[str, str]) -> str | None:
    """Show the list with what the address names chosen, and write a new choice into the address.

    Returns None while the address names something that is not in the list.
    """
    values, key = list(options), f"office.pick.{name}"
    asked = st.query_params.get(name, "")
    begin_with(name, key, asked if asked in options else None if asked else values[0])
    chosen = st.session_state[key]
    st.session_state[key] = chosen  # said again, it stays when the list changes
    value = st.selectbox(
        label,
        values,
        None if chosen is None else 0,
        format_func=lambda value: options[value],
        key=key,
        placeholder="Choose one",
    )
    if value is not None:
        remember(name, value)
    return value
