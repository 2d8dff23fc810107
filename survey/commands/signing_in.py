"""The command ``sign-in-link``: a one-time link with which an organiser, a facilitator or a moderator signs in."""

import argparse
import json

from survey.commands.numbers import whole
from survey.commands.opening import visiting
from survey.model import Role
from survey.settings import settings
from survey.storage.database import Connection
from survey.storage.performances import find_performance
from survey.storage.sign_ins import add_link, record

ROLES = (Role.ORGANISER, Role.FACILITATOR, Role.MODERATOR)


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("sign-in-link", help="print a link that signs one person in, once")
    parser.add_argument(
        "role",
        metavar="ROLE",
        choices=[role.value for role in ROLES],
        help="organiser, facilitator or moderator",
    )
    parser.add_argument(
        "--performance",
        metavar="CODE",
        help="for this performance only: a moderator always, a facilitator if you like",
    )
    parser.add_argument(
        "--minutes", type=whole, default=60, help="how long it may wait to be used (default 60)"
    )
    parser.add_argument("--json", action="store_true", help="print for another program")
    parser.set_defaults(run=sign_in_link)


def sign_in_link(arguments: argparse.Namespace) -> None:
    """Print the link. Raises DatabaseWrong, PerformanceUnknown, PerformanceFinished, LinkWrong."""
    role, code = Role(arguments.role), arguments.performance

    def make(connection: Connection) -> str:
        only = find_performance(connection, code).id if code else None
        token = add_link(connection, role, performance_id=only, minutes=arguments.minutes)
        record(connection, None, "sign-in link", f"{role.value} {code}" if code else role.value)
        return token

    with visiting() as database:
        token = database.write(make)
    url = f"{settings().public_url}/sign-in?link={token}"
    made = {"role": role.value, "url": url} | ({"performance": code} if code else {})
    print(json.dumps(made) if arguments.json else url)
