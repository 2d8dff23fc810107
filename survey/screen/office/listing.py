"""The list of all performances, newest first, as a real table with real links."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from survey.model import Performance, Provenance, ResponseCount, Wave
from survey.screen.office.markup import show
from survey.screen.office.seen import counted, marks_of
from survey.screen.office.words import KINDS, standing_words, totals_words
from survey.storage.database import Connection
from survey.storage.evidence import sources
from survey.storage.performances import performances
from survey.storage.responses import response_counts
from survey.storage.tallies import most_in_totals

AT_FIRST = 60
"""How many performances show before someone asks for all."""


@dataclass(frozen=True)
class Line:
    """One line of the list, in words."""

    code: str
    when: str
    production: str
    venue: str
    kind: str
    standing: str
    open: bool
    before: str
    after: str
    attendance: str
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Listing:
    """The list: what shows, of how many, and the productions to narrow it by (id → name)."""

    lines: tuple[Line, ...]
    all: int
    productions: Mapping[str, str]
    production: str


def read_listing(connection: Connection, *, production: str = "", everything: bool = False) -> Listing:
    """Return the list, narrowed to one production if its id is given; the newest ones unless everything is asked."""
    there = performances(connection)
    names = {performance.production_id: performance.production for performance in there}
    wanted = [found for found in there if found.production_id == production or production not in names]
    shown = wanted if everything else wanted[:AT_FIRST]
    counts: dict[str, list[ResponseCount]] = {found.id: [] for found in shown}
    for count in response_counts(connection, list(counts)):
        counts[count.performance_id].append(count)
    provenances: dict[str, set[Provenance]] = {found.id: set() for found in shown}
    for performance_id, provenance, _note in sources(connection, list(provenances)):
        provenances[performance_id].add(provenance)
    totals = most_in_totals(connection, list(counts))
    lines = tuple(_line(found, counts[found.id], provenances[found.id], totals) for found in shown)
    names = dict(sorted(names.items(), key=lambda name: name[1].casefold()))
    return Listing(lines, len(wanted), names, production if production in names else "")


def attendance_words(performance: Performance) -> str:
    """Return how many people were there, or how many seats there are, in words."""
    if performance.attendance is not None:
        return (
            f"about {performance.attendance:,}"
            if performance.attendance_about
            else f"{performance.attendance:,}"
        )
    return f"{performance.capacity:,} seats" if performance.capacity else "not known"


def show_listing(listing: Listing) -> None:
    """Show the list."""
    show("listing.html", listing=listing)


def _line(
    performance: Performance,
    counts: list[ResponseCount],
    provenances: Collection[Provenance],
    totals: Mapping[tuple[str, Wave], int],
) -> Line:
    before, after = (
        totals_words(counted(counts, wave), totals.get((performance.id, wave), 0)) for wave in Wave
    )
    return Line(
        code=performance.code,
        when=performance.when,
        production=performance.production,
        venue=performance.venue,
        kind=KINDS[performance.kind],
        standing=standing_words(performance, provenances),
        open=performance.open_wave is not None,
        before=before,
        after=after,
        attendance=attendance_words(performance),
        marks=marks_of(provenances),
    )
