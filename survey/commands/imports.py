"""``imports``: what tables have brought into a performance, and taking one of them back."""

import argparse
import json

from survey.commands.opening import visiting
from survey.model import Wave
from survey.storage.database import Connection
from survey.storage.imports import Imported, imports, remove_import
from survey.storage.performances import find_performance, performance_by_id
from survey.storage.sign_ins import record


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its acts."""
    parser = subparsers.add_parser("imports", help="list what was imported, or take an import back")
    acts = parser.add_subparsers(title="acts", metavar="ACT", required=True)
    listing = acts.add_parser("list", help="list what was imported into a performance")
    listing.add_argument("code", metavar="CODE", help="the performance's code")
    listing.set_defaults(run=list_imports)
    removing = acts.add_parser(
        "remove", help="take one import back: its answers, comments and totals are deleted"
    )
    removing.add_argument("source", metavar="SOURCE", help="the import's name, as listed")
    removing.set_defaults(run=remove)
    for act in (listing, removing):
        act.add_argument("--json", action="store_true", help="print for another program")


def list_imports(arguments: argparse.Namespace) -> None:
    """Print a performance's imports. Raises PerformanceUnknown."""
    with visiting() as database, database.reading() as connection:
        found = imports(connection, find_performance(connection, arguments.code).id)
    if arguments.json:
        print(json.dumps([_figures(each) for each in found]))
    elif not found:
        print("Nothing was imported.")
    for each in () if arguments.json else found:
        print(f"{each.source}  {_words(each)}")


def remove(arguments: argparse.Namespace) -> None:
    """Take an import back and say what is gone. Raises ImportUnknown."""

    def act(connection: Connection) -> tuple[str, Imported]:
        gone = remove_import(connection, arguments.source)
        code = performance_by_id(connection, gone.performance_id).code
        record(connection, None, "import removed", f"{code}, {gone.source}")
        return code, gone

    with visiting() as database:
        code, gone = database.write(act)
    print(json.dumps(_figures(gone)) if arguments.json else f"Removed from {code}: {_words(gone)}")


def _figures(one: Imported) -> dict[str, object]:
    return {
        "source": one.source,
        "note": one.note,
        **{wave.value: one.responses[wave] for wave in Wave},
        "totals": one.totals,
        "comments": one.comments,
    }


def _words(one: Imported) -> str:
    parts = [
        *(f"{one.responses[wave]} {wave.value}" for wave in Wave if one.responses[wave]),
        *([f"totals of {one.totals} questions"] if one.totals else []),
        *([f"{one.comments} comments apart"] if one.comments else []),
    ]
    return f"{', '.join(parts) or 'nothing left'} ({one.note or 'no note'})"
