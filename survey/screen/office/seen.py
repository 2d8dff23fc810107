"""What an organiser sees of one performance: read in one moment, computed from nothing but stored facts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from survey.model import Performance, Provenance, Questionnaire, ResponseCount, Standing, Wave
from survey.screen.office.words import PAST, PROVENANCES
from survey.storage.database import Connection
from survey.storage.evidence import sources
from survey.storage.performances import find_performance, missing_to_open, was_reached
from survey.storage.questionnaires import find_version
from survey.storage.responses import held_count, response_counts
from survey.storage.tallies import most_in_totals


@dataclass(frozen=True)
class Seen:
    """One performance as it stands now."""

    performance: Performance
    questionnaire: Questionnaire
    before: int
    after: int
    held: int
    rehearsed: int
    reached: bool
    missing: tuple[str, ...]
    provenances: frozenset[Provenance]
    totals: Mapping[Wave, int]
    """The most people in the totals of each wave: what was imported, counted or kept without single responses."""

    @property
    def marks(self) -> tuple[str, ...]:
        """Where answers and totals came from, when not simply from phones here."""
        return marks_of(self.provenances)

    @property
    def finished(self) -> bool:
        """Nothing opens here any more."""
        return self.performance.standing is Standing.FINISHED

    @property
    def rehearsing(self) -> bool:
        """The audience has not been let in yet."""
        return self.performance.standing is Standing.REHEARSAL

    @property
    def past(self) -> bool:
        """Its answers came from elsewhere, and it has never opened here."""
        return self.rehearsing and self.performance.open_wave is None and bool(PAST & self.provenances)

    @property
    def waves(self) -> tuple[Wave, ...]:
        """The waves in which the questionnaire asks anything."""
        return tuple(wave for wave in Wave if self.questionnaire.asked_in(wave))


def see(connection: Connection, code: str) -> Seen:
    """Return a performance as it stands. Raises PerformanceUnknown."""
    performance = find_performance(connection, code)
    counts = response_counts(connection, [performance.id])
    return Seen(
        performance=performance,
        questionnaire=find_version(connection, performance.version_id),
        before=counted(counts, Wave.BEFORE),
        after=counted(counts, Wave.AFTER),
        held=held_count(connection, performance.id),
        rehearsed=sum(count.count for count in counts if count.provenance is Provenance.REHEARSAL),
        reached=was_reached(connection, performance.id),
        missing=tuple(missing_to_open(performance)),
        provenances=frozenset(provenance for _, provenance, _ in sources(connection, [performance.id])),
        totals={wave: most for (_, wave), most in most_in_totals(connection, [performance.id]).items()},
    )


def counted(counts: list[ResponseCount], wave: Wave) -> int:
    """Return how many responses a wave has, all modes."""
    return sum(count.count for count in counts if count.wave is wave)


def marks_of(provenances: Collection[Provenance]) -> tuple[str, ...]:
    """Return where answers and totals came from, in words, for everything not simply collected."""
    return tuple(words for provenance, words in PROVENANCES.items() if provenance in provenances)
