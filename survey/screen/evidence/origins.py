"""Where the evidence of a sheet comes from, in the words written down when it came in."""

from collections.abc import Iterator

from survey.model import Performance
from survey.screen.evidence.naming import called
from survey.screen.evidence.reading import Evidence


def origin_sentences(*several: Evidence) -> tuple[str, ...]:
    """Return each note on where answers and totals came from, once, with its performances where there are more.

    Phones here need no note; what was imported, keyed, counted, invented or kept as totals has one.
    """
    there = {one.id: one for evidence in several for one in evidence.performances}
    noted: dict[str, list[Performance]] = {}
    for performance_id, note in dict.fromkeys(origin for evidence in several for origin in evidence.origins):
        noted.setdefault(note, []).append(there[performance_id])
    return tuple(_sentences(noted, list(there.values())))


def _sentences(noted: dict[str, list[Performance]], there: list[Performance]) -> Iterator[str]:
    for note, performances in noted.items():
        said = f"{note[:1].upper()}{note[1:]}"
        said = said if said.endswith((".", "!", "?", "…")) else f"{said}."
        if len(there) == 1:
            yield said
        else:
            yield f"{'; '.join(called(one, there) for one in performances)}: {said}"
