"""Totals: tables of counted answers with one row per option. Hands, cards, and what is left of old evaluations."""

from collections.abc import Sequence
from dataclasses import dataclass

from survey.exchange.places import COLUMNS, Given, Place, not_asked, option_of, place_of
from survey.exchange.tables import Row, Table
from survey.model import Kind, Mode, Question, Wave

OWN_COLUMNS = ("question", "option", "count", "base")
MOST = 1_000_000


@dataclass(frozen=True)
class Totals:
    """How many gave each option of one question, of how many people."""

    place: Place
    question: str
    counts: dict[str, int]
    base: int


@dataclass(frozen=True)
class _Line:
    """One row: one option counted."""

    row: Row
    place: Place
    question: Question
    option: str
    count: int
    base: int | None

    @property
    def key(self) -> tuple[str, Wave, Mode, str, str]:
        place = self.place
        return (place.occasion.performance.id, place.wave, place.mode, place.note, self.question.id)


def is_totals(table: Table) -> bool:
    """Return whether a table counts answers."""
    return {"question", "option", "count"} <= set(table.columns)


def read_totals(table: Table, given: Given, complaints: list[str]) -> list[Totals]:
    """Return the totals in a table; what is wrong is added to the complaints."""
    for column in table.columns:
        if column not in (*COLUMNS, *OWN_COLUMNS):
            complaints.append(
                f"Row 1: The column {column!r} is not known. Use: {', '.join((*COLUMNS, *OWN_COLUMNS))}."
            )
    lines = [line for row in table.rows if (line := _line(row, given, complaints)) is not None]
    groups: dict[tuple[str, Wave, Mode, str, str], list[_Line]] = {}
    for line in lines:
        groups.setdefault(line.key, []).append(line)
    return [_totals(group, complaints) for group in groups.values()]


def _line(row: Row, given: Given, complaints: list[str]) -> _Line | None:
    before = len(complaints)
    place = place_of(row, given, complaints)
    count = _number(row, "count", complaints)
    base = _number(row, "base", complaints) if row.cell("base") else None
    if place is None or count is None:
        return None
    id, said = row.cell("question"), row.cell("option")
    if (why := not_asked(id, place)) is not None:
        complaints.append(row.complaint(why))
        return None
    question = place.occasion.questionnaire.question(id)
    option = option_of(question, said)
    if question.kind is Kind.COMMENT:
        complaints.append(row.complaint(f"{id!r} asks for a comment, which cannot be counted."))
    elif option not in question.values:
        complaints.append(
            row.complaint(f"{said!r} is no answer to {id!r}. Write one of: {', '.join(question.values)}.")
        )
    elif base is not None and count > base:
        complaints.append(row.complaint(f"The count {count} is more than its base {base}."))
    return _Line(row, place, question, option, count, base) if len(complaints) == before else None


def _totals(lines: Sequence[_Line], complaints: list[str]) -> Totals:
    first = lines[0]
    counts: dict[str, int] = {}
    for line in lines:
        if line.option in counts:
            complaints.append(
                line.row.complaint(f"{line.option!r} of {line.question.id!r} is counted twice.")
            )
        counts[line.option] = counts.get(line.option, 0) + line.count
    bases = {line.base for line in lines if line.base is not None}
    total = sum(counts.values())
    base = max(bases, default=total)
    where = first.row
    asked = repr(first.question.id)
    if len(bases) > 1:
        complaints.append(where.complaint(f"{asked} has more than one base: {_listed(bases)}. Write one."))
    elif base == 0:
        complaints.append(where.complaint(f"Nobody answered {asked}. Leave its rows out."))
    elif first.question.kind is Kind.MANY:
        most = base * (first.question.at_most or len(first.question.options))
        if not bases:
            complaints.append(
                where.complaint(
                    f"Several answers to {asked} were allowed. Say in 'base' how many people answered."
                )
            )
        elif not base <= total <= most:
            complaints.append(
                where.complaint(
                    f"The counts of {asked} add up to {total}, which {base} people cannot have given."
                )
            )
    elif total != base:
        complaints.append(
            where.complaint(
                f"The counts of {asked} add up to {total}, but the base is {base}. Correct one of them."
            )
        )
    return Totals(first.place, first.question.id, counts, base)


def _number(row: Row, column: str, complaints: list[str]) -> int | None:
    said = row.cell(column)
    if said.isascii() and said.isdecimal() and len(said) < 8 and int(said) <= MOST:
        return int(said)
    complaints.append(row.complaint(f"The {column} is {said!r}. Write a whole number, 0 or more."))
    return None


def _listed(numbers: set[int]) -> str:
    return ", ".join(str(number) for number in sorted(numbers))
