"""Rankings: how many people put the options of a rank question in which order. Held responses are left out."""

from collections import Counter, defaultdict
from collections.abc import Collection

from sqlalchemy import Connection

from survey.model import Rankings, Wave
from survey.storage.bundles import answers_in
from survey.storage.counts import Cell, bundles_by_cell


def rankings(
    connection: Connection,
    performance_ids: Collection[str],
    *,
    questions: Collection[str],
    wave: Wave | None = None,
) -> list[Rankings]:
    """Return each order in which these rank questions' options were put, and by how many people.

    Kept totals hold first choices only, so they are not in here.
    """
    found: dict[tuple[Cell, str, bool], Counter[tuple[str, ...]]] = defaultdict(Counter)
    for cell, bundles in bundles_by_cell(connection, performance_ids, questions, wave).items():
        for bundled, people in Counter(bundles).items():
            for question, (order, late) in answers_in(bundled, questions).items():
                found[cell, question, late][order] += people
    return [
        Rankings(
            performance_id=cell.performance_id,
            version_id=cell.version_id,
            question=question,
            wave=cell.wave,
            mode=cell.mode,
            provenance=cell.provenance,
            after_reveal=late,
            counts=dict(sorted(found[cell, question, late].items())),
        )
        for cell, question, late in sorted(found)
    ]
