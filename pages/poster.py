"""The poster and the word cards of one performance: looked at, then printed."""

from functools import partial

import streamlit as st

from survey.model import Role
from survey.printing.cards import CardsWrong, cards_pdf, cards_png
from survey.printing.poster import PosterWrong, poster_pdf, poster_png
from survey.screen.office.address import address_warning
from survey.screen.office.markup import dress, show
from survey.screen.office.notices import look
from survey.screen.office.pick import chosen_performance, unfinished
from survey.screen.signed_in import require
from survey.settings import settings
from survey.storage.seats import MOST_CARDS

require(Role.ORGANISER)
USUAL_CARDS = 30
"""How many cards are offered where nobody wrote down how many seats there are."""
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
    if performance is None:
        st.stop()
    wifi = st.text_input(
        "Wi-Fi name to print", max_chars=60, placeholder="Empty: none is printed", key="poster.wifi"
    )
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
show("cards.html", most=MOST_CARDS)
left, right = st.columns([5, 6], gap="large")
with left:
    seats = min(performance.capacity or USUAL_CARDS, MOST_CARDS)
    number = st.number_input("How many cards", 1, MOST_CARDS, seats, key=f"cards.{performance.code}")
    st.download_button(
        "Download the cards (PDF)",
        partial(cards_pdf, performance, number, public_url=public),  # set only when asked for
        f"cards-{performance.code}.pdf",
        "application/pdf",
    )
try:
    picture = cards_png(performance, public_url=public)
except CardsWrong as wrong:
    with left:
        show("notice.html", words=str(wrong), trouble=True)
    st.stop()
with right, st.container(border=True):
    st.image(picture, alt="The first ten cards as they will be printed", width="stretch")
