"""The discussion's pictures on a real projector: nothing overflows, whatever the audience writes; nothing dies with the server."""

import io
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import numpy
import pytest
from PIL import Image

from survey.questionnaire.poll import poll_content
from survey.room.acts import ask_now
from survey.storage.contributions import add_contribution, approve, pin, set_support
from survey.storage.database import open_database
from survey.storage.seats import new_seat
from tests.codes import read_code
from tests.publication.comparing import an_audience, before_and_after
from tests.publication.evening import Evening, an_evening
from tests.running import Server
from tests.screen.looking import MEASURE, TROUBLE, open_stage, signed_in, violations
from tests.screen.looking_on import put

SIZES = ((1920, 1080), (1024, 768), (1280, 720))
GERMAN = (
    "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz und Donaudampfschifffahrtsgesellschaft "
)
HOSTILE = {
    "English": ("Who decides for my mother, who cannot say yes or no to it any more, and what then? " * 4)[
        :300
    ],
    "German": (GERMAN * 3)[:300],
    "Arabic": ("فمن يقرر نيابة عنها، وماذا يحدث لما عرفه النظام؟ " * 7)[:300],
    "Urdu": ("میں اپنی والدہ کی دیکھ بھال کرتی ہوں اور خوش ہوں۔ " * 7)[:300],
    "Chinese": ("谁替我母亲决定？系统知道的一切会怎样？" * 16)[:300],
    "Thai": ("ใครตัดสินใจแทนแม่ของฉัน และข้อมูลจะเป็นอย่างไร " * 7)[:300],
    "emoji": "😀" * 300,
    "one word": "w" * 300,
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)> ![x](http://evil.example/a.png)",
}


@pytest.fixture
def theatre(serve: Callable[..., Server]) -> Iterator[tuple[Server, Evening]]:
    """A real server, and an evening on its database."""
    server = serve()
    database = open_database(server.database_url, visiting=True)
    yield server, an_evening(database)
    database.close()


def wrong_with(page: Any, size: tuple[int, int]) -> dict[str, object]:
    """Return what somebody in the back row would miss, or should not see."""
    measured = page.evaluate(MEASURE)
    found = {name: measured[name] for name in ("outside", "overlaps", "scrolls")}
    found["too small"] = measured["smallest"] < size[1] / 30
    found["trouble"] = page.evaluate(TROUBLE)
    return {name: value for name, value in found.items() if value}


def contributed(evening: Evening, text: str, *, pinned: bool = False, phones: int = 0) -> None:
    """Let a contribution through, with this support."""
    made = evening.database.write(lambda connection: add_contribution(connection, evening.id, text))
    evening.database.write(lambda connection: approve(connection, evening.id, made.id))
    for _phone in range(phones):
        evening.database.write(
            lambda connection: set_support(
                connection, evening.performance, made.id, seat=new_seat(), wanted=True
            )
        )
    if pinned:
        evening.database.write(lambda connection: pin(connection, evening.id, made.id))


def test_nothing_overflows_whatever_is_written(theatre: tuple[Server, Evening], chromium: Any) -> None:
    server, evening = theatre
    asked_for: list[str] = []
    with signed_in(chromium, server, evening.database) as context:
        context.on("request", lambda request: asked_for.append(request.url))
        pages = {size: open_stage(context, server, evening.performance.code, size) for size in SIZES}
        for name, text in HOSTILE.items():
            contributed(evening, text, pinned=True)
            for view in ({"view": "contributions"}, {"view": "prompt", "text": text[:200].rstrip()}):
                put(evening, **view)
                place = ".voice" if view["view"] == "contributions" else ".alone:not(.voice)"
                for size, page in pages.items():
                    page.locator(f".scene{place}").get_by_text(text[:12]).first.wait_for(timeout=30_000)
                    assert wrong_with(page, size) == {}, f"{name} as {view['view']} at {size}"
        evening.database.write(lambda connection: pin(connection, evening.id, None))
        put(evening, view="contributions")
        for size, page in pages.items():
            page.locator(".scene.voices, .scene.voice").wait_for(timeout=30_000)
            page.wait_for_timeout(1200)
            assert wrong_with(page, size) == {}, size
    assert [url for url in asked_for if not url.startswith((server.address, "data:", "blob:"))] == []


