"""Past evidence comes in whole or not at all; every row that is wrong says so."""

from collections.abc import Callable
from typing import Any

import pytest

from survey.exchange import (
    AlreadyImported,
    Given,
    Import,
    Occasion,
    TableWrong,
    export_files,
    read_import,
    store_import,
)
from survey.model import Counts, Mode, Performance, Provenance, Wave
from survey.storage.counts import counts, pairs, unlinked_counts
from survey.storage.database import Database
from survey.storage.evidence import sources
from survey.storage.exports import comment_rows
from survey.storage.questionnaires import find_version
from survey.storage.responses import responses_count
from tests.databases import add_nest_performance

MakeGiven = Callable[..., Given]

TOTALS = """\
wave,mode,question,option,count,base,note
before,card,home_system,not_acceptable,31,,"Red cards, counted by row"
before,card,home_system,Acceptable,47,,"Red cards, counted by row"
after,paper,share_with,gp,30,40,Sheets in the archive
after,paper,share_with,none,6,40,Sheets in the archive
after,paper,share_with,family,22,40,Sheets in the archive
"""


def checked(text: str, given: Given) -> Import:
    """Return a checked table."""
    return read_import(text.encode(), given, name="past.csv")


def complaints(text: str, given: Given) -> list[str]:
    """Return everything that is wrong with a table."""
    with pytest.raises(TableWrong) as raised:
        checked(text, given)
    return list(raised.value.complaints)


def test_counted_answers_are_stored_as_totals_with_their_notes(
    sqlite_database: Database, past: Performance, given: MakeGiven
) -> None:
    table = checked(TOTALS, given())
    assert table.words == "5 rows with totals of 2 questions."
    sqlite_database.write(lambda connection: store_import(connection, table))
    with sqlite_database.reading() as connection:
        assert sorted(counts(connection, [past.id]), key=lambda part: part.question) == [
            Counts(
                past.id,
                "the-nest-1",
                "home_system",
                Wave.BEFORE,
                Mode.CARD,
                Provenance.IMPORTED,
                False,
                78,
                {"acceptable": 47, "not_acceptable": 31},
            ),
            Counts(
                past.id,
                "the-nest-1",
                "share_with",
                Wave.AFTER,
                Mode.PAPER,
                Provenance.IMPORTED,
                False,
                40,
                {"gp": 30, "none": 6, "family": 22},
            ),
        ]
        assert sources(connection, [past.id]) == [
            (past.id, Provenance.IMPORTED, "Red cards, counted by row"),
            (past.id, Provenance.IMPORTED, "Sheets in the archive"),
        ]


def test_people_are_stored_linked_and_their_names_in_the_table_are_not(
    sqlite_database: Database, past: Performance, given: MakeGiven
) -> None:
    text = (
        "respondent,wave,home_system,share_with,trust_nhs,differently,differently_quote\n"
        "rosa@example.org,before,acceptable,,,,\n"
        'rosa@example.org,after,It depends,My GP; emergency,7,"=I would ask, first",yes\n'
        ",after,not_acceptable,none,10,,\n"
        ",after,,,,,\n"
    )
    table = checked(text, given(mode="paper"))
    assert table.words == (
        "4 rows: 2 people, 3 responses (1 before, 2 after); 1 row without answers left out."
    )
    sqlite_database.write(lambda connection: store_import(connection, table))
    with sqlite_database.reading() as connection:
        assert [responses_count(connection, past.id, wave) for wave in Wave] == [1, 2]
        linked = pairs(connection, [past.id], questions=["home_system"])
        assert [pair.counts for pair in linked] == [{(("acceptable",), ("depends",)): 1}]
        assert unlinked_counts(connection, [past.id]) == {Wave.BEFORE: 0, Wave.AFTER: 1}
        shared = counts(connection, [past.id], questions=["share_with"])
        assert [(part.base, part.counts) for part in shared] == [(2, {"gp": 1, "emergency": 1, "none": 1})]
        assert [(row.text, row.quote_ok) for row in comment_rows(connection, past.id)] == [
            ("=I would ask, first", True)
        ]
        assert sources(connection, [past.id]) == [(past.id, Provenance.IMPORTED, "Imported from past.csv")]
        driver: Any = connection.connection.driver_connection
        dumped = "\n".join(driver.iterdump())
    assert "rosa" not in dumped


