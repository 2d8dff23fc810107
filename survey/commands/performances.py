"""``performances``: list, add, open, close and finish, for whoever works without the office's pages."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from survey.commands.opening import visiting
from survey.model import Performance, Wave
from survey.screen.office.acts import close, finish, open_for_real, set_up
from survey.screen.office.details import Details, Typed, read_details
from survey.serving.publishing import publish_questionnaires
from survey.settings import settings
from survey.storage.database import Connection, Database
from survey.storage.debts import OWED
from survey.storage.performances import find_performance, performance_by_id, performances
from survey.storage.questionnaires import latest_version, versions
from survey.storage.sign_ins import record

YOUNGEST = 16
"""Unless told otherwise: an evening performance with a bar."""


class QuestionnaireUnknown(LookupError):
    """There is no such questionnaire; the words list those there are."""


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its acts."""
    parser = subparsers.add_parser("performances", help="list, add, open, close or finish performances")
    acts = parser.add_subparsers(title="acts", metavar="ACT", required=True)
    listing = acts.add_parser("list", help="list all performances, newest first")
    listing.set_defaults(run=list_performances)

    adding = acts.add_parser("add", help="add a performance; a new production is made on the way")
    adding.add_argument("--production", required=True, metavar="NAME", help="for example “The Nest”")
    adding.add_argument("--date", required=True, metavar="YYYY-MM-DD")
    adding.add_argument("--venue", required=True, metavar="NAME")
    adding.add_argument("--questionnaire", required=True, metavar="ID", help="for example the-nest")
    adding.add_argument("--capacity", default="", metavar="N", help="how many seats there are")
    adding.add_argument(
        "--responsible", default="", metavar="NAME", help="the body that answers for the data"
    )
    adding.add_argument(
        "--contact", default="", metavar="ADDRESS", help="where people can ask about their data"
    )
    adding.add_argument(
        "--youngest-age",
        default=str(YOUNGEST),
        metavar="N",
        help=f"the youngest expected (default {YOUNGEST})",
    )
    adding.add_argument(
        "--families",
        action="store_true",
        help="children younger than that will be there: offer them a page to look only",
    )
    adding.add_argument("--open", choices=[wave.value for wave in Wave], help="open a wave at once, for real")
    adding.set_defaults(run=add)

    opening = acts.add_parser(
        "open", help="open a wave for the audience; a rehearsal's answers are wiped first"
    )
    opening.add_argument("code", metavar="CODE")
    opening.add_argument(
        "wave", choices=[wave.value for wave in Wave], metavar="WAVE", help="before or after"
    )
    opening.set_defaults(run=open_performance)

    closing = acts.add_parser("close", help="close whichever wave is open")
    closing.add_argument("code", metavar="CODE")
    closing.set_defaults(run=close_performance)

    finishing = acts.add_parser("finish", help="finish for good: keys destroyed, last figures frozen")
    finishing.add_argument("code", metavar="CODE")
    finishing.add_argument("--yes", action="store_true", help="do not ask")
    finishing.set_defaults(run=finish_performance)

    for act in (listing, adding, opening, closing, finishing):
        act.add_argument("--json", action="store_true", help="print for another program")


def list_performances(arguments: argparse.Namespace) -> None:
    """Print all performances."""
    with visiting() as database, database.reading() as connection:
        found = performances(connection)
    if arguments.json:
        print(json.dumps([figures(performance) for performance in found], ensure_ascii=False, indent=1))
        return
    for performance in found:
        print(f"{performance.code}  {performance.name}  ({in_words(performance)})")
    if not found:
        print("There are no performances yet. Add one with: houselights performances add --help")


def add(arguments: argparse.Namespace) -> None:
    """Add a performance and print its code and address; nothing is stored unless all of it can be.

    Raises DetailsUnclear, QuestionnaireUnknown, NotReady, and QuestionnaireWrong when a file of this questionnaire is set
    aside: nobody is asked older words without knowing.
    """
    with visiting() as database:
        for wrong in publish_questionnaires(database):
            if arguments.questionnaire in (named := Path(wrong.source).stem, named.rpartition("-")[0]):
                raise wrong
        details = read_details(
            Typed(
                production=arguments.production,
                when=arguments.date,
                venue=arguments.venue,
                capacity=arguments.capacity,
                responsible=arguments.responsible,
                contact=arguments.contact,
                youngest_age=arguments.youngest_age,
                families=arguments.families,
                version_id=version_of(database, arguments.questionnaire),
            ),
            today=date.today(),
        )
        wave = Wave(arguments.open) if arguments.open else None
        show(added(database, details, wave), arguments)


