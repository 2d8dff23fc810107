"""The list of addresses people left: look, take along, delete. Nothing here leads to answers.

Taking the list along and deleting all of it ask for a fresh sign-in: nobody does either at a screen somebody has left.
"""

from datetime import date

import streamlit as st

from survey.exchange.tables import table_bytes
from survey.model import Production
from survey.screen.office.acts import carry_out
from survey.screen.office.dates import written
from survey.screen.office.markup import markup, show
from survey.screen.office.notices import attempt
from survey.screen.signed_in import Person
from survey.storage.contacts import contacts, remove_contact, remove_contacts
from survey.storage.database import Connection

CONFIRM = "delete"


def show_contacts(person: Person, production: Production, listed: list[str], until: date | None) -> None:
    """Show the list, and what may be done with it."""
    account = person.account
    show(
        "contacts.html",
        number=len(listed),
        until=written(until) if until else "",
        fresh=person.fresh,
        production=production,
    )
    if not listed:
        return
    st.dataframe({"Address": listed}, hide_index=True, width="stretch")
    if address := _asked("one", "Address to delete", "Delete this address"):
        if address.casefold() in {one.casefold() for one in listed}:
            attempt(
                account,
                "deleted an address",
                production.name,
                lambda connection: remove_contact(connection, production.id, address),
                done="The address is deleted.",
            )
            st.rerun()
        st.html(markup("problem.html", problem="This address is not on the list. Look at each letter again."))
    if not person.fresh:
        return
    st.download_button(
        "Download the list (CSV)",
        lambda: contact_list(account, production),
        "stay-in-touch.csv",
        "text/csv",
        key="office.contacts.download",
    )
    if typed := _asked("all", f"Type {CONFIRM} to delete the whole list", "Delete all addresses"):
        if typed.casefold() == CONFIRM:
            attempt(
                account,
                "deleted all addresses",
                production.name,
                lambda connection: remove_contacts(connection, production.id),
                done="The list is empty.",
            )
            st.rerun()
        st.html(markup("problem.html", problem=f"Type the word {CONFIRM}, then press the button again."))


def contact_list(account: str, production: Production) -> bytes:
    """Return the list as a table that no spreadsheet runs; that it was taken is in the log. Raises DatabaseBusy."""

    def table(connection: Connection) -> bytes:
        return table_bytes(("address",), [(address,) for address in contacts(connection, production.id)])

    return carry_out(account, "downloaded the addresses", production.name, table)


def _asked(name: str, label: str, button: str) -> str:
    """Ask for something typed; return it when the button was pressed just now."""
    with st.form(f"office.contacts.{name}", border=False):
        left, right = st.columns([2, 3], vertical_alignment="bottom")
        typed = left.text_input(label, max_chars=254, autocomplete="off")
        pressed = right.form_submit_button(button)
    return (typed or "").strip() if pressed else ""
