"""The real server as a process: started on a free port with a database of its own, killed and restarted at will."""

import asyncio
import contextlib
import json
import os
import secrets
import signal
import socket
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any, TypeVar

from tests import forked

T = TypeVar("T")

ROOT = Path(__file__).resolve().parent.parent
PORTS = range(20_000, 32_000)
PATIENCE = 60.0
"""Seconds until a server that does not answer is given up; slow machines share their cores."""


class ServerWrong(Exception):
    """The server did not start, or a command failed. Carries the end of what it said."""


class Server:
    """One server of our own. ``address`` is where it answers; ``log`` holds what it said."""

    def __init__(self, folder: Path, **environment: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.port = int(environment.get("HOUSELIGHTS_PORT") or free_port())
        self.address = f"http://127.0.0.1:{self.port}"
        self.database_url = environment.get(
            "HOUSELIGHTS_DATABASE_URL", f"sqlite:///{folder / 'houselights.db'}"
        )
        self.log = folder / "server.log"
        self._process: ForkServerProcess | None = None
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("HOUSELIGHTS_")},
            "HOUSELIGHTS_DATABASE_URL": self.database_url,
            "HOUSELIGHTS_PUBLIC_URL": self.address,
            "HOUSELIGHTS_HOST": "127.0.0.1",
            "HOUSELIGHTS_PORT": str(self.port),
            "HOUSELIGHTS_SECRET": "a secret for tests only, not for any house",
            "HOUSELIGHTS_RESPONSIBLE": "Example Theatre Company",
            "HOUSELIGHTS_CONTACT": "data@example.org",
            **environment,
        }

    @property
    def pid(self) -> int:
        """The process id of the running server."""
        assert self._process is not None, "the server is not running"
        assert self._process.pid is not None
        return self._process.pid

    def start(self) -> None:
        """Start and wait until it is ready. Raises ServerWrong with what it said."""
        self._process = forked.start(("serve",), self._environment, self.log, self.log)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if not self._process.is_alive():
                raise ServerWrong(f"The server stopped at once:\n{self.said()}")
            if self.ready():
                return
            time.sleep(0.05)
        self.kill()
        raise ServerWrong(f"The server was not ready within {PATIENCE:.0f} seconds:\n{self.said()}")

    def ready(self) -> bool:
        """Whether ``/healthz`` answers 200."""
        with (
            contextlib.suppress(urllib.error.URLError, OSError),
            urllib.request.urlopen(f"{self.address}/healthz", timeout=5) as answer,
        ):
            return bool(answer.status == 200)
        return False

    def stop(self) -> int | None:
        """Ask it to stop, as a machine shutting down does; return its exit code, None when it was not running."""
        return self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Kill it at once, as a power cut does."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        """Start it again on the same address and database."""
        self.stop()
        self.start()

    def said(self) -> str:
        """Return the end of what it said."""
        return self.log.read_text(errors="replace")[-4000:] if self.log.exists() else ""

    def command(self, *arguments: str) -> str:
        """Run a command beside the server; return what it prints. Raises ServerWrong with its sentence."""
        with tempfile.TemporaryDirectory() as folder:
            said, complained = Path(folder, "said"), Path(folder, "complained")
            process = forked.start(arguments, self._environment, said, complained)
            process.join()
            if process.exitcode != 0:
                raise ServerWrong(f"{' '.join(arguments)}: {complained.read_text()[-2000:]}")
            return said.read_text()

    def add_performance(self, **options: object) -> dict[str, Any]:
        """Add a performance of The Nest by the command line; return what it prints (``code``, ``url``, …)."""
        given = {
            "production": "The Nest",
            "date": "2026-03-20",
            "venue": "Upstairs Theatre",
            "questionnaire": "the-nest",
        } | options
        words = [
            word for name, value in given.items() for word in (f"--{name.replace('_', '-')}", str(value))
        ]
        printed: dict[str, Any] = json.loads(self.command("performances", "add", *words, "--json"))
        return printed

    def _end(self, how: signal.Signals) -> int | None:
        if self._process is None:
            return None
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, how)
        self._process.join(30)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        code, self._process = self._process.exitcode, None
        return code


def free_port() -> int:
    """Return a port nobody listens on now, and that no outgoing connection takes before our server does.

    Systems give connections ports above these; tests that run side by side draw from so many that they do not meet.
    """
    while True:
        port = secrets.choice(PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def in_a_thread(work: Coroutine[Any, Any, T]) -> T:
    """Run asynchronous work in a test: Playwright keeps this thread's event loop for itself."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()
