"""The frame of every screen: the menu of the role that signed in, and the way out."""

import streamlit as st

from survey.model import Role
from survey.screen import pages_of
from survey.screen.frame import homeward, page_of, way_out
from survey.screen.house_line import show_house_line
from survey.screen.signed_in import require

person = require(*Role)
pages = [page_of(page) for page in pages_of(person.role)]
home = st.Page(homeward(pages[0]), title="Houselights", url_path="home", default=True, visibility="hidden")
way_out(person)
show_house_line(person)
st.navigation([home, *pages], position="hidden" if person.role is Role.STAGE else "sidebar").run()
