"""What Windows lacks: hidden here, because these tests run elsewhere."""

import subprocess
import sys

from tests.running import ROOT

HIDDEN = ("fcntl", "grp", "pwd", "resource", "termios")
SCRIPT = f"""
import asyncio, importlib, os, pkgutil, signal, subprocess, sys
import altair, pandas, scipy, sqlalchemy, streamlit, streamlit.testing.v1, uvicorn  # they have their own ways
for name in {HIDDEN!r}:
    sys.modules[name] = None
for name in ("SIGHUP", "SIGKILL", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGCHLD"):
    delattr(signal, name)
for name in ("fork", "geteuid", "getuid", "umask", "fchmod", "sched_getaffinity"):
    if hasattr(os, name):
        delattr(os, name)
import survey
names = ["survey", *(found.name for found in pkgutil.walk_packages(survey.__path__, "survey."))]
for name in names:
    if not name.startswith("survey.storage.migrations.versions") and name != "survey.storage.migrations.env":
        importlib.import_module(name)
from survey.serving.server import raise_file_limit
raise_file_limit()
import app
print(len(names), type(app.app).__name__)
"""


def test_every_module_is_imported_where_unix_is_missing() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    count, app = done.stdout.split()
    assert int(count) > 100
    assert app == "App"


def test_the_file_limit_is_raised_where_there_is_one() -> None:
    script = (
        "import resource\nfrom survey.serving.server import raise_file_limit\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (256, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))\n"
        "raise_file_limit()\nprint(resource.getrlimit(resource.RLIMIT_NOFILE)[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) > 1024
