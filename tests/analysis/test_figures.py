"""Figures: ten and thirty, rounding and p in words are written once; nothing else in the house writes them again."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import survey
from survey.analysis.figures import ENOUGH, LEAST, enough, few, p_words, suppressed, whole_in_100
from survey.analysis.shares import Share
from survey.storage.retention import SMALLEST_BASE

HOUSE = Path(survey.__file__).parent
FIGURES = HOUSE / "analysis" / "figures.py"
ROOMS = ("analysis", "publication", "charts", "screen/evidence")
"""Where figures are made; elsewhere they are only handed on."""


@pytest.mark.parametrize(
    ("base", "nothing", "some", "in_100"),
    [
        (0, True, False, False),
        (1, True, True, False),
        (9, True, True, False),
        (10, False, False, False),
        (29, False, False, False),
        (30, False, False, True),
    ],
)
def test_from_ten_answers_there_are_figures_and_from_thirty_they_are_in_100(
    base: int, nothing: bool, some: bool, in_100: bool
) -> None:
    assert (suppressed(base), few(base), enough(base)) == (nothing, some, in_100)


@pytest.mark.parametrize(
    ("share", "whole"),
    [(0, 0), (0.005, 1), (-0.005, -1), (0.0049, 0), (0.285, 29), (-0.125, -13), (2 / 3, 67), (1, 100)],
)
def test_halves_are_rounded_away_from_nothing(share: float, whole: int) -> None:
    assert whole_in_100(share) == whole


def test_a_share_is_rounded_as_whole_people_would_round_it() -> None:
    assert all(
        Share("", count, base).in_100 == (200 * count + base) // (2 * base)
        for base in range(1, 401)
        for count in range(base + 1)
    )


def test_a_share_is_told_in_100_from_thirty_answers_and_counted_out_below() -> None:
    assert [Share("", 9, base).said for base in (29, 30)] == ["9 of 29", "30"]


@pytest.mark.parametrize(
    ("p", "words"),
    [(None, ""), (0.0004, "< .001"), (0.001, ".001"), (0.0312, ".031"), (0.9, ".900"), (1.0, "1.000")],
)
def test_a_p_value_is_printed_as_statisticians_print_it(p: float | None, words: str) -> None:
    assert p_words(p) == words


def test_totals_kept_after_the_keeping_date_obey_the_same_ten() -> None:
    """Storage knows no analysis: its ten is held to ours here."""
    assert SMALLEST_BASE == LEAST


@pytest.mark.parametrize("room", ROOMS)
def test_nobody_compares_with_ten_or_thirty_but_by_the_rules(room: str) -> None:
    found = [
        f"{path.relative_to(HOUSE)}:{node.lineno}"
        for path, node in _nodes(room)
        if isinstance(node, ast.Compare) and any(_is_limit(part) for part in (node.left, *node.comparators))
    ]
    assert found == []


@pytest.mark.parametrize("room", ROOMS)
def test_nobody_rounds_in_100_a_second_way(room: str) -> None:
    found = [
        f"{path.relative_to(HOUSE)}:{node.lineno}"
        for path, node in _nodes(room)
        if (
            (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("round", "int")
            )
            or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.FloorDiv))
        )
        and any(_times_100(part) for part in ast.walk(node))
    ]
    assert found == []


def _nodes(room: str) -> Iterator[tuple[Path, ast.AST]]:
    for path in (HOUSE / room).rglob("*.py"):
        if path != FIGURES:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                yield path, node


def _is_limit(node: ast.expr) -> bool:
    named = isinstance(node, ast.Name) and node.id in ("LEAST", "ENOUGH")
    return named or (isinstance(node, ast.Constant) and node.value in (LEAST, ENOUGH))


def _times_100(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Mult)
        and any(
            isinstance(side, ast.Constant) and side.value in (100, 200) for side in (node.left, node.right)
        )
    )
