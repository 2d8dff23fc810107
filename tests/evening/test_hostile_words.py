"""Hostile words go the whole way: from phones to the real server, past a moderator, onto the real stage in Chromium.

Every request of that browser is recorded, of all its pages; none leaves the machine.
"""

import asyncio
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest

from survey.commands.simulated_phone import SimulatedPhone
from survey.model import Contribution, ContributionStanding, Performance, Role, Wave
from survey.questionnaire import clean
from survey.storage.contributions import contributions, pin
from survey.storage.database import Database, open_database
from survey.storage.rooms import show
from survey.storage.sign_ins import add_link, add_stage_link
from tests.databases import add_nest_performance
from tests.evening.browsers import PHONE, PROJECTOR, eventually
from tests.hostile import HOSTILE, TOO_LONG
from tests.phone.pages import form_to
from tests.running import Server, in_a_thread
from tests.screen.looking import TROUBLE

pytestmark = [pytest.mark.server, pytest.mark.browser]

BY_HAND = ("script tag", "markdown image", "override to the left", "zalgo")
"""Typed on a phone in Chromium; the others are sent by simulated phones, which can send what no keyboard can."""
PINNED = """() => {
  const said = [...document.querySelectorAll('.scene.voice bdi.words')]
  if (said.length !== 1) return null
  const lines = [...said[0].querySelectorAll('.line')], room = document.querySelector('.layer').getBoundingClientRect()
  const range = document.createRange(); range.selectNodeContents(said[0]); const box = range.getBoundingClientRect()
  return {
    text: lines.map(line => line.textContent).join('\\n'),
    only: said[0].childElementCount === lines.length && lines.every(line => !line.childElementCount),
    shown: said[0].checkVisibility({opacityProperty: true, visibilityProperty: true}) && box.width > 0,
    inside: box.left >= room.left && box.right <= room.right && box.top >= room.top && box.bottom <= room.bottom,
  }
}"""
"""What stands alone on the stage, whether it is characters only, and whether all of it is on the stage."""


@dataclass
class Watched:
    """One Chromium, in which nothing may run and from which nobody else may be asked."""

    browser: Any
    asked: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    pages: list[Any] = field(default_factory=list)

    def page(self, **options: Any) -> Any:
        """Return a page with cookies of its own."""
        context = self.browser.new_context(**options)
        page = context.new_page()
        context.on("request", lambda request: self.asked.append(request.url))
        context.on("page", lambda other: self.opened.append(other.url))
        page.on("websocket", lambda socket: self.asked.append(socket.url))
        page.on("dialog", lambda dialog: self.opened.append(dialog.message))
        page.on("dialog", lambda dialog: dialog.dismiss())
        self.pages.append(page)
        return page

    def strangers(self, server: Server) -> list[str]:
        """Return every request to anybody but this server."""
        ours = urlsplit(server.address).netloc
        return [
            url
            for url in self.asked
            if urlsplit(url).scheme not in ("data", "blob", "about") and urlsplit(url).netloc != ours
        ]


@contextmanager
def watched(chromium: Any) -> Iterator[Watched]:
    """Open a browser whose every request is recorded."""
    found = Watched(chromium)
    try:
        yield found
    finally:
        for page in found.pages:
            page.context.close()


def test_hostile_words_are_characters_on_stage_and_no_request_leaves_the_machine(
    serve: Callable[..., Server], chromium: Any
) -> None:
    server = serve()
    database = open_database(server.database_url, visiting=True)
    evening = add_nest_performance(database, wave=Wave.AFTER)
    with watched(chromium) as opened:
        typed_by_hand(opened, server, evening)
        in_a_thread(all_sent(server, evening, set(HOSTILE) - set(BY_HAND)))
        kept = {clean(text) for text in HOSTILE.values()}
        assert {each.text for each in of(database, evening, ContributionStanding.WAITING)} == kept
        approved_by_a_moderator(opened, server, database, evening)
        approved = of(database, evening, ContributionStanding.APPROVED)
        assert {each.text for each in approved} == kept
        assert len(approved) >= 50

        stage = opened.page(viewport=PROJECTOR)
        token = database.write(lambda connection: add_stage_link(connection, evening.id))
        stage.goto(f"{server.address}/sign-in?stage={token}")
        stage.get_by_role("button").click()
        stage.wait_for_selector(".layer", timeout=60_000)
        database.write(lambda connection: show(connection, evening.id, {"view": "contributions"}))
        for each in approved:
            seen_on_stage(stage, database, evening, each)
        assert stage.evaluate(TROUBLE) == []
        assert opened.strangers(server) == []
        assert any(url.startswith("ws") for url in opened.asked)
        assert [page.evaluate("window.hit") for page in opened.pages] == [None] * len(opened.pages)
        assert opened.opened == []
    database.close()


def typed_by_hand(opened: Watched, server: Server, evening: Performance) -> None:
    """One person types some of them on a phone; what is too long comes back whole."""
    phone = opened.page(viewport=PHONE)
    for text in (TOO_LONG["5,000 emoji"], *(HOSTILE[name] for name in BY_HAND)):
        phone.goto(f"{server.address}/p/{evening.code}/room/contribute")
        phone.locator("textarea[name=text]").fill(text)
        with phone.expect_navigation():
            phone.get_by_role("button", name="Send it to the moderator").click()
        if text in TOO_LONG.values():
            assert phone.locator("textarea[name=text]").input_value() == text
        else:
            phone.get_by_text("It is with the moderator").wait_for()


async def all_sent(server: Server, evening: Performance, names: Collection[str]) -> None:
    """Each of the others comes from a phone of its own, all at the same time."""
    await asyncio.gather(*(_sent(server, evening, HOSTILE[name]) for name in names))


async def _sent(server: Server, evening: Performance, text: str) -> None:
    phone = SimulatedPhone(server.address)
    path = f"/p/{evening.code}/room/contribute"
    fields = form_to((await phone.get(path)).body, path)
    assert (await phone.post(path, fields | {"text": text})).status == 303
    await phone.close()


def approved_by_a_moderator(
    opened: Watched, server: Server, database: Database, evening: Performance
) -> None:
    """A moderator lets all of it through, one press after the other."""
    moderator = opened.page(viewport=PROJECTOR)
    token = database.write(lambda connection: add_link(connection, Role.MODERATOR, performance_id=evening.id))
    moderator.goto(f"{server.address}/sign-in?link={token}")
    with moderator.expect_navigation():
        moderator.get_by_role("button").first.click()
    moderator.goto(f"{server.address}/m/{evening.code}")
    for number, _waiting in enumerate(of(database, evening, ContributionStanding.WAITING), start=1):
        moderator.locator("#waiting [value=approve]").first.click()
        moderator.get_by_text(f", {number} approved, ").wait_for()


def seen_on_stage(stage: Any, database: Database, evening: Performance, said: Contribution) -> None:
    """The facilitator pins one; the stage shows its very characters, all of them, and nothing else of it."""
    database.write(lambda connection: pin(connection, evening.id, said.id))
    expected = "\n".join(line for line in said.text.splitlines() if line.strip())
    eventually(lambda: (stage.evaluate(PINNED) or {}).get("text") == expected, stage, seconds=40)
    assert stage.evaluate(PINNED) == {"text": expected, "only": True, "shown": True, "inside": True}


def of(database: Database, evening: Performance, standing: ContributionStanding) -> list[Contribution]:
    with database.reading() as connection:
        return contributions(connection, evening.id, standing)
