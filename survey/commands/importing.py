"""``import``: past evidence from a tidy table, checked row by row, stored as a whole or not at all."""

import argparse
import json
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from survey.commands.opening import visiting
from survey.exchange import (
    ENCODINGS,
    Given,
    Import,
    Occasion,
    Stored,
    TableWrong,
    check_import,
    read_import,
    store_import,
)
from survey.model import Mode, Wave
from survey.storage.database import Connection, Database
from survey.storage.performances import PerformanceUnknown, find_performance
from survey.storage.questionnaires import find_version, versions
from survey.storage.sign_ins import record

LARGEST = 50_000_000
PATIENCE = 600.0
"""Seconds the one act may take: a large table is stored whole."""


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "import",
        help="import past answers from a CSV table",
        description="Import past answers from a CSV table. Either one row per option counted (columns question, option, "
        "count, base) or one row per respondent and wave (respondent, and one column per question id; several answers "
        "separated by semicolons). Further columns of both: performance, wave, mode, note. The respondent links "
        "before and after within the file and is not stored. For paper sheets: their two words (words) and their number "
        "(sheet); the same words are the same person, in the file, in earlier ones and on a phone.",
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="a CSV file")
    parser.add_argument("--performance", metavar="CODE", default="", help="for rows that name none")
    parser.add_argument(
        "--as",
        dest="instead",
        metavar="CODE",
        default="",
        help="the performance of the whole table, whatever its rows call it: for an export of another house",
    )
    parser.add_argument(
        "--wave", choices=[wave.value for wave in Wave], default="", help="for rows that name none"
    )
    parser.add_argument(
        "--mode",
        choices=[mode.value for mode in Mode],
        default="",
        help="for rows that name none: web is a form filled elsewhere, other stands apart as said in public",
    )
    parser.add_argument("--note", default="", help="where the answers come from, in words")
    parser.add_argument("--dry-run", action="store_true", help="check only, store nothing")
    parser.add_argument("--again", action="store_true", help="even if the same rows were imported before")
    parser.add_argument(
        "--encoding",
        choices=list(ENCODINGS),
        default="",
        help="how the file's text is written, where it is neither UTF-8 nor UTF-16",
    )
    parser.add_argument("--json", action="store_true", help="print for another program")
    parser.set_defaults(run=import_table)


def import_table(arguments: argparse.Namespace) -> int:
    """Import a table; return 1 after saying on stderr what is wrong with it. Raises AlreadyImported."""
    content = _content(arguments.file)
    if content is None:
        return 1
    with visiting() as database:
        given = Given(
            find=_finder(database),
            performance=arguments.performance,
            wave=arguments.wave,
            mode=arguments.mode,
            note=arguments.note,
            instead=arguments.instead,
        )

        def store(connection: Connection) -> Stored:
            stored = store_import(connection, checked, again=arguments.again)
            record(connection, None, "imported", ", ".join(stored.sources))
            return stored

        try:
            checked = read_import(content, given, name=arguments.file.name, encoding=arguments.encoding)
            if arguments.dry_run:
                with database.reading() as connection:
                    stored = check_import(connection, checked, again=arguments.again)
            else:
                stored = database.write(store, timeout=PATIENCE)
        except TableWrong as wrong:
            print(f"{wrong}\nNothing was stored.", file=sys.stderr)
            return 1
    _say(checked, stored, arguments)
    return 0


def _content(file: Path) -> bytes | None:
    """Return what a file holds; None after saying why it cannot be read."""
    try:
        if file.stat().st_size > LARGEST:
            print(f"{file.name} is too large. Import it in parts of at most 50 MB.", file=sys.stderr)
            return None
        return file.read_bytes()
    except OSError as error:
        print(
            f"{file.name} cannot be read: {(error.strerror or 'no reason given').lower()}.", file=sys.stderr
        )
        return None


def _finder(database: Database) -> Callable[[str], Occasion | None]:
    @cache
    def find(code: str) -> Occasion | None:
        with database.reading() as connection:
            try:
                performance = find_performance(connection, code)
            except PerformanceUnknown:
                return None
            return Occasion(
                performance,
                find_version(connection, performance.version_id),
                dict(versions(connection)),
            )

    return find


def _say(checked: Import, stored: Stored, arguments: argparse.Namespace) -> None:
    if arguments.json:
        figures = {
            "stored": bool(stored.sources),
            "rows": checked.rows,
            "people": checked.people,
            "responses": len(checked.responses),
            "totals": len(checked.totals),
            "joined": stored.joined.people,
            "joined_with_phones": stored.joined.with_phones,
            "left_out": stored.left_out,
            "sources": list(stored.sources),
            "advice": checked.advice,
        }
        print(json.dumps(figures))
    else:
        nothing_new = checked.totals and stored.left_out == len(checked.totals)
        verb = "Nothing new in" if nothing_new else "Would import" if arguments.dry_run else "Imported"
        print(f"{verb} {checked.words}")
        if stored.words:
            print(stored.words)
        if checked.advice:
            print(checked.advice)
        if arguments.dry_run:
            print("Nothing was stored: this was a dry run.")
