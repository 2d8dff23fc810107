"""The details of a performance: checked once when an organiser saves them, in plain words, and trusted after."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from survey.model import EventKind, LawfulBasis, Performance, Production, Purpose, Standing
from survey.questionnaire import clean
from survey.screen.office.dates import DateUnclear, read_date, written

NAME, LINE = 120, 160
"""The longest name of a production or venue, and of a body or contact, in characters."""
MOST_SEATS = 100_000


class DetailsUnclear(ValueError):
    """Something needs another look: ``problems`` maps a field to what to do about it."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__(" ".join(problems.values()))


@dataclass(frozen=True)
class Typed:
    """The details as they stand in the form; nothing is read yet."""

    production: str = ""
    when: str = ""
    venue: str = ""
    kind: EventKind = EventKind.PERFORMANCE
    capacity: str = ""
    responsible: str = ""
    contact: str = ""
    purpose: Purpose = Purpose.EVALUATION
    approved: bool = False
    lawful_basis: LawfulBasis = LawfulBasis.LEGITIMATE_INTERESTS
    youngest_age: str = ""
    families: bool = False
    keep_until: str = ""
    version_id: str = ""


@dataclass(frozen=True)
class Details:
    """The details, read: fit to be stored. ``keep_until`` is None when it was left to the house."""

    production: str
    starts_on: date
    date_precision: str
    venue: str
    kind: EventKind
    capacity: int | None
    responsible: str
    contact: str
    purpose: Purpose
    lawful_basis: LawfulBasis
    youngest_age: int | None
    families: bool
    keep_until: date | None
    version_id: str


def typed_of(performance: Performance) -> Typed:
    """Return a stored performance's details as a form shows them."""
    return Typed(
        production=performance.production,
        when=performance.when,
        venue=performance.venue,
        kind=performance.kind,
        capacity=_digits(performance.capacity),
        responsible=performance.responsible,
        contact=performance.contact,
        purpose=performance.purpose,
        approved=performance.purpose is Purpose.RESEARCH,
        lawful_basis=performance.lawful_basis,
        youngest_age=_digits(performance.youngest_age),
        families=performance.families,
        keep_until=written(performance.keep_until),
        version_id=performance.version_id,
    )


def read_details(typed: Typed, *, today: date, told: Performance | None = None) -> Details:
    """Return the details, read. ``told`` is the performance as its audience was told about it, once it has opened.

    Raises DetailsUnclear with what to do about each field that needs another look.
    """
    problems: dict[str, str] = {}
    starts_on, precision = _when(typed.when, problems)
    details = Details(
        production=_line("production", typed.production, NAME, problems),
        starts_on=starts_on,
        date_precision=precision,
        venue=_line("venue", typed.venue, NAME, problems),
        kind=typed.kind,
        capacity=_count("capacity", typed.capacity, 1, MOST_SEATS, problems),
        responsible=_line("responsible", typed.responsible, LINE, problems),
        contact=_line("contact", typed.contact, LINE, problems),
        purpose=typed.purpose,
        lawful_basis=typed.lawful_basis,
        youngest_age=_count("youngest_age", typed.youngest_age, 0, 120, problems),
        families=typed.families,
        keep_until=_keep(typed.keep_until, today, told, problems),
        version_id=typed.version_id,
    )
    if not details.production:
        problems["production"] = "Choose a production, or type the name of a new one."
    if not details.version_id:
        problems["version_id"] = "Choose a questionnaire."
    if typed.purpose is Purpose.RESEARCH and not typed.approved:
        problems["approved"] = "Tick that the research is approved, or choose another purpose."
    if typed.families and not details.youngest_age and "youngest_age" not in problems:
        problems["youngest_age"] = (
            "Write the youngest age to answer: those who are younger get a page to look only."
        )
    if problems:
        raise DetailsUnclear(problems)
    return details


def changed(performance: Performance, details: Details, production: Production) -> Performance:
    """Return a performance with new details."""
    kept_words = performance.standing is Standing.REHEARSAL
    return replace(
        performance,
        production_id=production.id,
        production=production.name,
        starts_on=details.starts_on,
        date_precision=details.date_precision,
        venue=details.venue,
        kind=details.kind,
        capacity=details.capacity,
        responsible=details.responsible,
        contact=details.contact,
        purpose=details.purpose if kept_words else performance.purpose,
        lawful_basis=details.lawful_basis if kept_words else performance.lawful_basis,
        youngest_age=details.youngest_age,
        families=details.families,
        keep_until=details.keep_until or performance.keep_until,
        version_id=details.version_id if kept_words else performance.version_id,
    )


def read_count(text: str, least: int, most: int) -> int | None:
    """Return a written whole number, None for nothing written. Raises ValueError with what to write instead."""
    digits = text.strip().replace(",", "").replace(" ", "")
    if not digits:
        return None
    if (
        not (digits.isascii() and digits.isdecimal())
        or not least <= int(digits[:9]) <= most
        or len(digits) > 9
    ):
        raise ValueError(f"Write a whole number from {least} to {most:,}, or leave it empty if nobody knows.")
    return int(digits)


def _when(text: str, problems: dict[str, str]) -> tuple[date, str]:
    try:
        return read_date(text)
    except DateUnclear as unclear:
        problems["when"] = str(unclear)
        return date.min, "day"


def _keep(text: str, today: date, told: Performance | None, problems: dict[str, str]) -> date | None:
    if not text.strip():
        return told.keep_until if told else None
    try:
        day, precision = read_date(text)
    except DateUnclear:
        day, precision = date.min, "none"
    if precision != "day":
        problems["keep_until"] = "Write the day answers are deleted, such as 25 April 2027."
    elif told and day > told.keep_until:
        promised = written(told.keep_until)
        problems["keep_until"] = f"The audience was told {promised}. Choose that day or an earlier one."
    elif day <= today and not (told and day == told.keep_until):
        problems["keep_until"] = "Choose a day in the future: on that day the answers are deleted."
    return day


def _count(field: str, text: str, least: int, most: int, problems: dict[str, str]) -> int | None:
    try:
        return read_count(text, least, most)
    except ValueError as unclear:
        problems[field] = str(unclear)
        return None


def _line(field: str, text: str, most: int, problems: dict[str, str]) -> str:
    line = " ".join(clean(text).split())
    if len(line) > most:
        problems[field] = f"Write at most {most} characters; these are {len(line)}."
    return line


def _digits(number: int | None) -> str:
    return "" if number is None else str(number)
