"""Paper sheets, read back from the paper and looked at as pixels: all the words, nothing cut off, words of their own."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise

import pypdfium2
import pytest

from survey.language import speaking
from survey.model import EventKind, Kind, Option, Performance, Question, Questionnaire, Text, Wave
from survey.printing.sheets import AT_ONCE, Sheets, SheetsWrong, sheets_pdf, sheets_png
from survey.questionnaire import (
    load_translations,
    published_questionnaires,
    speaking_also,
)
from survey.storage.seats import MOST_CARDS, MOST_SHEETS, card_pairs, sheet_pairs
from survey.words import Pair, read_pair
from tests.databases import UNSTORED

KEY = bytes(range(32))
HOUSE = replace(UNSTORED, seat_key=KEY)
ALL = {questionnaire.id: questionnaire for questionnaire, _content in published_questionnaires()}
KINDS = {"citizens-jury": EventKind.JURY, "safeguards": EventKind.WORKSHOP}


def sheets(id: str, number: int = 1, **more: object) -> Sheets:
    """So many sheets of one of the questionnaires that come with the app."""
    house = replace(HOUSE, kind=KINDS.get(id, EventKind.PERFORMANCE))
    return replace(Sheets(house, ALL[id], number=number), **more)  # type: ignore[arg-type]


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def pages(pdf: bytes) -> list[str]:
    """What each page says, as one line."""
    with opened(pdf) as document:
        return [
            " ".join(page.get_textpage().get_text_bounded().replace("\u200b", "").split())
            for page in document
        ]


def joined(text: object) -> str:
    """Words without spaces: a line may break anywhere."""
    return re.sub(r"\s+", "", str(text))


def heading(id: str, wave: Wave) -> str:
    return {
        ("the-nest", Wave.BEFORE): "Before the performance",
        ("the-nest", Wave.AFTER): "After the performance",
        ("safeguards", Wave.BEFORE): "Before the workshop",
        ("safeguards", Wave.AFTER): "After the workshop",
        ("citizens-jury", Wave.BEFORE): "At the start of the jury",
        ("citizens-jury", Wave.AFTER): "At the end of the jury",
    }[id, wave]


@pytest.mark.parametrize("wave", list(Wave))
@pytest.mark.parametrize("id", sorted(ALL))
def test_every_published_word_of_a_wave_stands_on_its_pages_and_on_no_other(id: str, wave: Wave) -> None:
    questionnaire = ALL[id]
    said = pages(sheets_pdf(sheets(id)))
    mine = joined(" ".join(page for page in said if heading(id, wave) in page))

    for question in questionnaire.asked_in(wave):
        for words in (question.stem, question.text, question.note_title, question.note):
            assert words is None or joined(words) in mine
        for option in question.options:
            assert joined(option.label) in mine
        assert question.stem is None or mine.count(joined(question.stem)) == 1
    for question in questionnaire.questions:
        if wave not in question.asked:
            assert joined(question.stem or question.text) not in mine


@pytest.mark.parametrize("id", sorted(ALL))
def test_nothing_is_cut_off_or_in_the_printers_margin(id: str) -> None:
    with opened(sheets_pdf(sheets(id))) as document:
        for page in document:
            width, height = page.get_size()
            text = page.get_textpage()
            boxes = [
                text.get_charbox(n) for n in range(text.count_chars()) if text.get_text_range(n, 1).strip()
            ]
            for left, bottom, right, top in boxes:
                assert 28 <= left <= right <= width - 28
                assert 28 <= bottom <= top <= height - 28
            drawn = page.render(scale=1).to_pil().convert("L").point(lambda light: 255 * (light < 250))
            left, top, right, bottom = drawn.getbbox()
            assert min(left, top, round(width) - right, round(height) - bottom) >= 28  # a centimetre


@pytest.mark.parametrize(("id", "there"), [("citizens-jury", 2), ("safeguards", 2), ("the-nest", 3)])
def test_before_takes_one_page_and_no_page_is_nearly_empty(id: str, there: int) -> None:
    said = pages(sheets_pdf(sheets(id)))

    assert sum(heading(id, Wave.BEFORE) in page for page in said) == 1
    assert len(said) == there
    assert [page.rpartition(" ")[2] for page in said] == [f"{n}/{there}" for n in range(1, there + 1)]


def test_every_page_carries_the_sheets_number_and_words_and_who_is_responsible() -> None:
    said = pages(sheets_pdf(sheets("the-nest", 3)))

    assert len(said) == 9
    for number, pair in enumerate(sheet_pairs(KEY, 3), start=1):
        for page in said[3 * number - 3 : 3 * number]:
            assert f"Sheet {number} {pair.shown('en')}" in page
            assert "Responsible for your answers: Example Theatre · hello@theatre.example" in page


def test_before_says_how_the_words_are_used_and_when_to_hand_the_page_in() -> None:
    before, after = pages(sheets_pdf(sheets("safeguards")))

    assert "If you answer the other questions on a phone, type these two words." in before
    assert "Please give this page back before it begins." in before
    assert "Answered before on a phone? Write the two words it showed you:" in after
    for page in (before, after):
        assert "Nothing is compulsory." in page
        assert "never for fewer than ten people" in page


def test_a_jurys_sheet_says_that_exact_totals_are_published() -> None:
    for page in pages(sheets_pdf(sheets("citizens-jury"))):
        assert "Exact totals will be published, even if everyone votes alike." in page
        assert "fewer than ten" not in page


def test_how_to_mark_an_answer_is_said_in_words() -> None:
    nest = " ".join(pages(sheets_pdf(sheets("the-nest"))))
    order = " ".join(pages(sheets_pdf(sheets("safeguards"))))

    for words in (
        "Tick one in each row.",
        "Tick all that apply. “None of these” stands alone: with it, tick nothing else.",
        "Choose up to three.",
        "“I have no concerns” stands alone",
        "Mark one number in each row. 0 do not trust at all 10 complete trust",
        "0 1 2 3 4 5 6 7 8 9 10",
        "A person reads it before anyone else sees it.",
        "You may quote this without my name",
    ):
        assert words in nest
    assert "Tick up to" not in nest, "the question says it already"
    assert "Write 1, 2, 3 in the boxes: 1 is your first choice. Leave the others empty." in order


def test_printing_again_gives_the_same_sheets_and_later_ones_follow() -> None:
    def words(first: int, number: int) -> list[Pair]:
        found = pages(sheets_pdf(sheets("safeguards", number, first=first)))
        return [pair for page in found if (pair := _pair_on(page))]

    assert words(1, 4) == words(1, 4) == [pair for pair in sheet_pairs(KEY, 4) for _page in range(2)]
    assert words(3, 2) == words(1, 4)[4:]


def _pair_on(page: str) -> Pair | None:
    found = re.search(r"Sheet \d+ (\w+ \w+)", page)
    return read_pair(found[1]) if found else None


def test_sheets_cards_and_phones_never_have_the_same_words() -> None:
    on_sheets = sheet_pairs(KEY)

    assert len(set(on_sheets)) == MOST_SHEETS
    assert set(on_sheets).isdisjoint(card_pairs(KEY, MOST_CARDS))
    assert all(pair.on_a_card for pair in on_sheets)  # phones' pairs are an odd distance apart
    assert sheet_pairs(KEY, 3) == on_sheets[:3]


def test_no_more_sheets_than_one_pdf_holds_are_set() -> None:
    one = Questionnaire("one", 1, Text({"en": "One"}), ("en",), (_asked("a", "Yes?"),))

    assert len(pages(sheets_pdf(Sheets(HOUSE, one, number=AT_ONCE + 5)))) == AT_ONCE
    assert len(pages(sheets_pdf(Sheets(HOUSE, one, first=MOST_SHEETS, number=5)))) == 1


def test_a_questionnaire_that_asks_once_prints_one_wave_and_no_words_to_put_together() -> None:
    one = Questionnaire("one", 1, Text({"en": "One"}), ("en",), (_asked("a", "Was it good?"),))
    (page,) = pages(sheets_pdf(Sheets(HOUSE, one)))

    assert page.startswith("The Nest · 25 April 2026 After the performance Sheet 1 Example Theatre asks")
    assert "two words" not in page


def _asked(id: str, words: str, kind: Kind = Kind.ONE) -> Question:
    options = tuple(Option(word, Text({"en": word})) for word in ("Yes", "No"))
    return Question(id, kind, Text({"en": words}), options)


@pytest.mark.parametrize(
    "words", ['#panic("ran") $x^2$ *bold* @ref', "W" * 150, "Zażółć gęślą jaźń, Ελλάδα " * 4]
)
def test_words_people_typed_stay_words_and_on_the_page(words: str) -> None:
    house: Performance = replace(HOUSE, production=words, responsible=words, contact=words)
    pdf = sheets_pdf(Sheets(house, ALL["safeguards"]))

    with opened(pdf) as document:
        for page in document:
            text = page.get_textpage()
            boxes = [text.get_charbox(n) for n in range(text.count_chars())]
            assert max(box[2] for box in boxes) <= page.get_size()[0] - 28
            there = [box for box in boxes if box[3] > box[1]]
            assert min(box[1] for box in there) >= 14  # half a centimetre: what printers leave white
            assert max(box[3] for box in there) <= page.get_size()[1] - 14
    assert all(words.split()[0][:8] in page for page in pages(pdf))


def test_a_sheet_in_polish_speaks_polish_throughout() -> None:
    spoken = {each.language: each.words for each in load_translations(ALL["safeguards"])}
    polish = speaking_also(ALL["safeguards"], {"pl": spoken["pl"]})
    said = pages(sheets_pdf(Sheets(HOUSE, polish, language="pl")))

    with speaking("pl"):
        for question in polish.questions:
            assert joined(question.text) in joined(" ".join(said))
    assert "Arkusz 1" in said[0]
    assert sheet_pairs(KEY, 1)[0].shown("pl") in said[0]
    assert "Sheet" not in " ".join(said)


def test_long_words_of_another_language_do_not_run_into_each_other() -> None:
    spoken = {each.language: each.words for each in load_translations(ALL["the-nest"])}
    polish = speaking_also(ALL["the-nest"], {"pl": spoken["pl"]})
    by_line: dict[int, list[tuple[float, float]]] = {}
    with opened(sheets_pdf(Sheets(HOUSE, polish, language="pl"))) as document:
        text = document[0].get_textpage()
        search = text.search("prawdopodobne")
        while (found := search.get_next()) is not None:
            boxes = [text.get_charbox(n) for n in range(found[0], found[0] + found[1])]
            by_line.setdefault(round(boxes[0][1]), []).append((boxes[0][0], boxes[-1][2]))

    columns = sorted(by_line[max(by_line, key=lambda line: len(by_line[line]))])
    assert len(columns) == 4  # very and fairly unlikely, fairly and very likely
    assert all(left[1] + 2 < right[0] for left, right in pairwise(columns))


@pytest.mark.parametrize("language", ["ur", "ar", "zh-Hans"])
def test_a_script_the_font_does_not_hold_is_said_not_printed_as_boxes(language: str) -> None:
    spoken = {each.language: each.words for each in load_translations(ALL["safeguards"])}
    other = speaking_also(ALL["safeguards"], {language: spoken[language]})

    with pytest.raises(SheetsWrong, match="no letters"):
        sheets_png(Sheets(HOUSE, other, language=language))


def test_the_preview_is_a_picture_of_each_page() -> None:
    pictures = sheets_png(sheets("the-nest"))
    assert [picture[:4] for picture in pictures] == [b"\x89PNG"] * 3


def test_a_finished_performance_has_no_sheets() -> None:
    with pytest.raises(SheetsWrong, match="finished"):
        sheets_pdf(replace(sheets("the-nest"), performance=replace(HOUSE, seat_key=None)))
