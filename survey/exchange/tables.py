"""Tables: CSV as spreadsheets write it, read row by row, and written so that they read it rightly."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from survey.exchange.cells import guarded, unguarded

DELIMITERS = (",", ";", "\t")
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

    def complaint(self, what: str) -> str:
        """Return a complaint about this row."""
        return f"Row {self.number}: {what}"


@dataclass(frozen=True)
class Table:
    """Column names and rows; rows without anything in them are left out."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(content: bytes) -> Table:
    """Return the table in a CSV file: comma, semicolon or tab, with or without a byte order mark. Raises TableWrong."""
    lines = _lines(content)
    if not lines or not any(cell.strip() for cell in lines[0]):
        raise TableWrong(["The table is empty. Its first row must hold the names of the columns."])
    columns = tuple(name.strip().lower() for name in lines[0])
    while columns and not columns[-1]:
        columns = columns[:-1]
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
                f"Row {number}: There are more cells than columns. Put words with a {_name(content)} in quotes."
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


def _lines(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableWrong(["The file is not UTF-8 text. In Excel save it as: CSV UTF-8."]) from error
    if "\0" in text:
        raise TableWrong(["This is not a CSV file. Save the sheet as: CSV UTF-8."])
    delimiter = _delimiter(text)
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep="):
        text = rest
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines: list[list[str]] = []
    try:
        lines.extend(reader)
    except csv.Error as error:
        raise TableWrong(
            [f"Row {len(lines) + 1}: The quotes are not closed, or a cell is far too long. Correct this row."]
        ) from error
    return lines


def _delimiter(text: str) -> str:
    """Return what stands between the cells: what the first line says (``sep=;``), else what it uses most."""
    first = text.partition("\n")[0].strip("\r\n")
    if first.lower().startswith("sep=") and first[4:5] in DELIMITERS:
        return first[4]
    return max(DELIMITERS, key=first.count)


def _name(content: bytes) -> str:
    return {",": "comma", ";": "semicolon", "\t": "tab"}[_delimiter(content.decode("utf-8-sig"))]
