"""One real server for all tests of the guard, with someone of every role signed in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.guard.asking import send
from tests.running import Server

SOMEBODY = ("stage", "facilitator", "organiser")


@dataclass(frozen=True)
class House:
    """A running server, one open performance, and the cookies of everybody in it."""

    server: Server
    code: str
    cookies: Mapping[str, str]

    @property
    def address(self) -> str:
        """Where it answers."""
        return self.server.address

    def headers(self, who: str) -> dict[str, str]:
        """Return what a request of somebody carries; nothing for nobody."""
        return {"Cookie": self.cookies[who]} if who in self.cookies else {}


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The house, open."""
    server = Server(tmp_path_factory.mktemp("house"))
    server.start()
    try:
        code = str(server.add_performance(open="before")["code"])
        cookies = {
            "organiser": f"houselights={sign_in(server, 'organiser')}",
            "facilitator": f"houselights={sign_in(server, 'facilitator')}",
            "stage": f"houselights_stage={open_stage(server, code)}",
        }
        yield House(server, code, cookies)
    finally:
        server.stop()


def sign_in(server: Server, role: str) -> str:
    """Sign a browser in by a one-time link; return its cookie's token."""
    answer = send(
        server.address, "/sign-in", {"link": token_in(server.command("sign-in-link", role), "link")}
    )
    token = answer.cookie("houselights")
    assert token, answer
    return token


def open_stage(server: Server, code: str) -> str:
    """Open a stage by its link; return its cookie's token."""
    answer = send(
        server.address, "/sign-in", {"stage": token_in(server.command("stage-link", code), "stage")}
    )
    token = answer.cookie("houselights_stage")
    assert token, answer
    return token


def token_in(url: str, name: str) -> str:
    """Return the token in a link."""
    return parse_qs(urlsplit(url.strip()).query)[name][0]
