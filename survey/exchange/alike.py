"""Who could be told in an export of single people: by language and mode in one wave (k of 5), or because there are so few."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from survey.analysis.figures import suppressed
from survey.analysis.suppression import CELL
from survey.model import Mode, Performance, Wave
from survey.publication import totals_wait
from survey.storage.database import Connection
from survey.storage.exports import ExportRow, answer_rows

FEW_PEOPLE = "Fewer than ten people are in answers.csv: whoever was there can tell who is who. Do not pass it on; read the totals."
FEW_ALIKE = (
    "Fewer than five people of a wave and mode answered in one language: leave out the column language before you pass"
    " answers.csv on, or they could be told by it."
)


def export_warnings(connection: Connection, performance: Performance) -> list[str]:
    """Return what whoever exports a performance has to know of those who could be told; nothing while totals wait."""
    return (
        [] if totals_wait(connection, performance) else told_in_words(answer_rows(connection, performance.id))
    )


def told_in_words(rows: Sequence[ExportRow]) -> list[str]:
    """Return what whoever passes these rows on has to know; nothing where nobody stands out."""
    people = {(row.wave, row.mode, row.pair) for row in rows}
    said = [FEW_PEOPLE] if people and suppressed(len({person for _wave, _mode, person in people})) else []
    alike: defaultdict[tuple[Wave, Mode], set[tuple[str, int]]] = defaultdict(set)
    for row in rows:
        alike[row.wave, row.mode].add((row.language, row.pair))
    if any(_rare(given) for given in alike.values()):
        said.append(FEW_ALIKE)
    by_mode = Counter((wave, mode) for wave, mode, _person in people)
    said += [
        f"Fewer than five people answered {wave.value} by {mode.value}: leave out the column mode, or their rows, before you"
        " pass answers.csv on."
        for (wave, mode), count in sorted(by_mode.items())
        if count < CELL and sum(other is wave for other, _mode in by_mode) > 1
    ]
    return said


def _rare(given: Collection[tuple[str, int]]) -> bool:
    """Return whether of several languages one was used by fewer than five of these people."""
    people = Counter(language for language, _person in given)
    return len(people) > 1 and min(people.values()) < CELL
