"""Markup of the office: words people typed reach a page through an autoescaped template, never through Markdown."""

from base64 import b64encode

import streamlit as st

from survey.screen.templating import rendered, stylesheet


def dress() -> None:
    """Give a page the office's look. Call it first on every page of the office."""
    st.set_page_config(layout="wide")
    st.html(stylesheet("office/office.css"))


def show(template: str, **words: object) -> None:
    """Show one of the office's templates with these words."""
    st.html(markup(template, **words))


def markup(template: str, **words: object) -> str:
    """Return one of the office's templates with these words, escaped."""
    return rendered(f"office/{template}", **words)


def picture(svg: str) -> str:
    """Return a drawing as an address an image can have."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
