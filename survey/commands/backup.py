"""``backup`` and ``restore``: a whole copy of the database, made while it is in use, put back when it is not."""

import argparse
from pathlib import Path

from survey.settings import settings
from survey.storage.copies import TakenBack, backup, restore
from survey.storage.migrations import migrate


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add both commands."""
    copying = subparsers.add_parser(
        "backup", help="copy the database to a file, while Houselights runs or not"
    )
    copying.add_argument("file", metavar="FILE", type=Path, help="an earlier copy there is replaced")
    copying.set_defaults(run=back_up)
    returning = subparsers.add_parser("restore", help="put a copy back, without what people took back since")
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
    taken_back = restore(file, settings().database_url)
    migrate(settings().database_url)
    print(f"The copy {file} is in place; what was there before lies beside it.")
    if said := in_words(taken_back):
        print(f"People had taken back since, so it was not brought back: {said}.")


def in_words(taken_back: TakenBack) -> str:
    """Return what a copy did not bring back ("the answers of 2 people, 1 pledge"); "" when that is nothing."""
    counted = (
        (taken_back.answers, "the answers of 1 person", "the answers of {} people"),
        (taken_back.words, "1 comment", "{} comments"),
        (taken_back.quotes, "the permission to quote 1 comment", "the permission to quote {} comments"),
        (taken_back.pledges, "1 pledge", "{} pledges"),
        (taken_back.addresses, "1 address to stay in touch", "{} addresses to stay in touch"),
    )
    return ", ".join(one if number == 1 else many.format(number) for number, one, many in counted if number)
