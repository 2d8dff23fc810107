"""A jury of 18 and a studio of 25, as they are seen: stage, a phone's results and the organiser's results page."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from survey.model import Role, Wave
from survey.screen.office.acts import close
from survey.storage.conclusions import write_conclusion
from survey.storage.database import Database, open_database
from survey.storage.performances import set_attendance
from survey.storage.rooms import show
from tests.phone.conftest import phone_app
from tests.publication.evening import an_evening
from tests.publication.jurors import RESEARCH, SEPSIS, Jury, whole_jury
from tests.running import Server
from tests.screen.looking import MEASURE, TROUBLE, open_stage, signed_in, violations

HOME = "home_system"
CONCLUDED = (
    "Patients should be told, in plain words, who uses their data and why.\n"
    "Independent people should check each request.\n"
    "Anyone should be able to say no, easily."
)


@pytest.fixture
def pictures(pytestconfig: pytest.Config, tmp_path: Path) -> Path:
    """Where pictures are kept: the folder of ``--pictures``, else one that goes after the test."""
    folder = Path(pytestconfig.getoption("--pictures") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def theatre(serve: Callable[..., Server]) -> Iterator[tuple[Server, Database]]:
    """A real server and its database."""
    server = serve()
    database = open_database(server.database_url, visiting=True)
    yield server, database
    database.close()


def fits(page: Any) -> None:
    """The stage's picture lies within the stage, nothing over anything else, readable from the back row."""
    measured = page.evaluate(MEASURE)
    assert (measured["outside"], measured["overlaps"]) == ([], [])
    assert measured["smallest"] >= page.viewport_size["height"] / 30
    assert not measured["scrolls"]
    assert page.evaluate(TROUBLE) == []


def phone_results(context: Any, server: Server, code: str) -> Any:
    """Open what the room said, on a phone."""
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server.address}/p/{code}/results")
    return page


def report(context: Any, server: Server, page: str, code: str, said: str) -> Any:
    """Open an evidence page's print view: all of it in one picture."""
    opened = context.new_page()
    opened.set_viewport_size({"width": 1280, "height": 900})
    opened.goto(f"{server.address}/{page}?performance={code}&print=1")
    opened.get_by_text(said).first.wait_for(timeout=60_000)
    return opened


def photographed(page: Any, path: Path) -> None:
    """Keep a picture of a page, all of it where it is higher than the window."""
    tall = page.evaluate(
        "() => Math.max(document.documentElement.scrollHeight, document.querySelector('[data-testid=stMain]')?.scrollHeight || 0)"
    )
    size = page.viewport_size
    page.set_viewport_size({"width": size["width"], "height": max(size["height"], min(tall, 6000))})
    page.wait_for_timeout(400)
    page.screenshot(path=str(path), full_page=True)


def test_a_jury_of_18_as_it_is_seen(
    theatre: tuple[Server, Database], chromium: Any, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, database = theatre
    with TestClient(phone_app(database), follow_redirects=False) as client:
        jury = Jury(database, client)
        whole_jury(jury)
    code = jury.performance.code
    for id, wave in ((SEPSIS, Wave.BEFORE), (SEPSIS, Wave.AFTER), (RESEARCH, Wave.AFTER)):
        jury.reveal(id, wave)
    database.write(lambda connection: write_conclusion(connection, jury.id, CONCLUDED, 0))
    views = (
        ("question", RESEARCH, "18 of the 18 people who answered supported it."),
        ("question", SEPSIS, "15 of the 18 people who answered supported it."),
        ("change", SEPSIS, "4 of 18 supported it at the start, then 15 of 18 at the end: at least 11 moved."),
        ("conclusions", "", "Anyone should be able to say no, easily."),
    )
    with signed_in(chromium, server, database, Role.ORGANISER) as context:
        stage = open_stage(context, server, code)
        for view, id, said in views:
            showing = {"view": view, "question": id, "wave": "after"} if id else {"view": view}
            database.write(lambda connection: show(connection, jury.id, showing))
            stage.get_by_text(said).first.wait_for(timeout=30_000)
            stage.wait_for_timeout(1500)
            stage.screenshot(path=str(pictures / f"jury_stage_{view}_{id}.png"))
            fits(stage)
            assert violations(stage) == []
        phone = phone_results(context, server, code)
        assert phone.get_by_text("of the 18 people who answered at the start").is_visible()
        assert violations(phone) == []
        phone.screenshot(path=str(pictures / "jury_phone_results.png"), full_page=True)
        results = report(context, server, "results", code, "What was concluded together")
        assert results.get_by_text("15 of 18 supported it.").is_visible()
        photographed(results, pictures / "jury_results.png")
        change = report(context, server, "change", code, "at least 11 moved.")
        photographed(change, pictures / "jury_change.png")


def test_a_studio_of_25_as_it_is_seen(
    theatre: tuple[Server, Database], chromium: Any, pictures: Path
) -> None:
    server, database = theatre
    evening = an_evening(database, wave=Wave.BEFORE)
    database.write(lambda connection: set_attendance(connection, evening.id, 25, False))
    start = ["acceptable"] * 8 + ["depends"] * 9 + ["not_acceptable"] * 6
    end = ["acceptable"] * 13 + ["depends"] * 8 + ["not_acceptable"] * 2
    seats = [evening.answer(HOME, given) for given in start]
    evening.open(Wave.AFTER)
    for seat, given in zip(seats, end, strict=True):
        evening.answer(HOME, given, seat=seat)
    database.write(lambda connection: close(connection, evening.id))
    evening.reveal(HOME)
    code = evening.performance.code
    with signed_in(chromium, server, database, Role.ORGANISER) as context:
        stage = open_stage(context, server, code)
        for view, said in (
            ("question", "13 of the 23 people who answered"),
            ("change", "The room did not clearly move."),
        ):
            evening.show(view, HOME)
            stage.get_by_text(said).first.wait_for(timeout=30_000)
            stage.wait_for_timeout(1500)
            stage.screenshot(path=str(pictures / f"studio_stage_{view}.png"))
            fits(stage)
            assert violations(stage) == []
        evening.show("question", HOME)
        phone = phone_results(context, server, code)
        assert phone.get_by_text("of the 23 people who answered").first.is_visible()
        phone.screenshot(path=str(pictures / "studio_phone_results.png"), full_page=True)
        results = report(context, server, "results", code, "23 of 25")
        photographed(results, pictures / "studio_results.png")
        change = report(context, server, "change", code, "could match")
        photographed(change, pictures / "studio_change.png")
