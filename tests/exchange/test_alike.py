"""In an export of single people nobody is told by language and mode, and a room of a few says so."""

import pytest

from survey.exchange.alike import FEW_ALIKE, FEW_PEOPLE, told_in_words
from survey.model import Mode, Provenance, Wave
from survey.storage.exports import ExportRow


def rows(*groups: tuple[Mode, str, int]) -> list[ExportRow]:
    """Rows of so many people for each mode and language."""
    people = [(mode, language) for mode, language, count in groups for _person in range(count)]
    return [
        ExportRow(
            pair,
            Wave.AFTER,
            mode,
            Provenance.COLLECTED,
            "",
            language,
            "one",
            "asked",
            "yes",
            after_reveal=False,
        )
        for pair, (mode, language) in enumerate(people)
    ]


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        (((Mode.PHONE, "en", 20), (Mode.PHONE, "pl", 5)), []),
        (((Mode.PHONE, "en", 20), (Mode.PHONE, "pl", 4)), [FEW_ALIKE]),
        (
            ((Mode.PHONE, "en", 20), (Mode.PHONE, "pl", 5), (Mode.PAPER, "en", 6), (Mode.PAPER, "pl", 1)),
            [FEW_ALIKE],
        ),
        (((Mode.PHONE, "en", 20), (Mode.PAPER, "pl", 6)), []),
    ],
)
def test_a_language_that_few_used_the_same_way_is_said(
    groups: tuple[tuple[Mode, str, int], ...], said: list[str]
) -> None:
    assert told_in_words(rows(*groups)) == said


def test_a_mode_that_few_used_is_said() -> None:
    (said,) = told_in_words(rows((Mode.PHONE, "en", 20), (Mode.PAPER, "en", 3)))
    assert said.startswith("Fewer than five people answered after by paper")


def test_a_room_of_fewer_than_ten_people_says_so() -> None:
    assert told_in_words(rows((Mode.PHONE, "en", 1))) == [FEW_PEOPLE]
    assert told_in_words(rows((Mode.PHONE, "en", 10))) == []
    assert told_in_words([]) == []
