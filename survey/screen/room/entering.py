"""The way to a stage for whoever prepares it: which performance, how its screen is opened, and the way back."""

from urllib.parse import quote

import streamlit as st

from survey.screen.office.markup import dress, show
from survey.screen.office.notices import look
from survey.screen.office.pick import chosen_performance
from survey.screen.signed_in import Person
from survey.storage.performances import performances

SCREEN = "/stage?embed=true&embed_options=dark_theme&performance="


def show_way_in(person: Person) -> None:
    """Show which performance's stage can be opened, with a link for the projector's screen and one back to the desk."""
    dress()
    show(
        "heading.html",
        words="Stage",
        lead="What the projector shows has a page of its own, without this menu. Open it on the projector's screen and "
        "make it fill the screen (F11). The desk says what it shows.",
    )
    performance = chosen_performance([found for found in look(performances) if person.reaches(found)])
    if performance is None:
        return
    with st.container(horizontal=True, gap="small"):
        st.link_button("Open the stage", SCREEN + quote(performance.code), type="primary")
        st.link_button("Go to its desk", f"/desk?performance={quote(performance.code)}")
