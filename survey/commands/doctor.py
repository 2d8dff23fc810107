"""``doctor``: look at what an evening depends on, and say in plain words what to do about it."""

import argparse
import json
import os
import shutil
import sqlite3
import stat
import sys
import urllib.error
import urllib.request
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from survey.questionnaire.folder import read_folder
from survey.screen.office.address import address_warning
from survey.serving.server import PortBusy, listen
from survey.settings import EVERY_ADDRESS, Settings, settings
from survey.storage.clock import clock_agrees, clock_question, day, last_open
from survey.storage.database import DatabaseBusy, DatabaseWrong, open_database
from survey.storage.debts import OWED, owed
from survey.storage.health import prove
from survey.storage.performances import performances
from survey.storage.places import place_of
from survey.storage.questionnaires import look_through

WELL = "ready"
ENOUGH_DISK = 500 * 1024 * 1024

SERVER_KEEPS = (
    "What was deleted has left the tables' files. The server's journal (WAL), its archive, standbys and the copies you make "
    "keep it for as long as you keep them. Until a performance is finished its rows also tell the order in which they came."
)


@dataclass(frozen=True)
class Finding:
    """What one look found. ``serious`` things stop an evening; the rest is worth knowing."""

    check: str
    ok: bool
    words: str
    serious: bool = False


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("doctor", help="check address, port, database, disk and secret")
    parser.add_argument("--json", action="store_true", help="print for another program")
    parser.set_defaults(run=doctor)


def doctor(arguments: argparse.Namespace) -> int:
    """Print what was found; return 1 when something would stop an evening."""
    in_force = settings()
    checks = (address, port, database, clock, forgetting, questionnaires, disk, sqlite_version, secret)
    findings = [check(in_force) for check in checks]
    if arguments.json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            print(f"{'well' if finding.ok else 'LOOK'}  {finding.check}: {finding.words}")
    wrong = [finding for finding in findings if finding.serious and not finding.ok]
    if wrong:
        print(f"Before an audience comes, look at: {', '.join(f.check for f in wrong)}.", file=sys.stderr)
    return 1 if wrong else 0


def address(in_force: Settings) -> Finding:
    """Whether phones can reach the address they are given."""
    url = in_force.public_url
    warning = address_warning(url)
    if warning:
        return Finding("address", False, f"{url}. {warning}")
    return Finding("address", True, f"{url}. Scan it with a phone on mobile data to be sure.")


def port(in_force: Settings) -> Finding:
    """Whether Houselights runs on the port, or could."""
    number = in_force.port
    said = answer(in_force)
    if said == WELL:
        return Finding("port", True, f"Houselights is running on port {number}.")
    if said:
        return Finding(
            "port", False, f"Houselights is running on port {number} and says: {said}", serious=True
        )
    try:
        listen(in_force.host, number).close()
    except PortBusy as busy:
        return Finding("port", False, str(busy), serious=True)
    return Finding("port", True, f"Port {number} is free; Houselights is not running.")


def answer(in_force: Settings) -> str:
    """Return what our own health page on this machine says; "" when it does not answer."""
    host = "127.0.0.1" if in_force.host in EVERY_ADDRESS else in_force.host
    host = f"[{host}]" if ":" in host else host
    try:
        with urllib.request.urlopen(f"http://{host}:{in_force.port}/healthz", timeout=3) as well:
            return WELL if well.read(6) == b"ready\n" else ""
    except urllib.error.HTTPError as unwell:
        with unwell:
            said = unwell.read(1000).decode(errors="replace").strip()
            return said if unwell.code == 503 and unwell.headers.get_content_type() == "text/plain" else ""
    except (urllib.error.URLError, OSError, ValueError):
        return ""


