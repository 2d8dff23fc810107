"""Cards beside the phones' bars on stage: one sentence that the back row can read, and not a bar more."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from survey.model import Mode, Wave
from survey.questionnaire.cards import cards
from survey.storage.database import open_database
from survey.storage.hand_counts import HELPERS, Raised, count_block
from survey.storage.performances import set_attendance
from tests.publication.evening import Evening, an_evening
from tests.running import Server
from tests.screen.looking import MEASURE, PROJECTORS, TROUBLE, open_stage, signed_in, violations

ASKED = {
    "home_system": Mode.CARD,
    "research_company": Mode.CARD,
    "closer_to": Mode.HANDS,
    "trust_internet": Mode.CARD,
}


def raise_cards(evening: Evening, id: str, mode: Mode, block: str = "Row A") -> None:
    counts = {card.value: 12 + place for place, card in enumerate(cards(evening.question(id), mode))}
    raised = Raised(evening.id, id, Wave.AFTER, mode)
    for helper in HELPERS:
        evening.database.write(lambda c: count_block(c, raised, block, helper=helper, counts=counts))


def test_the_back_row_reads_the_cards_beside_the_bars(
    serve: Callable[..., Server], chromium: Any, request: pytest.FixtureRequest
) -> None:
    server = serve()
    database = open_database(server.database_url, visiting=True)
    evening = an_evening(database)
    database.write(lambda connection: set_attendance(connection, evening.id, 120, True))
    for person in range(31):
        for id in ASKED:
            values = evening.question(id).values
            evening.answer(id, values[person % len(values)])
    with signed_in(chromium, server, database) as context:
        pages = {size: open_stage(context, server, evening.performance.code, size) for size in PROJECTORS}
        for id, mode in ASKED.items():
            evening.reveal(id)
            evening.show("question", id)
            wide = pages[PROJECTORS[0]]
            wide.get_by_text(evening.look(id).spoken[:40]).first.wait_for(timeout=30_000)
            bars = wide.locator(".bars li").count()
            assert wide.locator(".raised").count() == 0
            raise_cards(evening, id, mode)
            said = "Cards in the room" if mode is Mode.CARD else "Hands in the room"
            for (width, height), page in pages.items():
                page.get_by_text(f"{said}, counted by two people").first.wait_for(timeout=30_000)
                page.wait_for_timeout(1200)
                where = f"{id} at {width}×{height}"
                folder = request.config.getoption("--pictures")
                if folder:
                    page.screenshot(path=str(Path(folder) / f"stage-{id}-{width}.png"))
                measured = page.evaluate(MEASURE)
                assert measured["outside"] == [], where
                assert measured["overlaps"] == [], where
                assert measured["smallest"] >= height / 30, where
                assert not measured["scrolls"], where
                assert page.evaluate(TROUBLE) == [], where
            assert wide.locator(".bars li").count() == bars
        assert violations(wide) == []
    database.close()
