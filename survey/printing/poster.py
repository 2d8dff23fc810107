"""The A4 poster: a code to scan, an address to type, and the promise. Set by typst in the vendored font."""

import json
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Literal
from urllib.parse import urlsplit

import typst

from survey.language import _, current
from survey.model import EventKind, Performance
from survey.printing.qr import qr_svg
from survey.settings import ROOT

FONTS = ROOT / "data" / "fonts" / "source-serif-4"
TEMPLATE = Path(__file__).with_name("poster.typ")
BEAM = Path(__file__).with_name("beam.svg")
LONGEST_WORD = 22
"""A longer run of letters without a space may be broken anywhere, so that it never leaves the paper."""
setting = Lock()
"""One page is set at a time: the compiler is shared by every organiser's browser."""


class PosterWrong(Exception):
    """The poster cannot be set; the words say what to change."""


def form_address(public_url: str, code: str) -> str:
    """Return the address of a performance's form: what the code on the poster says, exactly."""
    return f"{public_url}/p/{code}"


def spoken_address(public_url: str) -> str:
    """Return the address to type, without what a browser adds by itself ("talk.example.org/join")."""
    return f"{urlsplit(public_url).netloc}{urlsplit(public_url).path}/join"


def poster_pdf(performance: Performance, *, public_url: str, wifi: str = "") -> bytes:
    """Return the poster as a tagged one-page A4 PDF that carries its fonts.

    Raises PosterWrong when the font has no letters for some of the words.
    """
    return _set(performance, public_url, wifi, "pdf")


def poster_png(performance: Performance, *, public_url: str, wifi: str = "", ppi: int = 110) -> bytes:
    """Return a picture of the same poster, to look at before printing; letters the font lacks are empty boxes."""
    return _set(performance, public_url, wifi, "png", ppi)


def _set(
    performance: Performance, public_url: str, wifi: str, form: Literal["pdf", "png"], ppi: int = 110
) -> bytes:
    words = poster_words(performance, public_url, wifi)
    try:
        with setting:
            made = compiler().compile(
                input=TEMPLATE.read_bytes(),
                format=form,
                ppi=ppi if form == "png" else None,
                sys_inputs={"poster": json.dumps(words), "beam": BEAM.read_text()},
                pdf_standards="ua-1" if form == "pdf" else [],
            )
    except typst.TypstError as wrong:
        if "font" in str(wrong):
            raise PosterWrong(
                "The poster's font has no letters for some of these words. It can print Latin, Greek and "
                "Cyrillic letters. Change the production's name, the venue or the Wi-Fi name."
            ) from wrong
        raise
    page = made[0] if isinstance(made, list) else made
    assert page is not None, "typst returns the page when it is given no file to write"
    return page


def poster_words(performance: Performance, public_url: str, wifi: str) -> dict[str, str]:
    """Return everything the poster says. Words people typed travel as data, never as typst code."""
    address = form_address(public_url, performance.code)
    words = {
        "venue": performance.venue,
        "when": performance.when,
        "title": performance.production,
        "ask": _("What do you think?"),
        "how": _how(performance.kind),
        "scan": _("Scan this with your phone’s camera"),
        "type": _("Or type this address"),
        "address": spoken_address(public_url),
        "code_word": _("and this code"),
        "code": performance.code,
        "promise": _("No app, no name, no payment"),
        "wifi_word": _("Wi-Fi here:") if wifi.strip() else "",
        "wifi": wifi.strip(),
        "free": _("Skip anything you like. We show totals, never one person’s answers."),
        "responsible": _("Responsible for your answers: {name}").format(name=performance.responsible)
        if performance.responsible
        else "",
        "contact": performance.contact,
    }
    wrapped = {name: breakable(text) for name, text in words.items()}
    return wrapped | {
        "language": current(),
        "qr": qr_svg(address),
        "qr_words": _("A code that opens {address}").format(address=address),
    }


def breakable(text: str) -> str:
    """Return the text with invisible places to break inside words too long for a line."""
    return " ".join(
        "\u200b".join(word[at : at + 8] for at in range(0, len(word), 8))
        if len(word) > LONGEST_WORD
        else word
        for word in text.split()
    )


def _how(kind: EventKind) -> str:
    match kind:
        case EventKind.PERFORMANCE:
            return _("Tell us on your phone, before the performance and after it.")
        case EventKind.STREAM | EventKind.SCREENING:
            return _("Tell us on your phone, before you watch and after.")
        case EventKind.WORKSHOP | EventKind.JURY:
            return _("Tell us on your phone, at the start and at the end.")


@cache
def compiler() -> typst.Compiler:
    """Return one compiler that knows our fonts only, so that every machine prints the same page."""
    return typst.Compiler(font_paths=[FONTS], ignore_system_fonts=True)
