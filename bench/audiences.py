"""Audiences of simulated phones: an evening's, a whole house with desk and stage open, everybody at once."""

import asyncio
import statistics
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from bench.browser import chromium
from bench.house import House
from bench.table import audience_rows, row
from survey.commands.simulated_audience import AudienceReport, run_audience
from survey.commands.simulated_phone import SimulatedPhone

T = TypeVar("T")


def evening(house: House, phones: int, seconds: float) -> None:
    """Some hundred phones over some seconds."""
    code = house.performance()
    asyncio.run(run_audience(house.address, code, phones=20, seconds=1, seed=99))
    report = asyncio.run(run_audience(house.address, code, phones=phones, seconds=seconds, seed=1))
    audience_rows(f"{phones:,} phones in {seconds:g} s", report)
    row("form on the wire, bytes (gzip, with headers)", f"{statistics.median(report.sizes):.0f}")
    row("stored / acknowledged", house.stored(code), 20 + len(report.acknowledged))


def everybody(house: House, phones: int = 2000) -> None:
    """Two thousand phones at the same moment; the last one's waiting time is what counts."""
    code = house.performance()
    began = time.perf_counter()
    report = asyncio.run(run_audience(house.address, code, phones=phones, seconds=0, think=0, seed=2))
    took = time.perf_counter() - began
    audience_rows(f"{phones:,} phones at once", report)
    row("until the last one is thanked, s (with the phones' own work)", f"{took:.1f}")
    row("lost", len(report.acknowledged) - house.stored(code))


def full_house(house: House, phones: int = 1000, seconds: float = 60) -> None:
    """A thousand phones in a minute, while the desk and the stage are open in a real browser."""
    code = house.performance()
    desk_link = house.command("sign-in-link", "facilitator").split()[-1]
    stage_link = house.command("stage-link", code).split()[-1]
    with chromium() as browser:
        desk, stage = (browser.new_context().new_page() for _ in range(2))
        for page, link in ((desk, desk_link), (stage, stage_link)):
            page.goto(link)
            with page.expect_navigation():
                page.get_by_role("button").first.click()
        desk.goto(f"{house.address}/desk?performance={code}")
        desk.get_by_role("button", name="Close the “after” questions").wait_for()
        stage.get_by_text("What do you think?").wait_for()
        report = beside(desk, run_audience(house.address, code, phones=phones, seconds=seconds, seed=3))
        audience_rows(f"{phones:,} phones in {seconds:g} s, desk and stage open", report)
        row("lost", len(report.acknowledged) - house.stored(code))
        row("resident memory, desk and stage open, MiB", f"{house.memory_mib:.0f}")


def beside(page: Any, audience: Coroutine[Any, Any, AudienceReport]) -> AudienceReport:
    """Run an audience in a thread of its own while the browser goes on showing its pages."""
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(asyncio.run, audience)
        while not running.done():
            page.wait_for_timeout(200)
        return running.result()


def wire(house: House, languages: list[str], code: str) -> None:
    """Print how many bytes the form is, in every language offered."""
    row("form on the wire (gzip), bytes", "page", "with headers")
    for language in languages:
        reply = asyncio.run(fetched(house, f"/p/{code}?lang={language}"))
        row(f"   {language}", reply.headers["content-length"], reply.size)


async def fetched(house: House, path: str) -> Any:
    """Return the answer to one visit."""
    phone = SimulatedPhone(house.address)
    reply = await phone.get(path)
    await phone.close()
    return reply
