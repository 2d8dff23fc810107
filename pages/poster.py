"""The poster and the word cards of one performance: looked at, then printed."""

import streamlit as st

from survey.model import Role
from survey.printing.poster import PosterWrong, poster_pdf, poster_png
from survey.screen.office.address import address_warning
from survey.screen.office.cards import offer_cards
from survey.screen.office.markup import dress, show
from survey.screen.office.notices import look
from survey.screen.office.pick import chosen_performance, unfinished
from survey.screen.signed_in import require
from survey.settings import settings

require(Role.ORGANISER)
dress()
public = settings().public_url
show(
    "heading.html",
    words="Poster",
    lead="One A4 page for the bar and the doors, and cards with two words for whoever needs them.",
)
left, right = st.columns([5, 6], gap="large")
with left:
    performance = chosen_performance(look(unfinished))
    wifi = st.text_input(
        "Wi-Fi name to print", max_chars=60, placeholder="Empty: none is printed", key="poster.wifi"
    )
if performance is not None:
    try:
        pdf = poster_pdf(performance, public_url=public, wifi=wifi)
    except PosterWrong as wrong:
        with left:
            show("notice.html", words=str(wrong), trouble=True)
        st.stop()
    with left:
        st.download_button(
            "Download the poster (PDF)",
            pdf,
            f"poster-{performance.code}.pdf",
            "application/pdf",
            type="primary",
        )
        if warning := address_warning(public):
            show("notice.html", words=warning, trouble=True)
        show("poster_advice.html")
    with right, st.container(border=True):
        picture = poster_png(performance, public_url=public, wifi=wifi, ppi=110)
        st.image(picture, alt="The poster as it will be printed", width="stretch")
    offer_cards(performance, public)
