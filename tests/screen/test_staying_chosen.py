"""The performance that is chosen stays chosen on every page, Back goes back, and a name is kept however its field is left."""

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from survey.model import Performance
from survey.storage.database import open_database
from survey.storage.performances import performances
from tests.databases import add_nest_performance
from tests.running import Server
from tests.screen.test_office_browser import Organiser


@pytest.fixture
def three(chromium: Any, serve: Callable[..., Server]) -> Any:
    """An organiser of three performances, newest first; and those."""
    server = serve()
    database = open_database(server.database_url, visiting=True)
    for day in (1, 2, 3):
        add_nest_performance(database, starts_on=date(2026, 3, day), wave=None)
    with database.reading() as connection:
        there = performances(connection)
    database.close()
    someone = Organiser(chromium, server)
    yield someone, there
    someone.context.close()


def code_in(page: Any) -> str:
    """Return the performance in the page's address."""
    return str(parse_qs(urlsplit(page.url).query).get("performance", [""])[0])


def shown(page: Any) -> str:
    """Return what the page's list of performances shows as chosen."""
    return str(page.get_by_role("combobox").first.input_value())


def choose(someone: Organiser, performance: Performance) -> None:
    """Choose a performance from the page's list."""
    someone.page.get_by_label("Performance", exact=True).first.click()
    someone.page.get_by_role("option").filter(has_text=performance.when).first.click()
    someone.settle()


def go(someone: Organiser, title: str) -> None:
    """Follow the menu."""
    someone.page.locator("[data-testid=stSidebar]").get_by_role("link", name=title, exact=True).click()
    someone.settle()


def test_the_chosen_performance_stays_chosen_and_back_goes_back(
    three: tuple[Organiser, list[Performance]],
) -> None:
    someone, (newest, second, oldest) = three
    page = someone.page
    page.goto(f"{someone.server.address}/performances?performance={oldest.code}")
    someone.settle()
    for title in ("Results", "Poster", "Run of show"):
        go(someone, title)
        assert code_in(page) == oldest.code, title
        assert oldest.when in shown(page), title
    choose(someone, second)
    assert code_in(page) == second.code
    go(someone, "Results")
    assert code_in(page) == second.code
    choose(someone, newest)
    assert code_in(page) == newest.code

    def back() -> str:
        page.go_back()
        someone.settle()
        (there,) = [each.code for each in (newest, second, oldest) if each.when in shown(page)]
        assert code_in(page) == there, "the page shows what its address says"
        return f"{urlsplit(page.url).path} {there}"

    went = [back(), back(), back(), back()]
    assert went == [
        f"/results {second.code}",
        f"/run {second.code}",
        f"/run {oldest.code}",
        f"/poster {oldest.code}",
    ]

    go(someone, "Stage")
    page.get_by_role("heading", name="Stage").wait_for()
    assert code_in(page) == oldest.code
    way = page.get_by_role("link", name="Open the stage")
    assert f"performance={oldest.code}" in str(way.get_attribute("href"))
    page.get_by_role("link", name="Go to its desk").wait_for()


def test_what_is_typed_first_is_kept_however_its_field_is_left(
    three: tuple[Organiser, list[Performance]],
) -> None:
    someone, _there = three
    page = someone.page
    for leaving in ("Tab", "click"):
        page.goto(f"{someone.server.address}/performances?new=yes")
        someone.settle()
        field = page.get_by_label("Production", exact=True)
        field.fill("The Cuckoo")
        if leaving == "Tab":
            field.press("Tab")
        else:
            page.get_by_role("heading", name="A new performance").click()
        someone.settle()
        someone.press("Set up this performance")
        page.get_by_text("Not saved yet. Look again at: Date").wait_for()
        assert field.input_value() == "The Cuckoo"
