"""A sheet on paper: the whole page as one document, without anything of the screen around it."""

import streamlit as st

from survey.screen.evidence.sheet import Sheet
from survey.screen.templating import rendered, stylesheet
from survey.settings import settings


def print_sheet(sheet: Sheet, *, page: str) -> None:
    """Show a sheet as it is printed: sentences, tables, pictures, base, method, provenance, date. No comments."""
    look = stylesheet("evidence/evidence.css", "evidence/paper.css")
    st.html(look + rendered("evidence/paper.html", sheet=sheet, page=page, source=_source(page)))


def _source(page: str) -> str:
    chosen = {name: value for name, value in st.query_params.to_dict().items() if name != "print"}
    return f"{settings().public_url}/{page}" + (
        "?" + "&".join(f"{name}={value}" for name, value in chosen.items()) if chosen else ""
    )
