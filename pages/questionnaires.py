"""The questionnaires, each as its audience will see it. Once it has been opened for an audience, a version never changes."""

import streamlit as st

from survey.model import Role, Wave
from survey.screen.office.markup import dress, show
from survey.screen.office.notices import look, show_notice
from survey.screen.office.pick import chosen_version
from survey.screen.office.questionnaire import show_files, show_questionnaire
from survey.screen.signed_in import require
from survey.storage.questionnaires import published, versions

account = require(Role.ORGANISER).account
dress()
show(
    "heading.html",
    words="Questionnaires",
    lead="A version is published when it is first opened for an audience. Then it never changes, so that years can be "
    "compared; until then it follows its file.",
)
show_notice()
chosen = chosen_version(look(versions))
if chosen is not None:
    id, questionnaire = chosen
    show(
        "subheading.html",
        words="Published" if id in look(published) else "Not published yet: its file may change",
    )
    before, after = st.tabs(["Before the performance", "After it"])
    with before:
        show_questionnaire(questionnaire, Wave.BEFORE)
    with after:
        show_questionnaire(questionnaire, Wave.AFTER)
show_files(account)
