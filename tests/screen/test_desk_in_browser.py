"""The desk in a real browser: beside the stage, on a laptop and on a phone in one hand."""

from collections.abc import Callable
from typing import Any

from survey.storage.database import open_database
from tests.publication.evening import an_evening
from tests.running import Server
from tests.screen.looking import open_stage, settled, signed_in, violations

UNREACHABLE = """() => [...document.querySelectorAll('[data-testid=stMain] button, [data-testid=stMain] a')]
  .filter(e => e.closest('[data-testid=stButton], [data-testid=stFormSubmitButton], [data-testid=stLinkButton]'))
  .filter(e => e.getBoundingClientRect().height < 44).map(e => e.textContent)"""
SIDEWAYS = "() => document.documentElement.scrollWidth > innerWidth"


def test_a_facilitator_leads_a_discussion_from_desk_to_stage(
    serve: Callable[..., Server], chromium: Any
) -> None:
    server = serve()
    database = open_database(server.database_url, visiting=True)
    evening = an_evening(database)
    evening.expect(90)
    evening.answers("home_system", {"acceptable": 20, "depends": 10, "not_acceptable": 10})
    with signed_in(chromium, server, database, viewport={"width": 1280, "height": 900}) as context:
        asked: list[str] = []
        context.on("request", lambda request: asked.append(request.url))
        stage = open_stage(context, server, evening.performance.code)
        desk = context.new_page()
        desk.goto(f"{server.address}/desk?performance={evening.performance.code}")
        desk.get_by_text("40 of 90 here have answered").first.wait_for(timeout=60_000)
        settled(desk)
        desk.get_by_role("button", name="Show this on stage").first.click()
        stage.get_by_text("Talk to the person next to you.").wait_for(timeout=30_000)
        desk.get_by_role("button", name="Reveal this result").click()
        stage.get_by_text("50 in 100 said acceptable.").wait_for(timeout=30_000)
        desk.get_by_text("50 in 100 said acceptable.").wait_for(timeout=30_000)
        assert violations(desk) == []
        assert desk.evaluate(UNREACHABLE) == []

        evening.show("black")
        desk.locator(".house").get_by_text("The stage is dark.").wait_for(timeout=30_000, state="attached")

        desk.set_viewport_size({"width": 390, "height": 844})
        desk.get_by_role("button", name="Show how to join").wait_for()
        assert not desk.evaluate(SIDEWAYS)
        assert desk.evaluate(UNREACHABLE) == []
        desk.get_by_role("button", name="Show how to join").click()
        stage.get_by_text("Scan, or type").wait_for(timeout=30_000)
        assert {url for url in asked if not url.startswith((server.address, "data:", "blob:"))} == set()
    database.close()