def database(in_force: Settings) -> Finding:
    """Whether the database is there, whole and up to date."""
    try:
        opened = open_database(in_force.database_url, visiting=True)
    except DatabaseWrong as wrong:
        return Finding("database", False, str(wrong), serious=True)
    try:
        with opened.reading() as connection:
            count = len(performances(connection))
        opened.write(prove)
    except DatabaseBusy as busy:
        return Finding("database", False, busy.fault.value if busy.fault else str(busy), serious=True)
    finally:
        opened.close()
    noun = "performance" if count == 1 else "performances"
    return Finding(
        "database",
        True,
        f"{place_of(in_force.database_url).name} is whole and takes changes; {count} {noun}.",
    )


def forgetting(in_force: Settings) -> Finding:
    """Whether what was deleted has left the database's files, and what stays outside our reach."""
    try:
        opened = open_database(in_force.database_url, visiting=True)
    except DatabaseWrong:
        return Finding("forgetting", False, "Not known: the database cannot be opened.")
    try:
        with opened.reading() as connection:
            waiting = owed(connection)
    except DatabaseBusy as busy:
        return Finding("forgetting", False, f"Not known: {busy}")
    finally:
        opened.close()
    if waiting:
        return Finding("forgetting", False, OWED)
    if place_of(in_force.database_url).file is None:
        return Finding("forgetting", True, SERVER_KEEPS)
    return Finding("forgetting", True, "What was deleted has left the database.")


def questionnaires(in_force: Settings) -> Finding:
    """Whether every file of a questionnaire, and of what belongs to one, can be used."""
    try:
        opened = open_database(in_force.database_url, visiting=True)
    except DatabaseWrong:
        found = read_folder()
    else:
        try:
            with opened.reading() as connection:
                found = look_through(connection)
        except DatabaseBusy:
            found = read_folder()
        finally:
            opened.close()
    if found.set_aside:
        said = " ".join(str(wrong) for wrong in found.set_aside)
        return Finding("questionnaires", False, f"Set aside, while all else can be asked: {said}")
    return Finding("questionnaires", True, f"{len(found.kept)} files can be used.")


def clock(in_force: Settings) -> Finding:
    """Whether the clock agrees with when the house was last open; keeping dates wait until it does."""
    now = datetime.now(UTC)
    try:
        with (
            closing(open_database(in_force.database_url, visiting=True)) as opened,
            opened.reading() as connection,
        ):
            last, right = last_open(connection), clock_agrees(connection, now)
    except (DatabaseWrong, DatabaseBusy):
        return Finding("clock", True, f"{day(now)}.")
    if last is None or right:
        return Finding("clock", True, f"{day(now)}.")
    return Finding("clock", False, f"{clock_question(last, now)} Who knows says so under Performances.")


def disk(in_force: Settings) -> Finding:
    """Whether there is room for an evening."""
    try:
        file = place_of(in_force.database_url).file
    except DatabaseWrong:
        file = None
    folder = nearest(file.parent if file else in_force.folder)
    free = shutil.disk_usage(folder).free
    words = f"{free / 1024**3:.1f} GB free at {folder}."
    if free < ENOUGH_DISK:
        return Finding("disk", False, f"{words} Free at least half a gigabyte.", serious=True)
    return Finding("disk", True, words)


def sqlite_version(in_force: Settings) -> Finding:
    """Which SQLite this Python carries; one writer at a time guards against the fault of older ones."""
    return Finding("sqlite", sqlite3.sqlite_version_info >= (3, 35), f"version {sqlite3.sqlite_version}.")


def secret(in_force: Settings) -> Finding:
    """Whether only this account can read the secret."""
    path = in_force.folder / "secret"
    if not path.exists():
        return Finding("secret", True, "given by HOUSELIGHTS_SECRET.")
    if os.name != "posix":
        return Finding("secret", True, f"kept in {path}; look that other people cannot read that folder.")
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        return Finding(
            "secret", False, f"other people on this machine can read {path}. Type: chmod 600 {path}"
        )
    return Finding("secret", True, f"only this account can read {path}.")


def nearest(folder: Path) -> Path:
    """Return a folder, or the nearest one above it that exists."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder
