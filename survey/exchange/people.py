"""People: tables with one row per respondent and wave, one column per question (per place of a ranking)."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

from survey.exchange.columns import columns_of
from survey.exchange.places import COLUMNS, Given, Place, not_asked, option_of, place_of
from survey.exchange.sheet_cells import number_in, words_in
from survey.exchange.tables import Row, Table
from survey.model import Filled, Kind, Mode, Provenance, Question
from survey.questionnaire import quote_field, read_form
from survey.words import Pair

SEVERAL = ";"
"""What stands between several answers in one cell."""
INVENTED = frozenset({Provenance.DEMONSTRATION.value, Provenance.REHEARSAL.value})
"""Rows of an export that may not come back as past evidence."""
LEFT_ALONE = ("respondent", "words", "sheet", "provenance", "language", "version", "after_reveal")
"""Columns that are no questions; all but the first three come from an export of ours and are not read."""


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


def read_people(table: Table, given: Given, complaints: list[str]) -> list[ImportedResponse]:
    """Return the responses in a table, without empty ones; what is wrong is added to the complaints."""
    asked = [column for column in table.columns if column not in (*COLUMNS, *LEFT_ALONE)]
    known = _known(table, given)
    for column in asked:
        if column not in known:
            near = difflib.get_close_matches(column, sorted(known), n=1)
            hint = f"Did you mean {near[0]!r}?" if near else "Take it out, or give it a question's id."
            complaints.append(f"Row 1: The column {column!r} is no question. {hint}")
    if complaints:
        return []
    found: list[ImportedResponse] = []
    seen: dict[tuple[str, str], dict[str, Row]] = {}
    modes: dict[tuple[str, str], Mode] = {}
    for row in table.rows:
        place = place_of(row, given, complaints)
        if place is None:
            continue
        if row.cell("provenance").lower() in INVENTED:
            complaints.append(
                row.complaint(
                    f"These answers are {row.cell('provenance')}. Nobody gave them: leave them out."
                )
            )
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
        filled = _filled(row, asked, place, complaints)
        if not filled.empty:
            found.append(ImportedResponse(place, person, filled, row.number, words, sheet))
    return found


def _known(table: Table, given: Given) -> set[str]:
    """Return the columns that any of the table's questionnaires can fill."""
    codes = {row.cell("performance") or given.performance for row in table.rows}
    occasions = [occasion for code in codes if code and (occasion := given.find(code)) is not None]
    known: set[str] = set()
    for occasion in occasions:
        for question in occasion.questionnaire.questions:
            known.update(columns_of(question))
            if question.kind is Kind.COMMENT:
                known.add(quote_field(question))
    return known if occasions else set(table.columns)


def _filled(row: Row, asked: list[str], place: Place, complaints: list[str]) -> Filled:
    questionnaire = place.occasion.questionnaire
    ticks = {quote_field(question) for question in questionnaire.questions}
    places = {
        column: (question, number)
        for question in questionnaire.questions
        if question.places
        for number, column in enumerate(columns_of(question))
    }
    fields: dict[str, list[str]] = {}
    for column in asked:
        said = row.cell(column)
        if not said:
            continue
        if column in ticks:
            fields[column] = [said.lower()]
            continue
        ranked, number = places.get(column, (None, 0))
        id = ranked.id if ranked else column
        if (why := not_asked(id, place)) is not None:
            complaints.append(row.complaint(why))
        elif ranked:
            fields.setdefault(id, [""] * ranked.places)[number] = option_of(ranked, said)
        else:
            fields[id] = _answers(questionnaire.question(id), said)
    filled = read_form(questionnaire, place.wave, fields)
    complaints.extend(row.complaint(what) for what in _problems(filled.problems, fields))
    return filled


def _answers(question: Question, said: str) -> list[str]:
    if question.kind is Kind.COMMENT:
        return [said]
    if question.kind is not Kind.MANY:
        return [option_of(question, said)]
    return [option_of(question, part.strip()) for part in said.split(SEVERAL)]


def _problems(problems: Mapping[str, str], fields: Mapping[str, list[str]]) -> list[str]:
    return [f"{id!r} is {_short('; '.join(fields[id]))!r}. {what}" for id, what in problems.items()]


def _short(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:39]}…"
