"""The frame of every screen: the menu of the role that signed in, and the way out."""

import streamlit as st

from survey.model import Role
from survey.screen import pages_of
from survey.screen.frame import homeward, menu, page_of
from survey.screen.house_line import show_house_line
from survey.screen.signed_in import require

person = require(*Role)
pages = [(page, page_of(page)) for page in pages_of(person.role)]
targets = [target for _page, target in pages]
home = st.Page(homeward(targets[0]), title="Houselights", url_path="home", default=True, visibility="hidden")
show_house_line(person)
menu(person, pages, st.navigation([home, *targets], position="hidden"))
