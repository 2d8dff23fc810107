"""``sign-in-link``: a one-time link with which an organiser or a facilitator signs in."""

import argparse
import json

from survey.commands.opening import visiting
from survey.commands.serve import own_address
from survey.model import Role
from survey.settings import settings
from survey.storage.sign_ins import add_link, record

ROLES = (Role.ORGANISER, Role.FACILITATOR)


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("sign-in-link", help="print a link that signs one person in, once")
    parser.add_argument(
        "role", metavar="ROLE", choices=[role.value for role in ROLES], help="organiser or facilitator"
    )
    parser.add_argument(
        "--minutes", type=int, default=60, help="how long it may wait to be used (default 60)"
    )
    parser.add_argument("--json", action="store_true", help="print for another program")
    parser.set_defaults(run=sign_in_link)


def sign_in_link(arguments: argparse.Namespace) -> None:
    """Print the link. Raises DatabaseWrong."""
    role = Role(arguments.role)
    with visiting() as database:
        token = database.write(lambda connection: add_link(connection, role, minutes=arguments.minutes))
        database.write(lambda connection: record(connection, None, "sign-in link", role.value))
    url = f"{own_address(settings())}/sign-in?link={token}"
    print(json.dumps({"role": role.value, "url": url}) if arguments.json else url)
