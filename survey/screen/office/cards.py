"""Word cards: how many to print, looked at first."""

from functools import partial

import streamlit as st

from survey.model import Performance
from survey.printing.cards import CardsWrong, cards_pdf, cards_png
from survey.screen.office.markup import show
from survey.storage.seats import MOST_CARDS

USUAL = 30
"""How many cards are offered where nobody wrote down how many seats there are."""


def offer_cards(performance: Performance, public_url: str) -> None:
    """Offer cards with two words each; the same cards every time. Nothing is set before it is asked for."""
    show("cards.html", most=MOST_CARDS)
    left, right = st.columns([5, 6], gap="large")
    seats = min(performance.capacity or USUAL, MOST_CARDS)
    with left:
        number = st.number_input(
            "How many cards", 1, MOST_CARDS, seats, key=f"cards.{performance.code}", width=200
        )
        st.download_button(
            "Download the cards (PDF)",
            partial(cards_pdf, performance, number, public_url=public_url),
            f"cards-{performance.code}.pdf",
            "application/pdf",
        )
    try:
        picture = cards_png(performance, public_url=public_url)
    except CardsWrong as wrong:
        with left:
            show("notice.html", words=str(wrong), trouble=True)
        return
    with right, st.container(border=True):
        st.image(picture, alt="The first ten cards as they will be printed", width="stretch")
