"""Diverging stacks: centred on the middle, numbers in columns, nothing of fewer than 10 answers."""

import pytest

from survey.charts.stacks import ordered, stack
from survey.charts.theme import AGAINST, BETWEEN, FOR, RATHER_AGAINST, RATHER_FOR, ink_on, steps
from tests.charts.asking import given, numbers, rows, source
from tests.screen.looking import contrast


def test_the_middle_answers_are_centred_on_zero() -> None:
    pieces = rows(stack([given("research_nhs", 10, 20, 30, 25, 15)]), "pieces")
    assert [(piece["begins"], piece["ends"]) for piece in pieces] == [
        (-45, -35),
        (-35, -15),
        (-15, 15),
        (15, 40),
        (40, 55),
    ]


def test_a_scale_without_a_middle_meets_at_zero() -> None:
    answers = given("home_system", 40, 0, 60)
    assert [(piece["begins"], piece["ends"]) for piece in rows(stack([answers]), "pieces")] == [
        (-40, 0),
        (0, 0),
        (0, 60),
    ]


def test_columns_say_against_in_favour_and_answers() -> None:
    (row,) = rows(stack([given("research_nhs", 5, 11, 20, 55, 51)]), "rows")
    assert (row["against"], row["in_favour"], row["answers"]) == ("11", "75", "142")
    assert (row["against_word"], row["in_favour_word"], row["answers_word"]) == (
        "said unlikely",
        "said likely",
        "answers",
    )


def test_below_thirty_answers_the_columns_are_counts_and_no_share_is_printed() -> None:
    picture = stack([given("research_nhs", 1, 1, 2, 4, 9)])
    (row,) = rows(picture, "rows")
    assert (row["against"], row["in_favour"]) == ("2 of 17", "13 of 17")
    assert {piece["number"] for piece in rows(picture, "pieces")} == {""}


@pytest.mark.parametrize("base", [0, 1, 9])
def test_below_ten_answers_a_row_holds_no_figure(base: int) -> None:
    picture = stack(
        [given("research_nhs", 0, 0, 0, 0, base), given("research_university", 8, 13, 24, 55, 42)]
    )
    assert {piece["row"] for piece in rows(picture, "pieces")} == {1}
    first = rows(picture, "rows")[0]
    assert first["instead"] == "fewer than 10 answers"
    assert [first[name] for name in ("against", "in_favour", "answers")] == ["", "", ""]


def test_a_number_question_is_shown_in_its_three_classes() -> None:
    pieces = rows(stack([given("trust_nhs", 2, 3, 4, 6, 8, 10, 20, 25, 30, 20, 12)]), "pieces")
    assert [piece["answer"] for piece in pieces] == ["0 to 4", "5 to 7", "8 to 10"]


def test_questions_that_name_their_answers_alike_share_those_names() -> None:
    alike = stack([given("research_nhs", 5, 11, 20, 55, 51), given("research_company", 30, 35, 31, 28, 18)])
    assert {piece["answer"] for piece in rows(alike, "pieces")} == {
        "Very unlikely",
        "Fairly unlikely",
        "Not sure",
        "Fairly likely",
        "Very likely",
    }


def test_an_answer_alone_on_its_side_is_not_called_strong_beside_finer_scales() -> None:
    mixed = stack([given("research_nhs", 5, 11, 20, 55, 51), given("home_system", 40, 60, 42)])
    assert [piece["answer"] for piece in rows(mixed, "pieces") if piece["row"] == 1] == [
        "against",
        "in between",
        "for",
    ]


def test_the_source_of_the_page_holds_whole_shares_only() -> None:
    picture = stack([given("research_nhs", 5, 11, 20, 55, 51), given("trust_nhs", *range(11))])
    assert [number for number in numbers(picture) if (2 * number) % 1] == []
    assert "51" not in source(picture).replace("#", "")  # a count that no column prints


def test_only_questions_with_two_sides_stand_in_a_stack() -> None:
    assert ordered(given("research_nhs", 1, 1, 1, 1, 1))
    assert not ordered(given("closer_to", 1, 1, 1, 1, 1))


def test_colours_run_from_against_to_for() -> None:
    assert steps(2, 1, 2) == [AGAINST, RATHER_AGAINST, BETWEEN, RATHER_FOR, FOR]
    assert steps(2, 0, 2) == [AGAINST, RATHER_AGAINST, RATHER_FOR, FOR]
    assert steps(1, 1, 1) == [AGAINST, BETWEEN, FOR]
    assert steps(0, 2, 1) == [BETWEEN, BETWEEN, FOR]


@pytest.mark.parametrize("colour", [AGAINST, RATHER_AGAINST, BETWEEN, RATHER_FOR, FOR])
def test_numbers_on_bars_can_be_read(colour: str) -> None:
    assert contrast(parts(ink_on(colour)), parts(colour)) >= 4.5


def parts(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
