"""The server itself: how it starts, what it says, what it never says, and how it stops."""

import asyncio
import os
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from survey.questionnaire import DATA, load_questionnaire
from survey.serving.server import listen
from survey.storage.database import Fault, open_database
from survey.storage.migrations import migrate
from survey.storage.questionnaires import publish
from tests.databases import add_nest_performance
from tests.guard.asking import ask, send
from tests.running import ROOT, Server, ServerWrong, free_port, in_a_thread

pytestmark = pytest.mark.server
CANARIES = ("203.0.113.77", "Canary-Phone/1.0", "canary-answer", "canary-cookie")


def run(arguments: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program that should stop by itself, with settings of our own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HOUSELIGHTS_")}
    given = {"HOUSELIGHTS_SECRET": "a secret for tests only", "HOUSELIGHTS_HOST": "127.0.0.1", **environment}
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env=kept | given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def sentence_of(done: subprocess.CompletedProcess[str]) -> str:
    """Return the one plain sentence of a program that did not start."""
    assert done.returncode not in (0, None)
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert "Traceback" not in done.stderr
    assert len(lines) == 1, done.stderr
    return lines[0]


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A database that was only half copied."""
    file = tmp_path / "houselights.db"
    migrate(f"sqlite:///{file}")
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    return file


WRONG = [
    ("mysql://somewhere/else", "begins with sqlite:/// or postgresql://"),
    ("no address", "HOUSELIGHTS_DATABASE_URL is not a database address"),
    ("sqlite:////no-such-folder/x/houselights.db", "There is no folder"),
    ("postgresql://nobody@127.0.0.1:1/none", "Start it, or correct HOUSELIGHTS_DATABASE_URL"),
]


@pytest.mark.parametrize(("url", "words"), WRONG)
def test_a_wrong_database_address_is_answered_by_one_sentence(url: str, words: str) -> None:
    port = str(free_port())
    done = run(["survey", "serve"], HOUSELIGHTS_DATABASE_URL=url, HOUSELIGHTS_PORT=port)
    assert words in sentence_of(done)


def test_a_damaged_database_is_neither_opened_nor_replaced(damaged: Path) -> None:
    before = damaged.read_bytes()
    done = run(
        ["survey", "serve"],
        HOUSELIGHTS_DATABASE_URL=f"sqlite:///{damaged}",
        HOUSELIGHTS_PORT=str(free_port()),
    )
    assert "damaged or only half copied" in sentence_of(done)
    assert damaged.read_bytes() == before


def test_uvicorn_alone_says_the_same_sentence_and_serves_nothing(damaged: Path) -> None:
    done = run(
        ["uvicorn", "app:app", "--port", str(free_port())], HOUSELIGHTS_DATABASE_URL=f"sqlite:///{damaged}"
    )
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert "damaged or only half copied" in done.stderr


def test_a_second_start_on_the_same_port_says_what_to_do(tmp_path: Path) -> None:
    with listen("127.0.0.1", 0) as first:
        port = str(first.getsockname()[1])
        done = run(
            ["survey", "serve"],
            HOUSELIGHTS_PORT=port,
            HOUSELIGHTS_DATABASE_URL=f"sqlite:///{tmp_path / 'houselights.db'}",
        )
    assert sentence_of(done) == (
        f"Port {port} is in use: Houselights or another program is running already. "
        "Stop it, or set HOUSELIGHTS_PORT to another number."
    )


def test_an_address_that_is_not_this_machine_s_is_said(tmp_path: Path) -> None:
    done = run(["survey", "serve"], HOUSELIGHTS_HOST="192.0.2.200", HOUSELIGHTS_PORT=str(free_port()))
    assert "Set HOUSELIGHTS_HOST to an address of this machine" in sentence_of(done)


@pytest.mark.parametrize(
    ("name", "value"),
    [("HOUSELIGHTS_PORT", "many"), ("HOUSELIGHTS_PUBLIC_URL", "theatre"), ("HOUSELIGHTS_SECRET", "short")],
)
def test_a_wrong_setting_is_answered_by_one_sentence(name: str, value: str) -> None:
    assert sentence_of(run(["survey", "serve"], **{name: value})).startswith(name)


def test_a_questionnaire_changed_after_it_was_published_is_set_aside_and_everything_else_starts(
    serve: Callable[..., Server], tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'houselights.db'}"
    migrate(url)
    questionnaire, content = load_questionnaire(DATA / "the-nest-1.yaml")
    with closing(open_database(url)) as database:
        other = {**content, "title": {"en": "Other words"}}
        version = database.write(lambda connection: publish(connection, questionnaire, other))
        code = add_nest_performance(database, version_id=version).code
    server = serve(HOUSELIGHTS_DATABASE_URL=url)
    assert ask(server.address, f"/p/{code}").status == 200
    assert "the-nest-1.yaml" in server.said()
    assert "people were asked it in other words" in server.said()


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold a database as another program does that writes for a long time."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_a_locked_database_is_said_kindly_and_nothing_typed_is_lost(serve: Callable[..., Server]) -> None:
    server = serve()
    code = server.add_performance(open="before")["code"]
    with locked(server.folder / "houselights.db"):
        answer = send(server.address, f"/p/{code}", {"home_system": "acceptable"})
        assert answer.status == 503
        assert "Traceback" not in answer.body
        assert 'value="acceptable" checked' in answer.body
        assert ask(server.address, f"/p/{code}").status == 200
    assert send(server.address, f"/p/{code}", {"home_system": "acceptable"}).status == 303
    assert "Traceback" not in server.said()


def test_a_failing_disk_is_said_to_everybody_and_over_without_a_restart(
    serve: Callable[..., Server],
) -> None:
    server = serve()
    code = server.add_performance(open="before")["code"]
    limits = resource.prlimit(server.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(
        server.pid, resource.RLIMIT_FSIZE, (4096, limits[1])
    )  # less than one page of the journal
    answer = send(server.address, f"/p/{code}", {"home_system": "acceptable"})
    assert (answer.status, "Our computer cannot save anything" in answer.body) == (503, True)
    assert 'value="acceptable" checked' in answer.body
    unwell = ask(server.address, "/healthz")
    assert (unwell.status, unwell.body) == (503, f"{Fault.FAILING.value}\n")
    assert ask(server.address, f"/p/{code}").status == 200
    with pytest.raises(ServerWrong, match="Before an audience comes, look at: port"):
        server.command("doctor")
    assert server.said().count(Fault.FAILING.value) == 1
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, limits)
    until_ready(server.address)
    assert "The database can be read and written again." in server.said()
    assert send(server.address, f"/p/{code}", {"home_system": "acceptable"}).status == 303
    assert "Traceback" not in server.said()


def test_nothing_a_visitor_brings_is_ever_printed(serve: Callable[..., Server]) -> None:
    server = serve()
    code = server.add_performance(open="before")["code"]
    address, agent, answer, cookie = CANARIES
    brought = {
        "X-Forwarded-For": address,
        "X-Real-IP": address,
        "Forwarded": f"for={address}",
        "User-Agent": agent,
        "Cookie": f"houselights={cookie}",
    }
    for path in ("/", f"/p/{code}", "/p/unknown1", "/desk", "/_stcore/stream", "/healthz", f"/p/{code}/%00"):
        ask(server.address, path, headers=brought)
    send(server.address, f"/p/{code}", {"differently": answer, "home_system": answer}, brought)
    send(server.address, f"/p/{code}", f"differently={answer}%00".encode(), brought)
    send(server.address, f"/p/{code}", answer.encode() * 300_000, brought)
    with pytest.raises(InvalidStatus):
        connect(f"ws://127.0.0.1:{server.port}/_stcore/stream", additional_headers=brought, proxy=None)
    with socket.create_connection(("127.0.0.1", server.port)) as line:
        line.sendall(f"NONSENSE {answer}\r\n\r\n".encode())
        line.recv(100)
    server.stop()
    said = server.said()
    assert [canary for canary in CANARIES if canary in said] == []
    assert [line.strip() for line in said.splitlines() if line.strip()] == [
        "Houselights",
        f"Phones:     {server.address}/join",
        f"Organiser:  {server.address}/sign-in?link={said.partition('link=')[2].split()[0]}",
        "(this link works once, for an hour)",
    ]


def test_uvicorn_alone_prints_no_visit_either(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'houselights.db'}"
    migrate(url)
    port = free_port()
    log = tmp_path / "log"
    with log.open("wb") as printed:
        process = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "app:app", "--port", str(port)],
            cwd=ROOT,
            env={
                **os.environ,
                "HOUSELIGHTS_DATABASE_URL": url,
                "HOUSELIGHTS_SECRET": "a secret for tests only",
            },
            stdout=printed,
            stderr=subprocess.STDOUT,
        )
    try:
        until_ready(f"http://127.0.0.1:{port}")
        assert ask(f"http://127.0.0.1:{port}", "/desk", headers={"User-Agent": CANARIES[1]}).status == 401
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
    said = log.read_text()
    assert "GET" not in said
    assert "/desk" not in said
    assert CANARIES[1] not in said


def until_ready(address: str) -> None:
    """Wait for a server that was just started."""
    for _ in range(300):
        try:
            if ask(address, "/healthz").status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    pytest.fail("the server did not get ready")


def test_the_server_does_not_say_what_it_is_made_of(serve: Callable[..., Server]) -> None:
    server = serve()
    answer = ask(server.address, "/healthz")
    assert (answer.status, answer.body, answer.headers.get("server")) == (200, "ready\n", None)


def test_it_stops_when_asked_and_starts_again_on_the_same_port(serve: Callable[..., Server]) -> None:
    server = serve()
    server.restart()
    assert server.ready()
    assert server.stop() in (0, -signal.SIGTERM)


def test_answers_on_a_kept_connection_are_sent_at_once() -> None:
    async def accepted_options() -> int:
        opened: asyncio.Future[asyncio.BaseTransport] = asyncio.get_running_loop().create_future()

        class Line(asyncio.Protocol):
            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                opened.set_result(transport)

        server = await asyncio.get_running_loop().create_server(Line, sock=listen("127.0.0.1", 0))
        async with server:
            _reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            line = (await opened).get_extra_info("socket")
            writer.close()
            return int(line.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    assert in_a_thread(accepted_options()) != 0
