"""Flows: every ribbon as wide as its people, and nothing drawn that may not be counted out."""

import pytest

from survey.analysis.suppression import shown_change
from survey.charts.flows import drawable, flow
from tests.charts.asking import numbers, rows, source
from tests.charts.test_pictures import change


def test_every_ribbon_is_as_wide_as_its_people_from_end_to_end() -> None:
    edges = rows(flow(shown_change(change(31, 17, 6, 40), 20)), "edges")
    widths: dict[str, set[float]] = {edge["ribbon"]: set() for edge in edges}
    for edge in edges:
        widths[edge["ribbon"]].add(round(edge["lower"] - edge["upper"], 2))
    assert widths == {
        "stayed agreeing": {round(31 / 94, 2)},
        "stayed": {round(40 / 94, 2)},
        "moved away": {round(6 / 94, 2)},
        "moved to": {round(17 / 94, 2)},
    }


def test_ribbons_fill_both_columns_without_a_gap() -> None:
    picture = flow(shown_change(change(31, 17, 6, 40), 20))
    columns, edges = rows(picture, "columns"), rows(picture, "edges")
    for at, side in (
        (min(edge["at"] for edge in edges), "right"),
        (max(edge["at"] for edge in edges), "left"),
    ):
        ends = [edge for edge in edges if edge["at"] == at]
        ribbons = sum(edge["lower"] - edge["upper"] for edge in ends)
        blocks = sum(column["lower"] - column["upper"] for column in columns if column["align"] == side)
        assert ribbons == pytest.approx(blocks, abs=0.001) == pytest.approx(1, abs=0.001)


def test_columns_and_ribbons_carry_their_counts() -> None:
    picture = flow(shown_change(change(31, 17, 6, 40), 20))
    assert [column["words"] for column in rows(picture, "columns")] == [
        "37 said likely",
        "57 did not",
        "48 said likely",
        "46 did not",
    ]
    assert {row["number"] for row in rows(picture, "numbers")} == {"31", "17", "6", "40"}
    assert picture.words == (
        "A flow of 94 matched people. Before, 37 said likely; after, 48. 17 said likely only after, 6 only before,"
        " 31 both times, 40 neither time."
    )


def test_an_empty_movement_has_no_ribbon() -> None:
    picture = flow(shown_change(change(31, 17, 0, 40), 20))
    assert "moved away" not in {edge["ribbon"] for edge in rows(picture, "edges")}


def test_a_movement_of_fewer_than_five_is_said_and_drawn_without_its_number() -> None:
    two, four = (flow(shown_change(change(31, 17, away, 40 + 4 - away), 20)) for away in (2, 4))
    assert [row["number"] for row in rows(four, "bars")] == ["17", "fewer than 5"]
    assert source(two) == source(four)
    assert two.words == four.words


def test_with_a_few_unmatched_people_the_columns_are_not_shown() -> None:
    picture = flow(shown_change(change(31, 17, 6, 40), 5))
    assert "columns" not in picture.rows
    assert [row["number"] for row in rows(picture, "bars")] == ["17", "6", "71"]
    assert not {31, 40, 37, 48} & set(numbers(picture))


def test_a_small_movement_beside_few_unmatched_people_hides_the_other_number_too() -> None:
    fewer, more = (flow(shown_change(change(31, to, 3, 57 - to), 5)) for to in (17, 25))
    assert [row["number"] for row in rows(fewer, "bars")] == ["5 or more", "fewer than 5"]
    assert source(fewer) == source(more)


@pytest.mark.parametrize("cells", [(2, 3, 1, 3), (93, 1, 0, 0), (0, 60, 1, 1)])
def test_nothing_is_drawn_of_few_people_or_of_nearly_everyone(cells: tuple[int, int, int, int]) -> None:
    shown = shown_change(change(*cells), 20)
    assert not drawable(shown)
    with pytest.raises(ValueError, match="nothing to draw"):
        flow(shown)
