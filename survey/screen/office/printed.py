"""What a page offers to print: a PDF to download, a picture of it, or why it cannot be set."""

from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from survey.screen.office.markup import markup


def offer_pdf(label: str, pdf: bytes | Callable[[], bytes], name: str, *, first: bool = False) -> None:
    """Offer a PDF; one given as a function is set only when somebody asks for it. ``first``: what most people came for."""
    data: Any = pdf
    st.download_button(label, data, name, "application/pdf", type="primary" if first else "secondary")


def show_pictures(space: DeltaGenerator, pictures: Sequence[bytes], alt: str) -> None:
    """Show pictures of what will be printed, two beside each other where there are several."""
    with space, st.container(border=True):
        columns = st.columns(min(len(pictures), 2)) * len(pictures)
        for picture, column in zip(pictures, columns, strict=False):
            column.image(picture, alt=alt, width="stretch")


def stop_with(space: DeltaGenerator, wrong: Exception) -> NoReturn:
    """Say why something cannot be printed, and end the page there."""
    space.html(markup("notice.html", words=str(wrong), trouble=True))
    st.stop()
