"""``export``: a performance's rows for a researcher, by an organiser's explicit choice at this machine."""

import argparse
import json
import os
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from survey.commands.opening import visiting
from survey.exchange import TOTALS_WAIT, export_files, export_warnings
from survey.publication import totals_wait
from survey.storage.performances import find_performance
from survey.storage.sign_ins import record

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The date in the archive: an export says nothing about when."""


class ExportWrong(Exception):
    """The files cannot be written there; the words say why and what to do."""


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("export", help="write a performance's answers and their codebook to files")
    parser.add_argument(
        "codes", metavar="CODE", nargs="+", help="a performance's code; several are written side by side"
    )
    parser.add_argument(
        "--format", choices=["csv"], default="csv", help="how the tables are written (default csv)"
    )
    parser.add_argument(
        "--output",
        metavar="PATH",
        type=Path,
        required=True,
        help="a folder, or a file whose name ends in .zip",
    )
    parser.add_argument(
        "--all-comments",
        action="store_true",
        help="also write the comments that may not be quoted, in a file of their own",
    )
    parser.add_argument("--json", action="store_true", help="print for another program")
    parser.set_defaults(run=export)


def export(arguments: argparse.Namespace) -> None:
    """Write the files, and say what a jury's secret ballot keeps out. Raises PerformanceUnknown, ExportWrong."""
    with visiting() as database:
        files: dict[str, bytes] = {}
        with database.reading() as connection:
            performances = [find_performance(connection, code) for code in dict.fromkeys(arguments.codes)]
            for performance in performances:
                found = export_files(connection, performance, all_comments=arguments.all_comments)
                files |= {f"{performance.code}-{name}": content for name, content in found.items()}
            told = dict.fromkeys(
                said for performance in performances for said in export_warnings(connection, performance)
            )
            waits = any(totals_wait(connection, performance) for performance in performances)
        written = write_files(arguments.output, files)
        codes = ", ".join(performance.code for performance in performances)
        database.write(lambda connection: record(connection, None, "exported", codes))
    if waits:
        print(TOTALS_WAIT, file=sys.stderr)
    for said in told:
        print(said, file=sys.stderr)
    if arguments.json:
        print(json.dumps({"code": codes, "files": [str(path) for path in written]}))
        return
    print("\n".join(str(path) for path in written))
    print(
        "These are single people's answers. Keep them safe, and delete them when you are done.",
        file=sys.stderr,
    )


def write_files(output: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write files to a folder or into one archive, readable by their owner only; nothing is overwritten.

    Return what was written. Raises ExportWrong.
    """
    try:
        if output.suffix.lower() == ".zip":
            with _new_file(output) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, content in files.items():
                    archive.writestr(zipfile.ZipInfo(name, LONG_AGO), content, zipfile.ZIP_DEFLATED)
            return [output]
        output.mkdir(mode=0o700, parents=True, exist_ok=True)
        there = [name for name in files if (output / name).exists()]
        if there:
            raise FileExistsError(None, "", str(output / there[0]))
        for name, content in files.items():
            with _new_file(output / name) as file:
                file.write(content)
        return [output / name for name in files]
    except FileExistsError as error:
        raise ExportWrong(
            f"{error.filename} is there already. Choose another place, or remove it first."
        ) from error
    except OSError as error:
        raise ExportWrong(
            f"Nothing can be written to {output}: {error.strerror}. Choose another place."
        ) from error


def _new_file(path: Path) -> BinaryIO:
    return os.fdopen(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), "wb"
    )
