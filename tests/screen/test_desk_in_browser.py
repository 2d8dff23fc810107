"""The desk in a real browser: beside the stage, on a laptop and on a phone in one hand."""

from collections.abc import Callable
from typing import Any

from survey.questionnaire.prompts import prompts_for
from survey.room.run import default_run, store_run
from survey.storage.database import open_database
from survey.storage.questionnaires import find_version
from tests.publication.evening import an_evening
from tests.running import Server
from tests.screen.looking import open_stage, settled, signed_in, violations

WATCH = """() => {
  window.places = {};
  const look = () => {
    for (const e of document.querySelectorAll('.st-key-desk-all [class*="st-key-desk-"] button')) {
      if (e.closest('[role=tabpanel]') || !e.checkVisibility({visibilityProperty: true})) continue;
      const key = [...e.closest('[class*="st-key-desk-"]').classList].find(n => n.startsWith('st-key-desk-'));
      const box = e.getBoundingClientRect();
      (window.places[key] ??= new Set()).add([box.left, box.top, box.width, box.height].map(Math.round).join(' '));
    }
    requestAnimationFrame(look);
  };
  look();
}"""
PLACES = "() => Object.fromEntries(Object.entries(window.places).map(([key, seen]) => [key, [...seen]]))"
UNREACHABLE = """() => [...document.querySelectorAll('[data-testid=stMain] button, [data-testid=stMain] a')]
  .filter(e => e.closest('[data-testid=stButton], [data-testid=stFormSubmitButton], [data-testid=stLinkButton]'))
  .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44).map(e => e.textContent)"""
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
        desk.get_by_text("50 in 100 said acceptable.").first.wait_for(timeout=30_000)
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


def moved(places: list[str]) -> bool:
    """Return whether a button was at two places more than a rounding apart."""
    columns = zip(*(map(int, place.split()) for place in places), strict=True)
    return any(max(column) - min(column) > 1 for column in columns)


def test_no_button_moves_while_two_desks_lead_and_ask_on_the_spot(
    serve: Callable[..., Server], chromium: Any
) -> None:
    server = serve()
    database = open_database(server.database_url, visiting=True)
    evening = an_evening(database)
    evening.expect(90)
    evening.answers("home_system", {"acceptable": 20, "depends": 10, "not_acceptable": 10})
    performance = evening.performance
    with database.reading() as connection:
        version = find_version(connection, performance.version_id)
    suggested = default_run(version, prompts_for(version), performance, ())
    database.write(lambda connection: store_run(connection, performance, suggested))
    with signed_in(chromium, server, database, viewport={"width": 1440, "height": 900}) as context:
        first, second = (context.new_page() for _ in range(2))
        first.add_init_script(f"({WATCH})()")
        for desk in (first, second):
            desk.goto(f"{server.address}/desk?performance={performance.code}")
            desk.get_by_role("button", name="Next", exact=True).wait_for(timeout=60_000)
        settled(second)
        for number in (
            1,
            2,
            3,
        ):  # a press on a picture that has gone is the same press: each waits for the one before
            settled(second)
            second.get_by_role("button", name="Next", exact=True).click()
            second.get_by_text(f"Cue {number} of {len(suggested)} ·").wait_for(timeout=10_000)
        first.get_by_text(f"Cue 3 of {len(suggested)} ·").wait_for(timeout=10_000)
        second.get_by_role("button", name="5 min").click()
        first.get_by_text("4:5").wait_for(timeout=10_000)
        second.get_by_role("tab", name="Ask the room now").click()
        second.get_by_label("Question", exact=True).fill("Would you have told Sara?")
        second.wait_for_timeout(5000)  # the desk looks again twice and takes nothing away from whoever types
        second.get_by_role("button", name="Ask the room now").click()
        first.locator(".house").get_by_text("Would you have told Sara?").wait_for(timeout=10_000)
        first.locator(".house").get_by_text("Not sure").wait_for()
        first.get_by_role("button", name="Clear the stage now").click()
        second.locator(".house").get_by_text("The stage is dark.").wait_for(timeout=10_000, state="attached")
        second.get_by_role("button", name="Back", exact=True).click()
        first.locator(".house").get_by_text("Whose view").wait_for(timeout=10_000)
        places = first.evaluate(PLACES)
        assert len(places) >= 13
        assert {key: seen for key, seen in places.items() if moved(seen)} == {}
        for desk, width in ((first, 1280), (second, 1920)):
            desk.set_viewport_size({"width": width, "height": 1080})
            desk.wait_for_timeout(1000)
            assert violations(desk) == []
            assert not desk.evaluate(SIDEWAYS)
    database.close()
