"""Tables: which rows of a cross-table are hidden (rule 5)."""

from collections.abc import Mapping, Sequence

from survey.analysis.figures import suppressed

CELL = 5
"""A cell of fewer people than this, but not none, hides its row."""


def hidden_rows(rows: Mapping[str, Sequence[int]]) -> frozenset[str]:
    """Return the names of the rows to hide: those with a base below 10 or a cell of 1-4, and one more.

    Rows go on being hidden, smallest first, until the hidden ones together (the total minus what is shown) would
    themselves be fit to be shown.
    """
    hidden = {name for name, cells in rows.items() if not fit(cells)}
    by_size = sorted(rows, key=lambda name: sum(rows[name]))
    while hidden and len(hidden) < len(rows) and (len(hidden) < 2 or not fit(_sum(rows, hidden))):
        hidden.add(next(name for name in by_size if name not in hidden))
    return frozenset(hidden)


def fit(cells: Sequence[int]) -> bool:
    """Return whether a row may be shown: a base of at least 10, and no cell of 1-4."""
    return not suppressed(sum(cells)) and not any(0 < cell < CELL for cell in cells)


def _sum(rows: Mapping[str, Sequence[int]], names: set[str]) -> list[int]:
    return [sum(column) for column in zip(*(rows[name] for name in names), strict=True)]
