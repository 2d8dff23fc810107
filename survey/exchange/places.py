"""Places: where a row's answers belong. Every row of an imported table says it, or the command does for all."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace

from babel import Locale, UnknownLocaleError

from survey.exchange.answers import NOT_GIVEN
from survey.exchange.columns import OURS
from survey.exchange.tables import Row, Table, TableWrong
from survey.model import Mode, Performance, Provenance, Questionnaire, Wave
from survey.questionnaire import clean

SAID = ("performance", "wave", "mode", "note")
"""What the command may say for all rows."""
INVENTED = frozenset({Provenance.DEMONSTRATION.value, Provenance.REHEARSAL.value})
"""Rows of an export that may not come back as past evidence."""


@dataclass(frozen=True)
class Occasion:
    """A performance and the questionnaire its answers were given to.

    ``versions`` are all that are published, by id: single rows may say that theirs is another.
    """

    performance: Performance
    questionnaire: Questionnaire
    versions: Mapping[str, Questionnaire] = field(default_factory=dict)


@dataclass(frozen=True)
class Given:
    """What the command says for every row that does not say it itself."""

    find: Callable[[str], Occasion | None]
    """Return the performance with a code, or None."""
    performance: str = ""
    wave: str = ""
    mode: str = ""
    note: str = ""
    instead: str = ""
    """The performance that the whole table belongs to, whatever its rows call it: an export of another house."""

    def missing(self, table: Table, names: Collection[str]) -> list[str]:
        """Return a complaint for each of these things that neither the table nor the command says."""
        return [
            f"Nothing says the {name}. Add a column {name!r}, or give --{name}."
            for name in names
            if name not in {column.removeprefix(OURS) for column in table.columns} and not getattr(self, name)
        ]


def all_here(table: Table, given: Given) -> tuple[Table, Given]:
    """Return a table without the codes its rows give their performance, and what says where they belong instead.

    Raises TableWrong when they are several: audiences are never put together.
    """
    column = next((name for name in (f"{OURS}performance", "performance") if name in table.columns), None)
    codes = sorted({row.cell(column) for row in table.rows} - {""}) if column else []
    if len(codes) > 1:
        raise TableWrong(
            [
                f"The rows belong to {len(codes)} performances: {', '.join(codes)}. Take in one by one with --as."
            ]
        )
    return (table.without(column) if column else table), replace(given, performance=given.instead)


@dataclass(frozen=True)
class Place:
    """Where the answers of one row belong, and to which version of the questionnaire, in which language, they were given."""

    occasion: Occasion
    wave: Wave
    mode: Mode
    note: str
    version_id: str
    questionnaire: Questionnaire
    language: str


def present(row: Row, column: str) -> str:
    """Return what stands in a column of ours; "" also for what programs write where nothing stands."""
    said = row.cell(column)
    return "" if said.casefold() in NOT_GIVEN else said


def place_of(row: Row, given: Given, complaints: list[str], *, mode: Mode | None = None) -> Place | None:
    """Return a row's place; None after adding what is wrong with it to the complaints. ``mode``: of tables that have none."""
    said = {name: row.cell(name) or getattr(given, name) for name in SAID}
    occasion = given.find(said["performance"]) if said["performance"] else None
    wrong: list[tuple[str, str]] = []
    if occasion is None:
        wrong.append(
            (
                "performance",
                f"There is no performance {said['performance']!r}. Write its code, or give the code of one here with --as.",
            )
        )
    if said["wave"].lower() not in set(Wave):
        wrong.append(("wave", f"The wave is {said['wave']!r}. Write before or after."))
    if mode is None and said["mode"].lower() not in set(Mode):
        wrong.append(("mode", f"The mode is {said['mode']!r}. Write {_either([one.value for one in Mode])}."))
    if row.cell("provenance").lower() in INVENTED:
        wrong.append(
            ("provenance", f"These answers are {row.cell('provenance')}. Nobody gave them: leave them out.")
        )
    language = present(row, "language")
    if language and not _known(language):
        wrong.append(
            (
                "language",
                f"{language!r} is no code of a language. Write it as in en or zh-Hans, or leave it empty.",
            )
        )
    version_id, questionnaire = _version(row, occasion, wrong) if occasion else ("", None)
    if wrong or occasion is None or questionnaire is None:
        complaints.extend(row.complaint(what, column) for column, what in wrong)
        return None
    return Place(
        occasion,
        Wave(said["wave"].lower()),
        mode or Mode(said["mode"].lower()),
        clean(said["note"]),
        version_id,
        questionnaire,
        language or questionnaire.languages[0],
    )


def not_asked(question: str, place: Place) -> str | None:
    """Return why a question cannot have an answer here; None when it can."""
    questionnaire = place.questionnaire
    asked = {one.id for one in questionnaire.questions}
    if question not in asked:
        return (
            f"There is no question {question!r} in {questionnaire.id}, version {questionnaire.version}. "
            f"It asks: {', '.join(one.id for one in questionnaire.questions)}."
        )
    if question not in {one.id for one in questionnaire.asked_in(place.wave)}:
        return f"{question!r} is not asked {place.wave} the performance. Correct the question or the wave."
    return None


def _version(row: Row, occasion: Occasion, wrong: list[tuple[str, str]]) -> tuple[str, Questionnaire | None]:
    own = occasion.performance.version_id
    said = present(row, "version") or own
    if said == own:
        return own, occasion.questionnaire
    if said not in occasion.versions:
        there = ", ".join(sorted({own, *occasion.versions}))
        wrong.append(
            (
                "version",
                f"There is no version {said!r} of a questionnaire. There are: {there}. Empty means {own}.",
            )
        )
    return said, occasion.versions.get(said)


def _known(language: str) -> bool:
    try:
        Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return True


def _either(words: Collection[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}"
