"""Cells: words that no spreadsheet runs as a formula, and what stands where no answer does."""

RUNS = frozenset("=+-@\t\r\n＝＋－＠﹦﹢﹣﹫")
"""What makes a spreadsheet run a cell, in ordinary, full-width and small forms."""
GUARD = "'"
NOT_ASKED = "(not asked)"
"""Stands in an export where a question was not asked: in that wave, or in that version. An empty cell was skipped."""
HIDDEN = "(hidden)"
"""Stands where an answer was given and is left out, so that nobody can be told from it. (No option's code has brackets.)"""
NOT_OFFERED = "not offered"
"""Stands for the count of an answer that people could not choose: two cards for a question with three answers."""


def guarded(text: str) -> str:
    """Return words with an apostrophe in front if a spreadsheet could run them."""
    return GUARD + text if _runs(text.lstrip(GUARD)) else text


def unguarded(text: str) -> str:
    """Return words as they were before the apostrophe."""
    return text[1:] if text.startswith(GUARD) and _runs(text.lstrip(GUARD)) else text


def _runs(text: str) -> bool:
    return text[:1] in RUNS or text.lstrip()[:1] in RUNS if text.strip() else False
