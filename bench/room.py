"""The discussion: a thousand phones that follow it for a minute, while some of them answer a poll and the form."""

import asyncio
import os
import random
import re
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench.house import House
from bench.table import row
from survey.commands.simulated_audience import AudienceReport, one_visit, percentile
from survey.commands.simulated_phone import SimulatedPhone
from survey.questionnaire.poll import poll_content
from survey.room.acts import ask_now
from survey.storage.contributions import add_contribution, approve
from survey.storage.database import Connection, open_database
from survey.storage.performances import find_performance
from survey.storage.polls import polls, votes
from survey.storage.rooms import show

EVERY = 4.0
"""Seconds between two looks of one phone, as in its script."""
HIDDEN = re.compile(r'<input type="hidden" name="(_\w+)" value="([^"]*)"')
KEYS = re.compile(r'<section id="(\w+)" tabindex="-1" data-key="(\w+)"( data-own="1")?>')
OPTIONS = ["Yes, at once", "No", "Only if Sean agreed", "I do not know yet"]


@dataclass
class RoomReport:
    """What happened to phones that followed a discussion; times in seconds."""

    looks: list[float] = field(default_factory=list)
    unchanged: int = 0
    pages: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    votes: list[float] = field(default_factory=list)
    supports: int = 0
    errors: list[str] = field(default_factory=list)


class Follower:
    """One phone on the discussion's page, doing what its script does."""

    def __init__(self, house: House, code: str, report: RoomReport, chance: random.Random) -> None:
        self.phone = SimulatedPhone(house.address)
        self.path = f"/p/{code}/room"
        self.report, self.chance = report, chance
        self.tag, self.page = "", ""
        self.keys: dict[str, str] = {}

    async def follow(self, until: float, *, votes: bool) -> None:
        """Look every few seconds; vote once when a poll is on, and support something now and then."""
        try:
            await self.open()
            while time.perf_counter() < until:
                await asyncio.sleep(EVERY * self.chance.uniform(0.75, 1.25))
                await self.look()
                if votes and 'id="voting"' in self.page and await self.vote():
                    votes = False
        except (OSError, EOFError, ValueError) as trouble:
            self.report.errors.append(f"{type(trouble).__name__}: {trouble}")
        finally:
            await self.phone.close()

    async def open(self) -> None:
        """Fetch the whole page."""
        reply = await self.phone.get(self.path)
        self.checked(reply.status, 200)
        self.report.pages.append(reply.seconds)
        self.report.sizes.append(reply.size)
        self.page = reply.body
        self.keys = {name: key for name, key, _ in KEYS.findall(self.page)}

    async def look(self) -> None:
        """Ask whether something is new; what differs from phone to phone comes with the whole page."""
        reply = await self.phone.get(f"{self.path}/now?lang=en", {"If-None-Match": self.tag})
        self.report.looks.append(reply.seconds)
        if reply.status == 304:
            self.report.unchanged += 1
            return
        self.checked(reply.status, 200)
        self.tag = reply.headers["etag"]
        found = KEYS.findall(reply.body)
        if any(own and self.keys.get(name) != key for name, key, own in found):
            await self.open()
        self.keys = {name: key for name, key, _ in found}

    async def vote(self) -> bool:
        """Send an answer to the poll, read the page it leads to, and support what others said."""
        fields = dict(HIDDEN.findall(self.page))
        sent = await self.phone.post(
            f"{self.path}/poll", fields | {"poll": f"option_{self.chance.randint(1, 4)}"}
        )
        if sent.status == 409:
            return False
        self.checked(sent.status, 303)
        self.report.votes.append(sent.seconds)
        await self.open()
        if offered := re.findall(r'name="on" value="([^"]+)"', self.page):
            supported = await self.phone.post(
                f"{self.path}/support", fields | {"on": self.chance.choice(offered)}
            )
            self.checked(supported.status, 303)
            self.report.supports += 1
        return True

    @staticmethod
    def checked(status: int, expected: int) -> None:
        """Raise ValueError when the server answered anything else."""
        if status != expected:
            raise ValueError(f"The server answered {status} where {expected} was expected.")


def room(house: House, phones: int = 1000, answering: int = 200, seconds: float = 60) -> None:
    """A thousand phones follow a discussion for a minute; two hundred answer a poll, and as many the form."""
    code = house.performance()
    database = open_database(house.environment["HOUSELIGHTS_DATABASE_URL"], visiting=True)
    with database.reading() as connection:
        performance = find_performance(connection, code)

    def prepare(connection: Connection) -> None:
        for number in range(12):
            made = add_contribution(connection, performance.id, f"What others said, number {number}")
            approve(connection, performance.id, made.id)
        show(connection, performance.id, {"view": "prompt", "text": "Who owns the house?"})

    async def facilitate() -> None:
        await asyncio.sleep(seconds / 5)
        poll = poll_content("Should the house have called the doctor?", OPTIONS)
        await asyncio.to_thread(database.write, lambda connection: ask_now(connection, performance, poll))
        await asyncio.sleep(seconds / 2)
        after = {"view": "prompt", "text": "What would you have done?"}
        await asyncio.to_thread(database.write, lambda connection: show(connection, performance.id, after))

    async def everybody() -> None:
        until = time.perf_counter() + seconds
        chance = random.Random(5)
        followers = [Follower(house, code, report, random.Random(number)) for number in range(phones)]
        forms = [
            one_visit(
                house.address,
                f"/p/{code}",
                audience,
                chance=random.Random(number),
                wait=chance.uniform(seconds / 5, seconds * 0.7),
                think=1.0,
            )
            for number in range(answering)
        ]

        async def arrive(follower: Follower, votes: bool) -> None:
            await asyncio.sleep(chance.uniform(0, EVERY))
            await follower.follow(until, votes=votes)

        following = [arrive(each, number < answering) for number, each in enumerate(followers)]
        await asyncio.gather(facilitate(), *forms, *following)

    report, audience = RoomReport(), AudienceReport(answering)
    database.write(prepare)
    before = cpu_seconds(house.process)
    asyncio.run(everybody())
    spent = cpu_seconds(house.process) - before
    with database.reading() as connection:
        counted = sum(votes(connection, each.id).base for each in polls(connection, performance.id))
    database.close()
    for what, times in (("look", report.looks), ("whole page", report.pages), ("vote", report.votes)):
        figures = [f"{1000 * percentile(times, p):.1f}" for p in (50, 95, 99)]
        row(f"{phones:,} phones in the room: {what} p50 / p95 / p99, ms", *figures)
    row("looks / of them nothing new / whole pages", len(report.looks), report.unchanged, len(report.pages))
    row("votes sent / counted, supports", len(report.votes), counted, report.supports)
    row("forms stored / acknowledged", house.stored(code), len(audience.acknowledged))
    row("errors", len(report.errors) + len(audience.errors))
    for trouble in [*report.errors, *audience.errors][:1]:
        print("   the first error:", trouble)
    row("the server's CPU seconds in this minute", f"{spent:.1f}")
    row("bytes of a whole page (gzip, with headers), median", f"{statistics.median(report.sizes):.0f}")


def cpu_seconds(process: int) -> float:
    """Return how many seconds a process has computed; 0 where the system does not tell."""
    stat = Path(f"/proc/{process}/stat")
    if not stat.exists():
        return 0.0
    ticks = stat.read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")
