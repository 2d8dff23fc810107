"""Exporting: a performance's rows for a researcher. No time, no order, no words beside answers.

``answers.csv`` has one row per respondent and wave and can be imported again; ``comments.csv`` the comments that may be
quoted, with nothing that leads to the same person's answers; ``comments-not-to-quote.csv`` the others, if asked for;
``contributions.csv`` what the audience sent to the discussion and a moderator approved; ``counts.csv`` every counted answer, hand counts and kept totals too;
``notes.csv`` what was written down of the discussion; ``codebook.csv`` what the codes mean; ``about.txt`` where all this comes from; ``conclusions.txt`` what a jury or workshop wrote down together.

Of a jury whose totals wait for its end neither ``answers.csv`` nor ``counts.csv`` is written: whoever had them could count.
"""

from survey.exchange.codebook import codebook
from survey.exchange.columns import columns_of
from survey.exchange.contributions import contributions_table
from survey.exchange.people import SEVERAL
from survey.exchange.tables import table_bytes
from survey.model import Kind, Performance, Questionnaire, Text, Wave
from survey.publication import totals_wait
from survey.storage.conclusions import conclusion
from survey.storage.counts import counts
from survey.storage.database import Connection
from survey.storage.evidence import sources
from survey.storage.exports import CommentRow, ExportRow, answer_rows, comment_rows
from survey.storage.notes import notes
from survey.storage.polls import polls
from survey.storage.questionnaires import find_version
from survey.storage.responses import responses_count

ABOUT = ("performance", "respondent", "wave", "mode", "provenance", "language", "version")
TOTALS_WAIT = (
    "A jury's answers and counts are left out: its totals stay hidden from everybody until the end questions have closed, "
    "so that the start does not sway the end. Export again after that."
)


def export_files(
    connection: Connection, performance: Performance, *, all_comments: bool = False
) -> dict[str, bytes]:
    """Return the files of an export by name. Comments without their writer's tick come only with ``all_comments``.

    What could be counted of a jury's ballot comes only once its totals are out.
    """
    rows = answer_rows(connection, performance.id)
    ids = {row.version_id for row in rows} | {performance.version_id}
    versions = [(id, find_version(connection, id)) for id in sorted(ids)]
    asked = [questionnaire for _, questionnaire in versions]
    wait = totals_wait(connection, performance)
    return {
        **({} if wait else {"answers.csv": _answers(performance, rows, asked)}),
        **_comments(comment_rows(connection, performance.id), all_comments),
        "contributions.csv": contributions_table(connection, performance, approved_only=True),
        **({} if wait else {"counts.csv": _counts(connection, performance)}),
        "notes.csv": _notes(connection, performance),
        "codebook.csv": codebook([*versions, *_counted_polls(connection, performance)]),
        "about.txt": _about(connection, performance).encode("utf-8-sig"),
        **_conclusions(conclusion(connection, performance.id)),
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


def _conclusions(text: str) -> dict[str, bytes]:
    """Return what was concluded together as a plain text, where anything was."""
    return {"conclusions.txt": ("\r\n".join(text.splitlines()) + "\r\n").encode("utf-8-sig")} if text else {}


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


def _notes(connection: Connection, performance: Performance) -> bytes:
    columns = ("number", "minutes_since_start", "on_stage", "kind", "text", "speaker_named_with_permission")
    return table_bytes(
        columns,
        [
            (
                number,
                "" if note.minutes is None else note.minutes,
                note.cue,
                "quotation" if note.quotation else "note",
                note.text,
                note.speaker,
            )
            for number, note in enumerate(notes(connection, performance.id), start=1)
        ],
    )


def _counted_polls(connection: Connection, performance: Performance) -> list[tuple[str, Questionnaire]]:
    """Return the polls whose cards or hands stand in the counts: they are in no questionnaire."""
    counted = {part.question for part in counts(connection, [performance.id])}
    asked = tuple(poll.question for poll in polls(connection, performance.id) if poll.question.id in counted)
    return [("poll", Questionnaire("poll", 1, Text({"en": "Polls"}), ("en",), asked))] if asked else []


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
        *(["", TOTALS_WAIT] if totals_wait(connection, performance) else []),
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
        "contributions.csv: questions and comments from the audience's phones to the discussion that a moderator approved,",
        "in random order; support stands there where five or more phones gave it.",
        "counts.csv: every counted answer; base is how many answered; of a ranking the first choices. Raised cards and",
        "hands stand here only: count them beside private answers, never together. An option that begins with class: was",
        "counted for a whole class, as one colour of card; the codebook says which options are in it.",
        "notes.csv: what a facilitator or a scribe wrote down of the discussion, in order: whole minutes since its start,",
        "what was on stage then, whether it is a quotation, and the speaker only where one was named with permission. It is",
        "one person's choice of moments, not a count. Read each note before you pass it on: people may have named someone.",
        "codebook.csv: what each code means; class says which options agree and disagree. Polls whose cards or hands were",
        "counted stand under the version poll.",
        "A cell that begins with an apostrophe does so to keep a spreadsheet from running it.",
    ]
    return "\r\n".join(lines) + "\r\n"
