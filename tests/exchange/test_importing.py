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
before,card,home_system,It depends,not offered,,"Red cards, counted by row"
before,card,home_system,Acceptable,47,,"Red cards, counted by row"
after,paper,share_with,gp,30,40,Sheets in the archive
after,paper,share_with,none,6,40,Sheets in the archive
after,paper,share_with,family,22,40,Sheets in the archive
after,paper,share_with,emergency,0,40,Sheets in the archive
after,paper,share_with,university,0,40,Sheets in the archive
after,paper,share_with,maker,0,40,Sheets in the archive
after,paper,share_with,employer,0,40,Sheets in the archive
after,paper,share_with,insurer,0,40,Sheets in the archive
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
    assert table.words == "11 rows with totals of 2 questions."
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
                {"gp": 30, "none": 6, "family": 22}
                | dict.fromkeys(("emergency", "employer", "insurer", "maker", "university"), 0),
            ),
        ]
        assert sources(connection, [past.id]) == [
            (
                past.id,
                Provenance.IMPORTED,
                "Red cards, counted by row. Not offered for home_system: It depends.",
            ),
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
        AlreadyImported, match=f"These rows were imported into {past.code} before. Nothing was stored."
    ):
        sqlite_database.write(lambda connection: store_import(connection, table))
    assert stored() == 1
    sqlite_database.write(lambda connection: store_import(connection, table, again=True))
    assert stored() == 2


ROW = "before,card,home_system,acceptable,"
OFFERED = {
    "home_system": ("not_acceptable", "depends", "acceptable"),
    "share_with": ("gp", "family", "emergency", "university", "maker", "employer", "insurer", "none"),
    "matters_most": (
        "told",
        "say_no",
        "names_out",
        "secure_place",
        "checked",
        "fines",
        "proof",
        "none",
        "no_concerns",
    ),
}


def others(rows: str) -> str:
    """Rows for the answers that nobody chose."""
    first = rows.split("\n")[0].split(",")
    written = {row.split(",")[3] for row in rows.split("\n")}
    there = first[0] in ("before", "after") and first[1] in ("card", "paper")
    left = [option for option in OFFERED.get(first[2], ()) if there and option not in written]
    return "".join(f"{','.join(first[:3])},{option},0,\n" for option in left)


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        (
            "during,card,home_system,acceptable,4,",
            "Row 2, column wave: The wave is 'during'. Write before or after.",
        ),
        (
            "before,shouting,home_system,acceptable,4,",
            "Row 2, column mode: The mode is 'shouting'. Write phone, paper, web, card, hands or other.",
        ),
        (
            "before,card,home,acceptable,4,",
            "Row 2, column question: There is no question 'home' in the-nest, version 1. It asks: home_system, research_nhs, "
            "research_university, research_company, closer_to, share_with, ask_first, matters_most, trust_nhs, trust_internet, "
            "targeted_ads, heard_of_optout, differently.",
        ),
        (
            "before,card,trust_nhs,7,4,",
            "Row 2, column question: 'trust_nhs' is not asked before the performance. Correct the question or the wave.",
        ),
        (
            "before,card,home_system,maybe,4,",
            "Row 2, column option: “maybe” is none of the answers. Write one of: not_acceptable (Not acceptable), depends (It "
            "depends), acceptable (Acceptable). Or a whole class, as one colour of card: class:disagree, class:neutral, "
            "class:agree.",
        ),
        (
            "after,paper,differently,x,4,",
            "Row 2, column question: 'differently' asks for a comment, which cannot be counted.",
        ),
        (f"{ROW}-4,", "Row 2, column count: The count is '-4'. Write a whole number, 0 or more."),
        (f"{ROW}4.5,", "Row 2, column count: The count is '4.5'. Write a whole number, 0 or more."),
        (f"{ROW},", "Row 2, column count: The count is ''. Write a whole number, 0 or more."),
        (
            f"{ROW}{'9' * 30},",
            f"Row 2, column count: The count is '{'9' * 30}'. Write a whole number, 0 or more.",
        ),
        (f"{ROW}4,many", "Row 2, column base: The base is 'many'. Write a whole number, 0 or more."),
        (f"{ROW}5,4", "Row 2, column count: The count 5 is more than its base 4."),
        (
            f"{ROW}4,5",
            "Row 2: The counts of 'home_system' add up to 4, but the base is 5. Correct one of them.",
        ),
        (f"{ROW}0,", "Row 2: Nobody answered 'home_system'. Leave its rows out."),
        (f"{ROW}4,\n{ROW}3,", "Row 3, column option: 'acceptable' of 'home_system' is counted twice."),
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
    assert complaints(f"wave,mode,question,option,count,base\n{rows}\n{others(rows)}", given()) == [complaint]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            "home_system\nmaybe\n",
            "Row 2, column home_system: “maybe” is none of the answers. Write one of: not_acceptable (Not accep",
        ),
        ("home_system\n=1+1\n", "Row 2, column home_system: “=1+1” is none of the answers. Write one of:"),
        (
            "share_with\ngp;none\n",
            "Row 2, column share_with: “gp;none”: Choose either “None of these” or other answers",
        ),
        (
            "matters_most\ntold;fines;proof;say_no\n",
            "Row 2, column matters_most: “told;fines;proof;say_no”: Choose up to three.",
        ),
        (
            "trust_nhs\n11\n",
            "Row 2, column trust_nhs: “11” is none of the answers. Write a whole number from 0 to 10. Leave it empty if nothing was answered.",
        ),
        (
            "home_sistem\ndepends\n",
            "Row 1: The column 'home_sistem' is no question. Take it out, or give each a question's id. Questions without a "
            "column: ask_first, closer_to, differently, differently_quote, heard_of_optout, home_system,",
        ),
        ("xyz\n44\n", "Row 1: The column 'xyz' is no question. Take it out"),
        (
            "wave,trust_nhs\nbefore,7\n",
            "Row 2, column trust_nhs: 'trust_nhs' is not asked before the performance.",
        ),
        (
            "performance,home_system\nnowhere,depends\n",
            "Row 2, column performance: There is no performance 'nowhere'. Write its code, or give the code of one here with --as.",
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
            "Row 2, column provenance: These answers are demonstration. Nobody gave them",
        ),
        ("home_system\n\n", "There are column names but no rows below them."),
        ("respondent,home_system\nA,\n", "No row holds an answer."),
        (
            f"differently\n{'ab ' * 3334}\n",
            "Row 2, column differently: This comment has 10,001 characters. Up to 10,000 can be kept: divide it, or leave it out.",
        ),
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
        "Row 2, column trust_nhs: “12” is none of the answers. Write a whole number from 0 to 10. Leave it empty if nothing was answered.",
        "Row 4, column wave: The wave is 'later'. Write before or after.",
        "Row 5, column home_system: “perhaps” is none of the answers. Write one of: not_acceptable (Not acceptable), depends (It "
        "depends), acceptable (Acceptable). Leave it empty if nothing was answered.",
        "Row 5, column trust_nhs: “99” is none of the answers. Write a whole number from 0 to 10. Leave it empty if nothing was answered.",
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
        "Row 1: The column 'percent' is not known beside counts. Use: performance, wave"
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
