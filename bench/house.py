"""A server of the bench's own: started on a free port with an empty database, asked by commands, stopped."""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from survey.model import Wave
from survey.storage.database import open_database
from survey.storage.questionnaires import find_version
from survey.storage.translations import TranslationIncomplete, approve, translations

ROOT = Path(__file__).resolve().parent.parent
READER = "The bench, for measuring only"


@dataclass(frozen=True)
class House:
    """The running server: where it answers, its process, and how long it took to get ready."""

    address: str
    process: int
    environment: dict[str, str]
    seconds_to_ready: float

    @property
    def memory_mib(self) -> float:
        """The server's resident memory in MiB; 0 where the system does not tell."""
        status = Path(f"/proc/{self.process}/status")
        found = re.search(r"VmRSS:\s+(\d+)", status.read_text()) if status.exists() else None
        return int(found.group(1)) / 1024 if found else 0.0

    def command(self, *arguments: str) -> str:
        """Run one command of the app and return what it printed."""
        command = [sys.executable, "-m", "survey", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True
        ).stdout

    def performance(self, wave: Wave = Wave.AFTER) -> str:
        """Add a performance of The Nest with its questions open; return its code."""
        words = {
            "production": "Bench",
            "date": "2026-01-01",
            "venue": "Here",
            "questionnaire": "the-nest",
            "capacity": "100000",
            "open": wave.value,
        }
        options = [word for name, value in words.items() for word in (f"--{name}", value)]
        return str(json.loads(self.command("performances", "add", *options, "--json"))["code"])

    def stored(self, code: str) -> int:
        """Return how many *after* responses a performance has."""
        return int(json.loads(self.command("responses", "count", code, "--json"))["after"])

    def offer_every_language(self, version_id: str) -> list[str]:
        """Approve every complete draft, so that its form can be measured; return the languages offered."""
        database = open_database(self.environment["HOUSELIGHTS_DATABASE_URL"], visiting=True)
        with database.reading() as connection:
            questionnaire = find_version(connection, version_id)
            drafts = translations(connection, version_id, questionnaire)
        offered = ["en"]
        for draft in drafts:
            try:
                database.write(
                    lambda connection: approve(
                        connection,
                        version_id,
                        draft.language,
                        name=READER,
                        on=date(2026, 1, 1),
                        sentences=draft.sentences,
                    )
                )
                offered.append(draft.language)
            except TranslationIncomplete as missing:
                print(f"   {draft.language} is left out: {missing}")
        database.close()
        return offered


@contextmanager
def open_house() -> Iterator[House]:
    """Start a server of our own and stop it afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        address = f"http://127.0.0.1:{port}"
        environment = os.environ | {
            "HOUSELIGHTS_DATABASE_URL": f"sqlite:///{Path(folder) / 'bench.db'}",
            "HOUSELIGHTS_PORT": str(port),
            "HOUSELIGHTS_HOST": "127.0.0.1",
            "HOUSELIGHTS_PUBLIC_URL": address,
            "HOUSELIGHTS_SECRET": "a secret for one bench only",
            "HOUSELIGHTS_RESPONSIBLE": "The bench",
            "HOUSELIGHTS_CONTACT": "bench@example.org",
        }
        log = Path(folder) / "server.log"
        started = time.perf_counter()
        with log.open("wb") as said:
            server = subprocess.Popen(
                [sys.executable, "-m", "survey", "serve"],
                cwd=ROOT,
                env=environment,
                stdout=said,
                stderr=subprocess.STDOUT,
            )
        try:
            wait_until_ready(address, log)
            yield House(address, server.pid, environment, time.perf_counter() - started)
        finally:
            server.terminate()
            server.wait(20)


def wait_until_ready(address: str, log: Path) -> None:
    """Return when the server answers /healthz with 200."""
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise SystemExit(
        f"The server did not become ready within 30 seconds. It said:\n{log.read_text()[-2000:]}"
    )
