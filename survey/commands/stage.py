"""``stage-link``: the link that opens one performance's stage screen, read-only, until it is finished."""

import argparse
import json

from survey.commands.opening import visiting
from survey.model import Performance
from survey.settings import settings
from survey.storage.database import Database
from survey.storage.performances import find_performance
from survey.storage.sign_ins import add_stage_link, record


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "stage-link", help="print the link that opens a performance's stage screen"
    )
    parser.add_argument("code", metavar="CODE", help="the performance's code")
    parser.add_argument("--json", action="store_true", help="print for another program")
    parser.set_defaults(run=stage_link)


def stage_link(arguments: argparse.Namespace) -> None:
    """Print the link. Raises PerformanceUnknown, PerformanceFinished."""
    with visiting() as database:
        performance, token = added(database, arguments.code)
    url = f"{settings().public_url}/sign-in?stage={token}"
    print(json.dumps({"code": performance.code, "url": url}) if arguments.json else url)


def added(database: Database, code: str) -> tuple[Performance, str]:
    """Return a performance and a new stage link's token for it."""
    with database.reading() as connection:
        performance = find_performance(connection, code)
    token = database.write(lambda connection: add_stage_link(connection, performance.id))
    database.write(lambda connection: record(connection, None, "stage link", performance.code))
    return performance, token
