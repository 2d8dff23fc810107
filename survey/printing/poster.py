"""The A4 poster: a code to scan, an address to type, and the promise. Set by typst in the vendored font."""

from pathlib import Path
from urllib.parse import urlsplit

from survey.language import _, current
from survey.model import EventKind, Performance
from survey.printing.qr import qr_svg
from survey.printing.typesetting import Form, LettersMissing, breakable, typeset

TEMPLATE = Path(__file__).with_name("poster.typ")
BEAM = Path(__file__).with_name("beam.svg")


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


def _set(performance: Performance, public_url: str, wifi: str, form: Form, ppi: int = 110) -> bytes:
    words = poster_words(performance, public_url, wifi)
    try:
        (page,) = typeset(TEMPLATE, words, form, ppi=ppi, beam=BEAM.read_text())
    except LettersMissing as missing:
        raise PosterWrong(
            "The poster's font has no letters for some of these words. It can print Latin, Greek and "
            "Cyrillic letters. Change the production's name, the venue or the Wi-Fi name."
        ) from missing
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


def _how(kind: EventKind) -> str:
    match kind:
        case EventKind.PERFORMANCE:
            return _("Tell us on your phone, before the performance and after it.")
        case EventKind.STREAM | EventKind.SCREENING:
            return _("Tell us on your phone, before you watch and after.")
        case EventKind.WORKSHOP | EventKind.JURY:
            return _("Tell us on your phone, at the start and at the end.")
