"""Evidence that was not sent by a phone here: imported, keyed, counted by hand, or invented for a demonstration."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, insert, literal, or_, select

from survey.model import Comment, Filled, Mode, Provenance, ResponseStanding, Wave
from survey.storage.counted import no_old_rehearsal
from survey.storage.filled import answer_rows_of, store_comments
from survey.storage.keys import new_key
from survey.storage.tables import (
    answer,
    other_way,
    pair_tally,
    performance,
    respondent,
    response,
    source,
    tally,
)


def add_source(
    connection: Connection,
    performance_id: str,
    provenance: Provenance,
    note: str,
    file_sha: str | None = None,
) -> str:
    """Store where evidence of a performance comes from; return the source's id, which no command takes for an option."""
    id = f"s{new_key()}"
    connection.execute(
        insert(source).values(
            id=id, performance_id=performance_id, provenance=provenance.value, note=note, file_sha=file_sha
        )
    )
    return id


def source_of_file(connection: Connection, performance_id: str, file_sha: str) -> str | None:
    """Return the source a file was imported as, or None: the same file is not imported twice."""
    wanted = select(source.c.id).where(
        source.c.performance_id == performance_id, source.c.file_sha == file_sha
    )
    return connection.scalars(wanted).first()


def add_tally(
    connection: Connection,
    source_id: str,
    *,
    wave: Wave,
    mode: Mode,
    question: str,
    counts: Mapping[str, int],
    base: int,
    version_id: str = "",
    after_reveal: bool = False,
) -> None:
    """Store counted answers to one question: how many gave each option, and of how many people.

    ``version_id``: of the questionnaire; "" for the performance's own.
    """
    rows = [
        {
            "source_id": source_id,
            "wave": wave.value,
            "mode": mode.value,
            "question": question,
            "option": option,
            "version_id": version_id,
            "after_reveal": after_reveal,
            "count": count,
            "base": base,
        }
        for option, count in counts.items()
    ]
    if rows:
        connection.execute(insert(tally), rows)


def add_pair_tally(
    connection: Connection,
    source_id: str,
    *,
    question: str,
    counts: Mapping[tuple[tuple[str, ...], tuple[str, ...]], int],
) -> None:
    """Store how many people moved from which answer to which, each answer's options in the order given."""
    rows = [
        {
            "source_id": source_id,
            "question": question,
            "before": ",".join(before),
            "after": ",".join(after),
            "count": count,
        }
        for (before, after), count in counts.items()
    ]
    if rows:
        connection.execute(insert(pair_tally), rows)


def add_imported_response(
    connection: Connection,
    source_id: str,
    *,
    performance_id: str,
    mode: Mode,
    wave: Wave,
    version_id: str,
    language: str,
    filled: Filled,
    respondent_id: str | None = None,
    sheet_number: str | None = None,
    words_hash: str | None = None,
    after_reveal: Collection[str] = (),
) -> str:
    """Store one response of a source; return its respondent, to be given back for the same person's other wave.

    ``after_reveal``: the questions answered after their result had been shown. Given to a respondent that came another way, the response stays what it is: its own source and mode count.
    """
    if respondent_id is None:
        respondent_id = new_key()
        connection.execute(
            insert(respondent).values(
                id=respondent_id,
                performance_id=performance_id,
                source_id=source_id,
                mode=mode.value,
                sheet_number=sheet_number,
                words_hash=words_hash,
            )
        )
    response_id = new_key()
    connection.execute(
        insert(response).values(
            id=response_id,
            respondent_id=respondent_id,
            wave=wave.value,
            version_id=version_id,
            language=language,
            standing=ResponseStanding.COUNTED.value,
        )
    )
    note_other_way(connection, response_id, respondent_id, source_id=source_id, mode=mode.value)
    rows: list[dict[str, Any]] = [
        row
        for given in filled.answers
        for row in answer_rows_of(response_id, given, after_reveal=given.question in after_reveal)
    ]
    if rows:
        connection.execute(insert(answer), rows)
    store_comments(connection, response_id, filled.comments)
    return respondent_id


def add_remark(
    connection: Connection,
    source_id: str,
    *,
    performance_id: str,
    wave: Wave,
    version_id: str,
    language: str,
    comment: Comment,
) -> None:
    """Store a comment that came apart from its writer's answers: nobody is counted by it."""
    respondent_id, response_id = new_key(), new_key()
    connection.execute(
        insert(respondent).values(
            id=respondent_id, performance_id=performance_id, source_id=source_id, mode=Mode.OTHER.value
        )
    )
    connection.execute(
        insert(response).values(
            id=response_id,
            respondent_id=respondent_id,
            wave=wave.value,
            version_id=version_id,
            language=language,
            standing=ResponseStanding.APART.value,
        )
    )
    store_comments(connection, response_id, [comment])


def note_other_way(
    connection: Connection, response_id: str, respondent_id: str, *, source_id: str, mode: str
) -> None:
    """Note how a response came, if that is not how its respondent did."""
    came = select(literal(response_id), literal(source_id), literal(mode)).where(
        respondent.c.id == respondent_id,
        or_(respondent.c.source_id != source_id, respondent.c.mode != mode),
    )
    connection.execute(insert(other_way).from_select(["response_id", "source_id", "mode"], came))


def sources(connection: Connection, performance_ids: Sequence[str]) -> list[tuple[str, Provenance, str]]:
    """Return where the evidence of performances comes from: performance id, provenance and note.

    A rehearsal is named only while the performance still rehearses: later nothing of it counts.
    """
    wanted = select(source.c.performance_id, source.c.provenance, source.c.note).where(
        source.c.performance_id.in_(performance_ids), no_old_rehearsal()
    )
    rows = connection.execute(wanted.order_by(source.c.performance_id, source.c.provenance, source.c.note))
    return [(row.performance_id, Provenance(row.provenance), row.note) for row in rows]


def others_answered(connection: Connection, performance_ids: Collection[str]) -> bool:
    """Return whether other performances of the same productions have answers, counted or kept as totals."""
    productions = select(performance.c.production_id).where(performance.c.id.in_(performance_ids))
    others = (
        select(source.c.id)
        .join(performance, performance.c.id == source.c.performance_id)
        .where(
            performance.c.production_id.in_(productions),
            performance.c.id.not_in(performance_ids),
            source.c.provenance != Provenance.REHEARSAL.value,
        )
    )
    return bool(connection.scalar(select(others.exists())))