def test_one_table_may_hold_several_performances(
    sqlite_database: Database, past: Performance, given: MakeGiven
) -> None:
    other = add_nest_performance(sqlite_database, wave=None)
    text = f"performance,home_system\n{past.code},depends\n{other.code.upper()},acceptable\n{other.code},depends\n"
    table = checked(text, given(performance="", wave="after", mode="paper"))
    sqlite_database.write(lambda connection: store_import(connection, table))
    with sqlite_database.reading() as connection:
        assert [responses_count(connection, one.id, Wave.AFTER) for one in (past, other)] == [1, 2]


def test_the_same_file_is_refused_unless_wanted_again(
    sqlite_database: Database, past: Performance, given: MakeGiven
) -> None:
    table = checked("home_system\ndepends\n", given(wave="after", mode="paper"))

    def stored() -> int:
        with sqlite_database.reading() as connection:
            return responses_count(connection, past.id, Wave.AFTER)

    sqlite_database.write(lambda connection: store_import(connection, table))
    with pytest.raises(
        AlreadyImported, match=f"This file was imported into {past.code} before. Nothing was stored."
    ):
        sqlite_database.write(lambda connection: store_import(connection, table))
    assert stored() == 1
    sqlite_database.write(lambda connection: store_import(connection, table, again=True))
    assert stored() == 2


ROW = "before,card,home_system,acceptable,"


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ("during,card,home_system,acceptable,4,", "Row 2: The wave is 'during'. Write before or after."),
        (
            "before,shouting,home_system,acceptable,4,",
            "Row 2: The mode is 'shouting'. Write phone, paper, web, card, hands or other.",
        ),
        ("before,card,home,acceptable,4,", "Row 2: There is no question 'home' in the-nest, version 1."),
        (
            "before,card,trust_nhs,7,4,",
            "Row 2: 'trust_nhs' is not asked before the performance. Correct the question or the wave.",
        ),
        (
            "before,card,home_system,maybe,4,",
            "Row 2: 'maybe' is no answer to 'home_system'. Write one of: not_acceptable, depends, acceptable.",
        ),
        ("after,paper,differently,x,4,", "Row 2: 'differently' asks for a comment, which cannot be counted."),
        (f"{ROW}-4,", "Row 2: The count is '-4'. Write a whole number, 0 or more."),
        (f"{ROW}4.5,", "Row 2: The count is '4.5'. Write a whole number, 0 or more."),
        (f"{ROW},", "Row 2: The count is ''. Write a whole number, 0 or more."),
        (f"{ROW}{'9' * 30},", f"Row 2: The count is '{'9' * 30}'. Write a whole number, 0 or more."),
        (f"{ROW}4,many", "Row 2: The base is 'many'. Write a whole number, 0 or more."),
        (f"{ROW}5,4", "Row 2: The count 5 is more than its base 4."),
        (
            f"{ROW}4,5",
            "Row 2: The counts of 'home_system' add up to 4, but the base is 5. Correct one of them.",
        ),
        (f"{ROW}0,", "Row 2: Nobody answered 'home_system'. Leave its rows out."),
        (f"{ROW}4,\n{ROW}3,", "Row 3: 'acceptable' of 'home_system' is counted twice."),
        (
            f"{ROW}4,7\nbefore,card,home_system,depends,3,8",
            "Row 2: 'home_system' has more than one base: 7, 8. Write one.",
        ),
        (
            "after,paper,share_with,gp,4,",
            "Row 2: Several answers to 'share_with' were allowed. Say in 'base' how many people answered.",
        ),
        (
            "after,paper,share_with,gp,4,9",
            "Row 2: The counts of 'share_with' add up to 4, which 9 people cannot have given.",
        ),
        (
            "after,paper,matters_most,told,2,2\nafter,paper,matters_most,fines,2,2\n"
            "after,paper,matters_most,proof,2,2\nafter,paper,matters_most,say_no,1,2",
            "Row 2: The counts of 'matters_most' add up to 7, which 2 people cannot have given.",
        ),
    ],
)
def test_a_row_of_totals_that_is_wrong_says_what_to_do(given: MakeGiven, rows: str, complaint: str) -> None:
    assert complaints(f"wave,mode,question,option,count,base\n{rows}\n", given()) == [complaint]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("home_system\nmaybe\n", "Row 2: 'home_system' is 'maybe'. Choose one of the answers offered."),
        ("home_system\n=1+1\n", "Row 2: 'home_system' is '=1+1'. Choose one of the answers offered."),
        (
            "share_with\ngp;none\n",
            "Row 2: 'share_with' is 'gp; none'. Choose either “None of these” or other answers",
        ),
        ("matters_most\ntold;fines;proof;say_no\n", "Choose up to three."),
        ("trust_nhs\n11\n", "Row 2: 'trust_nhs' is '11'. Choose a whole number from 0 to 10."),
        (
            "home_sistem\ndepends\n",
            "Row 1: The column 'home_sistem' is no question. Did you mean 'home_system'?",
        ),
        ("xyz\n44\n", "Row 1: The column 'xyz' is no question. Take it out"),
        ("wave,trust_nhs\nbefore,7\n", "Row 2: 'trust_nhs' is not asked before the performance."),
        (
            "performance,home_system\nnowhere,depends\n",
            "Row 2: There is no performance 'nowhere'. Write its code.",
        ),
        (
            "respondent,home_system\nA,depends\nA,acceptable\n",
            "Row 3: The respondent 'A' already answered after in row 2.",
        ),
        (
            "respondent,wave,mode,home_system\nA,before,paper,depends\nA,after,hands,depends\n",
            "Row 3: The respondent 'A' has two modes. Write one.",
        ),
        (
            "provenance,home_system\ndemonstration,depends\n",
            "Row 2: These answers are demonstration. Nobody gave them",
        ),
        ("home_system\n\n", "There are column names but no rows below them."),
        ("respondent,home_system\nA,\n", "No row holds an answer."),
        (f"differently\n{'ab' * 150}\n", "Your comment is 20 characters too long."),
    ],
)
def test_a_row_of_a_person_that_is_wrong_says_what_to_do(given: MakeGiven, text: str, complaint: str) -> None:
    said = complaints(text, given(wave="after", mode="paper"))
    assert len(said) == 1
    assert complaint in said[0]


