"""What phones are offered after sending: information, a pledge, a way to stay in touch. All of it optional."""

from dataclasses import asdict

import streamlit as st

from survey.information import texts
from survey.model import Production
from survey.screen.office.details import DetailsUnclear
from survey.screen.office.markup import markup, show
from survey.screen.office.meanwhile import Form, start_afresh, turn
from survey.screen.office.notices import attempt
from survey.screen.office.offered import SENTENCE, SHORT, read_offer
from survey.storage.database import Connection
from survey.storage.offers import Offer, find_offer, set_offer

LABELS = {
    "information": "Information in layers",
    "pledge": "The pledge",
    "hashtag": "Its hashtag",
    "stay_in_touch": "What addresses are for",
}


def show_offer(account: str, production: Production, offer: Offer) -> None:
    """Show what is offered in a form; store it when it is saved."""
    name = f"offer.{production.id}"
    key = f"office.{name}.{turn(name)}"
    form = Form(key, f"{key}.pledge", offer)
    offer = form.shown
    with st.form(key, border=True):
        panel = st.empty()
        show("subheading.html", words="Information in layers", level=2)
        information = [
            id
            for id, text in texts().items()
            if st.checkbox(str(text.title), id in offer.information, key=f"{key}.{id}")
        ]
        show("subheading.html", words="A pledge", level=2)
        show("offer_pledge.html")
        typed, spots = {}, {}
        for field, value, most, placeholder in (
            ("pledge", offer.pledge, SENTENCE, "Empty: no pledge"),
            ("hashtag", offer.hashtag, SHORT, "Empty: none"),
        ):
            typed[field] = st.text_input(
                LABELS[field], value, max_chars=most, key=f"{key}.{field}", placeholder=placeholder
            )
            spots[field] = st.empty()
        show("subheading.html", words="Stay in touch", level=2)
        show("offer_contact.html")
        typed["stay_in_touch"] = st.text_input(
            LABELS["stay_in_touch"],
            offer.stay_in_touch,
            max_chars=SENTENCE,
            key=f"{key}.stay_in_touch",
            placeholder="Empty: no addresses are asked for",
        )
        spots["stay_in_touch"] = st.empty()
        sent = st.form_submit_button("Save what phones are offered", type="primary")
    if not sent:
        return
    said = {field: words or "" for field, words in typed.items()}
    titles = {id: str(text.title) for id, text in texts().items()}
    settled = form.settle(Offer(tuple(information), **said), LABELS, {"information": titles})
    if settled.clashes:
        panel.html(settled.panel)
        return
    try:
        read = read_offer(**asdict(settled.value))
    except DetailsUnclear as unclear:
        panel.html(markup("problems.html", fields=[LABELS[field] for field in unclear.problems]))
        for field, problem in unclear.problems.items():
            spots[field].html(markup("problem.html", problem=problem))
        return

    def save(connection: Connection) -> Offer:
        form.check(find_offer(connection, production.id))
        set_offer(connection, production.id, read)
        return read

    done = settled.done("Saved. Phones are offered this from now on.")
    if attempt(account, "changed what is offered after sending", production.name, save, done=done):
        start_afresh(name)
    st.rerun()
