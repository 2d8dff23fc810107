"""Places: where a row's answers belong. Every row of an imported table says it, or the command does for all."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from survey.exchange.tables import Row, Table
from survey.model import Mode, Performance, Question, Questionnaire, Wave
from survey.questionnaire import clean

COLUMNS = ("performance", "wave", "mode", "note")


@dataclass(frozen=True)
class Occasion:
    """A performance and the questionnaire its answers were given to."""

    performance: Performance
    questionnaire: Questionnaire


@dataclass(frozen=True)
class Given:
    """What the command says for every row that does not say it itself."""

    find: Callable[[str], Occasion | None]
    """Return the performance with a code, or None."""
    performance: str = ""
    wave: str = ""
    mode: str = ""
    note: str = ""

    def missing(self, table: Table) -> list[str]:
        """Return a complaint for each thing that neither the table nor the command says."""
        return [
            f"Nothing says the {name}. Add a column {name!r}, or give --{name}."
            for name in ("performance", "wave", "mode")
            if name not in table.columns and not getattr(self, name)
        ]


@dataclass(frozen=True)
class Place:
    """Where the answers of one row belong."""

    occasion: Occasion
    wave: Wave
    mode: Mode
    note: str


def place_of(row: Row, given: Given, complaints: list[str]) -> Place | None:
    """Return a row's place; None after adding what is wrong with it to the complaints."""
    said = {name: row.cell(name) or getattr(given, name) for name in COLUMNS}
    occasion = given.find(said["performance"]) if said["performance"] else None
    wrong: list[str] = []
    if occasion is None:
        wrong.append(f"There is no performance {said['performance']!r}. Write its code.")
    if said["wave"].lower() not in set(Wave):
        wrong.append(f"The wave is {said['wave']!r}. Write before or after.")
    if said["mode"].lower() not in set(Mode):
        wrong.append(f"The mode is {said['mode']!r}. Write {_either([mode.value for mode in Mode])}.")
    if wrong or occasion is None:
        complaints.extend(row.complaint(what) for what in wrong)
        return None
    return Place(occasion, Wave(said["wave"].lower()), Mode(said["mode"].lower()), clean(said["note"]))


def option_of(question: Question, said: str) -> str:
    """Return the value of the option meant by its value or its words; what was said where no option is meant."""
    if said in question.values:
        return said
    for option in question.options:
        if said.casefold() in {words.casefold() for words in option.label.by_language.values()}:
            return option.value
    return said


def not_asked(question: str, place: Place) -> str | None:
    """Return why a question cannot have an answer here; None when it can."""
    questionnaire = place.occasion.questionnaire
    asked = {one.id for one in questionnaire.questions}
    if question not in asked:
        return f"There is no question {question!r} in {questionnaire.id}, version {questionnaire.version}."
    if question not in {one.id for one in questionnaire.asked_in(place.wave)}:
        return f"{question!r} is not asked {place.wave} the performance. Correct the question or the wave."
    return None


def _either(words: Collection[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}"