def test_every_wrong_row_is_listed_in_order_and_nothing_is_stored(
    sqlite_database: Database, past: Performance, given: MakeGiven
) -> None:
    text = (
        "wave,home_system,trust_nhs\nafter,depends,12\nafter,acceptable,7\nlater,depends,\nafter,perhaps,99\n"
    )
    assert complaints(text, given(mode="paper")) == [
        "Row 2: 'trust_nhs' is '12'. Choose a whole number from 0 to 10.",
        "Row 4: The wave is 'later'. Write before or after.",
        "Row 5: 'home_system' is 'perhaps'. Choose one of the answers offered.",
        "Row 5: 'trust_nhs' is '99'. Choose a whole number from 0 to 10.",
    ]
    with sqlite_database.reading() as connection:
        assert responses_count(connection, past.id, Wave.AFTER) == 0


def test_what_neither_table_nor_command_says_is_asked_for_once(given: MakeGiven) -> None:
    assert complaints("home_system\ndepends\ndepends\n", given(performance="")) == [
        f"Nothing says the {name}. Add a column {name!r}, or give --{name}."
        for name in ("performance", "wave", "mode")
    ]


def test_a_semicolon_table_may_hold_several_answers_in_quotes(given: MakeGiven) -> None:
    table = checked('wave;mode;share_with\r\nafter;paper;"gp;maker"\r\n', given())
    assert table.responses[0].filled.answers[0].options == ("gp", "maker")


def test_an_unknown_column_beside_totals_is_refused(given: MakeGiven) -> None:
    text = "wave,mode,question,option,count,percent\nbefore,card,home_system,depends,4,100\n"
    assert complaints(text, given())[0].startswith(
        "Row 1: The column 'percent' is not known. Use: performance, wave"
    )


def test_a_table_is_stored_and_exported_alike_on_both_databases(database: Database) -> None:
    there = add_nest_performance(database, wave=None)
    with database.reading() as connection:
        occasion = Occasion(there, find_version(connection, there.version_id))
    text = "respondent,wave,home_system\nA,before,depends\nA,after,acceptable\nB,after,depends\n"
    table = checked(text, Given(find=lambda code: occasion, performance=there.code, mode="paper"))
    database.write(lambda connection: store_import(connection, table))
    with pytest.raises(AlreadyImported):
        database.write(lambda connection: store_import(connection, table))
    with database.reading() as connection:
        assert [responses_count(connection, there.id, wave) for wave in Wave] == [1, 2]
        assert export_files(connection, there)["answers.csv"].count(b"imported") == 3
