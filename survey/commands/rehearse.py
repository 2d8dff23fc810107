"""``rehearse``: simulated phones against your own server, a verdict in words, and everything they wrote removed."""

import argparse
import asyncio
import json
from functools import partial

from survey.commands.numbers import seconds, whole
from survey.commands.opening import visiting
from survey.commands.simulated_audience import AudienceReport, percentile, run_audience
from survey.model import Standing, Wave
from survey.settings import settings
from survey.storage.database import Database
from survey.storage.performances import close_wave, find_performance, rehearse_wave
from survey.storage.responses import delete_by_receipt, responses_count


class OpenForReal(Exception):
    """Only a performance in rehearsal can be rehearsed, so that no real answer is ever touched."""


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "rehearse", help="send simulated phones to your own server, then remove what they wrote"
    )
    parser.add_argument("code", help="the performance's code; it must be in rehearsal")
    parser.add_argument("--phones", type=whole, default=100, help="how many phones (default 100)")
    parser.add_argument(
        "--seconds", type=seconds, default=30, help="over how many seconds they arrive (default 30)"
    )
    parser.add_argument("--address", help="the server's address (default: this machine, the port in force)")
    parser.add_argument("--json", action="store_true", help="print figures for another program")
    parser.set_defaults(run=rehearse)


def rehearse(arguments: argparse.Namespace) -> int:
    """Run the rehearsal. Raises OpenForReal for a performance that has been opened for its audience."""
    address = arguments.address or f"http://127.0.0.1:{settings().port}"
    with visiting() as database:
        with database.reading() as connection:
            performance = find_performance(connection, arguments.code)
        if performance.standing is not Standing.REHEARSAL:
            raise OpenForReal(
                f"{performance.code} has been opened for real. Rehearse with a performance that is still in rehearsal."
            )
        opened_here = performance.open_wave is None
        wave = performance.open_wave or Wave.BEFORE
        if opened_here:
            database.write(lambda connection: rehearse_wave(connection, performance.id, wave))
        before = stored_in(database, performance.id, wave)
        report = asyncio.run(
            run_audience(address, performance.code, phones=arguments.phones, seconds=arguments.seconds)
        )
        stored = stored_in(database, performance.id, wave) - before
        for sent in report.acknowledged:
            if sent.receipt:
                database.write(partial(delete_by_receipt, code=sent.receipt))
        left = stored_in(database, performance.id, wave) - before
        if opened_here:
            database.write(lambda connection: close_wave(connection, performance.id))
    if arguments.json:
        print(json.dumps(figures(report, stored, left)))
    else:
        print(verdict(report, stored, left))
    return 0 if stored == len(report.acknowledged) and not report.errors and left == 0 else 1


def figures(report: AudienceReport, stored: int, left: int) -> dict[str, object]:
    """Return the rehearsal in figures; times in milliseconds."""
    return {
        "phones": report.phones,
        "acknowledged": len(report.acknowledged),
        "stored": stored,
        "left": left,
        "errors": len(report.errors),
        "send_ms": {str(p): round(1000 * percentile(report.sends, p), 1) for p in (50, 95, 99)},
        "visit_ms": {str(p): round(1000 * percentile(report.visits, p), 1) for p in (50, 95, 99)},
    }


def verdict(report: AudienceReport, stored: int, left: int) -> str:
    """Return the rehearsal in words."""
    slow = 1000 * percentile(report.sends, 99)
    lines = [
        f"{len(report.acknowledged)} of {report.phones} phones were told their answers are in; {stored} are stored.",
        f"Sending took {1000 * percentile(report.sends, 50):.0f} ms for half of them, "
        f"and {slow:.0f} ms or less for 99 in 100.",
    ]
    if report.errors:
        lines.append(f"{len(report.errors)} phones met trouble. The first: {report.errors[0]}")
    elif stored < len(report.acknowledged):
        lines.append("Answers are missing. Do not open this server to an audience; run `houselights doctor`.")
    elif slow > 1000:
        lines.append("Nothing was lost, but some people would have waited more than a second.")
    else:
        lines.append("This server is ready for that audience.")
    lines.append(
        "Everything they wrote has been removed."
        if left == 0
        else f"{left} simulated responses are still there: wipe the rehearsal in the office."
    )
    return "\n".join(lines)


def stored_in(database: Database, performance_id: str, wave: Wave) -> int:
    """Return how many counted responses a wave has now."""
    with database.reading() as connection:
        return responses_count(connection, performance_id, wave)
