"""The poster, read back from its pixels as a phone and a passer-by would."""

import ctypes
from dataclasses import replace

import numpy
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image

from survey.model import EventKind
from survey.printing.poster import PosterWrong, poster_pdf, poster_png, spoken_address
from survey.printing.qr import BORDER, qr_modules, qr_svg
from survey.printing.typesetting import breakable
from tests.codes import read_code
from tests.databases import UNSTORED

PUBLIC = "https://talk.theatre.example"
HOSTILE = [
    '#panic("ran") $x^2$ *bold* _low_ @ref <label> `code` // comment',
    "\"quoted\" 'single' back\\slash \\u{41} #{1+1} ] } ) [ { (",
    "Zażółć gęślą jaźń, Łódź; Ðuro, Ångström, Ελλάδα, Київ",
    "Donaudampfschifffahrtsgesellschaftskapitänskajüte " * 4,
    "W" * 200,
]


def page_of(pdf: bytes) -> Image.Image:
    """The one page of a poster at 150 dots per inch."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        assert len(document) == 1
        picture: Image.Image = document[0].render(scale=150 / 72).to_pil().convert("RGB")
        return picture
    finally:
        document.close()


def read(pdf: bytes) -> str:
    """The words of the page, spaces left out: letters set apart are read as words."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        text = document[0].get_textpage().get_text_bounded()
    finally:
        document.close()
    return "".join(text.replace("\u200b", "").split())


@pytest.mark.parametrize("public", [PUBLIC, "http://192.168.1.20:8501", "http://venue.test:9000"])
def test_the_code_on_the_paper_is_exactly_the_address_of_the_form(public: str) -> None:
    poster = poster_pdf(UNSTORED, public_url=public, wifi="53Two Guest")

    assert read_code(page_of(poster)) == f"{public}/p/k7qm4xpd"


def test_the_preview_shows_the_same_code() -> None:
    assert read_code(poster_png(UNSTORED, public_url=PUBLIC)) == f"{PUBLIC}/p/k7qm4xpd"


def test_the_page_is_a4_and_says_everything_a_passer_by_needs() -> None:
    poster = poster_pdf(UNSTORED, public_url=PUBLIC, wifi="53Two Guest")
    document = pypdfium2.PdfDocument(poster)
    size = document[0].get_size()
    document.close()

    assert size == pytest.approx((595.28, 841.89), abs=0.1)
    words = read(poster)
    for part in (
        "53TWO, MANCHESTER",
        "25 APRIL 2026",
        "The Nest",
        "talk.theatre.example/join",
        "k7qm4xpd",
        "No app, no name, no payment",
        "53Two Guest",
        "Example Theatre",
        "hello@theatre.example",
    ):
        assert part.replace(" ", "") in words


def test_what_is_not_known_is_not_mentioned() -> None:
    unknown = replace(UNSTORED, venue="", responsible="", contact="", date_precision="year")

    words = read(poster_pdf(unknown, public_url=PUBLIC))

    assert "Wi-Fi" not in words
    assert "Responsible" not in words
    assert words.startswith("2026TheNest")


@pytest.mark.parametrize("words", HOSTILE)
def test_words_people_typed_stay_words(words: str) -> None:
    hostile = replace(UNSTORED, production=words, venue=words, responsible=words, contact=words)
    poster = poster_pdf(hostile, public_url=PUBLIC, wifi=words)

    assert read_code(page_of(poster)) == f"{PUBLIC}/p/k7qm4xpd"
    assert read(poster).count("".join(words.split())) >= 3, (
        "title, Wi-Fi name and contact are printed letter by letter"
    )


def test_the_longest_name_leaves_room_around_the_edge_of_the_paper() -> None:
    hostile = replace(UNSTORED, production="W" * 200, venue="Wm" * 90)
    picture = numpy.asarray(page_of(poster_pdf(hostile, public_url=PUBLIC, wifi="W" * 80))).min(axis=2)

    margin = round(12 / 25.4 * 150)
    dark = picture < 120
    assert not dark[:, :margin].any()
    assert not dark[:, -margin:].any()
    assert not dark[-round(8 / 25.4 * 150) :, :].any()


def test_every_letter_is_set_in_the_font_that_comes_with_the_house() -> None:
    document = pypdfium2.PdfDocument(poster_pdf(UNSTORED, public_url=PUBLIC, wifi="53Two Guest"))
    families = set()
    for thing in document[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=5):
        font = pdfium.FPDFTextObj_GetFont(thing.raw)
        name = ctypes.create_string_buffer(100)
        pdfium.FPDFFont_GetBaseFontName(font, name, 100)
        assert pdfium.FPDFFont_GetIsEmbedded(font) == 1
        families.add(name.value.decode().split("+")[-1].split("-")[0])
    document.close()

    assert families == {"SourceSerif4", "SourceSerif4Display"}


def test_letters_the_font_does_not_have_are_refused_in_plain_words() -> None:
    with pytest.raises(PosterWrong, match="has no letters for some of these words"):
        poster_pdf(replace(UNSTORED, production="گھونسلا"), public_url=PUBLIC)


def test_a_jury_is_not_called_a_performance() -> None:
    words = read(poster_pdf(replace(UNSTORED, kind=EventKind.JURY), public_url=PUBLIC))

    assert "atthestartandattheend" in words
    assert "performance" not in words


def test_the_code_keeps_its_white_border() -> None:
    modules = qr_modules(f"{PUBLIC}/p/k7qm4xpd")

    assert BORDER == 4
    border = [*modules[:4], *modules[-4:], *(row[:4] + row[-4:] for row in modules)]
    assert not any(any(row) for row in border)
    assert modules[4][4:11] == [True] * 7, "the finder pattern begins right after the border"
    assert f'viewBox="0 0 {len(modules)} {len(modules)}"' in qr_svg(f"{PUBLIC}/p/k7qm4xpd")


def test_the_address_to_type_leaves_out_what_a_browser_adds() -> None:
    assert spoken_address("https://talk.example.org") == "talk.example.org/join"
    assert spoken_address("http://10.0.0.5:8501") == "10.0.0.5:8501/join"


def test_only_words_too_long_for_a_line_may_break_anywhere() -> None:
    assert breakable("The  Nest") == "The Nest"
    assert breakable("a" * 30).split("\u200b") == ["a" * 8, "a" * 8, "a" * 8, "a" * 6]
