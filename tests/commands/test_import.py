"""``houselights import``."""

import json
from pathlib import Path

import pytest

from survey.storage.database import open_database
from survey.storage.performances import find_performance
from survey.storage.seats import sheet_pairs
from tests.commands.lines import Commands

TOTALS = (
    "wave,mode,question,option,count\nbefore,card,home_system,acceptable,40\nbefore,card,home_system,depends,2\n"
    "before,card,home_system,not_acceptable,not offered\n"
)
PEOPLE = (
    "respondent,wave,mode,home_system,share_with\n"
    "A,before,paper,acceptable,\nA,after,paper,depends,gp;family\nB,after,paper,depends,none\n"
)


@pytest.fixture
def code(commands: Commands) -> str:
    """The code of a performance of 2017."""
    performance = json.loads(
        commands.run(
            *("performances", "add", "--production", "The Nest", "--date", "2017-04-24", "--venue", "53Two"),
            *(
                "--questionnaire",
                "the-nest",
                "--responsible",
                "Trust",
                "--contact",
                "a@example.org",
                "--json",
            ),
        )
    )
    return str(performance["code"])


def counted(commands: Commands, code: str) -> tuple[int, int]:
    """Return the responses before and after."""
    found = json.loads(commands.run("responses", "count", code, "--json"))
    return found["before"], found["after"]


def test_a_table_with_one_row_per_respondent_is_imported(commands: Commands, code: str) -> None:
    table = commands.file("sheets.csv", PEOPLE)
    said = commands.run("import", table, "--performance", code, "--note", "Sheets from the archive")
    assert said == "Imported 3 rows: 2 people, 3 responses (1 before, 2 after).\n"
    assert counted(commands, code) == (1, 2)


def test_a_table_of_totals_is_imported_and_exported_with_its_provenance(
    commands: Commands, code: str
) -> None:
    table = commands.file("cards.csv", TOTALS)
    said = json.loads(commands.run("import", table, "--performance", code, "--json"))
    assert len(said.pop("sources")) == 1
    assert said == {
        "stored": True,
        "rows": 3,
        "people": 0,
        "responses": 0,
        "totals": 1,
        "joined": 0,
        "joined_with_phones": 0,
        "left_out": 0,
        "advice": "",
    }
    output = Path(commands.folder, "out")
    commands.run("export", code, "--output", str(output))
    counts = (output / f"{code}-counts.csv").read_text(encoding="utf-8-sig")
    assert "home_system,before,card,imported,the-nest-1,no,acceptable,40,42" in counts
    assert "- imported: Imported from cards.csv" in (output / f"{code}-about.txt").read_text("utf-8-sig")


def test_a_dry_run_checks_and_stores_nothing(commands: Commands, code: str) -> None:
    table = commands.file("sheets.csv", PEOPLE)
    said = commands.run("import", table, "--performance", code, "--dry-run")
    assert said == (
        "Would import 3 rows: 2 people, 3 responses (1 before, 2 after).\nNothing was stored: this was a dry run.\n"
    )
    assert counted(commands, code) == (0, 0)
    assert commands.run("import", table, "--performance", code).startswith("Imported")


def test_paper_sheets_are_joined_by_their_words_and_wrong_ones_store_nothing(
    commands: Commands, code: str, sqlite_url: str
) -> None:
    database = open_database(sqlite_url)
    with database.reading() as connection:
        key = find_performance(connection, code).seat_key
    database.close()
    assert key is not None
    first, second = (pair.shown("en") for pair in sheet_pairs(key, 2))
    rows = f"words,sheet,wave,home_system\n{first},1,before,depends\n{first},1,after,acceptable\n"
    table = commands.file("sheets.csv", f"{rows}{second},2,before,depends\n")
    told = ("import", table, "--performance", code, "--mode", "paper")
    assert commands.run(*told, "--dry-run").splitlines() == [
        "Would import 3 rows: 2 people, 3 responses (2 before, 1 after).",
        "Two words join before and after of 1 person, 0 of them with a phone's answers.",
        "Nothing was stored: this was a dry run.",
    ]
    said = json.loads(commands.run(*told, "--json"))
    assert (said["joined"], said["joined_with_phones"]) == (1, 0)
    assert counted(commands, code) == (2, 1)

    wrong = commands.file(
        "more.csv", f"words,wave,home_system\n{first},after,depends\n{second},after,depends\n"
    )
    for dry in ((), ("--dry-run",)):
        assert commands.fail(
            "import", wrong, "--performance", code, "--mode", "paper", *dry
        ).splitlines() == [
            f"Row 2: The two words “{first}” already have answers from after. Nothing replaces them: take this row out.",
            "Nothing was stored.",
        ]
    assert counted(commands, code) == (2, 1)


def test_the_same_file_twice_is_refused_unless_again(commands: Commands, code: str) -> None:
    table = commands.file("sheets.csv", PEOPLE)
    commands.run("import", table, "--performance", code)
    assert commands.fail("import", table, "--performance", code) == (
        f"These rows were imported into {code} before. Nothing was stored. "
        "To count its answers a second time give --again.\n"
    )
    assert counted(commands, code) == (1, 2)
    commands.run("import", table, "--performance", code, "--again")
    assert counted(commands, code) == (2, 4)


