"""The printed table: on which machine, with which versions, one row per figure."""

import os
import platform
import sqlite3
from importlib.metadata import version

from survey.commands.simulated_audience import AudienceReport, percentile


def machine() -> None:
    """Print what the figures were measured on, and how busy it was."""
    print(
        f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )
    print(
        ", ".join(f"{name} {version(name)}" for name in ("streamlit", "starlette", "uvicorn", "sqlalchemy"))
    )
    if hasattr(os, "getloadavg"):
        print(f"load of this machine before: {os.getloadavg()[0]:.1f}")


def row(name: str, *values: object) -> None:
    """Print one row of the table."""
    print(f"{name:<52}" + "".join(f"{value!s:>12}" for value in values), flush=True)


def audience_rows(name: str, report: AudienceReport) -> None:
    """Print the rows of one audience, times in milliseconds."""
    for what, seconds in (("visit", report.visits), ("send", report.sends)):
        figures = [f"{1000 * percentile(seconds, p):.1f}" for p in (50, 95, 99)]
        row(f"{name}: {what} p50 / p95 / p99, ms", *figures)
    row(f"{name}: acknowledged / errors", len(report.acknowledged), len(report.errors))
    if report.errors:
        print("   the first error:", report.errors[0])
