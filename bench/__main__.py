"""``make bench``: latencies for 300 phones in 15 s, durable writes per second, start-up, memory."""

import argparse
import asyncio
import json
import os
import platform
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

from survey.commands.simulated_audience import AudienceReport, percentile, run_audience

ROOT = Path(__file__).resolve().parent.parent


def environment_for(folder: Path, port: int) -> dict[str, str]:
    """Return the settings of a server of its own, with its own database."""
    return os.environ | {
        "HOUSELIGHTS_DATABASE_URL": f"sqlite:///{folder / 'bench.db'}",
        "HOUSELIGHTS_PORT": str(port),
        "HOUSELIGHTS_HOST": "127.0.0.1",
        "HOUSELIGHTS_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "HOUSELIGHTS_SECRET": "a secret for one bench only",
        "HOUSELIGHTS_RESPONSIBLE": "The bench",
        "HOUSELIGHTS_CONTACT": "bench@example.org",
    }


def free_port() -> int:
    """Return a port nobody listens on."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(port: int) -> None:
    """Return when the server answers /healthz with 200."""
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("The server did not become ready within 30 seconds.")


def memory_mib(process: int) -> float:
    """Return a process's resident memory in MiB; 0 where the system does not tell."""
    status = Path(f"/proc/{process}/status")
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(found.group(1)) / 1024 if found else 0.0


def survey(arguments: list[str], environment: dict[str, str]) -> str:
    """Run one command of the app and return what it printed."""
    command = [sys.executable, "-m", "survey", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    ).stdout


def writes_per_second(folder: Path, seconds: float = 3.0, writers: int = 64) -> float:
    """Return durable responses stored per second through the one door, from many threads."""
    from survey.model import Answer, Filled, Wave
    from survey.questionnaire import published_questionnaires
    from survey.storage.database import open_database
    from survey.storage.migrations import migrate
    from survey.storage.performances import add_performance, find_performance, open_wave
    from survey.storage.productions import add_production
    from survey.storage.questionnaires import publish
    from survey.storage.responses import save_response
    from survey.storage.seats import new_seat

    url = f"sqlite:///{folder / 'writes.db'}"
    migrate(url)
    database = open_database(url)
    questionnaire, content = published_questionnaires()[0]

    def set_up(connection):  # type: ignore[no-untyped-def]
        version_id = publish(connection, questionnaire, content)
        production = add_production(
            connection, name="Bench", responsible="The bench", contact="bench@example.org"
        )
        from datetime import date

        performance = add_performance(
            connection,
            production_id=production.id,
            version_id=version_id,
            starts_on=date(2026, 1, 1),
            venue="Here",
            youngest_age=16,
        )
        open_wave(connection, performance.id, Wave.AFTER)
        return find_performance(connection, performance.code)

    performance = database.write(set_up)
    filled = Filled(
        answers=tuple(
            Answer(question.id, question.values[:1])
            for question in questionnaire.asked_in(Wave.AFTER)
            if question.options
        )
    )
    until = time.perf_counter() + seconds

    def store_one(connection: object) -> None:
        save_response(
            connection,
            performance,
            seat=new_seat(),
            wave=Wave.AFTER,
            version_id=performance.version_id,
            language="en",
            filled=filled,
        )

    def write_until_the_end(_: int) -> int:
        stored = 0
        while time.perf_counter() < until:
            database.write(store_one)
            stored += 1
        return stored

    with ThreadPoolExecutor(writers) as pool:
        stored = sum(pool.map(write_until_the_end, range(writers)))
    database.close()
    return stored / seconds


def row(name: str, *values: object) -> None:
    """Print one row of the table."""
    print(f"{name:<44}" + "".join(f"{value!s:>12}" for value in values))


def audience_rows(name: str, report: AudienceReport) -> None:
    """Print the rows of one audience, times in milliseconds."""
    for what, seconds in (("visit", report.visits), ("send", report.sends)):
        figures = [f"{1000 * percentile(seconds, p):.1f}" for p in (50, 95, 99)]
        row(f"{name}: {what} p50 / p95 / p99, ms", *figures)
    row(f"{name}: acknowledged / errors", len(report.acknowledged), len(report.errors))
    if report.errors:
        print("   the first error:", report.errors[0])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--phones", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=15)
    arguments = parser.parse_args()
    print(
        f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )
    print(
        ", ".join(f"{name} {version(name)}" for name in ("streamlit", "starlette", "uvicorn", "sqlalchemy"))
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        port = free_port()
        environment = environment_for(folder, port)
        started = time.perf_counter()
        server = subprocess.Popen(
            [sys.executable, "-m", "survey", "serve"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_until_ready(port)
            row("start to ready, s", f"{time.perf_counter() - started:.2f}")
            row("resident memory after start, MiB", f"{memory_mib(server.pid):.0f}")
            added = json.loads(
                survey(
                    [
                        "performances",
                        "add",
                        "--production",
                        "Bench",
                        "--date",
                        "2026-01-01",
                        "--venue",
                        "Here",
                        "--questionnaire",
                        "the-nest",
                        "--capacity",
                        "100000",
                        "--open",
                        "after",
                        "--json",
                    ],
                    environment,
                )
            )
            address, code = f"http://127.0.0.1:{port}", added["code"]
            asyncio.run(run_audience(address, code, phones=20, seconds=1, seed=99))
            report = asyncio.run(
                run_audience(address, code, phones=arguments.phones, seconds=arguments.seconds, seed=1)
            )
            audience_rows(f"{arguments.phones} phones in {arguments.seconds:g} s", report)
            row("form on the wire, bytes (gzip, with headers)", f"{statistics.median(report.sizes):.0f}")
            burst = asyncio.run(run_audience(address, code, phones=1000, seconds=0.5, think=0.2, seed=2))
            audience_rows("1,000 phones at once", burst)
            counted = json.loads(survey(["responses", "count", code, "--json"], environment))["after"]
            row("stored / acknowledged", counted, 20 + len(report.acknowledged) + len(burst.acknowledged))
            row("resident memory at the end, MiB", f"{memory_mib(server.pid):.0f}")
        finally:
            server.terminate()
            server.wait(20)
        row("durable responses per second, 64 writers", f"{writes_per_second(folder):.0f}")


if __name__ == "__main__":
    main()
