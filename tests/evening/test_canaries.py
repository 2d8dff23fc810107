"""No address, no browser's name and no trace of the way here is kept: canaries are sent all evening and looked for.

Each person's comment is looked for in the same way, and is found: where the canaries would be, they would be found too.
"""

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from survey.commands.simulated_audience import RECEIPT
from survey.commands.simulated_form import random_answers, read_form_page
from survey.commands.simulated_phone import SimulatedPhone
from tests.running import ROOT, Server, in_a_thread

pytestmark = pytest.mark.server

SOURCE = "127.77.66.55"
"""All of 127.0.0.0/8 is this machine: a phone can have an address of its own."""
BROUGHT = {
    "X-Forwarded-For": "203.0.113.201, 203.0.113.202",
    "Forwarded": 'for=203.0.113.203;host=canary-host.example, for="[2001:db8::ca7]"',
    "X-Real-IP": "203.0.113.204",
    "CF-Connecting-IP": "203.0.113.205",
    "True-Client-IP": "203.0.113.206",
    "Via": "1.1 canary-proxy.example",
    "User-Agent": "CanaryPhone/7.7 (Canarium; seat 12)",
    "Sec-CH-UA": '"CanaryHints";v="99"',
    "Referer": "http://canary-referer.example/row-c",
    "Accept-Language": "x-canary-tongue, en;q=0.5",
    "From": "canary-from@example.org",
    "X-Request-Id": "canary-request",
}
CANARIES = ("canar", "203.0.113.20", "2001:db8", SOURCE, "127.77.66")
PACKED = (bytes([127, 77, 66, 55]), *(bytes([203, 0, 113, last]) for last in range(201, 207)))
COMMENT = "Sparrow {number}: my sleep is data too"
REGRETTED = "Sparrow in haste"


async def evening(server: Server, code: str) -> None:
    """Let three phones answer, one change and one use its code; then do everything that is refused."""
    chance = random.Random(77)
    phones = [
        SimulatedPhone(server.address, headers=BROUGHT, source=SOURCE),
        SimulatedPhone(server.address, headers=BROUGHT),  # from 127.0.0.1, where a proxy is believed
        SimulatedPhone(server.address, headers=BROUGHT, source=SOURCE, keeps_cookies=False),
    ]
    for number, phone in enumerate(phones):
        form = read_form_page((await phone.get(f"/p/{code}?from=canary-query")).body)
        fields = form.hidden | random_answers(form, chance) | {"canary-field": "canary-value"}
        for words in (REGRETTED, COMMENT.format(number=number)):  # the second replaces the first
            sent = await phone.post(f"/p/{code}", fields | {"differently": words, "differently_quote": "yes"})
            assert sent.status == 303, sent.body
        thanks = (await phone.get(sent.headers["location"])).body
        receipt = RECEIPT.search(thanks)
        assert receipt
        assert (await phone.get(f"/receipt/{receipt.group()}")).status == 200
        assert COMMENT.format(number=number) in (await phone.post("/receipt", {"code": receipt.group()})).body
        await refused(phone, code)
        await phone.close()
    too_much = SimulatedPhone(server.address, headers=BROUGHT | {"Content-Length": "3000000"}, source=SOURCE)
    assert (await too_much.post(f"/p/{code}", {})).status == 413
    await too_much.close()


async def refused(phone: SimulatedPhone, code: str) -> None:
    """Ask for everything that is not there and send everything that is not taken."""
    asked = [
        await phone.get("/p/canary-code"),
        await phone.get("/canary-path"),
        await phone.get("/desk?performance=canary"),
        await phone.get(f"/p/{code}?lang=%00canary"),
        await phone.post("/receipt", {"code": "canary-code"}),
        await phone.post("/join", {"code": "canary-code"}),
        await phone.post(f"/p/{code}", {"home_system": "canary-answer"}),
        await phone.post(f"/p/{code}", {"differently": "canary \0"}),
        await phone.post(f"/p/{code}", {f"canary-{number}": "" for number in range(1001)}),
        await phone.post("/sign-in", {"link": "canary-link"}),
        await phone.post("/sign-in", {"password": "canary-password"}),
    ]
    statuses = [answer.status for answer in asked]
    assert 500 not in statuses
    assert {400, 404, 422} <= set(statuses)


def kept(server: Server) -> Iterator[tuple[str, bytes]]:
    """Yield all that is there: every file below the server's folder and ``var/``, every row of every table."""
    for file in (*server.folder.rglob("*"), *(ROOT / "var").rglob("*")):
        if file.is_file():
            yield str(file), file.read_bytes()
    with closing(sqlite3.connect(server.database_url.removeprefix("sqlite:///"))) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            for row in database.execute(f'SELECT * FROM "{name}"'):
                for value in row:
                    yield f"table {name}", value if isinstance(value, bytes) else str(value).encode()


def places(server: Server, *looked_for: bytes) -> set[str]:
    """Return where any of these is, in small letters or capitals."""
    return {
        place
        for place, content in kept(server)
        for words in looked_for
        if words.lower() in content.lower() or words in content
    }


def test_no_address_and_no_browser_is_kept_anywhere(serve: Callable[..., Server], tmp_path: Path) -> None:
    folder = tmp_path / "server-0"
    (folder / "tmp").mkdir(parents=True)
    server = serve(HOME=str(folder), TMPDIR=str(folder / "tmp"))
    added = server.add_performance(venue="Here", capacity=2, open="after")  # the third answer is held
    in_a_thread(evening(server, added["code"]))
    server.command("backup", str(folder / "copy.db"))
    server.command("export", added["code"], "--output", str(folder / "export"))
    canaries = (*(canary.encode() for canary in CANARIES), *PACKED)

    assert places(server, *canaries) == set()
    comment = places(server, COMMENT.format(number=0).encode())
    assert {"table comment", str(folder / "copy.db")} <= comment
    assert {str(folder / "houselights.db"), str(folder / "houselights.db-wal")} & comment
    assert str(folder / "export" / f"{added['code']}-comments.csv") in comment
    assert "Houselights" in server.said()

    server.command("performances", "finish", added["code"], "--yes")
    server.stop()
    assert places(server, *canaries, REGRETTED.encode()) == set()
    assert "table comment" in places(server, COMMENT.format(number=1).encode())
