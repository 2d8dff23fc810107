"""``demo``: The Nest with invented answers to look around with, and its removal."""

import argparse
import json

from survey.commands.opening import visiting
from survey.demonstration import add_demonstration, demonstration, remove_demonstration
from survey.model import Performance
from survey.storage.sign_ins import record

PATIENCE = 60.0
"""Seconds one act may take: it stores several hundred invented people at once."""


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "demo", help="add The Nest with invented answers to look around, or remove it"
    )
    parser.add_argument("--remove", action="store_true", help="remove the demonstration again")
    parser.add_argument(
        "--with-answers", action="store_true", help="with --remove: also answers that were added to it"
    )
    parser.add_argument("--json", action="store_true", help="print for another program")
    parser.set_defaults(run=demo)


def demo(arguments: argparse.Namespace) -> None:
    """Add the demonstration, or remove it. Raises DemonstrationInUse."""
    if arguments.remove:
        remove(arguments)
    else:
        add(arguments)


def add(arguments: argparse.Namespace) -> None:
    """Add the demonstration unless it is there, and print its performances."""
    with visiting() as database:
        with database.reading() as connection:
            found = demonstration(connection)
        fresh = not found
        if fresh:
            found = database.write(add_demonstration, timeout=PATIENCE)
            database.write(lambda connection: record(connection, None, "added", "demonstration"))
    if arguments.json:
        print(json.dumps({"added": fresh, "performances": [_figures(performance) for performance in found]}))
        return
    print(
        "The demonstration is in. Every answer in it is invented." if fresh else "The demonstration is there."
    )
    for performance in found:
        print(f"{performance.code}  {performance.name}  ({performance.standing})")
    print("Remove it with: houselights demo --remove")


def remove(arguments: argparse.Namespace) -> None:
    """Remove the demonstration. Raises DemonstrationInUse."""
    with visiting() as database:
        removed = database.write(
            lambda connection: remove_demonstration(connection, with_answers=arguments.with_answers),
            timeout=PATIENCE,
        )
        if removed:
            database.write(lambda connection: record(connection, None, "removed", "demonstration"))
    if arguments.json:
        print(json.dumps({"removed": removed}))
    elif removed:
        print(f"The demonstration is gone, with its {removed} performances.")
    else:
        print("There is no demonstration to remove.")


def _figures(performance: Performance) -> dict[str, object]:
    return {
        "code": performance.code,
        "name": performance.name,
        "kind": performance.kind.value,
        "standing": performance.standing.value,
    }