def added(database: Database, details: Details, wave: Wave | None) -> Performance:
    """Store a performance, opened if so wished, in one act. Raises NotReady."""

    def act(connection: Connection) -> Performance:
        made = set_up(connection, details)
        if wave is not None:
            open_for_real(connection, made.id, wave, wipe=False)
        record(connection, None, f"added{f' and opened {wave}' if wave else ''}", made.code)
        return performance_by_id(connection, made.id)

    return database.write(act)


def open_performance(arguments: argparse.Namespace) -> None:
    """Open a wave. Raises PerformanceUnknown, NotReady, PerformanceFinished."""
    wave = Wave(arguments.wave)
    with visiting() as database:
        performance = found(database, arguments.code)
        database.write(lambda connection: open_for_real(connection, performance.id, wave, wipe=True))
        database.write(lambda connection: record(connection, None, f"opened {wave}", performance.code))
        show(found(database, arguments.code), arguments)


def close_performance(arguments: argparse.Namespace) -> None:
    """Close the open wave. Raises PerformanceUnknown."""
    with visiting() as database:
        performance = found(database, arguments.code)
        database.write(lambda connection: close(connection, performance.id))
        database.write(lambda connection: record(connection, None, "closed", performance.code))
        show(found(database, arguments.code), arguments)


def finish_performance(arguments: argparse.Namespace) -> int:
    """Finish, after asking. Raises PerformanceUnknown."""
    with visiting() as database:
        performance = found(database, arguments.code)
        if not arguments.yes and not confirmed(performance):
            print("Nothing was changed. Add --yes to finish without being asked.", file=sys.stderr)
            return 1
        database.write(lambda connection: finish(connection, performance.id))
        database.write(lambda connection: record(connection, None, "finished", performance.code))
        show(found(database, arguments.code), arguments)
        if not database.forgotten(patience=2):
            print(OWED, file=sys.stderr)
    return 0


def confirmed(performance: Performance) -> bool:
    """Ask whether to finish; no answer means no."""
    # On stderr: what another program reads holds the answer only.
    print(
        f"{performance.name}: finishing cannot be undone. Phones can no longer change their answers.",
        file=sys.stderr,
    )
    print("Type yes to finish: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() == "yes"


def version_of(database: Database, wanted: str) -> str:
    """Return a version's id: of a questionnaire's newest, or of the one named. Raises QuestionnaireUnknown."""
    with database.reading() as connection:
        known = {id: questionnaire.id for id, questionnaire in versions(connection)}
        found = wanted if wanted in known else latest_version(connection, wanted)
    if found is None:
        there = ", ".join(sorted(set(known.values()))) or "none"
        raise QuestionnaireUnknown(f"There is no questionnaire {wanted!r}. There are: {there}.")
    return found


def found(database: Database, code: str) -> Performance:
    """Return a performance. Raises PerformanceUnknown."""
    with database.reading() as connection:
        return find_performance(connection, code)


def show(performance: Performance, arguments: argparse.Namespace) -> None:
    """Print one performance."""
    if arguments.json:
        print(json.dumps(figures(performance), ensure_ascii=False))
    else:
        print(f"{performance.code}  {performance.name}  ({in_words(performance)})\n{address(performance)}")


def figures(performance: Performance) -> dict[str, object]:
    """Return a performance for another program."""
    return {
        "code": performance.code,
        "url": address(performance),
        "production": performance.production,
        "date": performance.starts_on.isoformat(),
        "venue": performance.venue,
        "kind": performance.kind.value,
        "capacity": performance.capacity,
        "attendance": performance.attendance,
        "questionnaire": performance.version_id,
        "standing": performance.standing.value,
        "open": performance.open_wave.value if performance.open_wave else None,
        "join_number": performance.join_number,
    }


def in_words(performance: Performance) -> str:
    """Return where a performance is in its life."""
    return f"{performance.open_wave} is open" if performance.open_wave else performance.standing.value


def address(performance: Performance) -> str:
    """Return the address phones open."""
    return f"{settings().public_url}/p/{performance.code}"
