"""A browser or server test that fails is tried once more; whatever passed only then is named, and few of them are borne.

``pytest-rerunfailures`` tries again; this says which. Real browsers and servers share the machine with others, and a test
among four thousand may meet a moment that is not ours. A test that needs it often is a fault, in the test or in the program.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pytest

BORNE = 3
"""So many unsteady tests are borne in one run; with more of them it fails."""
AGAIN = frozenset({"browser", "server"})
"""Which real parts, by their marks, a test must use to be tried again."""


def try_again(item: pytest.Item) -> None:
    """Have a test tried once more if it fails and uses a browser or a server."""
    if AGAIN & {mark.name for mark in item.iter_markers()}:
        item.add_marker(pytest.mark.flaky(reruns=1))


def unsteady(stats: Mapping[str, Iterable[Any]]) -> list[str]:
    """Return a line for each test that failed first and passed then: its name and how it failed."""
    failed = {report.nodeid for how in ("failed", "error") for report in stats.get(how, ())}
    found = {report.nodeid: report for report in stats.get("rerun", ()) if report.nodeid not in failed}
    return [f"unsteady: {name} ({why(report)})" for name, report in sorted(found.items())]


def why(report: Any) -> str:
    """Return the sentence a test failed with, on one line."""
    crash = getattr(report.longrepr, "reprcrash", None)
    return " ".join(str(crash.message if crash else report.longrepr).split())[:200]


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a run in which too many tests were unsteady; what xdist's workers saw is counted where it comes together."""
    terminal = session.config.pluginmanager.get_plugin("terminalreporter")
    if exitstatus == 0 and terminal and len(unsteady(terminal.stats)) > BORNE:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Name the unsteady tests at the end."""
    lines = unsteady(terminalreporter.stats)
    for line in lines:
        terminalreporter.write_line(line, yellow=True)
    if len(lines) > BORNE:
        terminalreporter.write_line(
            f"{len(lines)} tests were unsteady, more than the {BORNE} that are borne: the run fails.",
            red=True,
        )
