"""The stage: what the projector shows. Opened with ?embed=true&embed_options=dark_theme."""

import streamlit as st

from survey.model import Role
from survey.screen.room.entering import show_way_in
from survey.screen.room.stage import stage
from survey.screen.signed_in import require

person = require(Role.STAGE, Role.FACILITATOR, Role.ORGANISER)
code = st.query_params.get("performance")
if person.role is Role.STAGE or (code and st.context.is_embedded):
    stage(person, code)
else:
    show_way_in(person)
