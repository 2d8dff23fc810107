"""Tables: CSV as spreadsheets write it, read row by row, and written so that they read it rightly."""

import csv
import io
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from survey.exchange.cells import guarded, unguarded
from survey.exchange.decoding import NotText, decoded

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
BLANKS = re.compile(r'"[ \t]+(?=\r?\n|\r|\Z)')
TITLES = 20
"""How many rows above the names of the columns are looked through."""
SHOWN = 20
"""How many complaints are shown at once."""


class TableWrong(Exception):
    """A table cannot be used; ``complaints`` say row by row why and what to do."""

    def __init__(self, complaints: Sequence[str]) -> None:
        shown = list(complaints[:SHOWN])
        if len(complaints) > SHOWN:
            shown.append(f"And {len(complaints) - SHOWN} more.")
        super().__init__("\n".join(shown))
        self.complaints = tuple(complaints)


@dataclass(frozen=True)
class Row:
    """One row. ``number`` is the one a spreadsheet shows; the row of column names is 1."""

    number: int
    cells: dict[str, str]

    def cell(self, column: str) -> str:
        """Return what stands in a column, without spaces around it; nothing where there is no such column."""
        return unguarded(self.cells.get(column, "").strip())

    def complaint(self, what: str, column: str = "") -> str:
        """Return a complaint about this row, or about its cell in one column."""
        return f"Row {self.number}{f', column {column}' if column else ''}: {what}"


@dataclass(frozen=True)
class Table:
    """Column names and rows; rows without anything in them are left out."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def renamed(self, names: Mapping[str, str]) -> "Table":
        """Return the same table with other names for its columns."""
        rows = tuple(
            replace(row, cells={names.get(column, column): cell for column, cell in row.cells.items()})
            for row in self.rows
        )
        return Table(tuple(names.get(column, column) for column in self.columns), rows)

    def without(self, column: str) -> "Table":
        """Return the same table without a column."""
        rows = tuple(
            replace(row, cells={name: cell for name, cell in row.cells.items() if name != column})
            for row in self.rows
        )
        return Table(tuple(name for name in self.columns if name != column), rows)


def read_table(content: bytes, *, known: Collection[str] = (), encoding: str = "") -> Table:
    """Return the table in a CSV file: comma, semicolon or tab, in any encoding that can be told. Raises TableWrong.

    ``known`` are names of columns: they tell a title from the row that names the columns. ``encoding``: see decoding.
    """
    try:
        text = decoded(content, encoding)
    except NotText as error:
        raise TableWrong([str(error)]) from error
    delimiter = _delimiter(text, known)
    lines = _lines(text, delimiter)
    filled = [number for number, cells in enumerate(lines, start=1) if any(cell.strip() for cell in cells)]
    if not filled:
        raise TableWrong(["The table is empty. Its first row must hold the names of the columns."])
    columns = _names(lines[0])
    if (header := _below_titles(lines, known) or filled[0]) > 1:
        title = next((cell.strip() for cell in lines[0] if cell.strip()), "")
        raise TableWrong(
            [
                f"Row 1 {f'holds a title, “{title[:40]}”' if title else 'is empty'}; the names of the columns stand in row "
                f"{header}. Take out the {'row' if header == 2 else f'{header - 1} rows'} above them."
            ]
        )
    while columns and not columns[-1]:
        columns = columns[:-1]
    unnamed = [_letters(place) for place, name in enumerate(columns) if not name]
    if unnamed:
        raise TableWrong(
            [f"Row 1: Column {', '.join(unnamed)} has no name. Give each column one, or take it out."]
        )
    twice = sorted({name for name in columns if columns.count(name) > 1})
    if twice:
        raise TableWrong(
            [f"Row 1: The column {twice[0]!r} is there twice. Give each column a name of its own."]
        )
    rows: list[Row] = []
    complaints: list[str] = []
    for number, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[len(columns) :]):
            complaints.append(
                f"Row {number}: There are more cells than columns. Put words with a {DELIMITERS[delimiter]} in quotes."
            )
        rows.append(Row(number, dict(zip(columns, cells, strict=False))))
    if complaints:
        raise TableWrong(complaints)
    if not rows:
        raise TableWrong(["There are column names but no rows below them."])
    return Table(columns, tuple(rows))


def table_bytes(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a CSV file: UTF-8 with a byte order mark, and no cell that a spreadsheet would run."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return written.getvalue().encode("utf-8-sig")


def _letters(place: int) -> str:
    """Return what a spreadsheet calls the column at a place, from 0: A, B, …, Z, AA."""
    before, last = divmod(place, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def _names(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(" ".join(name.split()).lower() for name in cells)


def _below_titles(lines: Sequence[Sequence[str]], known: Collection[str]) -> int | None:
    """Return the number of the row that names the columns where that is not the first; None where it is, or none does."""
    for number, cells in enumerate(lines[:TITLES], start=1):
        names = [name for name in _names(cells) if name]
        found = sum(name in known for name in names)
        if found and number == 1:
            return None
        if 2 * found > len(names):
            return number
    return None


def _lines(text: str, delimiter: str) -> list[list[str]]:
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep="):
        text = rest
    try:
        return _cells(text, delimiter)
    except TableWrong:
        return _cells(BLANKS.sub('"', text), delimiter)  # blanks between closing quotes and the line's end


def _cells(text: str, delimiter: str) -> list[list[str]]:
    lines: list[list[str]] = []
    try:
        lines.extend(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise TableWrong(
            [f"Row {len(lines) + 1}: The quotes are not closed, or a cell is far too long. Correct this row."]
        ) from error
    return lines


def _delimiter(text: str, known: Collection[str]) -> str:
    """Return what stands between the cells: what the first line says (``sep=;``), what divides known names, else what it uses most."""
    first = text.partition("\n")[0].strip("\r\n")
    if first.lower().startswith("sep=") and first[4:5] in DELIMITERS:
        return first[4]
    beginning = text[:10_000].splitlines()[:TITLES]

    def fits(delimiter: str) -> tuple[int, int]:
        names = (name.strip().strip('"').lower() for line in beginning for name in line.split(delimiter))
        return sum(name in known for name in names), first.count(delimiter)

    return max(DELIMITERS, key=fits)
