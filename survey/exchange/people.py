"""People: tables with one row per respondent and wave, one column per question (per place of a ranking)."""

from collections.abc import Mapping
from dataclasses import dataclass

from survey.exchange.answers import NoAnswer, checked, read_cell, read_comment, single
from survey.exchange.cells import HIDDEN, NOT_ASKED
from survey.exchange.columns import OURS, QUESTION, Field, fields_of, resolve
from survey.exchange.places import Given, Place, not_asked, place_of, present
from survey.exchange.sheet_cells import number_in, words_in
from survey.exchange.tables import Row, Table
from survey.model import Answer, Comment, Filled, Kind, Mode, Question, Questionnaire
from survey.questionnaire import quote_field
from survey.words import Pair


@dataclass(frozen=True)
class ImportedResponse:
    """What one respondent gave in one wave. ``respondent`` links waves within the table; it is never stored."""

    place: Place
    respondent: str
    filled: Filled
    row: int = 0
    words: Pair | None = None
    """The two words of a paper sheet, or those a phone had shown this person."""
    sheet: str = ""
    """The sheet's number."""
    after_reveal: frozenset[str] = frozenset()
    """The questions answered after their result had been shown to the room."""
    hidden: int = 0
    """How many answers the export had hidden."""


def read_people(table: Table, given: Given, complaints: list[str]) -> list[ImportedResponse]:
    """Return the responses in a table, without empty ones; what is wrong is added to the complaints."""
    questionnaires = questionnaires_of(table, given)
    empty = [
        column for column in table.columns if all(row.cell(column) in ("", NOT_ASKED) for row in table.rows)
    ]
    names, wrong = resolve(table.columns, questionnaires, empty=empty)
    wrong = given.missing(table, ("performance", "wave", "mode")) or (wrong if questionnaires else [])
    complaints.extend(wrong)
    if wrong:
        return []
    table = table.renamed(names)
    shown = {meant: column for column, meant in names.items()}
    found: list[ImportedResponse] = []
    seen: dict[tuple[str, str], dict[str, Row]] = {}
    modes: dict[tuple[str, str], Mode] = {}
    for row in table.rows:
        place = place_of(row, given, complaints)
        if place is None:
            continue
        person = row.cell("respondent")
        key = (place.occasion.performance.id, person)
        if person:
            earlier = seen.setdefault(key, {}).setdefault(place.wave, row)
            if earlier is not row:
                complaints.append(
                    row.complaint(
                        f"The respondent {person!r} already answered {place.wave} in row {earlier.number}."
                    )
                )
            mode = modes.setdefault(key, place.mode)
            if mode != place.mode and not (mode.private and place.mode.private):
                complaints.append(row.complaint(f"The respondent {person!r} has two modes. Write one."))
        words, sheet = words_in(row, place, complaints), number_in(row, complaints)
        filled = _filled(row, shown, place, complaints)
        if not filled.empty:
            hidden = sum(cell.strip() == HIDDEN for cell in row.cells.values())
            revealed = _revealed(row, place, complaints)
            found.append(ImportedResponse(place, person, filled, row.number, words, sheet, revealed, hidden))
    return found


def questionnaires_of(table: Table, given: Given) -> list[Questionnaire]:
    """Return the questionnaires that a table's rows may hold answers to."""

    def cells(name: str) -> set[str]:
        return {row.cell(column) for row in table.rows for column in (name, OURS + name)} - {""}

    occasions = [
        occasion
        for code in sorted({*cells("performance"), given.performance} - {""})
        if (occasion := given.find(code)) is not None
    ]
    versions = cells("version")
    return [
        questionnaire
        for occasion in occasions
        for questionnaire in (
            occasion.questionnaire,
            *(one for id, one in occasion.versions.items() if id in versions),
        )
    ]


def _filled(row: Row, shown: Mapping[str, str], place: Place, complaints: list[str]) -> Filled:
    """Return what a row holds. ``shown`` is how the table calls each column."""
    fields = fields_of(place.questionnaire)
    answers: list[Answer] = []
    comments: list[Comment] = []
    ranked: dict[str, list[str]] = {}
    for meant, column in shown.items():
        said = row.cell(meant)
        if not meant.startswith(QUESTION) or not said or said in (NOT_ASKED, HIDDEN):
            continue
        name = meant.removeprefix(QUESTION)
        field = fields.get(name)
        question = field.question if field else None
        if (why := not_asked(question.id if question else name, place)) is not None:
            complaints.append(row.complaint(why, column))
            continue
        assert field is not None
        assert question is not None
        try:
            if field.place is not None:
                _rank(ranked, field, said)
            elif question.kind is Kind.COMMENT:
                if not field.quote:
                    comments.extend(_comment(row, question, said))
            elif options := read_cell(question, said):
                answers.append(Answer(question.id, options))
        except NoAnswer as why_not:
            complaints.append(row.complaint(str(why_not), column))
    for id, places in ranked.items():
        question = place.questionnaire.question(id)
        try:
            answers.append(Answer(id, checked(question, places)))
        except NoAnswer as why_not:
            complaints.append(row.complaint(str(why_not), shown.get(f"{QUESTION}{id}.1", id)))
    order = [one.id for one in place.questionnaire.questions]
    return Filled(
        tuple(sorted(answers, key=lambda one: order.index(one.question))),
        tuple(sorted(comments, key=lambda one: order.index(one.question))),
    )


def _rank(ranked: dict[str, list[str]], field: Field, said: str) -> None:
    question = field.question
    options = read_cell(question, said)  # what programs write where nothing stands is no choice
    if options:
        assert field.place is not None
        ranked.setdefault(question.id, [""] * question.places)[field.place] = single(question, said)


def _comment(row: Row, question: Question, said: str) -> list[Comment]:
    comment = read_comment(question, said, row.cell(QUESTION + quote_field(question)))
    return [comment] if comment else []


def _revealed(row: Row, place: Place, complaints: list[str]) -> frozenset[str]:
    said = {part.strip() for part in present(row, "after_reveal").split(";")} - {""}
    for id in sorted(said):
        if (why := not_asked(id, place)) is not None:
            complaints.append(row.complaint(why, "after_reveal"))
    return frozenset(said)
