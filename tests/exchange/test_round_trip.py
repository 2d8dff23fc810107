"""What came out goes in again: export, import into an empty database, export, the very same bytes; through spreadsheets too."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas
import pytest
from sqlalchemy import update

from survey.exchange import Given, Occasion, export_files, read_import, store_import
from survey.exchange.columns import WORDS
from survey.model import (
    Answer,
    Comment,
    Counts,
    Filled,
    Mode,
    Pairs,
    Performance,
    Provenance,
    Questionnaire,
    Wave,
)
from survey.questionnaire import parse_questionnaire
from survey.storage.counts import counts, pairs
from survey.storage.database import Database, open_database
from survey.storage.evidence import add_imported_response, add_source, add_tally
from survey.storage.migrations import migrate
from survey.storage.performances import find_performance
from survey.storage.questionnaires import publish, versions
from survey.storage.tables import performance as performances
from tests.databases import add_nest_performance
from tests.names import words_of_ours

IN_ORDER = ("answers.csv", "counts.csv", "comments.csv", "comments-not-to-quote.csv")
SAME = (*IN_ORDER, "codebook.csv")
Through = Callable[[bytes], bytes]
CLASH = {
    "id": "clash",
    "version": 1,
    "languages": ["en"],
    "title": {"en": "Clash"},
    "opening": {"en": "Skip anything."},
}


def given(database: Database, **said: str) -> Given:
    """What the command knows of a database."""

    def find(code: str) -> Occasion | None:
        with database.reading() as connection:
            there = dict(versions(connection))
            found = find_performance(connection, code)
            return Occasion(found, there[found.version_id], there)

    return Given(find=find, **said)


def exported(database: Database, performance: Performance) -> dict[str, bytes]:
    with database.reading() as connection:
        return export_files(connection, performance, all_comments=True)


def brought(database: Database, files: dict[str, bytes]) -> None:
    """Import what an export wrote, in its order."""
    for name in IN_ORDER:
        if len(files[name].splitlines()) > 1:
            read = read_import(files[name], given(database), name=name)
            database.write(lambda connection: store_import(connection, read))


def figures(database: Database, performance: Performance) -> tuple[list[Counts], list[Pairs]]:
    """Every count and every pair, without what a database calls its performance, and without zeros."""
    with database.reading() as connection:
        found, linked = counts(connection, [performance.id]), pairs(connection, [performance.id])
    return (
        [
            replace(
                part, performance_id="", counts={each: count for each, count in part.counts.items() if count}
            )
            for part in found
        ],
        [replace(part, performance_id="") for part in linked],
    )


def evening(database: Database) -> Performance:
    """People of three modes in two languages, some after a reveal; cards by answer and by class; comments."""
    performance = add_nest_performance(database, wave=None)
    own = performance.version_id

    def act(connection: Any) -> None:
        notes = [
            add_source(connection, performance.id, Provenance.IMPORTED, note)
            for note in ("Sheets", "=A form", "Red and blue. Not offered for home_system: It depends.")
        ]
        for number in range(14):
            who = None
            mode = (Mode.PAPER, Mode.WEB, Mode.PHONE)[number % 3]
            for wave in Wave:
                if (number + (wave is Wave.AFTER)) % 5 == 0:
                    continue
                said = [Answer("home_system", (("acceptable", "depends")[number % 2],))]
                if wave is Wave.AFTER:
                    said += [
                        Answer("share_with", ("gp", "family")[: number % 2 + 1]),
                        Answer("trust_nhs", (str(number % 11),)),
                    ]
                words = ("=1+1, “no”\nthanks", "'=quoted", "اردو", "a word " * 150 + "more")
                comments = (Comment("differently", words[number % 4], number % 4 == 0),)
                who = add_imported_response(
                    connection,
                    notes[number % 2],
                    performance_id=performance.id,
                    mode=mode,
                    wave=wave,
                    version_id=own,
                    language=("en", "ur")[number % 7 == 0],
                    filled=Filled(tuple(said), comments if wave is Wave.AFTER else ()),
                    respondent_id=who,
                    after_reveal=("home_system",) if wave is Wave.AFTER and number % 3 else (),
                )
        for note, mode, question, given_, base in (
            (2, Mode.CARD, "home_system", {"acceptable": 12, "not_acceptable": 27}, 39),
            (0, Mode.CARD, "research_nhs", {"class:agree": 20, "class:neutral": 0, "class:disagree": 3}, 23),
            (0, Mode.PAPER, "home_system", {"acceptable": 4, "depends": 0, "not_acceptable": 1}, 5),
        ):
            for reveal in (False, True):
                add_tally(
                    connection,
                    notes[note],
                    wave=Wave.BEFORE,
                    mode=mode,
                    question=question,
                    counts=given_,
                    base=base,
                    version_id=own,
                    after_reveal=reveal,
                )

    database.write(act)
    return performance


def emptied(tmp_path: Path, performance: Performance) -> tuple[Database, Performance]:
    """Return an empty database with the same performance, as it is set up again by hand, and the questionnaire."""
    url = f"sqlite:///{tmp_path / 'other.db'}"
    migrate(url)
    other = open_database(url)
    add_nest_performance(other, wave=None)

    def again(connection: Any) -> Performance:
        connection.execute(update(performances).values(code=performance.code))
        return find_performance(connection, performance.code)

    return other, other.write(again)


def through_pandas(content: bytes) -> bytes:
    """Read and write as anybody would who knows nothing of our table."""
    text = io.StringIO()
    pandas.read_csv(io.BytesIO(content)).to_csv(text, index=False)
    return text.getvalue().encode()


def through_a_european_spreadsheet(content: bytes) -> bytes:
    """Semicolons, decimal commas, no mark, other line ends, blanks at line ends."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    lines = [
        ";".join(
            '"' + (f"{cell},0" if cell.isdecimal() and row is not rows[0] else cell).replace('"', '""') + '"'
            for cell in row
        )
        + " "
        for row in rows
    ]
    return "\n".join(lines).encode()


