"""The stage on a real projector: what the back row can read, how soon, and what happens when the server dies."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import numpy
import pytest
from PIL import Image

from survey.storage.database import open_database
from survey.storage.performances import set_attendance
from survey.storage.sign_ins import add_stage_link
from tests.codes import read_code
from tests.publication.evening import Evening, an_evening
from tests.running import Server
from tests.screen.looking import (
    MEASURE,
    PROJECTORS,
    STAGE,
    TROUBLE,
    brightest_ground,
    contrast,
    open_stage,
    rgb,
    signed_in,
    violations,
)

QUESTIONS = ("home_system", "research_university", "matters_most", "trust_internet")


@pytest.fixture
def theatre(serve: Callable[..., Server]) -> Iterator[tuple[Server, Evening]]:
    """A real server, and an audience of about 120 on its database."""
    server = serve()
    database = open_database(server.database_url, visiting=True)
    evening = an_evening(database)
    database.write(lambda connection: set_attendance(connection, evening.id, 120, True))
    yield server, evening
    database.close()


def everybody_answers(evening: Evening, people: int = 31) -> None:
    for person in range(people):
        for question in QUESTIONS:
            values = evening.question(question).values
            evening.answer(question, values[person % len(values)])


def test_the_back_row_reads_every_view_on_every_projector(
    theatre: tuple[Server, Evening], chromium: Any
) -> None:
    server, evening = theatre
    everybody_answers(evening)
    with signed_in(chromium, server, evening.database) as context:
        pages = {size: open_stage(context, server, evening.performance.code, size) for size in PROJECTORS}
        views: list[tuple[str, bool, str]] = [("join", False, "Scan, or type")]
        views += [(id, shown, "" if shown else "Talk to") for id in QUESTIONS for shown in (False, True)]
        wide = pages[PROJECTORS[0]]
        colours: set[str] = set()
        for name, shown, waited in views:
            if shown:
                evening.reveal(name)
            evening.show("join") if name == "join" else evening.show("question", name)
            said = waited if waited else evening.look(name).spoken
            for (width, height), page in pages.items():
                page.get_by_text(said[:40]).first.wait_for(timeout=30_000)
                if name != "join":
                    heading = str(evening.question(name).text)
                    page.get_by_role("heading", name=heading[:40]).wait_for(timeout=30_000)
                measured = page.evaluate(MEASURE)
                where = f"{name} {'revealed' if shown else 'asked'} at {width}×{height}"
                assert measured["outside"] == [], where
                assert measured["overlaps"] == [], where
                assert measured["smallest"] >= height / 30, where
                assert not measured["scrolls"], where
                assert page.evaluate(TROUBLE) == [], where
                colours |= set(measured["colours"])
            if name == "join":
                for page in pages.values():
                    assert code_read(page) == f"{server.address}/p/{evening.performance.code}"
            if name in ("join", "matters_most"):
                assert violations(wide) == [], name
        assert wide.locator(".bars li").count() == 3
        ground = brightest_ground(wide)
        assert {colour: round(contrast(rgb(colour), ground), 1) for colour in colours} == {
            colour: pytest.approx(14, abs=7) for colour in colours
        }


def test_an_answer_that_makes_a_step_due_comes_on_stage_by_itself(
    theatre: tuple[Server, Evening], chromium: Any
) -> None:
    server, evening = theatre
    evening.answers("home_system", {"acceptable": 20, "depends": 20})
    evening.reveal("home_system")
    evening.show("question", "home_system")
    with signed_in(chromium, server, evening.database) as context:
        page = open_stage(context, server, evening.performance.code)
        page.get_by_text("in 100 of the 40 who answered").wait_for(timeout=30_000)
        for base in (80, 160):
            evening.answers("home_system", {"acceptable": base // 4, "not_acceptable": base // 4})
            page.get_by_text(f"in 100 of the {base} who answered").wait_for(timeout=10_000)
        assert page.locator(".bar").first.evaluate("e => getComputedStyle(e).animationName") == "grow"
        page.emulate_media(reduced_motion="reduce")
        assert page.locator(".bar").first.evaluate("e => getComputedStyle(e).animationName") == "none"


def code_read(page: Any) -> str:
    """Return what a decoder reads on a page whose code is at least a quarter of its height."""
    assert page.locator(".qr img").bounding_box()["height"] >= page.viewport_size["height"] / 4
    return read_code(page.screenshot())


def pixels(page: Any) -> "numpy.ndarray[Any, Any]":
    return numpy.asarray(Image.open(io.BytesIO(page.screenshot())).convert("L")).astype(int)


def test_the_picture_outlives_the_server_and_goes_on_when_it_is_back(
    theatre: tuple[Server, Evening], chromium: Any
) -> None:
    server, evening = theatre
    evening.answers("home_system", {"acceptable": 20, "depends": 20})
    evening.reveal("home_system")
    evening.show("question", "home_system")
    token = evening.database.write(lambda connection: add_stage_link(connection, evening.id))
    context = chromium.new_context(viewport={"width": 1920, "height": 1080})
    page = context.new_page()
    page.goto(f"{server.address}/sign-in?stage={token}")
    page.get_by_role("button").click()
    page.wait_for_url(f"**{STAGE}")
    page.get_by_text("in 100 of the 40 who answered").wait_for(timeout=60_000)
    page.wait_for_timeout(1500)
    before = pixels(page)
    server.kill()
    page.locator("[data-testid=stDialog]").wait_for(
        state="attached", timeout=60_000
    )  # Streamlit's complaint is there …
    for _second in range(4):
        page.wait_for_timeout(1000)
        assert page.evaluate(TROUBLE) == []  # … and nobody sees it
        assert page.get_by_text("in 100 of the 40 who answered").is_visible()
        assert (abs(pixels(page) - before) > 24).mean() < 0.001
    evening.show("black")
    server.start()
    page.get_by_text("The stage is dark.").wait_for(timeout=60_000, state="attached")
    assert page.evaluate(TROUBLE) == []
    context.close()