def test_every_picture_of_a_discussion_is_read_from_the_back_row(
    theatre: tuple[Server, Evening], chromium: Any
) -> None:
    server, evening = theatre
    day = date(2017, 4, 25)
    there = an_audience(
        evening.database, "home_system", {"not_acceptable": 52, "depends": 15, "acceptable": 33}, day
    )
    evening.answers("research_nhs", {"fairly_unlikely": 20, "not_sure": 10, "very_likely": 20})
    evening.answers("trust_internet", {"2": 30, "6": 10, "9": 14})
    evening.answers("heard_of_optout", {"no": 30, "yes": 10})
    before_and_after(evening, (26, 17, 6, 45))
    content = poll_content("Should Sara be told?", ["Yes", "No", "Only if she asks"])
    poll = evening.database.write(lambda connection: ask_now(connection, evening.performance, content))
    contributed(evening, "Who owns what it has learned?", phones=6)
    contributed(evening, "Is it safe?")
    views: list[tuple[dict[str, str], str]] = [
        ({"view": "poll", "poll": poll.id}, "Only if she asks"),
        ({"view": "prompt", "text": "Who should decide?"}, "Who should decide?"),
        ({"view": "change", "question": "home_system"}, "Net: 12 more in 100"),
        ({"view": "beside", "question": "home_system", "code": there.performance.code}, "in 100 of 100"),
        *(
            ({"view": "beside", "question": asked, "benchmark": survey}, said)
            for asked, survey, said in (
                ("home_system", "pew_2015_smart_thermostat", "Adults in the US, 2015: 461 people"),
                ("research_nhs", "aggarwal_2021_likely", "London hospital, 2021: 408 people"),
                ("trust_internet", "rss_ipsos_2014_trust_data", "2014: 2,019 people"),
                ("heard_of_optout", "atkin_2021_optout_aware", "how many answered is not known"),
            )
        ),
        ({"view": "contributions"}, "6 ask this too"),
        ({"view": "information", "text": "patient_data"}, "What could go wrong"),
        ({"view": "information", "text": "patient_data/why"}, "Why patient data is used"),
        ({"view": "goodbye"}, "Read on, on your way home."),
        ({"view": "no such view"}, "The questions are closed for now."),
    ]
    with signed_in(chromium, server, evening.database) as context:
        pages = {size: open_stage(context, server, evening.performance.code, size) for size in SIZES}
        for showing, said in views:
            put(evening, **showing)
            for size, page in pages.items():
                page.get_by_text(said).first.wait_for(timeout=30_000)
                assert wrong_with(page, size) == {}, f"{showing} at {size}"
                if showing["view"] == "poll":
                    assert read_code(page.screenshot()).endswith(f"/p/{evening.performance.code}"), size
            assert violations(pages[SIZES[0]]) == [], showing


def pixels(page: Any) -> "numpy.ndarray[Any, Any]":
    return numpy.asarray(Image.open(io.BytesIO(page.screenshot())).convert("L")).astype(int)


@pytest.mark.parametrize("view", ["change", "contributions"])
def test_a_picture_outlives_the_server(theatre: tuple[Server, Evening], chromium: Any, view: str) -> None:
    server, evening = theatre
    before_and_after(evening, (26, 17, 6, 45))
    contributed(evening, "Who owns what it has learned?", pinned=True)
    put(evening, view=view, question="home_system")
    with signed_in(chromium, server, evening.database) as context:
        page = open_stage(context, server, evening.performance.code)
        page.get_by_text("Net: 12 more" if view == "change" else "Who owns").first.wait_for(timeout=60_000)
        page.wait_for_timeout(1500)
        stood = pixels(page)
        server.kill()
        page.locator("[data-testid=stDialog]").wait_for(state="attached", timeout=60_000)
        assert page.evaluate(TROUBLE) == []
        assert (abs(pixels(page) - stood) > 24).mean() < 0.001
        put(evening, view="prompt", text="Who should decide?")
        server.start()
        page.get_by_text("Who should decide?").wait_for(timeout=60_000)
        assert page.evaluate(TROUBLE) == []
