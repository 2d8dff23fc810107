"""A battery: one stem, and rows that are full questions."""

from dataclasses import replace

from survey.model import Question
from survey.questionnaire.marked import joined
from survey.questionnaire.part import Part
from survey.questionnaire.question import KEYS, kind_of, parse_question

OF_ROWS = {"id", "text", "short", "was", "benchmark"}


def parse_battery(part: Part) -> tuple[Question, ...]:
    """Return the rows of a battery as questions that carry its id and stem. Raises QuestionnaireWrong.

    ``text`` of the battery is the stem; kind, options, waves, classes and note stand once, for all rows.
    """
    id = part.code("battery")
    stem = part.text("text")
    own = {"battery", "text", "rows"}
    shared = joined({}, part.content, but=own)
    part.allow((KEYS[kind_of(part)] - (OF_ROWS - {"benchmark"})) | own)
    rows: list[Question] = []
    for position, content in enumerate(part.parts("rows"), start=1):
        row = part.within(f"{part.place}, row {position}", content)
        row.allow(OF_ROWS)
        rows.append(parse_question(replace(row, content=joined(shared, row.content)), battery=id, stem=stem))
    return tuple(rows)
