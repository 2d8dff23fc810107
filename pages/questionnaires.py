"""The published questionnaires, each as its audience will see it. A published version never changes."""

import streamlit as st

from survey.model import Role, Wave
from survey.screen.office.markup import dress, show
from survey.screen.office.notices import look
from survey.screen.office.pick import chosen_version
from survey.screen.office.questionnaire import show_questionnaire
from survey.screen.signed_in import require
from survey.storage.questionnaires import versions

require(Role.ORGANISER)
dress()
show(
    "heading.html",
    words="Questionnaires",
    lead="Published versions never change, so that years can be compared.",
)
chosen = chosen_version(look(versions))
if chosen is not None:
    _id, questionnaire = chosen
    before, after = st.tabs(["Before the performance", "After it"])
    with before:
        show_questionnaire(questionnaire, Wave.BEFORE)
    with after:
        show_questionnaire(questionnaire, Wave.AFTER)
