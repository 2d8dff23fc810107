"""A simulated audience: many phones against one server, spread over some seconds; every acknowledgement is written down."""

import asyncio
import random
import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

from survey.commands.simulated_form import NotAForm, random_answers, read_form_page
from survey.commands.simulated_phone import Fields, SimulatedPhone

RECEIPT = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}\b")


@dataclass(frozen=True)
class Acknowledged:
    """One form the server said it has: what was sent, and the receipt code it gave back."""

    fields: Fields
    receipt: str | None


@dataclass
class AudienceReport:
    """What happened to a simulated audience; times in seconds, one per phone."""

    phones: int
    attempted: list[Fields] = field(default_factory=list)
    acknowledged: list[Acknowledged] = field(default_factory=list)
    visits: list[float] = field(default_factory=list)
    sends: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def percentile(values: Sequence[float], hundredth: int) -> float:
    """Return a percentile of some seconds; 0 when there are none."""
    if len(values) < 2:
        return values[0] if values else 0.0
    return statistics.quantiles(values, n=100, method="inclusive")[hundredth - 1]


async def one_visit(
    address: str, path: str, report: AudienceReport, *, chance: random.Random, wait: float, think: float
) -> None:
    """Let one phone open the form, think, send it and read the thank-you page."""
    await asyncio.sleep(wait)
    phone = SimulatedPhone(address)
    try:
        page = await phone.get(path)
        report.visits.append(page.seconds)
        report.sizes.append(page.size)
        if page.status != 200:
            raise NotAForm(f"The form answered {page.status}.")
        form = read_form_page(page.body)
        fields = form.hidden | random_answers(form, chance, skip=0.02)
        await asyncio.sleep(think)
        report.attempted.append(fields)
        sent = await phone.post(form.action or path, fields)
        if sent.status not in (200, 303):
            raise NotAForm(f"Sending answered {sent.status}.")
        report.sends.append(sent.seconds)
        thanks = sent.body
        if sent.status == 303:
            thanks = (await phone.get(sent.headers["location"])).body
        found = RECEIPT.search(thanks)
        report.acknowledged.append(Acknowledged(fields, found.group() if found else None))
    except (OSError, EOFError, ValueError, NotAForm) as trouble:
        report.errors.append(f"{type(trouble).__name__}: {trouble}")
    finally:
        await phone.close()


async def run_audience(
    address: str, code: str, *, phones: int, seconds: float, think: float = 1.0, seed: int = 1
) -> AudienceReport:
    """Return what happened when so many phones arrived over so many seconds, each thinking ``think`` seconds."""
    report = AudienceReport(phones)
    chance = random.Random(seed)
    visits = [
        one_visit(
            address,
            f"/p/{code}",
            report,
            chance=random.Random(chance.random()),
            wait=chance.uniform(0, seconds),
            think=chance.uniform(0.5, 1.5) * think,
        )
        for _ in range(phones)
    ]
    await asyncio.gather(*visits)
    return report