def through_a_workbook(content: bytes) -> bytes:
    """Opened in a spreadsheet, where figures become figures, kept as a workbook, and saved as CSV from there."""
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    sheet = pandas.DataFrame([[int(cell) if cell.isdecimal() else cell for cell in row] for row in rows])
    kept = io.BytesIO()
    sheet.to_excel(kept, header=False, index=False)
    opened = pandas.read_excel(kept, header=None, engine="openpyxl")
    return opened.to_csv(sep=";", header=False, index=False).encode("utf-8-sig")


def as_unicode_text(content: bytes) -> bytes:
    """What Excel calls Unicode Text: tabs, UTF-16."""
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    text = io.StringIO()
    csv.writer(text, delimiter="\t").writerows(rows)
    return text.getvalue().encode("utf-16")


def test_an_export_comes_back_bit_for_bit_from_an_empty_database(
    sqlite_database: Database, tmp_path: Path
) -> None:
    performance = evening(sqlite_database)
    first = exported(sqlite_database, performance)
    other, there = emptied(tmp_path, performance)
    try:
        brought(other, first)
        again = exported(other, there)
        for name in SAME:
            assert again[name].decode("utf-8-sig") == first[name].decode("utf-8-sig"), name
            assert again[name] == first[name]
        assert figures(other, there) == figures(sqlite_database, performance)
    finally:
        other.close()


@pytest.mark.parametrize(
    "through",
    [through_pandas, through_a_workbook, through_a_european_spreadsheet, as_unicode_text],
    ids=lambda one: one.__name__,
)
def test_an_export_comes_back_through_the_programs_people_use(
    sqlite_database: Database, tmp_path: Path, through: Through
) -> None:
    performance = evening(sqlite_database)
    first = exported(sqlite_database, performance)
    other, there = emptied(tmp_path, performance)
    try:
        brought(other, {name: through(first[name]) for name in IN_ORDER})
        again = exported(other, there)
        for name in IN_ORDER:
            assert again[name].decode("utf-8-sig") == first[name].decode("utf-8-sig"), name
    finally:
        other.close()


