"""Exports: rows for a researcher, shuffled, with pair numbers that mean nothing elsewhere; comments apart."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from survey.model import Mode, Provenance, Wave
from survey.storage.counted import counted
from survey.storage.filled import filled_of
from survey.storage.tables import comment, respondent, response, source

SLICE = 500
"""How many responses are read at once."""


@dataclass(frozen=True)
class ExportRow:
    """One counted response. Rows of one person share ``pair``, a fresh random number in each export."""

    pair: int
    wave: Wave
    mode: Mode
    provenance: Provenance
    language: str
    version_id: str
    answers: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class CommentRow:
    """One comment, never beside the same person's answers."""

    wave: Wave
    question: str
    text: str
    quote_ok: bool
    provenance: Provenance


def answer_rows(connection: Connection, performance_id: str) -> list[ExportRow]:
    """Return a performance's counted responses in random order. Comments are left out."""
    rows = connection.execute(
        counted(
            select(
                respondent.c.id.label("person"),
                response.c.id,
                response.c.wave,
                respondent.c.mode,
                source.c.provenance,
                response.c.language,
                response.c.version_id,
            ),
            [performance_id],
        )
    ).all()
    pair_numbers = _fresh_numbers({row.person for row in rows})
    exported = []
    for start in range(0, len(rows), SLICE):
        some = rows[start : start + SLICE]
        given = filled_of(connection, [row.id for row in some])
        exported += [
            ExportRow(
                pair=pair_numbers[row.person],
                wave=Wave(row.wave),
                mode=Mode(row.mode),
                provenance=Provenance(row.provenance),
                language=row.language,
                version_id=row.version_id,
                answers={answer.question: answer.options for answer in given[row.id].answers},
            )
            for row in some
        ]
    secrets.SystemRandom().shuffle(exported)
    return exported


def comment_rows(connection: Connection, performance_id: str) -> list[CommentRow]:
    """Return a performance's comments in random order, without any number that leads to their answers."""
    wanted = counted(
        select(response.c.wave, comment.c.question, comment.c.text, comment.c.quote_ok, source.c.provenance),
        [performance_id],
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
