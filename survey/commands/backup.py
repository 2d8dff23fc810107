"""``backup`` and ``restore``: a whole copy of the database, made while it is in use, put back when it is not."""

import argparse
from pathlib import Path

from survey.settings import settings
from survey.storage.copies import backup, restore
from survey.storage.migrations import migrate


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add both commands."""
    copying = subparsers.add_parser(
        "backup", help="copy the database to a file, while Houselights runs or not"
    )
    copying.add_argument("file", metavar="FILE", type=Path, help="an earlier copy there is replaced")
    copying.set_defaults(run=back_up)
    returning = subparsers.add_parser("restore", help="put a copy back, without the answers withdrawn since")
    returning.add_argument("file", metavar="FILE", type=Path)
    returning.set_defaults(run=put_back)


def back_up(arguments: argparse.Namespace) -> None:
    """Make the copy. Raises DatabaseWrong."""
    file = arguments.file.absolute()
    backup(settings().database_url, file)
    print(f"The database was copied to {file}. It holds people's answers: keep it as safe as the database.")


def put_back(arguments: argparse.Namespace) -> None:
    """Put the copy back and bring it up to date. Raises DatabaseWrong, also while Houselights is running."""
    file = arguments.file.absolute()
    withdrawn = restore(file, settings().database_url)
    migrate(settings().database_url)
    print(f"The copy {file} is in place; what was there before lies beside it.")
    if withdrawn:
        people = "person" if withdrawn == 1 else "people"
        print(f"{withdrawn} {people} had withdrawn their answers since: they were not brought back.")
