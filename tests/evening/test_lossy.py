"""An impatient audience on a bad network: 300 phones, 300 responses, everybody's newest answers, no error page."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from survey.commands.simulated_audience import RECEIPT
from survey.commands.simulated_form import Form, random_answers, read_form_page
from survey.commands.simulated_phone import Fields, Reply, SimulatedPhone
from survey.model import Filled, Wave
from survey.storage.database import open_database
from survey.storage.performances import find_performance
from survey.storage.responses import responses_by_receipt, responses_count
from tests.evening.lossy_proxy import METHODS, LossyProxy, Moment
from tests.running import Server, in_a_thread

pytestmark = pytest.mark.server

PHONES = 300
SECONDS = 4.0
SEED = 2026


@dataclass
class Guest:
    """One person: how impatient, what they answered last, and the pages they were shown."""

    number: int
    phone: SimulatedPhone
    chance: random.Random
    taps_twice: bool
    hangs_up: bool
    changes: bool
    newest: Fields = field(default_factory=dict)
    receipt: str = ""
    seen: list[Reply] = field(default_factory=list)
    cut_off: int = 0

    async def evening(self, path: str) -> None:
        """Come, answer, send (impatiently), read the thank-you page; some go back and change their mind."""
        await asyncio.sleep(self.chance.uniform(0, SECONDS))
        page = await self.insist(lambda: self.phone.get(path))
        form = read_form_page(page.body)
        await self.answer(form)
        if self.changes:
            if self.chance.random() < 0.5:  # half the browsers show the old page, half ask for it again
                page = await self.insist(lambda: self.phone.get(path))
                if page.status == 303:  # a phone that has sent is asked first who holds it now
                    page = await self.insist(lambda: self.phone.get(f"{path}?change=yes"))
                form = read_form_page(page.body)
            await self.answer(form)
        await self.phone.close()

    async def answer(self, form: Form) -> None:
        """Fill in a form and send it until the thank-you page is there."""
        words = f"Guest {self.number} says {self.chance.randrange(10**9)}"
        self.newest = random_answers(form, self.chance, skip=0.1) | {"differently": words}
        fields = form.hidden | dict(self.newest)
        await asyncio.sleep(self.chance.uniform(0, 0.5))
        if self.hangs_up:
            await self.phone.post_and_hang_up(form.action, fields)
            await asyncio.sleep(self.chance.uniform(0.2, 0.4))
        if self.taps_twice:
            tap = self.phone.second_connection()
            sent, _ = await asyncio.gather(
                self.insist(lambda: self.phone.post(form.action, fields)),
                self.insist(lambda: tap.post(form.action, fields)),
            )
            await tap.close()
        else:
            sent = await self.insist(lambda: self.phone.post(form.action, fields))
        thanks = await self.insist(lambda: self.phone.get(sent.headers["location"]))
        found = RECEIPT.search(thanks.body)
        assert "Your answers are in." in thanks.body
        assert found
        self.receipt = found.group()

    async def insist(self, ask: Callable[[], Awaitable[Reply]]) -> Reply:
        """Ask until an answer comes in whole; send again when a page asks for that."""
        for again in range(10):
            try:
                reply = await ask()
            except (OSError, EOFError):
                self.cut_off += 1
                await asyncio.sleep(0.1 * 2 ** min(again, 3) * self.chance.uniform(0.5, 1))
                continue
            self.seen.append(reply)
            if reply.status != 503:
                return reply
            await asyncio.sleep(1)
        raise AssertionError(f"guest {self.number} was given up by the network")


def guests(address: str) -> list[Guest]:
    """Return the audience: a fifth tap twice, a tenth hang up before the reply, a twentieth change their answers."""
    chance = random.Random(SEED)
    made = []
    for number in range(PHONES):
        phone = SimulatedPhone(address, keeps_cookies=number % 15 != 0)
        guest = Guest(number, phone, random.Random(chance.random()), *(False,) * 3)
        made.append(guest)
    for share, habit in ((0.2, "taps_twice"), (0.1, "hangs_up"), (0.05, "changes")):
        for guest in chance.sample(made, round(share * PHONES)):
            setattr(guest, habit, True)
    return made


async def bad_night(port: int, code: str) -> tuple[LossyProxy, list[Guest]]:
    """Let everybody answer through the proxy."""
    proxy = LossyProxy(port, SEED)
    async with proxy.open() as address:
        audience = guests(address)
        await asyncio.gather(*(guest.evening(f"/p/{code}") for guest in audience))
    return proxy, audience


def chosen(fields: Fields) -> Mapping[str, Sequence[str]]:
    """Return what was sent to each question."""
    return {name: (value,) if isinstance(value, str) else tuple(value) for name, value in fields.items()}


def stored(filled: Filled) -> Mapping[str, Sequence[str]]:
    """Return what is stored for each question."""
    return {answer.question: answer.options for answer in filled.answers} | {
        comment.question: (comment.text,) for comment in filled.comments
    }


def test_an_impatient_audience_on_a_bad_network_loses_nothing_and_counts_once(
    serve: Callable[..., Server],
) -> None:
    server = serve()
    code = server.add_performance(venue="Behind thick walls", capacity=PHONES, open="after")["code"]

    proxy, audience = in_a_thread(bad_night(server.port, code))

    # Which request meets which moment depends on who is quick tonight; every moment and both kinds must have come.
    assert {moment for _, moment in proxy.cut_off} == set(Moment)
    assert {method for method, _ in proxy.cut_off} == set(METHODS)
    assert sum(guest.cut_off for guest in audience) >= 10, "nobody noticed the bad network"
    pages = [reply for guest in audience for reply in guest.seen]
    assert [
        (reply.status, reply.body[:300])
        for reply in pages
        if reply.status not in (200, 303) and "Send again" not in reply.body
    ] == []
    assert len({guest.receipt for guest in audience}) == PHONES
    database = open_database(server.database_url)
    with database.reading() as connection:
        performance = find_performance(connection, code)
        assert responses_count(connection, performance.id, Wave.AFTER) == PHONES
        for guest in audience:
            found = responses_by_receipt(connection, guest.receipt)
            assert found is not None
            assert stored(found.responses[Wave.AFTER]) == chosen(guest.newest)
    database.close()
    assert "Traceback" not in server.said()
