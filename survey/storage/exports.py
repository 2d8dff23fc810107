"""Exports: rows for a researcher, shuffled, with pair numbers that mean nothing elsewhere; comments apart."""

import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, select

from survey.model import Mode, Provenance, ResponseStanding, Wave
from survey.storage.counted import MODE, counted
from survey.storage.tables import answer, comment, respondent, response, source


@dataclass(frozen=True)
class ExportRow:
    """One option one respondent gave. Rows of one person share ``pair``, a fresh random number in each export."""

    pair: int
    wave: Wave
    mode: Mode
    provenance: Provenance
    note: str
    language: str
    version_id: str
    question: str
    option: str
    after_reveal: bool


@dataclass(frozen=True)
class CommentRow:
    """One comment, never beside the same person's answers."""

    wave: Wave
    question: str
    text: str
    quote_ok: bool
    provenance: Provenance


def answer_rows(connection: Connection, performance_id: str) -> list[ExportRow]:
    """Return a performance's counted answers: people in random order, each one's answers together. No comments."""
    wanted = counted(
        select(
            respondent.c.id.label("person"),
            response.c.wave,
            MODE.label("mode"),
            source.c.provenance,
            source.c.note,
            response.c.language,
            response.c.version_id,
            answer.c.question,
            answer.c.option,
            answer.c.position,
            answer.c.after_reveal,
        ),
        [performance_id],
    ).join(answer, answer.c.response_id == response.c.id)
    rows = list(connection.execute(wanted))
    pair_numbers = _fresh_numbers({row.person for row in rows})
    rows.sort(key=lambda row: (pair_numbers[row.person], row.wave == Wave.AFTER, row.question, row.position))
    return [
        ExportRow(
            pair=pair_numbers[row.person],
            wave=Wave(row.wave),
            mode=Mode(row.mode),
            provenance=Provenance(row.provenance),
            note=row.note,
            language=row.language,
            version_id=row.version_id,
            question=row.question,
            option=row.option,
            after_reveal=row.after_reveal,
        )
        for row in rows
    ]


def comment_rows(connection: Connection, performance_id: str) -> list[CommentRow]:
    """Return a performance's comments in random order, without any number that leads to their answers."""
    wanted = counted(
        select(response.c.wave, comment.c.question, comment.c.text, comment.c.quote_ok, source.c.provenance),
        [performance_id],
        also=(ResponseStanding.APART,),
    ).join(comment, comment.c.response_id == response.c.id)
    rows = [
        CommentRow(Wave(row.wave), row.question, row.text, row.quote_ok, Provenance(row.provenance))
        for row in connection.execute(wanted)
    ]
    secrets.SystemRandom().shuffle(rows)
    return rows


def _fresh_numbers(people: set[str]) -> dict[str, int]:
    shuffled = sorted(people)
    secrets.SystemRandom().shuffle(shuffled)
    return {person: number for number, person in enumerate(shuffled, start=1)}
