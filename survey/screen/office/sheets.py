"""Paper sheets for people without a phone: from which number on, how many, in which language."""

from dataclasses import dataclass

import streamlit as st

from survey.language.choosing import english_name
from survey.model import Performance, Questionnaire
from survey.storage.seats import MOST_SHEETS

USUAL_SHEETS = 20
"""How many sheets are offered: for the few of an audience who have no phone with them."""


@dataclass(frozen=True)
class ChosenSheets:
    """Which sheets are to be printed."""

    first: int
    number: int
    language: str

    @property
    def name(self) -> str:
        """Which they are, as part of a file's name."""
        return f"{self.first}-to-{self.first + self.number - 1}"


def chosen_sheets(performance: Performance, questionnaire: Questionnaire, *, at_once: int) -> ChosenSheets:
    """Ask which of a performance's sheets are to be printed, no more than one PDF holds."""
    code = performance.code
    language = st.selectbox(
        "Language of the sheets",
        questionnaire.languages,
        format_func=english_name,
        key=f"sheets.language.{code}",
    )
    first = int(st.number_input("First sheet", 1, MOST_SHEETS, 1, key=f"sheets.first.{code}"))
    most = min(at_once, MOST_SHEETS + 1 - first)
    usual = min(USUAL_SHEETS, most)
    number = st.number_input("How many sheets", 1, most, usual, key=f"sheets.number.{code}.{most}")
    return ChosenSheets(first, int(number), language)
