"""The office's first page: all performances, a new one (``?new=yes``), or one of them (``?performance=CODE``)."""

import streamlit as st

from survey.model import Role
from survey.printing.poster import form_address, spoken_address
from survey.printing.qr import qr_svg
from survey.screen.office.home import show_home, show_new
from survey.screen.office.markup import dress
from survey.screen.office.one import show_one
from survey.screen.signed_in import require
from survey.settings import settings

person = require(Role.ORGANISER)
dress()
public = settings().public_url
if code := st.query_params.get("performance"):
    show_one(
        person.account,
        code,
        qr=qr_svg,
        address=lambda code: form_address(public, code),
        join=spoken_address(public),
    )
elif "new" in st.query_params:
    show_new(person.account)
else:
    show_home(
        person.account,
        production=st.query_params.get("production", ""),
        everything="all" in st.query_params,
    )
