"""Simulated phones in the discussion: they vote in the poll on stage and support what others said."""

import asyncio
import re
from collections.abc import Sequence

from survey.commands.simulated_phone import SimulatedPhone

POLL = re.compile(r'name="_poll" value="([^"]+)"')
SUPPORT = re.compile(r'name="on" value="([^"]+)"')


async def vote_all(phones: Sequence[SimulatedPhone], code: str, options: Sequence[str]) -> None:
    """Let all phones choose in the poll on stage at the same time."""
    await asyncio.gather(*(_vote(phone, code, option) for phone, option in zip(phones, options, strict=True)))


async def support_all(phones: Sequence[SimulatedPhone], code: str) -> None:
    """Let all phones support the first thing on the list."""
    await asyncio.gather(*(_support(phone, code) for phone in phones))


async def _vote(phone: SimulatedPhone, code: str, option: str) -> None:
    page = await phone.get(f"/p/{code}/room")
    found = POLL.search(page.body)
    assert found is not None, page.body[-2000:]
    sent = await phone.post(f"/p/{code}/room/poll", {"_poll": found.group(1), "poll": option})
    assert sent.status == 303, f"{sent.status}: {sent.body[:500]}"
    await phone.close()


async def _support(phone: SimulatedPhone, code: str) -> None:
    page = await phone.get(f"/p/{code}/room")
    found = SUPPORT.search(page.body)
    assert found is not None, page.body[-2000:]
    sent = await phone.post(f"/p/{code}/room/support", {"on": found.group(1)})
    assert sent.status == 303, f"{sent.status}: {sent.body[:500]}"
    await phone.close()
