"""Notices: what an act came to, said once at the top of the next picture of the page."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from survey.demonstration import DemonstrationInUse
from survey.questionnaire import QuestionnaireWrong
from survey.room.run import RunNotEmpty
from survey.screen.office.acts import carry_out
from survey.screen.office.markup import show
from survey.screen.office.meanwhile import ChangedMeanwhile
from survey.storage.cues import CueUnknown
from survey.storage.current import database
from survey.storage.database import PATIENCE, Connection, DatabaseBusy, busy_words
from survey.storage.debts import OWED, owed
from survey.storage.performances import (
    KindPromised,
    NotInRehearsal,
    NotReady,
    PerformanceFinished,
    PerformanceUnknown,
)
from survey.storage.translations import TranslationIncomplete

T = TypeVar("T")
NOTICE = "office.notice"
REFUSALS = (
    ChangedMeanwhile,
    CueUnknown,
    KindPromised,
    RunNotEmpty,
    NotReady,
    NotInRehearsal,
    PerformanceFinished,
    PerformanceUnknown,
    DemonstrationInUse,
    QuestionnaireWrong,
    TranslationIncomplete,
)
"""What storage refuses in words fit for a person."""
BUSY = "Nothing was changed: the database is busy. Wait a moment, then press the button again."


def look(function: Callable[[Connection], T]) -> T:
    """Return what a function reads in one moment; stop the page with plain words when the database cannot be read."""
    try:
        with database().reading() as connection:
            return function(connection)
    except DatabaseBusy:
        show("notice.html", words="The database is busy. Load this page again in a moment.", trouble=True)
        st.stop()


def announce(words: str, *, trouble: bool = False) -> None:
    """Keep a notice for the next picture of the page."""
    st.session_state[NOTICE] = (words, trouble)


def show_notice() -> None:
    """Show the notice that waits, if any, and let it go; and what is still owed to people, until it is paid."""
    words, trouble = st.session_state.pop(NOTICE, ("", False))
    if words:
        show("notice.html", words=words, trouble=trouble)
    if look(owed):
        show("notice.html", words=OWED, trouble=True)


def attempt(
    account: str,
    act: str,
    about: str,
    function: Callable[[Connection], T],
    *,
    done: str,
    patience: float = PATIENCE,
) -> T | None:
    """Carry out one act, keep a notice of what it came to, and return what it returned; None when it was refused."""
    try:
        result = carry_out(account, act, about, function, patience=patience)
    except DatabaseBusy as busy:
        announce(busy_words(busy, BUSY), trouble=True)
        return None
    except REFUSALS as refused:
        announce(str(refused.args[0]) if refused.args else str(refused), trouble=True)
        return None
    announce(done)
    return result
