"""Remarks: comments that come apart from their writers' answers, as an export writes them. Nobody is counted by them."""

from dataclasses import dataclass

from survey.exchange.answers import NoAnswer, offered, read_comment
from survey.exchange.columns import OF_COMMENTS, OURS, called_question
from survey.exchange.places import Given, Place, not_asked, place_of
from survey.exchange.tables import Table
from survey.model import Comment, Kind, Mode


@dataclass(frozen=True)
class Remark:
    """One comment, and where it belongs."""

    place: Place
    comment: Comment


def is_remarks(table: Table) -> bool:
    """Return whether a table holds comments only."""
    columns = {column.removeprefix(OURS) for column in table.columns}
    return {"question", "comment"} <= columns and "option" not in columns


def read_remarks(table: Table, given: Given, complaints: list[str]) -> list[Remark]:
    """Return the comments in a table; what is wrong is added to the complaints."""
    table = table.renamed({column: column.removeprefix(OURS) for column in table.columns})
    for column in table.columns:
        if column not in OF_COMMENTS:
            complaints.append(
                f"Row 1: The column {column!r} is not known beside comments. Use: {', '.join(OF_COMMENTS)}."
            )
    complaints.extend(given.missing(table, ("performance", "wave")))
    found: list[Remark] = []
    for row in table.rows if not complaints else ():
        place = place_of(row, given, complaints, mode=Mode.OTHER)
        if place is None:
            continue
        id = called_question(place.questionnaire, row.cell("question"))
        if (why := not_asked(id, place)) is not None:
            complaints.append(row.complaint(why, "question"))
            continue
        question = place.questionnaire.question(id)
        try:
            if question.kind is not Kind.COMMENT:
                raise NoAnswer(f"{id!r} does not ask for a comment. {offered(question)}")
            comment = read_comment(question, row.cell("comment"), row.cell("may_be_quoted"))
        except NoAnswer as why_not:
            complaints.append(row.complaint(str(why_not), "comment"))
            continue
        if comment:
            found.append(Remark(place, comment))
    return found
