"""Paper sheets: the questionnaire for people without a phone, *before* and *after* each on pages of their own.

Every page carries the sheet's number and its two words, so that what one person gives on paper and on a phone, or on two
pages that were handed in apart, can be put together without a name.
"""

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from survey.language import _, current, speaking
from survey.model import EventKind, Kind, Performance, Question, Questionnaire, Wave
from survey.printing.typesetting import Form, LettersMissing, breakable, typeset
from survey.questionnaire.hints import tick_hint
from survey.room.occasion import occasion_words
from survey.storage.seats import sheet_pairs

TEMPLATE = Path(__file__).with_name("sheets.typ")
AT_ONCE = 100
"""How many sheets are set in one PDF: more would keep other people waiting for their posters."""
PER_LINE = 60
"""How many characters a person writes on one line."""
MOST_LINES = 8
MOST_COLUMNS = 5
LONGEST_IN_COLUMN = 14
"""A longer word does not fit a column of a table: those answers stand below each other."""


class SheetsWrong(Exception):
    """The sheets cannot be set; the words say what to change."""


@dataclass(frozen=True)
class Sheets:
    """What is printed: so many sheets of a performance's questionnaire, from the first number on, in a language."""

    performance: Performance
    questionnaire: Questionnaire
    first: int = 1
    number: int = 1
    language: str = "en"


def sheets_pdf(sheets: Sheets) -> bytes:
    """Return the sheets as a tagged A4 PDF, the same words each time they are printed.

    Raises SheetsWrong when the performance is finished or the font has no letters for some of the words.
    """
    return _set(sheets, "pdf")[0]


def sheets_png(sheets: Sheets, *, ppi: int = 70) -> list[bytes]:
    """Return a picture of each page, to look at before printing. Raises SheetsWrong like the PDF."""
    sheets_pdf(sheets)  # only there are letters that the font lacks refused
    return _set(sheets, "png", ppi)


def sheets_words(sheets: Sheets) -> dict[str, object]:
    """Return everything the sheets say, in the language spoken now. Raises SheetsWrong when the performance is finished."""
    performance, questionnaire = sheets.performance, sheets.questionnaire
    if performance.seat_key is None:
        raise SheetsWrong("This performance is finished. There are no sheets to print.")
    waves = [wave for wave in Wave if questionnaire.asked_in(wave)]
    numbered = list(enumerate(sheet_pairs(performance.seat_key), start=1))
    responsible = _("Responsible for your answers: {name}").format(name=performance.responsible)
    return {
        "language": current().partition("-")[0],
        "title": breakable(performance.production),
        "when": performance.when,
        "name": _("Paper sheets"),
        "responsible": performance.responsible,
        "reach": breakable(
            " · ".join(
                part for part in (performance.responsible and responsible, performance.contact) if part
            )
        ),
        "sheets": [
            {
                "number": str(number),
                "name": _("Sheet {number}").format(number=number),
                "words": pair.shown(current()) if len(waves) > 1 else "",
            }
            for number, pair in numbered[sheets.first - 1 :][: min(sheets.number, AT_ONCE)]
        ],
        "waves": [_wave(sheets, wave, linked=len(waves) > 1) for wave in waves],
    }


def _wave(sheets: Sheets, wave: Wave, *, linked: bool) -> dict[str, object]:
    performance, asked = sheets.performance, sheets.questionnaire.asked_in(wave)
    first = [_notice(performance, sheets.questionnaire)]
    if linked and wave is Wave.BEFORE:
        first.append(_("If you answer the other questions on a phone, type these two words."))
    blocks = groupby(asked, key=lambda question: question.battery or question.id)
    return {
        "heading": occasion_words(performance.kind, wave).heading,
        "first": [breakable(words) for words in first],
        "phone": _("Answered before on a phone? Write the two words it showed you:")
        if linked and wave is Wave.AFTER
        else "",
        "questions": [_block(number, list(block)) for number, (_id, block) in enumerate(blocks, start=1)],
        "last": _("Please give this page back before it begins.") if linked and wave is Wave.BEFORE else "",
    }


def _notice(performance: Performance, questionnaire: Questionnaire) -> str:
    """Return the notice of the phone's form, without what paper cannot keep: a code to see or delete answers."""
    asks = _("%(responsible)s asks these questions.") % {"responsible": performance.responsible}
    totals = (
        _("We do not ask who you are. Exact totals will be published, even if everyone votes alike.")
        if performance.kind is EventKind.JURY
        else _(
            "We do not ask who you are. We show your choices only in totals, never for fewer than ten people."
        )
    )
    return " ".join(
        part
        for part in (
            asks if performance.responsible else "",
            str(questionnaire.opening or _("Skip anything.")),
            _("Nothing is compulsory."),
            totals,
            _("Somebody will type what you write here into a computer."),
        )
        if part
    )


def _block(number: int, questions: list[Question]) -> dict[str, object]:
    """Return one numbered block: a question, or a battery with its stem said once."""
    first = questions[0]
    labels = [breakable(str(option.label)) for option in first.options]
    shape = {Kind.NUMBER: "numbers", Kind.COMMENT: "lines"}.get(first.kind, "list")
    narrow = len(labels) <= MOST_COLUMNS and all(
        len(word) <= LONGEST_IN_COLUMN for words in labels for word in words.split()
    )
    if (
        narrow
        and shape == "list"
        and (first.kind is Kind.SCALE or (first.battery and first.kind is not Kind.RANK))
    ):
        shape = "matrix"
    return {
        "number": number,
        "text": breakable(str(first.stem or first.text)),
        "note_title": str(first.note_title or ""),
        "note": breakable(str(first.note or "")),
        "hint": _hint(first),
        "shape": shape,
        "round": first.kind in (Kind.SCALE, Kind.ONE),
        "options": labels,
        "rows": [breakable(str(question.text)) for question in questions] if first.battery else [],
        "low": str(first.low_label or ""),
        "high": str(first.high_label or ""),
        "lines": min(-(-first.limit // PER_LINE), MOST_LINES) if first.kind is Kind.COMMENT else 0,
        "quote": _("You may quote this without my name"),
    }


def _hint(question: Question) -> str:
    """Return how to mark an answer; what a phone would say when it cannot keep one stands here beforehand."""
    alone = [
        _("“{answer}” stands alone: with it, tick nothing else.").format(answer=option.label)
        for option in question.options
        if option.exclusive
    ]
    match question.kind:
        case Kind.SCALE | Kind.ONE:
            return _("Tick one in each row.") if question.battery else _("Tick one.")
        case Kind.MANY:
            return " ".join([*filter(None, [tick_hint(question)]), *alone])
        case Kind.NUMBER:
            return _("Mark one number in each row.") if question.battery else _("Mark one number.")
        case Kind.RANK:
            places = ", ".join(str(place) for place in range(1, question.places + 1))
            return _("Write {places} in the boxes: 1 is your first choice. Leave the others empty.").format(
                places=places
            )
        case Kind.COMMENT:
            return _("A person reads it before anyone else sees it.")


def _set(sheets: Sheets, form: Form, ppi: int = 70) -> list[bytes]:
    with speaking(sheets.language):
        words = sheets_words(sheets)
    try:
        return typeset(TEMPLATE, words, form, ppi=ppi)
    except LettersMissing as missing:
        raise SheetsWrong(
            "The sheets' font has no letters for some of these words. It can print Latin, Greek and Cyrillic "
            "letters. Choose another language, or change the production's name."
        ) from missing
