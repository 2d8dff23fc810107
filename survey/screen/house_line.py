"""The line that says, on every page of staff, that something is wrong with the house; there while it lasts."""

import streamlit as st

from survey.model import Role
from survey.screen.signed_in import Person
from survey.screen.templating import rendered, stylesheet
from survey.storage.current import NoDatabase, database

EVERY = 5
"""Seconds between two looks; they ask the process's memory, not the database."""


def show_house_line(person: Person) -> None:
    """Keep a line above the page, empty while all is well. The stage's screen has none: the audience reads it."""
    if person.role is not Role.STAGE:
        st.html(stylesheet("house_line.css"))
        with st.container(key="house-line"):
            _line()


@st.fragment(run_every=EVERY)
def _line() -> None:
    try:
        words = database().health.words
    except NoDatabase:
        words = ""
    st.html(rendered("house_line.html", words=words))
