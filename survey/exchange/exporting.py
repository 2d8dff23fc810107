"""Exporting: a performance's rows for a researcher. No time, no order, no words beside answers.

What is the same makes the same files, byte for byte: rows stand in the order of what they say, and ``answers.csv``, ``counts.csv``
and ``comments.csv`` can be imported again. ``answers.csv`` has one row per respondent and wave; ``comments.csv`` the comments that may be
quoted, with nothing that leads to the same person's answers; ``comments-not-to-quote.csv`` the others, if asked for;
``contributions.csv`` what the audience sent to the discussion and a moderator approved; ``counts.csv`` every counted answer, hand counts and kept totals too;
``performance.csv`` what is known of the evening, in one row;
``notes.csv`` what was written down of the discussion; ``codebook.csv`` what the codes mean; ``about.txt`` where all this comes from; ``conclusions.txt`` what a jury or workshop wrote down together.

Of a jury whose totals wait for its end neither ``answers.csv`` nor ``counts.csv`` is written: whoever had them could count.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version as version_of

from survey.exchange.alike import told_in_words
from survey.exchange.answers import SEVERAL
from survey.exchange.cells import NOT_ASKED, NOT_OFFERED
from survey.exchange.codebook import codebook
from survey.exchange.columns import columns_of, ours
from survey.exchange.contributions import contributions_table
from survey.exchange.tables import table_bytes
from survey.exchange.totals import POLL
from survey.model import Counts, Kind, Performance, Question, Questionnaire, Text, Wave
from survey.publication import totals_wait
from survey.questionnaire.cards import CLASS, counted_classes
from survey.storage.conclusions import conclusion
from survey.storage.counts import counts
from survey.storage.database import Connection
from survey.storage.evidence import sources
from survey.storage.exports import CommentRow, ExportRow, answer_rows, comment_rows
from survey.storage.notes import notes
from survey.storage.polls import polls
from survey.storage.questionnaires import find_version
from survey.storage.responses import responses_count
from survey.storage.tallies import noted_tallies

ABOUT = ("performance", "respondent", "wave", "mode", "provenance", "language", "version", "note")
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
    counted = {part.version_id for part in counts(connection, [performance.id])}
    ids = {row.version_id for row in rows} | {performance.version_id} | counted
    versions = [(id, find_version(connection, id)) for id in sorted(ids)]
    polled = _counted_polls(connection, performance)
    wait = totals_wait(connection, performance)
    return {
        **({} if wait else {"answers.csv": answers_table(performance, rows, dict(versions))}),
        **_comments(performance, comment_rows(connection, performance.id), all_comments),
        "contributions.csv": contributions_table(connection, performance, approved_only=True),
        **({} if wait else {"counts.csv": _counts(connection, performance, dict(versions), polled)}),
        "notes.csv": _notes(connection, performance),
        "codebook.csv": codebook([*versions, *([(POLL, polled)] if polled.questions else [])]),
        "performance.csv": _performance(connection, performance),
        "about.txt": _about(connection, performance, [] if wait else told_in_words(rows)).encode("utf-8-sig"),
        **_conclusions(conclusion(connection, performance.id)),
    }


def answers_table(
    performance: Performance, rows: list[ExportRow], versions: Mapping[str, Questionnaire]
) -> bytes:
    """Return one row per respondent and wave. People stand in the order of what they gave, and are numbered in it."""
    closed = {
        column: (question.id, place if question.places else None)
        for questionnaire in versions.values()
        for question in questionnaire.questions
        if question.kind is not Kind.COMMENT
        for place, column in enumerate(columns_of(question))
    }
    given: dict[tuple[int, Wave], list[ExportRow]] = {}
    for row in rows:
        given.setdefault((row.pair, row.wave), []).append(row)
    people: dict[int, list[tuple[str, ...]]] = {}
    for (pair, wave), options in given.items():
        first = options[0]
        chosen: dict[str, list[str]] = {}
        for row in options:
            chosen.setdefault(row.question, []).append(row.option)
        asked = {question.id for question in versions[first.version_id].asked_in(wave)}
        seen = sorted({row.question for row in options if row.after_reveal})
        people.setdefault(pair, []).append(
            (
                *(wave.value, first.mode.value, first.provenance.value),
                *(first.language, first.version_id, first.note),
                *(_cell(chosen.get(id, []), place, asked=id in asked) for id, place in closed.values()),
                SEVERAL.join(seen),
            )
        )
    in_order = sorted(sorted(person, reverse=True) for person in people.values())  # before, then after
    lines = [
        (performance.code, number, *line)
        for number, person in enumerate(in_order, start=1)
        for line in person
    ]
    ids = {question.id for questionnaire in versions.values() for question in questionnaire.questions}
    return table_bytes((*ours(ABOUT, ids), *closed, *ours(["after_reveal"], ids)), lines)


def _cell(chosen: Sequence[str], place: int | None, *, asked: bool) -> str:
    if not chosen:
        return "" if asked else NOT_ASKED
    return SEVERAL.join(chosen if place is None else chosen[place : place + 1])


def _comments(performance: Performance, rows: list[CommentRow], all_comments: bool) -> dict[str, bytes]:
    """Return the comments whose writers ticked that they may be quoted; the others in a file that says so."""

    def table(quote_ok: bool) -> bytes:
        return table_bytes(
            ("performance", "wave", "question", "comment", "may_be_quoted", "provenance"),
            sorted(
                (
                    *(performance.code, row.wave.value, row.question, row.text),
                    *("yes" if quote_ok else "no", row.provenance.value),
                )
                for row in rows
                if row.quote_ok is quote_ok
            ),
        )

    files = {"comments.csv": table(True)}
    return files | {"comments-not-to-quote.csv": table(False)} if all_comments else files


def _conclusions(text: str) -> dict[str, bytes]:
    """Return what was concluded together as a plain text, where anything was."""
    return {"conclusions.txt": ("\r\n".join(text.splitlines()) + "\r\n").encode("utf-8-sig")} if text else {}


def _counts(
    connection: Connection,
    performance: Performance,
    versions: Mapping[str, Questionnaire],
    polled: Questionnaire,
) -> bytes:
    """Return every count: of the people in answers.csv, and the totals that have no rows, with their notes."""
    columns = ("performance", "question", "wave", "mode", "provenance", "version", "after_reveal", "option")
    polls = {question.id: question for question in polled.questions}

    def lines() -> Iterator[tuple[object, ...]]:
        answered = [("", part) for part in counts(connection, [performance.id], totals=False)]
        for given, in_answers in (
            (answered, "yes"),
            (_added(noted_tallies(connection, performance.id)), "no"),
        ):
            for note, part in given:
                asked = polls.get(part.question) or _asked(versions, part)
                version = POLL if part.question in polls else part.version_id
                about = (part.question, part.wave.value, part.mode.value, part.provenance.value, version)
                revealed = "yes" if part.after_reveal else "no"
                for option, count in _options(asked, part).items():
                    yield (performance.code, *about, revealed, option, count, part.base, in_answers, note)

    return table_bytes((*columns, "count", "base", "in_answers", "note"), lines())


def _asked(versions: Mapping[str, Questionnaire], part: Counts) -> Question | None:
    there = versions[part.version_id].questions if part.version_id in versions else ()
    return next((question for question in there if question.id == part.question), None)


def _options(question: Question | None, part: Counts) -> dict[str, int | str]:
    """Return the counts of all that was offered, in that order. In public an answer without a count could not be chosen."""
    if question is None:
        return dict(sorted(part.counts.items()))
    by_class = any(option.startswith(CLASS) for option in part.counts)
    everything = counted_classes(question) if by_class else question.values
    nobody = 0 if part.mode.private else NOT_OFFERED
    return {option: part.counts.get(option, nobody) for option in everything}


def _added(tallies: list[tuple[str, Counts]]) -> list[tuple[str, Counts]]:
    """Return totals with those of the same note, question, wave, mode and kind added up."""
    found: dict[tuple[object, ...], tuple[str, Counts]] = {}
    for note, part in tallies:
        about = (part.version_id, part.question, part.wave, part.mode, part.provenance, part.after_reveal)
        key = (note, *about, *sorted(part.counts))
        if key in found:
            earlier = found[key][1]
            both = {option: count + earlier.counts[option] for option, count in part.counts.items()}
            part = replace(part, counts=both, base=part.base + earlier.base)
        found[key] = (note, part)
    return list(found.values())


def _performance(connection: Connection, performance: Performance) -> bytes:
    """Return what is known of an evening as one row: figures stay figures, and what nobody knows is empty."""
    row: dict[str, object] = {
        "performance": performance.code,
        "production": performance.production,
        "kind": performance.kind.value,
        "date": performance.starts_on.isoformat(),
        "date_precision": performance.date_precision,
        "venue": performance.venue,
        "capacity": performance.capacity,
        "attendance": performance.attendance,
        "attendance_about": "yes" if performance.attendance_about else "no",
        **{f"responses_{wave.value}": responses_count(connection, performance.id, wave) for wave in Wave},
        "version": performance.version_id,
        "keep_until": performance.keep_until.isoformat(),
    }
    return table_bytes(list(row), [list(row.values())])


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


def _counted_polls(connection: Connection, performance: Performance) -> Questionnaire:
    """Return the polls whose cards or hands stand in the counts: they are in no questionnaire."""
    counted = {part.question for _, part in noted_tallies(connection, performance.id)}
    asked = tuple(poll.question for poll in polls(connection, performance.id) if poll.question.id in counted)
    return Questionnaire(POLL, 1, Text({"en": "Polls"}), ("en",), asked)


def _about(connection: Connection, performance: Performance, told: Sequence[str]) -> str:
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
        f"Licence: none. These are single people's answers: pass them on only as {performance.responsible or 'whoever is responsible'} allows.",
        f"Cite as: {_citation(performance)}",
        *(["", TOTALS_WAIT] if totals_wait(connection, performance) else []),
        *(["", *told] if told else []),
        "",
        "Where the evidence comes from",
        *(
            f"- {provenance.value}{f': {note}' if note else ''}"
            for _, provenance, note in dict.fromkeys(sources(connection, [performance.id]))
        ),
        "",
        "answers.csv: one row per respondent and wave. The respondent's number links before and after within this",
        "export only: people stand in the order of what they answered, never of when. Several answers in one cell are",
        "separated by semicolons. An empty cell is a question that was asked and skipped; (not asked) one that was not asked in",
        "that wave or version; (hidden) an answer left out so that nobody can be told from it. after_reveal lists the questions",
        "answered after their result had been shown to the room. note says where the row came from. A ranking has one column",
        "for each place: in question.1 stands the first choice, in question.2 the second. Where a question is called like a",
        "column of ours, the question's begins with q: and ours with _.",
        "comments.csv: comments whose writers ticked that they may be quoted without their name, in order of the alphabet,",
        "with nothing that leads to the same person's answers. Comments without that tick are left out, or stand in",
        "comments-not-to-quote.csv if they were asked for: read them, count them by theme, and quote none of them.",
        "contributions.csv: questions and comments from the audience's phones to the discussion that a moderator approved,",
        "in random order; support stands there where five or more phones gave it.",
        "counts.csv: every counted answer; base is how many answered; of a ranking the first choices. in_answers says whether",
        "the same people's rows stand in answers.csv too: never add the two files. Raised cards and hands stand here only:",
        "count them beside private answers, never together. An option that begins with class: was counted for a whole class, as",
        "one colour of card; the codebook says which options are in it. “not offered”: nobody could choose it.",
        "performance.csv: the evening in one row; what nobody knows is empty, and attendance_about says if it is not exact.",
        "answers.csv, counts.csv and comments.csv can be imported again as they are, in this order.",
        "notes.csv: what a facilitator or a scribe wrote down of the discussion, in order: whole minutes since its start,",
        "what was on stage then, whether it is a quotation, and the speaker only where one was named with permission. It is",
        "one person's choice of moments, not a count. Read each note before you pass it on: people may have named someone.",
        "codebook.csv: what each code means; number is the same code as a figure, in the order offered; class says which options agree and disagree. Polls whose cards or hands were",
        "counted stand under the version poll.",
        "A cell that begins with an apostrophe does so to keep a spreadsheet from running it.",
    ]
    return "\r\n".join(lines) + "\r\n"


def _citation(performance: Performance) -> str:
    """Return how to cite an export: by whom, when, what, which, and what wrote it."""
    by = performance.responsible or performance.production
    return (
        f"{by} ({performance.starts_on.year}). Answers of the audience of {performance.name} [data set {performance.code}]. "
        f"Questionnaire {performance.version_id}. Exported by Houselights {version_of('houselights')}."
    )
