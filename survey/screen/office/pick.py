"""Choosing one thing of several; the choice stands in the address, so that it can be sent to a colleague."""

from collections.abc import Mapping

import streamlit as st

from survey.model import Performance, Production, Questionnaire, Standing
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
    return id, dict(published)[id]


def chosen_language(languages: Mapping[str, str]) -> str:
    """Return the language chosen from those there are: tag → what to call it."""
    return _chosen("Language", "language", languages)


def chosen_performance(there: list[Performance]) -> Performance | None:
    """Return the performance chosen from those there are; None when there is none."""
    if not there:
        show(
            "notice.html",
            words="There is no performance yet. Set one up under Performances first.",
            trouble=True,
        )
        return None
    names = {performance.code: f"{performance.name} ({performance.code})" for performance in there}
    code = _chosen("Performance", "performance", names)
    return next(performance for performance in there if performance.code == code)


def chosen_production(there: list[Production]) -> Production | None:
    """Return the production chosen from those there are; None when there is none."""
    if not there:
        show("notice.html", words="There is no production yet. Set up a performance first.", trouble=True)
        return None
    id = _chosen("Production", "production", {production.id: production.name for production in there})
    return next(production for production in there if production.id == id)


def unfinished(connection: Connection) -> list[Performance]:
    """Return the performances phones can still come to, newest date first."""
    return [found for found in performances(connection) if found.standing is not Standing.FINISHED]


def _chosen(label: str, name: str, options: Mapping[str, str]) -> str:
    """Show the list with what the address names chosen; write a new choice into the address."""
    values = list(options)
    asked = st.query_params.get(name, "")
    index = values.index(asked) if asked in options else 0
    value = st.selectbox(
        label, values, index, format_func=lambda value: options[value], key=f"office.pick.{name}"
    )
    st.query_params[name] = value
    return value
