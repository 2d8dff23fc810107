"""The pages of an SQLite file, read as bytes: where in its page each row lies, which tells when it came until it is rebuilt."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import combinations
from pathlib import Path

LEAVES = (0x0A, 0x0D)
"""Pages that hold rows: of tables without row numbers and of indexes; of tables with them."""


def emptied(file: Path) -> bytes:
    """Return the bytes of a file once its journal is in it."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file.read_bytes()


def rows_by_place(content: bytes) -> Iterator[list[bytes]]:
    """Give the rows of each leaf page, the one written first (it lies last in the page) first."""
    size = int.from_bytes(content[16:18], "big")
    size = 65536 if size == 1 else size
    for start in range(0, len(content), size):
        page = content[start : start + size]
        head = 100 if start == 0 else 0
        count = int.from_bytes(page[head + 3 : head + 5], "big")
        if page[head] not in LEAVES or not count:
            continue
        at = [int.from_bytes(page[head + 8 + 2 * n : head + 10 + 2 * n], "big") for n in range(count)]
        ends = dict(zip(sorted(at), [*sorted(at)[1:], size], strict=True))
        yield [page[place : ends[place]] for place in sorted(at, reverse=True)]


def order_told(content: bytes, marks: Sequence[bytes]) -> float:
    """Return how well the places in pages tell the order of these marks: 0 not at all, 1 wholly (Kendall's tau).

    A mark that stands in several tables and indexes is looked at in each of their pages.
    """
    agree = pairs = 0
    for rows in rows_by_place(content):
        came = [found[0] for row in rows if (found := [n for n, mark in enumerate(marks) if mark in row])]
        for earlier, later in combinations(came, 2):
            if earlier != later:
                pairs += 1
                agree += 1 if earlier < later else -1
    assert pairs > len(marks), "the marks stand in no page"
    return agree / pairs
