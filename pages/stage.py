"""The stage: what the projector shows. Opened with ?embed=true&embed_options=dark_theme."""

import streamlit as st

from survey.model import Role
from survey.screen.room.stage import stage
from survey.screen.signed_in import require

stage(require(Role.STAGE, Role.FACILITATOR, Role.ORGANISER), st.query_params.get("performance"))
