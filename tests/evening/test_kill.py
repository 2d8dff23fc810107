"""``kill -9`` while 500 phones are sending: whoever was told "your answers are in" finds them after the restart."""

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence

import pytest

from survey.commands.simulated_audience import AudienceReport, one_visit
from survey.model import Filled, Wave
from survey.storage.database import open_database
from survey.storage.exports import answer_rows
from survey.storage.performances import find_performance
from survey.storage.responses import responses_by_receipt
from tests.running import Server, in_a_thread

pytestmark = pytest.mark.server


def given(fields: Mapping[str, str | Sequence[str]]) -> frozenset[tuple[str, str]]:
    """Return what was answered in a form that was sent: (question, option) pairs."""
    return frozenset(
        (name, option)
        for name, value in fields.items()
        if not name.startswith("_")
        for option in ([value] if isinstance(value, str) else value)
    )


def stored(filled: Filled) -> frozenset[tuple[str, str]]:
    """Return what is stored of one form: (question, option) pairs."""
    return frozenset((answer.question, option) for answer in filled.answers for option in answer.options)


async def five_hundred_phones_then_kill(server: Server, code: str, report: AudienceReport) -> None:
    """Send 500 phones within a second and kill the server once 150 of them have been thanked."""
    chance = random.Random(2017)
    phones = [
        one_visit(
            server.address,
            f"/p/{code}",
            report,
            chance=random.Random(chance.random()),
            wait=chance.uniform(0, 1.0),
            think=chance.uniform(0, 1.0),
        )
        for _ in range(500)
    ]

    async def kill_when_busy() -> None:
        while len(report.acknowledged) < 150:
            await asyncio.sleep(0.002)
        server.kill()

    await asyncio.gather(kill_when_busy(), *phones)


def test_no_acknowledged_answer_is_lost_when_the_server_is_killed(serve: Callable[..., Server]) -> None:
    server = serve()
    code = server.add_performance(venue="The Kill Test", capacity=1000, open="after")["code"]
    report = AudienceReport(500)

    in_a_thread(five_hundred_phones_then_kill(server, code, report))
    server.restart()

    thanked = [sent for sent in report.acknowledged if sent.receipt]
    assert len(thanked) >= 100
    assert report.errors, "the kill came too late to interrupt anybody"
    database = open_database(server.database_url)
    with database.reading() as connection:
        for sent in thanked:
            receipt = responses_by_receipt(connection, sent.receipt or "")
            assert receipt is not None, f"an acknowledged response is gone: {sent.receipt}"
            assert stored(receipt.responses[Wave.AFTER]) == given(sent.fields)
        rows = answer_rows(connection, find_performance(connection, code).id)
    database.close()

    whole: dict[object, set[tuple[str, str]]] = {}
    for row in rows:
        whole.setdefault(row.pair, set()).add((row.question, row.option))
    attempted = {given(fields) for fields in report.attempted}
    assert [answers for answers in whole.values() if frozenset(answers) not in attempted] == []
    assert len(whole) >= len(report.acknowledged)
