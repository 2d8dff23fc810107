"""One phone's own record: what is stored of its seat now, in numbers."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, func, select

from survey.model import Performance, Wave
from survey.storage.known import known_by_seat
from survey.storage.tables import answer, comment, response

SENT = select(response.c.id, response.c.wave, response.c.language).where(
    response.c.id.in_(bindparam("responses", expanding=True))
)
QUESTIONS = (
    select(answer.c.response_id, func.count(answer.c.question.distinct()))
    .where(answer.c.response_id.in_(bindparam("responses", expanding=True)))
    .group_by(answer.c.response_id)
)
COMMENTS = select(comment.c.response_id, comment.c.quote_ok).where(
    comment.c.response_id.in_(bindparam("responses", expanding=True))
)


@dataclass(frozen=True)
class Sent:
    """What is stored of one wave: how many questions were answered, and whether each comment may be quoted."""

    wave: Wave
    language: str
    questions: int
    comments: tuple[bool, ...]


@dataclass(frozen=True)
class OwnRecord:
    """What is stored of one seat."""

    sent: tuple[Sent, ...] = ()
    has_words: bool = False
    """Two words belong to what was sent before."""
    paired: bool = False
    """What was sent after is joined to what another phone sent before."""


def own_record(connection: Connection, performance: Performance, *, seat: str) -> OwnRecord:
    """Return what is stored of a seat; nothing once the performance is finished."""
    known = known_by_seat(connection, performance, seat=seat)
    wanted = {"responses": list(known.responses.values())}
    questions = {row[0]: row[1] for row in connection.execute(QUESTIONS, wanted)}
    comments = connection.execute(COMMENTS, wanted).all()
    rows = {row.wave: row for row in connection.execute(SENT, wanted)}
    return OwnRecord(
        tuple(
            Sent(
                wave,
                rows[wave].language,
                questions.get(rows[wave].id, 0),
                tuple(sorted(row.quote_ok for row in comments if row.response_id == rows[wave].id)),
            )
            for wave in Wave
            if wave in rows
        ),
        known.words_hash is not None,
        known.paired,
    )
