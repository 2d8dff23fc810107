"""Totals: tables of counted answers with one row per option. Hands, cards, and what is left of old evaluations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from survey.exchange.answers import NoAnswer, offered, single
from survey.exchange.cells import NOT_OFFERED
from survey.exchange.columns import OF_TOTALS, OURS, called_question
from survey.exchange.numbers import readings
from survey.exchange.places import Given, Place, not_asked, place_of, present
from survey.exchange.tables import Row, Table
from survey.model import Kind, Mode, Question, Wave
from survey.questionnaire.cards import CLASS, counted_classes

MOST = 1_000_000
POLL = "poll"
"""The version of what was counted of a live poll, which no questionnaire asks."""
YES_OR_NO: Mapping[str, bool] = {
    "yes": True,
    "true": True,
    "1": True,
    "no": False,
    "false": False,
    "0": False,
    "": False,
}


@dataclass(frozen=True)
class Totals:
    """How many gave each option (or class of options) of one question, of how many people.

    ``after_reveal``: their result had been shown. ``in_answers``: an export says that single rows of the same people exist.
    """

    place: Place
    question: str
    counts: dict[str, int]
    base: int
    after_reveal: bool = False
    in_answers: bool = False


Key = tuple[str, Wave, Mode, str, str, str, bool, bool]


@dataclass(frozen=True)
class _Line:
    """One row: one option counted, or said not to have been offered (None)."""

    row: Row
    place: Place
    question: Question
    option: str
    count: int | None
    base: int | None
    after_reveal: bool
    in_answers: bool

    @property
    def key(self) -> Key:
        place = self.place
        return (
            *(place.occasion.performance.id, place.wave, place.mode, place.note, place.version_id),
            *(self.question.id, self.after_reveal, self.in_answers),
        )


def is_totals(table: Table) -> bool:
    """Return whether a table counts answers."""
    return {"question", "option", "count"} <= {column.removeprefix(OURS) for column in table.columns}


def read_totals(table: Table, given: Given, complaints: list[str]) -> list[Totals]:
    """Return the totals in a table; what is wrong is added to the complaints. Counts of live polls are left out."""
    table = table.renamed({column: column.removeprefix(OURS) for column in table.columns})
    unknown = [column for column in table.columns if column not in OF_TOTALS]
    if unknown:
        complaints.append(
            f"Row 1: The column {unknown[0]!r} is not known beside counts. Use: {', '.join(OF_TOTALS)}."
        )
    complaints.extend(given.missing(table, ("performance", "wave", "mode")))
    if complaints:
        return []
    groups: dict[Key, list[_Line]] = {}
    for row in table.rows:
        if row.cell("version") == POLL:
            continue
        if (line := _line(row, given, complaints)) is not None:
            groups.setdefault(line.key, []).append(line)
    return [] if complaints else [_totals(group, complaints) for group in groups.values()]


def _line(row: Row, given: Given, complaints: list[str]) -> _Line | None:
    before = len(complaints)
    place = place_of(row, given, complaints)
    left_out = row.cell("count").casefold() == NOT_OFFERED
    count = None if left_out else _number(row, "count", complaints)
    base = _number(row, "base", complaints) if present(row, "base") else None
    flags = [_flag(row, column, complaints) for column in ("after_reveal", "in_answers")]
    if place is None or len(complaints) > before:
        return None
    id = called_question(place.questionnaire, row.cell("question"))
    if (why := not_asked(id, place)) is not None:
        complaints.append(row.complaint(why, "question"))
        return None
    question = place.questionnaire.question(id)
    option = _option(row, question, place.mode, complaints)
    if left_out and place.mode.private:
        complaints.append(
            row.complaint(
                "In private everybody is offered every answer of a question: with fewer it is another question, which "
                "cannot be counted as this one.",
                "count",
            )
        )
    elif base is not None and (count or 0) > base:
        complaints.append(row.complaint(f"The count {count} is more than its base {base}.", "count"))
    if len(complaints) > before:
        return None
    return _Line(row, place, question, option, count, base, *flags)


def _option(row: Row, question: Question, mode: Mode, complaints: list[str]) -> str:
    said = row.cell("option")
    classes = () if mode.private else counted_classes(question)
    if said in classes:
        return said
    if question.kind is Kind.COMMENT:
        complaints.append(
            row.complaint(f"{question.id!r} asks for a comment, which cannot be counted.", "question")
        )
    elif said.startswith(CLASS) and mode.private:
        complaints.append(
            row.complaint(
                f"“{said}” counts a whole class at once, as cards do. {offered(question)}", "option"
            )
        )
    else:
        try:
            return single(question, said)
        except NoAnswer as why:
            also = f" Or a whole class, as one colour of card: {', '.join(classes)}." if classes else ""
            complaints.append(row.complaint(f"{why}{also}", "option"))
    return said


def _totals(lines: Sequence[_Line], complaints: list[str]) -> Totals:
    first = lines[0]
    counts = {line.option: line.count for line in lines}
    for number, line in enumerate(lines):
        if line.option in [earlier.option for earlier in lines[:number]]:
            complaints.append(
                line.row.complaint(f"{line.option!r} of {line.question.id!r} is counted twice.", "option")
            )
    if why := _missing(first.question, counts):
        complaints.append(first.row.complaint(why))
    given = {option: count for option, count in counts.items() if count is not None}
    bases = {line.base for line in lines if line.base is not None}
    base = max(bases, default=sum(given.values()))
    if (why := _unsound(first.question, bases, sum(given.values()))) and len(given) == sum(
        line.count is not None for line in lines
    ):
        complaints.append(first.row.complaint(why))
    left_out = [option for option, count in counts.items() if count is None]
    place = _noted(first.place, first.question, left_out) if left_out else first.place
    return Totals(place, first.question.id, given, base, first.after_reveal, first.in_answers)


def _missing(question: Question, counts: Mapping[str, int | None]) -> str:
    """Say which answers are neither counted nor said not to have been offered; "" where none."""
    by_class = [option for option in counts if option.startswith(CLASS)]
    if by_class and len(by_class) < len(counts):
        return f"{question.id!r} is counted by class and by answer. Write one of the two."
    everything = counted_classes(question) if by_class else question.values
    missing = [option for option in everything if option not in counts]
    if not missing:
        return ""
    return (
        f"{question.id!r} has no count of {', '.join(missing)}. Add a row for each: 0 if nobody chose it, "
        f"“{NOT_OFFERED}” if nobody could."
    )


def _unsound(question: Question, bases: set[int], total: int) -> str:
    """Say what contradicts itself in the figures of one question; "" where nothing does."""
    asked, base = repr(question.id), max(bases, default=total)
    if len(bases) > 1:
        return f"{asked} has more than one base: {', '.join(str(one) for one in sorted(bases))}. Write one."
    if base == 0:
        return f"Nobody answered {asked}. Leave its rows out."
    if question.kind is Kind.MANY:
        if not bases:
            return f"Several answers to {asked} were allowed. Say in 'base' how many people answered."
        if not base <= total <= base * (question.at_most or len(question.options)):
            return f"The counts of {asked} add up to {total}, which {base} people cannot have given."
    elif total != base:
        return f"The counts of {asked} add up to {total}, but the base is {base}. Correct one of them."
    return ""


def _noted(place: Place, question: Question, left_out: Sequence[str]) -> Place:
    """Return the same place whose note says what could not be chosen: it stands wherever the counts are shown."""
    labels = {option.value: str(option.label.reference) for option in question.options}
    said = f"Not offered for {question.id}: {', '.join(labels.get(one, one) for one in left_out)}."
    return (
        place if said in place.note else replace(place, note=f"{place.note.rstrip('.')}. {said}".lstrip(". "))
    )


def _number(row: Row, column: str, complaints: list[str]) -> int | None:
    said = row.cell(column)
    found = readings(said)
    if len(found) == 1 and max(found) <= MOST:
        return max(found)
    if len(found) > 1:
        either = " or ".join(str(number) for number in sorted(found))
        complaints.append(
            row.complaint(f"The {column} {said!r} may be {either}. Write one of these.", column)
        )
    else:
        complaints.append(
            row.complaint(f"The {column} is {said[:40]!r}. Write a whole number, 0 or more.", column)
        )
    return None


def _flag(row: Row, column: str, complaints: list[str]) -> bool:
    said = present(row, column).casefold()
    if said not in YES_OR_NO:
        complaints.append(row.complaint(f"{said!r} is neither yes nor no.", column))
    return YES_OR_NO.get(said, False)
