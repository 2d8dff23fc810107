"""Cells: words that no spreadsheet runs as a formula."""

RUNS = frozenset("=+-@\t\r\n＝＋－＠﹦﹢﹣﹫")
"""What makes a spreadsheet run a cell, in ordinary, full-width and small forms."""
GUARD = "'"


def guarded(text: str) -> str:
    """Return words with an apostrophe in front if a spreadsheet could run them."""
    return GUARD + text if _runs(text) else text


def unguarded(text: str) -> str:
    """Return words as they were before the apostrophe."""
    return text[1:] if text.startswith(GUARD) and _runs(text[1:]) else text


def _runs(text: str) -> bool:
    return text[:1] in RUNS or text.lstrip()[:1] in RUNS if text.strip() else False
