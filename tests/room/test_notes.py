"""What somebody said stands in quotation marks once, however it was typed."""

import pytest

from survey.room.notes import NoteWrong, written


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("“My mother would hate this”", "My mother would hate this"),
        ('"My mother would hate this"', "My mother would hate this"),
        ("„Meine Mutter auch“", "Meine Mutter auch"),
        ("« Ma mère aussi »", "Ma mère aussi"),
        ("'No.'", "No."),
        ("Who said “never”?", "Who said “never”?"),
        ("“Never”, then “perhaps”", "“Never”, then “perhaps”"),
        ("'It's mine'", "'It's mine'"),
        ('"Half of it', '"Half of it'),
    ],
)
def test_a_quotation_keeps_its_words_without_the_marks_around_them(typed: str, kept: str) -> None:
    assert written(typed, quotation=True).text == kept
    assert written(typed).text == typed


def test_quotation_marks_with_nothing_between_them_are_no_note() -> None:
    with pytest.raises(NoteWrong, match="Type the note first"):
        written("“”", quotation=True)
