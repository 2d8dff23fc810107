"""Word cards, read back from the paper: every pair another one, and each a card's pair that phones may type."""

from dataclasses import replace

import pypdfium2
import pytest

from survey.printing.cards import PER_PAGE, CardsWrong, cards_pdf, cards_png
from survey.storage.seats import MOST_CARDS, card_pairs
from survey.words import Pair, read_pair
from tests.databases import UNSTORED

PUBLIC = "https://talk.theatre.example"
HOUSE = replace(UNSTORED, seat_key=bytes(range(32)))


def lines(pdf: bytes) -> list[str]:
    """Every line of every page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            line.replace("\u200b", "").strip()
            for page in document
            for line in page.get_textpage().get_text_bounded().splitlines()
        ]
    finally:
        document.close()


def printed(pdf: bytes) -> list[Pair]:
    """The pairs on the cards, as somebody reading them types them."""
    return [pair for line in lines(pdf) if (pair := read_pair(line)) is not None]


def test_every_card_has_words_of_its_own_that_no_phone_is_shown() -> None:
    pairs = printed(cards_pdf(HOUSE, 120, public_url=PUBLIC))

    assert len(pairs) == len(set(pairs)) == 120
    assert all(pair.on_a_card for pair in pairs)
    assert set(pairs) <= set(card_pairs(bytes(range(32))))


def test_a_card_says_what_to_do_with_it_and_where() -> None:
    said = lines(cards_pdf(HOUSE, 3, public_url=PUBLIC))

    for words in (
        f"{HOUSE.production} · {HOUSE.when}",
        "Keep this card",
        "Type these two words before and after.",
        "talk.theatre.example/join",
    ):
        assert said.count(words) == 3
    assert [line.replace(" ", "") for line in said].count(HOUSE.code) == 3


def test_printing_again_gives_the_same_cards_and_more_begin_with_them() -> None:
    few, many = (printed(cards_pdf(HOUSE, number, public_url=PUBLIC)) for number in (12, 25))

    assert many[:12] == few
    assert printed(cards_pdf(replace(HOUSE, seat_key=b"x" * 32), 12, public_url=PUBLIC)) != few


@pytest.mark.parametrize(("number", "pages"), [(1, 1), (PER_PAGE, 1), (PER_PAGE + 1, 2), (1000, 40)])
def test_ten_cards_stand_on_a_page_and_there_are_four_hundred_at_most(number: int, pages: int) -> None:
    document = pypdfium2.PdfDocument(cards_pdf(HOUSE, number, public_url=PUBLIC))
    sizes = {tuple(round(side) for side in page.get_size()) for page in document}
    there = len(document)
    document.close()

    assert sizes == {(595, 842)}
    assert there == pages
    assert pages <= MOST_CARDS // PER_PAGE


@pytest.mark.parametrize(
    "words", ['#panic("ran") $x^2$ *bold* @ref', "W" * 150, "Zażółć gęślą jaźń, Ελλάδα " * 4]
)
def test_words_people_typed_stay_words_and_on_their_card(words: str) -> None:
    pdf = cards_pdf(replace(HOUSE, production=words, venue=words), PER_PAGE, public_url=PUBLIC)

    document = pypdfium2.PdfDocument(pdf)
    there = len(document)
    document.close()
    assert there == 1
    assert words.split()[0][:8] in "".join(lines(pdf))


def test_the_preview_is_a_picture() -> None:
    assert cards_png(HOUSE, public_url=PUBLIC).startswith(b"\x89PNG")


def test_what_cannot_be_printed_says_what_to_do() -> None:
    with pytest.raises(CardsWrong, match="no letters"):
        cards_pdf(replace(HOUSE, production="巢"), 1, public_url=PUBLIC)
    with pytest.raises(CardsWrong, match="finished"):
        cards_pdf(replace(HOUSE, seat_key=None), 1, public_url=PUBLIC)