def test_a_broken_table_lists_its_rows_and_stores_nothing(commands: Commands, code: str) -> None:
    rows = "".join(f"after,paper,maybe {number}\n" for number in range(30))
    table = commands.file("broken.csv", f"wave,mode,home_system\nafter,paper,depends\n{rows}")
    said = commands.fail("import", table, "--performance", code).splitlines()
    assert said[0] == (
        "Row 3, column home_system: “maybe 0” is none of the answers. Write one of: not_acceptable (Not acceptable), depends (It "
        "depends), acceptable (Acceptable). Leave it empty if nothing was answered."
    )
    assert said[-2:] == ["And 10 more.", "Nothing was stored."]
    assert len(said) == 22
    assert counted(commands, code) == (0, 0)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("cards.xlsx", b"PK\x03\x04\x00", "This is an archive, not a CSV table."),
        ("empty.csv", b"", "The table is empty."),
        ("latin.csv", b"home_system\n\xe9\n", "Line 2 is not UTF-8 text."),
    ],
)
def test_a_file_that_is_no_table_is_refused_plainly(
    commands: Commands, code: str, name: str, content: bytes, words: str
) -> None:
    assert commands.fail("import", commands.file(name, content), "--performance", code).startswith(words)


def test_a_missing_file_and_an_unknown_performance_are_said_plainly(commands: Commands) -> None:
    missing = str(Path(commands.folder, "gone.csv"))
    assert commands.fail("import", missing) == "gone.csv cannot be read: no such file or directory.\n"
    assert commands.fail("import", str(commands.folder)).endswith("cannot be read: is a directory.\n")
    table = commands.file("sheets.csv", PEOPLE)
    assert commands.fail("import", table, "--performance", "nowhere").startswith(
        "Row 2, column performance: There is no performance 'nowhere'. Write its code, or give the code of one here with --as.\n"
    )


def test_an_import_is_listed_by_name_and_taken_back(commands: Commands, code: str) -> None:
    assert commands.run("imports", "list", code) == "Nothing was imported.\n"
    told = json.loads(
        commands.run("import", commands.file("sheets.csv", PEOPLE), "--performance", code, "--json")
    )
    commands.run("import", commands.file("cards.csv", TOTALS), "--performance", code)
    (source,) = told["sources"]
    first, second = json.loads(commands.run("imports", "list", code, "--json"))
    assert first == {
        **{"source": first["source"], "note": first["note"], "before": 0, "after": 0},
        **{"totals": 1, "comments": 0},
    }
    assert first["note"].startswith("Imported from cards.csv. Not offered")
    assert (second["source"], second["note"]) == (source, "Imported from sheets.csv")
    assert (second["before"], second["after"]) == (1, 2)

    assert commands.run("imports", "remove", source) == (
        f"Removed from {code}: 1 before, 2 after (Imported from sheets.csv)\n"
    )
    assert counted(commands, code) == (0, 0)
    assert commands.fail("imports", "remove", source).startswith("There is no import of this name.")
    commands.run("import", commands.file("sheets.csv", PEOPLE), "--performance", code)
    assert counted(commands, code) == (1, 2)


def test_an_export_of_another_house_comes_in_under_a_code_of_this_one(commands: Commands, code: str) -> None:
    commands.run("import", commands.file("sheets.csv", PEOPLE), "--performance", code)
    commands.run("import", commands.file("cards.csv", TOTALS), "--performance", code)
    commands.run("export", code, "--output", str(Path(commands.folder, "out")))
    files = {
        name: Path(commands.folder, "out", f"{code}-{name}.csv").read_text("utf-8-sig")
        for name in ("answers", "counts")
    }
    other = json.loads(
        commands.run(
            *("performances", "add", "--production", "The Nest", "--date", "2017-04-25", "--venue", "53Two"),
            *("--questionnaire", "the-nest", "--responsible", "T", "--contact", "a@example.org", "--json"),
        )
    )["code"]
    for name, text in files.items():
        table = commands.file(f"{name}.csv", text.replace(code, "elsewhere"))
        assert "give the code of one here with --as" in commands.fail("import", table)
        assert commands.run("import", table, "--as", other).startswith("Imported")
    commands.run("export", other, "--output", str(Path(commands.folder, "again")))
    for name, text in files.items():
        again = Path(commands.folder, "again", f"{other}-{name}.csv").read_text("utf-8-sig")
        assert again == text.replace(code, other)

    private = "".join(line for line in files["counts"].splitlines(True) if ",card," not in line)
    table = commands.file("private.csv", private.replace(code, "elsewhere"))
    assert commands.run("import", table, "--as", other).startswith("Nothing new in ")

    two = commands.file(
        "two.csv", "performance,wave,mode,home_system\na,after,web,depends\nb,after,web,depends\n"
    )
    assert commands.fail("import", two, "--as", other).startswith("The rows belong to 2 performances: a, b.")
