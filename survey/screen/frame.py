"""What the frame around every screen is made of: its pages, where it begins, and the way out."""

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page as StreamlitPage

from survey.model import Role
from survey.screen import Page
from survey.screen.chosen import PERFORMANCE, chosen_code, staying
from survey.screen.signed_in import Person
from survey.settings import ROOT

FOLDER: Path = ROOT / "pages"
SIGN_OUT = """
<style>
.way-out button { font: inherit; color: inherit; background: none; border: 1px solid currentColor; border-radius: .5rem;
                  min-height: 2.5rem; padding: .25rem .9rem; cursor: pointer; opacity: .85 }
.way-out button:hover, .way-out button:focus-visible { opacity: 1; outline: 2px solid; outline-offset: 2px }
</style>
<form class="way-out" method="post" action="/sign-out"><button type="submit">Sign out</button></form>
"""
"""A form of the browser's own: a page cannot take a cookie back."""


def page_of(page: Page) -> StreamlitPage:
    """Return Streamlit's page for one line of the table."""
    return st.Page(FOLDER / f"{page.path}.py", title=page.title, url_path=page.path)


def homeward(first: StreamlitPage) -> Callable[[], None]:
    """Return the page that only leads to a role's first page, so that no page loses its address by being first."""

    def go() -> None:
        st.switch_page(first)

    return go


def menu(person: Person, pages: Sequence[tuple[Page, StreamlitPage]], current: StreamlitPage) -> None:
    """Run a page beside the menu of a role's pages. The performance that is chosen is chosen behind every link of it."""
    about_one = [page.path for page, _page in pages if page.about_one]
    place = st.sidebar.empty() if person.role is not Role.STAGE else None

    def draw() -> str:
        code = chosen_code()
        if place is not None:
            with place.container():
                for page, target in pages:
                    st.page_link(
                        target, query_params={PERFORMANCE: code} if page.about_one and code else None
                    )
        return code

    drawn = draw()
    way_out(person)

    def run() -> None:
        try:
            current.run()
        finally:
            if chosen_code() != drawn:
                draw()

    staying(about_one if person.role is not Role.STAGE else (), current.url_path, run)


def way_out(person: Person) -> None:
    """Offer to sign out, except on the stage's own screen."""
    if person.role is not Role.STAGE:
        st.sidebar.html(SIGN_OUT)
