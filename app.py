"""Houselights: phones get our own small pages, staff get Streamlit, all behind one guard.

Start it with ``python -m survey serve``. ``app = st.App(...)`` stays a literal call: Streamlit finds it by reading this
file, and would run the file as a plain public script if it did not.
"""

from pathlib import Path

import streamlit as st

from survey.phone.refusals import EXCEPTIONS
from survey.serving.house import house_open, middleware, routes
from survey.serving.logs import be_quiet
from survey.serving.options import force_options
from survey.settings import settings

force_options(settings())
be_quiet()
app = st.App(
    Path(__file__).resolve().parent / "pages" / "frame.py",
    routes=routes(),
    middleware=middleware(),
    exception_handlers=EXCEPTIONS,
    lifespan=house_open,
)
