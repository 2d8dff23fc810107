"""What performances are called on evidence pages: never two alike, and what kind of audience each was."""

from collections.abc import Sequence

from survey.model import EventKind, Performance
from survey.screen.office.words import KINDS


def called(performance: Performance, among: Sequence[Performance]) -> str:
    """Return a performance's name: its production where there are several, its code where two would be called alike."""
    several = len({one.production_id for one in among}) > 1
    name = _named(performance, several)
    alike = [one for one in among if _named(one, several) == name]
    return name if len(alike) < 2 else f"{name} ({performance.code})"


def placed(performance: Performance) -> str:
    """Return when and where it was, and what kind of audience, without the production."""
    return ", ".join([part for part in (performance.when, performance.venue) if part] + _kind(performance))


def side_names(a: Sequence[Performance], b: Sequence[Performance]) -> tuple[str, str]:
    """Return the shortest names that tell two sides apart: years, else dates, else venues, else first and second."""
    for name in (_year, _when, _venue):
        said_a, said_b = ({name(one) for one in side} for side in (a, b))
        if len(said_a) == len(said_b) == 1 and said_a != said_b and all(said_a | said_b):
            return said_a.pop(), said_b.pop()
    return "first", "second"


def _named(performance: Performance, several: bool) -> str:
    return f"{performance.production}, {placed(performance)}" if several else placed(performance)


def _kind(performance: Performance) -> list[str]:
    if performance.kind is EventKind.PERFORMANCE:
        return []
    words = KINDS[performance.kind]
    return [words[:1].lower() + words[1:]]


def _year(performance: Performance) -> str:
    return str(performance.starts_on.year)


def _when(performance: Performance) -> str:
    return performance.when


def _venue(performance: Performance) -> str:
    return performance.venue
