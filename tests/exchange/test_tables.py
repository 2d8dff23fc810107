"""Tables are read as spreadsheets write them, and written so that no spreadsheet runs a cell."""

import io

import pandas
import pytest

from survey.exchange import TableWrong
from survey.exchange.cells import guarded, unguarded
from survey.exchange.tables import SHOWN, read_table, table_bytes


@pytest.mark.parametrize(
    "words",
    [
        "=SUM(A1)",
        "+44 20",
        "-1",
        "@here",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠x",
        "﹦1",
        "  =1",
        "\u00a0=1",
    ],
)
def test_a_cell_that_could_run_is_guarded_and_comes_back_whole(words: str) -> None:
    assert guarded(words) == f"'{words}"
    assert unguarded(guarded(words)) == words


@pytest.mark.parametrize("words", ["", " ", "I would = ask", "'quoted'", "7", "50 % - or less", "'tis true"])
def test_other_words_stay_as_they_are(words: str) -> None:
    assert guarded(words) == words
    assert unguarded(words) == words


@pytest.mark.parametrize(
    "content",
    [
        "question,count\nease,7\n",
        "question;count\r\nease;7\r\n",
        "question\tcount\nease\t7\n",
        "\ufeffquestion,count\nease,7",
        "sep=;\nquestion;count\nease;7\n",
        " Question , COUNT ,,\n ease , 7 ,,\n,,,\n",
        '"question";"count"\n"ease";"7"\n',
    ],
)
def test_a_table_is_read_however_a_spreadsheet_writes_it(content: str) -> None:
    table = read_table(content.encode())
    assert table.columns == ("question", "count")
    assert [(row.cell("question"), row.cell("count"), row.cell("base")) for row in table.rows] == [
        ("ease", "7", "")
    ]


def test_rows_have_the_numbers_a_spreadsheet_shows() -> None:
    table = read_table(b'question,note\nease,"two\nlines"\n,\nwho,\n')
    assert [(row.number, row.cell("question")) for row in table.rows] == [(2, "ease"), (4, "who")]
    assert table.rows[0].cell("note") == "two\nlines"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The table is empty."),
        (b"\n\n", "The table is empty."),
        (b"question,count\n", "no rows below them"),
        (b"question,count,Count\nease,7,7\n", "Row 1: The column 'count' is there twice."),
        (
            b"question,count\nease,7\nwho,1,2\n",
            "Row 3: There are more cells than columns. Put words with a comma",
        ),
        (b"question;count\nease;7;8\n", "Put words with a semicolon in quotes"),
        (
            b"question,count\n\xe9ase,7\n",
            "Line 2 is not UTF-8 text. Save the sheet as: CSV UTF-8. If an older",
        ),
        (b"PK\x03\x04\x00\x00", "This is an archive, not a CSV table. Unpack it"),
        (b"\x00\x01\x02q,\x07", "This is not a CSV table. Open it with the program that made it and save"),
        (b'question,count\nease,"7\n', "Row 2: The quotes are not closed"),
        (b"question,count\nease," + b"7" * 200_000, "a cell is far too long"),
    ],
)
def test_what_is_no_table_is_said(content: bytes, words: str) -> None:
    with pytest.raises(TableWrong) as raised:
        read_table(content)
    assert words in str(raised.value)


def test_no_more_than_twenty_complaints_are_shown_at_once() -> None:
    wrong = TableWrong([f"Row {number}: Correct it." for number in range(2, 40)])
    lines = str(wrong).splitlines()
    assert (len(lines), lines[0], lines[-1]) == (SHOWN + 1, "Row 2: Correct it.", "And 18 more.")
    assert len(wrong.complaints) == 38


def test_a_written_table_has_a_byte_order_mark_and_is_read_back_by_pandas() -> None:
    content = table_bytes(("words", "number"), [("=1+1", 7), ("اردو, “x”\ny", 0)])
    assert content.startswith(b"\xef\xbb\xbf")
    frame = pandas.read_csv(io.BytesIO(content))
    assert frame.to_dict("list") == {"words": ["'=1+1", "اردو, “x”\ny"], "number": [7, 0]}
