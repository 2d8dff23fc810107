"""``responses count``: how many responses count, in each wave, all modes together."""

import argparse
import json

from survey.commands.opening import visiting
from survey.model import Wave
from survey.storage.performances import find_performance
from survey.storage.responses import held_count, responses_count


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("responses", help="count a performance's responses")
    acts = parser.add_subparsers(title="acts", metavar="ACT", required=True)
    count = acts.add_parser("count", help="print how many responses count, in each wave")
    count.add_argument("code", metavar="CODE", help="the performance's code")
    count.add_argument("--json", action="store_true", help="print for another program")
    count.set_defaults(run=count_responses)


def count_responses(arguments: argparse.Namespace) -> None:
    """Print the counts. Raises PerformanceUnknown."""
    with visiting() as database, database.reading() as connection:
        performance = find_performance(connection, arguments.code)
        counts = {wave.value: responses_count(connection, performance.id, wave) for wave in Wave}
        held = held_count(connection, performance.id)
    if arguments.json:
        print(json.dumps({"code": performance.code, **counts, "held": held}))
        return
    print(f"{performance.name}: {counts['before']} before, {counts['after']} after.")
    if held:
        print(f"{held} more than there are seats: accept or discard them in the office.")
