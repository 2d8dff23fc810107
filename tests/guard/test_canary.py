"""What nobody approved is on no route but the moderator's: every address of the running house is asked for it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from survey.phone.remote_acts import ACTS
from survey.storage.database import Database, open_database
from survey.storage.performances import find_performance
from survey.storage.rooms import show
from tests.guard.asking import ask, send
from tests.guard.conftest import House, open_stage, token_in
from tests.guard.test_ways import TABLE
from tests.running import ROOT
from tests.screen.looking import open_stage as stage_page

pytestmark = pytest.mark.server

WAITS, REFUSED, SHOWN = "Canary Waiting", "Canary Refused", "Everybody may read this"
LEAVES = {"/sign-out", *(f"/d/{{code}}/{act}" for act in ACTS)}
"""Addresses that do something to the house when a form is sent there; they are only opened."""


@dataclass(frozen=True)
class Told:
    """A performance to which three things were said: one waits, one is refused, one is approved."""

    house: House
    code: str
    database: Database
    cookies: dict[str, str]

    def headers(self, who: str) -> dict[str, str]:
        """Return what a request of somebody carries."""
        return {"Cookie": self.cookies[who]} if who in self.cookies else {}


@pytest.fixture(scope="module")
def told(house: House) -> Iterator[Told]:
    """The performance, with a moderator, its stage, and the phone that said all three."""
    code = str(house.server.add_performance(open="after")["code"])
    phone: dict[str, str] = {}
    for text in (WAITS, REFUSED, SHOWN):
        sent = send(
            house.address,
            f"/p/{code}/room/contribute",
            {"text": text},
            {"Cookie": phone["cookie"]} if phone else {},
        )
        assert sent.status == 303, sent
        phone = {"cookie": f"seat={sent.cookie('seat')}"}
    link = house.server.command("sign-in-link", "moderator", "--performance", code)
    signed = send(house.address, "/sign-in", {"link": token_in(link, "link")})
    moderator = f"houselights={signed.cookie('houselights')}"
    database = open_database(house.server.database_url, visiting=True)
    try:
        page = ask(house.address, f"/m/{code}", headers={"Cookie": moderator}).body
        for text, act in ((REFUSED, "hurtful"), (SHOWN, "approve")):
            before = page[: page.index(text)]
            id = before[before.rindex('id="c-') + 6 :].partition('"')[0]
            done = send(house.address, f"/m/{code}", {"id": id, "act": act}, {"Cookie": moderator})
            assert done.status == 303
        yield Told(
            house,
            code,
            database,
            {
                "moderator": moderator,
                "phone": phone["cookie"],
                "stage": f"houselights_stage={open_stage(house.server, code)}",
                "facilitator": house.cookies["facilitator"],
            },
        )
    finally:
        database.close()


def put(told: Told, **showing: str) -> None:
    def act(connection: Any) -> None:
        show(connection, find_performance(connection, told.code).id, showing)

    told.database.write(act)


def addresses() -> list[str]:
    """Return every address of the running app, with {code} where a performance's code belongs."""
    script = (
        "import json, app\n"
        "print(json.dumps([r.path for r in app.app._build_starlette_app().routes if hasattr(r, 'path')]))"
    )
    printed = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    routes = json.loads(printed.splitlines()[-1])
    fixed = [path for path in routes if "{" not in path.replace("{code}", "")]
    return sorted({*fixed, *TABLE})


def test_no_route_tells_what_waits_or_was_refused(told: Told) -> None:
    put(told, view="contributions")
    paths = addresses()
    assert len(paths) > 60
    assert "/p/{code}/room" in paths
    shown, tells = set(), []
    for who in ("nobody", "phone", "stage", "facilitator"):
        for path in paths:
            moderators = path == "/m/{code}"
            if who == "facilitator" and moderators:
                continue
            for method in ("GET", "POST"):
                if method == "POST" and (path in LEAVES or moderators):
                    continue
                answer = ask(
                    told.house.address,
                    path.format(code=told.code),
                    method=method,
                    headers={"Content-Type": "application/x-www-form-urlencoded", **told.headers(who)},
                    body=b"" if method == "POST" else None,
                )
                found = f"{answer.body} {answer.headers}"
                if "Canary" in found:
                    tells.append((who, method, path))
                if SHOWN in found:
                    shown.add(path)
    assert tells == []
    # The same walk does find what was approved, so it would have found the others.
    assert {"/p/{code}/room", "/p/{code}/room/now"} <= shown


def test_the_moderator_reads_all_of_it(told: Told) -> None:
    page = ask(told.house.address, f"/m/{told.code}", headers=told.headers("moderator")).body
    assert all(text in page for text in (WAITS, REFUSED, SHOWN))


def test_the_servers_own_log_holds_no_word_of_it(told: Told) -> None:
    written = told.house.server.log.read_text(errors="replace")
    assert not [text for text in (WAITS, REFUSED, SHOWN) if text in written]


def test_stage_and_desk_show_what_is_approved_and_the_desk_how_many_wait(told: Told, chromium: Any) -> None:
    put(told, view="contributions")
    for who, path in (("stage", "stage"), ("facilitator", "desk")):
        context = chromium.new_context(viewport={"width": 1280, "height": 1600})
        name, _, value = told.cookies[who].partition("=")
        context.add_cookies([{"name": name, "value": value, "url": told.house.address}])
        heard: list[bytes] = []
        context.on(
            "page",
            lambda page, heard=heard: page.on(
                "websocket",
                lambda socket: socket.on(
                    "framereceived",
                    lambda data: heard.append(data if isinstance(data, bytes) else data.encode()),
                ),
            ),
        )
        try:
            if path == "stage":
                page = stage_page(context, told.house.server, told.code)
            else:
                page = context.new_page()
                page.goto(f"{told.house.address}/desk?performance={told.code}")
            page.get_by_text(SHOWN).first.wait_for(timeout=60_000)
            if path == "desk":
                page.get_by_text("1 waits for a moderator · 1 approved").wait_for(
                    state="attached", timeout=30_000
                )
            assert "Canary" not in page.content()
            assert any(SHOWN.encode() in frame for frame in heard)
            assert not any(b"Canary" in frame for frame in heard)
        finally:
            context.close()
