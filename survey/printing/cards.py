"""Word cards: small cards with two words, for jurors and for people whose phones keep nothing. Set by typst like the poster."""

from pathlib import Path

from survey.language import _, current
from survey.model import Performance
from survey.printing.poster import spoken_address
from survey.printing.typesetting import Form, LettersMissing, breakable, typeset
from survey.storage.seats import MOST_CARDS, card_pairs

TEMPLATE = Path(__file__).with_name("cards.typ")
PER_PAGE = 10


class CardsWrong(Exception):
    """The cards cannot be set; the words say what to change."""


def cards_pdf(performance: Performance, number: int, *, public_url: str) -> bytes:
    """Return so many different cards on A4 pages to cut up, the same words each time they are printed.

    Raises CardsWrong when the performance is finished or the font has no letters for some of the words.
    """
    return _set(performance, number, public_url, "pdf")[0]


def cards_png(performance: Performance, *, public_url: str, ppi: int = 80) -> bytes:
    """Return a picture of the first page, to look at before printing. Raises CardsWrong like the cards."""
    return _set(performance, PER_PAGE, public_url, "png", ppi)[0]


def cards_words(performance: Performance, number: int, public_url: str) -> dict[str, object]:
    """Return everything the cards say. Raises CardsWrong when the performance is finished."""
    if performance.seat_key is None:
        raise CardsWrong(
            "This performance is finished, so its words lead nowhere. There are no cards to print."
        )
    return {
        "language": current(),
        "title": breakable(performance.production),
        "when": performance.when,
        "keep": _("Keep this card"),
        "how": _("Type these two words before and after."),
        "address": breakable(spoken_address(public_url)),
        "code": performance.code,
        "pairs": [
            pair.shown(current()).split(" ")
            for pair in card_pairs(performance.seat_key, min(number, MOST_CARDS))
        ],
    }


def _set(performance: Performance, number: int, public_url: str, form: Form, ppi: int = 110) -> list[bytes]:
    words = cards_words(performance, number, public_url)
    try:
        return typeset(TEMPLATE, words, form, ppi=ppi)
    except LettersMissing as missing:
        raise CardsWrong(
            "The cards' font has no letters for some of these words. It can print Latin, Greek and Cyrillic "
            "letters. Change the production's name."
        ) from missing
