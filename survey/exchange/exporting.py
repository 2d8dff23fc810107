"""Exporting: a performance's rows for a researcher. No time, no order, no words beside answers.

``answers.csv`` has one row per respondent and wave and can be imported again; ``comments.csv`` the comments that may be
quoted, with nothing that leads to the same person's answers; ``comments-not-to-quote.csv`` the others, if asked for; ``counts.csv`` every counted answer, hand counts and kept totals too; ``codebook.csv`` what the
codes mean; ``about.txt`` where all this comes from.
"""

from survey.exchange.codebook import codebook
from survey.exchange.columns import columns_of
from survey.exchange.people import SEVERAL
from survey.exchange.tables import table_bytes
from survey.model import Kind, Performance, Questionnaire, Wave
from survey.storage.counts import counts
from survey.storage.database import Connection
from survey.storage.evidence import sources
from survey.storage.exports import CommentRow, ExportRow, answer_rows, comment_rows
from survey.storage.questionnaires import find_version
from survey.storage.responses import responses_count

ABOUT = ("performance", "respondent", "wave", "mode", "provenance", "language", "version")


def export_files(
    connection: Connection, performance: Performance, *, all_comments: bool = False
) -> dict[str, bytes]:
    """Return the files of an export by name. Comments without their writer's tick come only with ``all_comments``."""
    rows = answer_rows(connection, performance.id)
    ids = {row.version_id for row in rows} | {performance.version_id}
    versions = [(id, find_version(connection, id)) for id in sorted(ids)]
    return {
        "answers.csv": _answers(performance, rows, [questionnaire for _, questionnaire in versions]),
        **_comments(comment_rows(connection, performance.id), all_comments),
        "counts.csv": _counts(connection, performance),
        "codebook.csv": codebook(versions),
        "about.txt": _about(connection, performance).encode("utf-8-sig"),
    }


def _answers(performance: Performance, rows: list[ExportRow], questionnaires: list[Questionnaire]) -> bytes:
    """Return one row per respondent and wave, in the random order of the fresh respondent numbers."""
    closed = {
        column: (question.id, place if question.places else None)
        for questionnaire in questionnaires
        for question in questionnaire.questions
        if question.kind is not Kind.COMMENT
        for place, column in enumerate(columns_of(question))
    }
    people: dict[tuple[int, Wave], list[ExportRow]] = {}
    for row in rows:
        people.setdefault((row.pair, row.wave), []).append(row)
    lines = []
    for given in people.values():
        first = given[0]
        seen = dict.fromkeys(row.question for row in given if row.after_reveal)
        chosen: dict[str, list[str]] = {}
        for row in given:
            chosen.setdefault(row.question, []).append(row.option)
        cells = [
            SEVERAL.join(chosen.get(id, [])[slice(None) if place is None else slice(place, place + 1)])
            for id, place in closed.values()
        ]
        about = (first.mode.value, first.provenance.value, first.language, first.version_id)
        lines.append((performance.code, first.pair, first.wave.value, *about, *cells, SEVERAL.join(seen)))
    return table_bytes((*ABOUT, *closed, "after_reveal"), lines)


def _comments(rows: list[CommentRow], all_comments: bool) -> dict[str, bytes]:
    """Return the comments whose writers ticked that they may be quoted; the others in a file that says so."""

    def table(quote_ok: bool) -> bytes:
        return table_bytes(
            ("wave", "question", "comment", "may_be_quoted", "provenance"),
            [
                (row.wave.value, row.question, row.text, "yes" if quote_ok else "no", row.provenance.value)
                for row in rows
                if row.quote_ok is quote_ok
            ],
        )

    files = {"comments.csv": table(True)}
    return files | {"comments-not-to-quote.csv": table(False)} if all_comments else files


def _counts(connection: Connection, performance: Performance) -> bytes:
    columns = ("question", "wave", "mode", "provenance", "version", "after_reveal", "option", "count", "base")
    return table_bytes(
        columns,
        [
            (
                part.question,
                part.wave.value,
                part.mode.value,
                part.provenance.value,
                part.version_id,
                "yes" if part.after_reveal else "no",
                option,
                count,
                part.base,
            )
            for part in counts(connection, [performance.id])
            for option, count in sorted(part.counts.items())
        ],
    )


def _about(connection: Connection, performance: Performance) -> str:
    there = "nobody knows how many" if performance.attendance is None else str(performance.attendance)
    responses = ", ".join(
        f"{responses_count(connection, performance.id, wave)} {wave.value}" for wave in Wave
    )
    lines = [
        performance.name,
        f"Code {performance.code}; kind of event: {performance.kind.value}; questionnaire: {performance.version_id}",
        f"People there: {'about ' if performance.attendance_about else ''}{there}. Responses: {responses}.",
        f"Responsible: {performance.responsible or 'not said'}. Contact: {performance.contact or 'not said'}.",
        f"Keep these files no longer than {performance.keep_until.isoformat()}.",
        "",
        "Where the evidence comes from",
        *(
            f"- {provenance.value}{f': {note}' if note else ''}"
            for _, provenance, note in dict.fromkeys(sources(connection, [performance.id]))
        ),
        "",
        "answers.csv: one row per respondent and wave. The respondent's number links before and after within this",
        "export only; it is new in every export, and the rows stand in no order of arrival. Several answers in one cell",
        "are separated by semicolons. An empty cell is a skipped question, not an answer. after_reveal lists the",
        "questions answered after their result had been shown to the room. A ranking has one column for each place: in",
        "question.1 stands the first choice, in question.2 the second.",
        "comments.csv: comments whose writers ticked that they may be quoted without their name, in random order, with",
        "nothing that leads to the same person's answers. Comments without that tick are left out, or stand in",
        "comments-not-to-quote.csv if they were asked for: read them, count them by theme, and quote none of them.",
        "counts.csv: every counted answer; base is how many answered; of a ranking the first choices. Raised cards and hands stand here only: count them",
        "beside private answers, never together.",
        "codebook.csv: what each code means; class says which options agree and disagree.",
        "A cell that begins with an apostrophe does so to keep a spreadsheet from running it.",
    ]
    return "\r\n".join(lines) + "\r\n"
