"""What an evidence page reads from the database: counts, never rows, in one visit."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import streamlit as st

from survey.analysis.comparability import Reason, compare_wording
from survey.model import (
    Counts,
    Kind,
    Mode,
    Pairs,
    Performance,
    Provenance,
    Question,
    Questionnaire,
    Rankings,
    ResponseCount,
    Wave,
)
from survey.screen.evidence.sheet import Comment
from survey.storage.counts import counts, language_counts, pairs, unlinked_counts
from survey.storage.current import database
from survey.storage.database import Connection, DatabaseBusy
from survey.storage.evidence import others_answered, sources
from survey.storage.exports import comment_rows
from survey.storage.questionnaires import find_version
from survey.storage.rankings import rankings
from survey.storage.responses import response_counts


@dataclass(frozen=True)
class Evidence:
    """The counted answers of some performances in one wave, with the questionnaires they were given under."""

    performances: tuple[Performance, ...]
    wave: Wave
    versions: Mapping[str, Questionnaire]
    counts: tuple[Counts, ...]
    responses: tuple[ResponseCount, ...]
    """Of both waves."""
    rankings: tuple[Rankings, ...] = ()
    languages: Mapping[str, int] = field(default_factory=dict)
    """How many people answered in this wave in each language."""
    origins: tuple[tuple[str, str], ...] = ()
    """What was noted on where evidence came from: performance id and note."""
    others: bool = False
    """Performances of the same productions have answers too and are not among these."""

    @property
    def questionnaires(self) -> list[Questionnaire]:
        """The questionnaires of these performances, each once."""
        return [self.versions[id] for id in dict.fromkeys(one.version_id for one in self.performances)]

    @property
    def provenances(self) -> frozenset[Provenance]:
        """Where these answers came from."""
        found = {one.provenance for one in self.counts}
        return frozenset(found | {one.provenance for one in self.responses if one.wave is self.wave})

    def of(self, question: Question) -> list[Counts]:
        """Return the counts of a question, under whichever version asked it in the same words."""
        asked = askings(self.versions, question)
        return [one for one in self.counts if (one.version_id, one.question) in asked]

    def rankings_of(self, question: Question) -> list[Rankings]:
        """Return the rankings of a question, under whichever version asked it in the same words."""
        asked = askings(self.versions, question)
        return [one for one in self.rankings if (one.version_id, one.question) in asked]

    def modes(self, wave: Wave) -> dict[Mode, int]:
        """Return how many answered in private in a wave, by mode; from kept totals where no responses are left."""
        found: dict[Mode, int] = {}
        for one in self.responses:
            if one.wave is wave and one.mode.private:
                found[one.mode] = found.get(one.mode, 0) + one.count
        return found or self._most_answers(wave)

    def people(self, wave: Wave) -> int:
        """Return how many people answered in private in a wave."""
        return sum(self.modes(wave).values())

    @property
    def attendance(self) -> int | None:
        """How many people were there, all performances together; None unless everybody was counted."""
        heads = [one.attendance for one in self.performances]
        return None if None in heads else sum(head or 0 for head in heads)

    @property
    def about(self) -> bool:
        """The attendance is not exact."""
        return any(one.attendance_about for one in self.performances)

    def _most_answers(self, wave: Wave) -> dict[Mode, int]:
        """Return the largest base of any question, by mode: at least so many people answered."""
        bases: dict[tuple[str, Mode, str], int] = {}
        for one in self.counts:
            if one.wave is wave and one.mode.private:
                key = (one.performance_id, one.mode, one.question)
                bases[key] = bases.get(key, 0) + one.base
        found: dict[Mode, int] = {}
        for performance_id, mode in {(key[0], key[1]) for key in bases}:
            most = max(base for key, base in bases.items() if key[:2] == (performance_id, mode))
            found[mode] = found.get(mode, 0) + most
        return found


@dataclass(frozen=True)
class Linked:
    """The same people before and after: pairs, and how many answered only once."""

    before: Evidence
    after: Evidence
    pairs: tuple[Pairs, ...]
    alone: Mapping[Wave, int]

    def of(self, question: Question) -> list[Pairs]:
        """Return the pairs of a question, under whichever version asked it in the same words."""
        asked = askings(self.after.versions, question)
        return [one for one in self.pairs if (one.version_id, one.question) in asked]

    @property
    def people(self) -> int:
        """How many respondents answered both times."""
        both = sum(one.count for one in self.after.responses if one.wave is Wave.AFTER)
        return max(both - self.alone.get(Wave.AFTER, 0), 0)


def read_evidence(connection: Connection, performances: Sequence[Performance], wave: Wave) -> Evidence:
    """Return what some performances answered in one wave."""
    ids = [one.id for one in performances]
    found = counts(connection, ids, wave=wave)
    given = {one.version_id for one in found} | {one.version_id for one in performances}
    versions = {id: find_version(connection, id) for id in sorted(given)}
    ranked = {one.id for version in versions.values() for one in version.questions if one.kind is Kind.RANK}
    return Evidence(
        tuple(performances),
        wave,
        versions,
        tuple(found),
        tuple(response_counts(connection, ids)),
        tuple(rankings(connection, ids, questions=ranked, wave=wave)) if ranked else (),
        language_counts(connection, ids, wave),
        tuple((id, note) for id, _, note in sources(connection, ids) if note),
        others_answered(connection, ids),
    )


def read_linked(connection: Connection, performances: Sequence[Performance]) -> Linked:
    """Return what the same people answered before and after."""
    ids = [one.id for one in performances]
    return Linked(
        read_evidence(connection, performances, Wave.BEFORE),
        read_evidence(connection, performances, Wave.AFTER),
        tuple(pairs(connection, ids)),
        unlinked_counts(connection, ids),
    )


def askings(versions: Mapping[str, Questionnaire], question: Question) -> frozenset[tuple[str, str]]:
    """Return the versions that asked a question in the same words with the same answers, each with the id it used."""
    return frozenset(
        (version_id, other.id)
        for version_id, version in versions.items()
        for other in version.questions
        if other.id in (question.id, question.was) and compare_wording(question, other) is Reason.SAME
    )


@contextmanager
def reading() -> Iterator[Connection]:
    """Give the connection a page reads by; stop the page with plain words when the database is busy."""
    try:
        with database().reading() as connection:
            yield connection
    except DatabaseBusy:
        st.text("The database is busy. Nothing is lost. Open this page again in a moment.")
        st.stop()


def comments_of(connection: Connection, performance: Performance, wave: Wave) -> list[Comment]:
    """Return what people wrote in one wave, in random order."""
    return [
        Comment(row.text, row.quote_ok)
        for row in comment_rows(connection, performance.id)
        if row.wave is wave
    ]
