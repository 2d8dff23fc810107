"""Streamlit's websocket: who may open it, from where, what it may show them, and when it closes."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any

import pytest
from starlette.types import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets import Origin
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from survey.model import Performance, Role
from survey.phone.sign_ins import SignIns, Visitor
from survey.screen import PAGES
from survey.serving.frames import counts_as_use
from survey.storage.database import Database, open_database
from survey.storage.performances import finish_performance
from survey.storage.sign_ins import add_sign_in, add_stage_link, find_sign_in, revoke
from tests.guard.asking import send
from tests.guard.conftest import House, sign_in
from tests.running import in_a_thread

server = pytest.mark.server
OWN = {
    "stage": "stage",
    "facilitator": "desk run stage",
    "organiser": "performances desk run stage results compare change questionnaires languages offers poster",
}
"""Who sees which pages; everybody begins at the first."""


@contextmanager
def stream(
    house: House, cookie: str | None, *, path: str = "/_stcore/stream", origin: str | None = None
) -> Iterator[ClientConnection]:
    """Open the websocket as a browser does."""
    headers = {"Cookie": cookie} if cookie else {}
    url = house.address.replace("http://", "ws://") + path
    with connect(
        url,
        additional_headers=headers,
        origin=Origin(origin) if origin else None,
        subprotocols=["streamlit"],  # type: ignore[list-item]
        proxy=None,
        open_timeout=20,
    ) as socket:
        yield socket


def refused(house: House, cookie: str | None, **how: Any) -> bool:
    """Say whether the websocket is refused before it opens."""
    try:
        with stream(house, cookie, **how):
            return False
    except InvalidStatus as answer:
        return answer.response.status_code == 403


def shown(socket: ClientConnection, page: str) -> tuple[str, set[str]]:
    """Ask for a page; return the page that is shown in the end, and the pages of the menu.

    "Page not found" is not waited for: Streamlit drops it when it leads on to another page before it was sent.
    """
    wish = BackMsg()
    wish.rerun_script.page_name = page
    socket.send(wish.SerializeToString())
    addresses: dict[str, str] = {}
    current, menu = "", set()
    while True:
        message = ForwardMsg()
        message.ParseFromString(socket.recv(30))
        kind = message.WhichOneof("type")
        if kind == "navigation":
            pages = message.navigation.app_pages
            addresses = {page.page_script_hash: page.url_pathname for page in pages}
            current = message.navigation.page_script_hash
            menu = {page.url_pathname for page in pages if not page.is_hidden}
        if kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
            return addresses[current], menu


def why_closed(socket: ClientConnection) -> int | None:
    """Wait until a websocket closes; return the code it was closed with."""
    try:
        while True:
            socket.recv(20)
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None


@server
@pytest.mark.parametrize("who", ["stage", "facilitator", "organiser"])
def test_everybody_signed_in_may_open_the_stream(house: House, who: str) -> None:
    assert not refused(house, house.cookies[who], origin=house.address)


@server
@pytest.mark.parametrize("cookie", [None, "houselights=guessed", "houselights_stage=guessed", "other=1"])
def test_nobody_else_may_open_the_stream(house: House, cookie: str | None) -> None:
    assert refused(house, cookie, origin=house.address)


@server
@pytest.mark.parametrize(
    "origin", ["http://elsewhere.example", "null", "http://127.0.0.1:1", "http://127.0.0.1.elsewhere.example"]
)
def test_another_site_may_not_open_the_stream_with_somebody_s_cookie(house: House, origin: str) -> None:
    assert refused(house, house.cookies["organiser"], origin=origin)


@server
@pytest.mark.parametrize(
    "path", ["/", "/p/x", "/join", "/stage/_stcore/stream", "/_stcore/health", "/unknown"]
)
def test_no_other_address_takes_a_websocket(house: House, path: str) -> None:
    assert refused(house, house.cookies["organiser"], origin=house.address, path=path)


@server
@pytest.mark.parametrize("who", OWN)
def test_the_stream_shows_each_role_its_own_pages_only(house: House, who: str) -> None:
    own = OWN[who].split()
    for page in PAGES:
        with stream(house, house.cookies[who], origin=house.address) as socket:
            assert shown(socket, page.path) == (page.path if page.path in own else own[0], set(own))


@server
def test_signing_out_closes_the_pages_that_are_open_and_nobody_else_s(house: House) -> None:
    mine = f"houselights={sign_in(house.server, 'facilitator')}"
    with (
        stream(house, mine, origin=house.address) as open_page,
        stream(house, house.cookies["facilitator"], origin=house.address) as other,
    ):
        send(house.address, "/sign-out", {}, {"Cookie": mine, "Origin": house.address})
        assert why_closed(open_page) == 4401
        assert shown(other, "desk") == ("desk", {"desk", "run", "stage"})
    assert refused(house, mine, origin=house.address)


class Wire:
    """The other end of a websocket: what was sent to it."""

    def __init__(self) -> None:
        self.sent: list[Message] = []

    async def send(self, message: Message) -> None:
        """Take a message."""
        self.sent.append(message)

    async def receive(self) -> Message:
        """Give the next message of a person who is using the page."""
        return {"type": "websocket.receive", "bytes": b"a click"}


def test_a_page_that_refreshes_itself_is_not_in_use() -> None:
    itself, person = BackMsg(), BackMsg()
    itself.rerun_script.is_auto_rerun = True
    person.rerun_script.page_name = "desk"
    assert not counts_as_use(itself.SerializeToString())
    assert counts_as_use(person.SerializeToString())
    assert not counts_as_use(b"\xff no message of ours")


async def held_while(sign_ins: SignIns, visitor: Visitor, ended: object) -> list[Message]:
    """Hold a stream open, let something end the sign-in, look; return what the stream was sent."""
    wire = Wire()
    async with sign_ins.held(visitor, wire.receive, wire.send) as (_receive, send_on):
        await sign_ins.look()
        assert wire.sent == []
        ended()  # type: ignore[operator]
        await sign_ins.look()
        await send_on({"type": "websocket.send", "bytes": b"too late"})
    return wire.sent


def test_a_revoked_sign_in_closes_its_stream_within_a_look(sqlite_database: Database) -> None:
    token = sqlite_database.write(lambda connection: add_sign_in(connection, Role.ORGANISER))
    sign_ins = SignIns(lambda: sqlite_database)
    visitor = in_a_thread(sign_ins.visitor({"houselights": token}))
    assert visitor is not None
    sent = in_a_thread(
        held_while(sign_ins, visitor, lambda: sqlite_database.write(lambda c: revoke(c, token)))
    )
    assert sent == [{"type": "websocket.close", "code": 4401}]


def test_a_finished_performance_closes_its_stage_within_a_look(
    database: Database, performance: Performance
) -> None:
    token = database.write(lambda connection: add_stage_link(connection, performance.id))
    sign_ins = SignIns(lambda: database)
    visitor = in_a_thread(sign_ins.visitor({"houselights_stage": token}))
    assert visitor is not None
    assert visitor.told()["performance"] == performance.id
    sent = in_a_thread(
        held_while(sign_ins, visitor, lambda: database.write(lambda c: finish_performance(c, performance.id)))
    )
    assert sent == [{"type": "websocket.close", "code": 4401}]


@server
def test_a_sign_in_revoked_in_the_database_loses_its_open_page_within_three_seconds(house: House) -> None:
    token = sign_in(house.server, "facilitator")
    with (
        stream(house, f"houselights={token}") as socket,
        closing(open_database(house.server.database_url, visiting=True)) as beside,
    ):
        shown(socket, "desk")
        beside.write(lambda connection: revoke(connection, token))
        began = time.monotonic()
        with suppress(ConnectionClosed):
            while socket.recv(10):
                pass
        assert time.monotonic() - began < 3.5  # half a second for a machine that others use too


def test_using_a_page_counts_as_use_once_a_minute(sqlite_database: Database) -> None:
    token = sqlite_database.write(lambda connection: add_sign_in(connection, Role.ORGANISER))
    sign_ins = SignIns(lambda: sqlite_database)

    async def use() -> list[object]:
        seen = []
        visitor = await sign_ins.visitor({"houselights": token})
        assert visitor is not None
        seen.append(last_seen(sqlite_database, token))
        async with sign_ins.held(visitor, Wire().receive, Wire().send) as (receive, _send):
            for _ in range(3):
                await receive()
        seen.append(last_seen(sqlite_database, token))
        return seen

    first = last_seen(sqlite_database, token)
    after_visit, after_use = in_a_thread(use())
    assert first is not None
    assert after_visit is not None
    assert after_visit > first  # type: ignore[operator]
    assert after_use == after_visit


def last_seen(database: Database, token: str) -> object:
    """Return when a sign-in was last used."""
    with database.reading() as connection:
        found = find_sign_in(connection, token)
    assert found is not None
    return found.last_seen
