"""What phones of one production are offered after sending, and the addresses people left."""

import streamlit as st

from survey.model import Role
from survey.screen.office.contacts import show_contacts
from survey.screen.office.markup import dress, show
from survey.screen.office.notices import look, show_notice
from survey.screen.office.offering import show_offer
from survey.screen.office.pick import chosen_production
from survey.screen.office.recommended import show_recommended
from survey.screen.signed_in import require
from survey.storage.contacts import contacts, contacts_until
from survey.storage.offers import find_offer
from survey.storage.productions import productions
from survey.storage.resources import resources

person = require(Role.ORGANISER)
dress()
show(
    "heading.html",
    words="After sending",
    lead="What the thank-you page offers besides the code. Whatever you leave empty is not there.",
)
show_notice()
production = chosen_production(look(productions))
if production is not None:
    offer = look(lambda connection: find_offer(connection, production.id))
    listed = look(lambda connection: resources(connection, production.id))
    addresses = look(lambda connection: contacts(connection, production.id))
    until = look(lambda connection: contacts_until(connection, production.id))
    offered, recommended, left = st.tabs(
        ["Offered", "To read, watch or hear", "Addresses"], key=f"office.offers.{production.id}"
    )
    with offered:
        show_offer(person.account, production, offer)
    with recommended:
        show_recommended(person.account, production, listed)
    with left:
        show_contacts(person, production, addresses, until)