def test_single_answers_and_their_counts_are_never_both_counted(
    sqlite_database: Database, tmp_path: Path
) -> None:
    performance = evening(sqlite_database)
    files = exported(sqlite_database, performance)
    other, there = emptied(tmp_path, performance)
    try:
        brought(other, {**files, "answers.csv": b"", "comments.csv": b"", "comments-not-to-quote.csv": b""})
        alone = figures(other, there)
    finally:
        other.close()
    assert alone[0] == figures(sqlite_database, performance)[0]


def _questions(ids: list[str]) -> list[dict[str, object]]:
    kinds = ("one", "many", "number", "rank", "comment")

    def question(id: str, kind: str) -> dict[str, object]:
        made: dict[str, object] = {
            "id": id,
            "kind": kind,
            "asked": ["after"],
            "text": {"en": f"What of {id}?"},
        }
        if kind in ("one", "many", "rank"):
            made["options"] = [
                {"value": value, "label": {"en": f"Label {value}"}} for value in ("a", "b", "c")
            ]
        if kind == "number":
            made |= {
                "disagree": ["0", "1", "2", "3", "4"],
                "neutral": ["5"],
                "agree": ["6", "7", "8", "9", "10"],
                "agree_word": {"en": "agreed"},
                "disagree_word": {"en": "disagreed"},
            }
        return made

    return [question(id, kinds[place % len(kinds)]) for place, id in enumerate(ids)]


def _answered(questionnaire: Questionnaire) -> Filled:
    chosen = {"one": ("b",), "many": ("a", "c"), "number": ("7",), "rank": ("c", "a")}
    return Filled(
        tuple(
            Answer(question.id, chosen[question.kind.value])
            for question in questionnaire.questions
            if question.options
        ),
        tuple(
            Comment(question.id, f"Words about {question.id}")
            for question in questionnaire.questions
            if not question.options
        ),
    )


def _chunks(words: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(words), size):
        yield words[start : start + size]


@pytest.mark.parametrize("turn", range(5))
def test_every_word_of_ours_may_be_a_questions_id_and_keeps_its_answers(
    sqlite_database: Database, turn: int
) -> None:
    """Each word is a question of each kind once, as ``turn`` moves the kinds along."""
    words = sorted({word for word in words_of_ours() if not word.endswith("_quote")} | WORDS)
    for number, some in enumerate(_chunks(words[turn:] + words[:turn], 40)):
        content = CLASH | {"id": f"clash-{number}", "questions": _questions(some)}
        questionnaire = parse_questionnaire(content, source="clash")
        version = sqlite_database.write(lambda connection: publish(connection, questionnaire, content))
        here, there = (add_nest_performance(sqlite_database, version_id=version, wave=None) for _ in range(2))

        def answer(connection: Any, to: str = here.id, of: Questionnaire = questionnaire) -> None:
            source = add_source(connection, to, Provenance.IMPORTED, "x")
            add_imported_response(
                connection,
                source,
                performance_id=to,
                mode=Mode.PAPER,
                wave=Wave.AFTER,
                version_id=f"{of.id}-{of.version}",
                language="en",
                filled=_answered(of),
            )

        sqlite_database.write(answer)
        files = exported(sqlite_database, here)
        moved = {
            name: content.replace(here.code.encode(), there.code.encode()) for name, content in files.items()
        }
        brought(sqlite_database, moved)
        again = exported(sqlite_database, there)
        assert len(again["answers.csv"].splitlines()) == 2
        for name in IN_ORDER:
            assert again[name].decode("utf-8-sig") == moved[name].decode("utf-8-sig")
