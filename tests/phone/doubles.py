"""Pairs of sendings at the same moment: from two threads of one process, or from two processes over one database."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.cookiejar import DefaultCookiePolicy
from typing import Any

from starlette.testclient import TestClient

from survey.storage.database import Database, open_database
from tests.running import ROOT

Sending = tuple[str, str, Mapping[str, Any]]
"""Seat, address and fields."""
Send = Callable[[Sending], int]
"""Send it and return the status of the answer."""


def seat(n: int) -> str:
    """Return the seat of the n-th phone."""
    return f"seat-of-phone-{n:05}"


@contextmanager
def phones_of(opened: Database) -> Iterator[Send]:
    """Give what sends to one process's phones' routes; from many threads, as to a server."""
    from tests.phone.conftest import phone_app

    with TestClient(phone_app(opened), follow_redirects=False, raise_server_exceptions=False) as client:
        client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))  # many phones, one client

        def send(sending: Sending) -> int:
            who, address, fields = sending
            answer = client.post(address, data=dict(fields), headers={"cookie": f"seat={who}"})
            return answer.status_code

        yield send


@contextmanager
def another_process(url: str) -> Iterator[Send]:
    """Give the same in a process of its own."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.phone.doubles", url],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None

        def send(sending: Sending) -> int:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps(sending) + "\n")
            return int(process.stdout.readline())

        assert process.stdout.readline() == "ready\n"
        yield send
        process.stdin.close()
        process.wait(30)


def at_once(one: Send, other: Send, pairs: Sequence[tuple[Sending, Sending]]) -> list[tuple[int, int]]:
    """Send both of each pair at the same moment; return the statuses."""
    with ThreadPoolExecutor(2) as threads:
        answers = []
        for first, second in pairs:
            both = threads.submit(one, first), threads.submit(other, second)
            answers.append((both[0].result(60), both[1].result(60)))
        return answers


def _serve(url: str) -> None:
    opened = open_database(url, visiting=True)
    with phones_of(opened) as send:
        _say("ready")
        for line in sys.stdin:
            who, address, fields = json.loads(line)
            _say(str(send((who, address, fields))))
    opened.close()


def _say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _serve(sys.argv[1])
