"""The poster, the word cards and the paper sheets of one performance: looked at, then printed."""

from dataclasses import replace
from functools import partial

import streamlit as st

from survey.model import Role
from survey.printing.cards import CardsWrong, cards_pdf, cards_png
from survey.printing.poster import PosterWrong, poster_pdf, poster_png
from survey.printing.sheets import AT_ONCE, Sheets, SheetsWrong, sheets_pdf, sheets_png
from survey.screen.office.address import address_warning
from survey.screen.office.markup import dress, show
from survey.screen.office.notices import look
from survey.screen.office.pick import chosen_performance, unfinished
from survey.screen.office.printed import offer_pdf, show_pictures, stop_with
from survey.screen.office.sheets import chosen_sheets
from survey.screen.signed_in import require
from survey.settings import settings
from survey.storage.questionnaires import find_version
from survey.storage.seats import MOST_CARDS, MOST_SHEETS

require(Role.ORGANISER)
USUAL_CARDS = 30
"""How many cards are offered where nobody wrote down how many seats there are."""
dress()
public = settings().public_url
show(
    "heading.html",
    words="Poster",
    lead="One A4 page for the bar and the doors, cards with two words, and paper sheets for whoever needs them.",
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
    stop_with(left, wrong)
with left:
    offer_pdf("Download the poster (PDF)", pdf, f"poster-{performance.code}.pdf", first=True)
    if warning := address_warning(public):
        show("notice.html", words=warning, trouble=True)
    show("poster_advice.html")
picture = poster_png(performance, public_url=public, wifi=wifi, ppi=110)
show_pictures(right, [picture], "The poster as it will be printed")

show("cards.html", most=MOST_CARDS)
left, right = st.columns([5, 6], gap="large")
with left:
    seats = min(performance.capacity or USUAL_CARDS, MOST_CARDS)
    number = st.number_input("How many cards", 1, MOST_CARDS, seats, key=f"cards.{performance.code}")
    cards = partial(cards_pdf, performance, number, public_url=public)
    offer_pdf("Download the cards (PDF)", cards, f"cards-{performance.code}.pdf")
try:
    picture = cards_png(performance, public_url=public)
except CardsWrong as wrong:
    stop_with(left, wrong)
show_pictures(right, [picture], "The first ten cards as they will be printed")

show("sheets.html", most=MOST_SHEETS, at_once=AT_ONCE)
left, right = st.columns([5, 6], gap="large")
questionnaire = look(partial(find_version, version_id=performance.version_id))
with left:
    chosen = chosen_sheets(performance, questionnaire, at_once=AT_ONCE)
sheets = Sheets(performance, questionnaire, chosen.first, chosen.number, chosen.language)
try:
    pictures = sheets_png(replace(sheets, number=1))
except SheetsWrong as wrong:
    stop_with(left, wrong)
with left:
    name = f"sheets-{performance.code}-{chosen.name}.pdf"
    offer_pdf("Download the sheets (PDF)", partial(sheets_pdf, sheets), name)
show_pictures(right, pictures, "One page of a sheet as it will be printed")
