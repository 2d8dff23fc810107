"""``serve``: bring the database up to date, say where to go, and serve until told to stop."""

import argparse

from survey.commands.opening import default_url
from survey.model import Role
from survey.serving.publishing import publish_questionnaires
from survey.serving.server import listen, raise_file_limit
from survey.serving.server import serve as serve_on
from survey.settings import Settings, settings
from survey.storage.database import open_database
from survey.storage.migrations import migrate
from survey.storage.sign_ins import add_link


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("serve", help="start the server; Ctrl+C stops it")
    parser.set_defaults(run=serve)


def serve(arguments: argparse.Namespace) -> int:
    """Serve. Raises PortBusy, DatabaseWrong, NotStarted."""
    in_force = settings()
    listening = listen(in_force.host, in_force.port)
    with listening:
        if in_force.database_url == default_url():
            in_force.folder.mkdir(parents=True, exist_ok=True)
        migrate(in_force.database_url)
        for line in welcome(in_force, organiser_token(in_force)):
            print(line, flush=True)
        raise_file_limit()
        serve_on(listening)
    return 0


def organiser_token(in_force: Settings) -> str | None:
    """Return the token of a one-time link for the organiser; None when a password is set."""
    database = open_database(in_force.database_url)
    try:
        publish_questionnaires(database)
        if in_force.organiser_password:
            return None
        return database.write(lambda connection: add_link(connection, Role.ORGANISER))
    finally:
        database.close()


def welcome(in_force: Settings, token: str | None) -> list[str]:
    """Return what to say at the start: where phones go, and how the organiser signs in."""
    address = in_force.public_url
    sign_in = f"{address}/sign-in?link={token}" if token else f"{address}/sign-in"
    how = "this link works once, for an hour" if token else "with the organiser's password"
    return [
        "",
        "  Houselights",
        f"  Phones:     {address}/join",
        f"  Organiser:  {sign_in}",
        f"              ({how})",
        "",
    ]
