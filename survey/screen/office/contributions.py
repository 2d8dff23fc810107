"""What the audience sent to the discussion: how much, the log to take along, and deleting all of it.

Both acts ask for a fresh sign-in: nobody does either at a screen somebody has left.
"""

import streamlit as st

from survey.exchange.contributions import contributions_table
from survey.model import ContributionStanding
from survey.screen.office.acts import carry_out
from survey.screen.office.ending import confirmed
from survey.screen.office.markup import show
from survey.screen.office.notices import attempt, look
from survey.screen.office.seen import Seen
from survey.screen.signed_in import signed_in
from survey.storage.contributions import contributions, remove_contributions
from survey.storage.database import Connection


def show_contributions(account: str, seen: Seen) -> None:
    """Show how many contributions there are, and what may be done with them; nothing while there is none."""
    performance = seen.performance
    counts = look(lambda connection: _counts(connection, performance.id))
    if not any(counts.values()):
        return
    person = signed_in()
    fresh = person is not None and person.fresh
    show("contributions.html", seen=seen, counts=counts, fresh=fresh)
    if not fresh:
        return
    st.download_button(
        "Download the log (CSV)",
        lambda: contributions_log(account, seen),
        f"{performance.code}-from-the-audience.csv",
        "text/csv",
        key="office.contributions.download",
    )
    if confirmed("delete them", performance.code, "Delete everything from the audience"):
        attempt(
            account,
            "deleted the contributions",
            performance.code,
            lambda connection: remove_contributions(connection, performance.id),
            done="Everything the audience sent to the discussion is deleted.",
        )
        st.rerun()


def contributions_log(account: str, seen: Seen) -> bytes:
    """Return the log as a table; that it was taken is in the log of acts. Raises DatabaseBusy."""
    return carry_out(
        account,
        "downloaded the contributions",
        seen.performance.code,
        lambda connection: contributions_table(connection, seen.performance),
    )


def _counts(connection: Connection, id: str) -> dict[str, int]:
    return {standing.value: len(contributions(connection, id, standing)) for standing in ContributionStanding}
