"""The evidence pages in a real Chromium: readable, self-contained, printable, and an address that can be sent."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pypdfium2
import pytest

from survey.model import Role
from survey.storage.database import Database, open_database
from tests.running import Server
from tests.screen.audiences import Audiences, two_audiences
from tests.screen.looking import signed_in, violations

SPILLS = """() => [...document.querySelectorAll('[data-testid=stVegaLiteChart] svg, .sheet table')].filter(part => {
  const box = part.getBoundingClientRect();
  const column = part.closest('[data-testid=stColumn], [data-testid=stMainBlockContainer]').getBoundingClientRect();
  return box.width > 0 && box.right > column.right + 1;
}).map(part => part.outerHTML.slice(0, 200))"""
CHROME = """() => ['stHeader', 'stSidebar', 'stToolbar', 'stStatusWidget'].filter(name => {
  const part = document.querySelector(`[data-testid=${name}]`);
  return part && part.checkVisibility();
})"""


class Evidence:
    """A running house with two audiences, and an organiser in front of it."""

    def __init__(self, server: Server, context: Any, audiences: Audiences) -> None:
        self.server, self.context, self.audiences = server, context, audiences
        self.hosts: set[str] = set()
        self.addresses = {
            "results": f"/results?performance={audiences.newer.code}",
            "compare": f"/compare?a={audiences.older.code}&b={audiences.newer.code}",
            "change": f"/change?performance={audiences.newer.code}",
        }

    def open(self, path: str, *, width: int = 1280, wait: str = ".sheet.foot") -> Any:
        """Return a page at this address once it has shown everything."""
        page = self.context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        page.goto(f"{self.server.address}{path}")
        page.wait_for_selector(wait, timeout=60_000)
        page.wait_for_function(
            "() => document.querySelector('[data-testid=stApp]')"
            "?.getAttribute('data-test-script-state') === 'notRunning'"
        )
        page.wait_for_timeout(700)
        return page


@pytest.fixture(scope="module")
def database_and_audiences(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Server, Database, Audiences]]:
    """One server for all these tests: they only look."""
    server = Server(tmp_path_factory.mktemp("evidence"))
    server.start()
    database = open_database(server.database_url, visiting=True)
    yield server, database, two_audiences(database)
    database.close()
    server.stop()


@pytest.fixture
def evidence(chromium: Any, database_and_audiences: tuple[Server, Database, Audiences]) -> Iterator[Evidence]:
    """An organiser in front of two audiences' evidence."""
    server, database, audiences = database_and_audiences
    with signed_in(chromium, server, database, Role.ORGANISER) as context:
        yield Evidence(server, context, audiences)


@pytest.mark.parametrize("name", ["results", "compare", "change"])
def test_an_evidence_page_shuts_nobody_out_spills_nowhere_and_asks_nobody_else(
    evidence: Evidence, name: str
) -> None:
    page = evidence.open(evidence.addresses[name])
    assert page.locator("[data-testid=stVegaLiteChart]").count() > 1
    assert violations(page) == []
    for summary in page.locator("summary").all():
        summary.click()
    assert page.evaluate(SPILLS) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert evidence.hosts <= {urlsplit(evidence.server.address).netloc, ""}


@pytest.mark.parametrize("name", ["results", "compare", "change"])
def test_the_print_view_prints_whole_without_the_screen_around_it(
    evidence: Evidence, name: str, tmp_path: Path
) -> None:
    page = evidence.open(f"{evidence.addresses[name]}&print=1", wait=".sheet.paper")
    assert page.evaluate(CHROME) == []
    assert violations(page) == []
    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True, print_background=True))
    read = "".join(printed[number].get_textpage().get_text_range() for number in range(len(printed)))
    text = "".join(
        read.split()
    )  # where a printed line breaks, and where a space was left out, is the printer's
    assert "Demonstration:theseanswersareinvented." in text
    assert "MadewithHouselightson" in text
    assert "Performances" not in text
    assert "Signout" not in text
    assert 1 < len(printed) < 12
    assert [round(size) for size in printed[0].get_size()] == [595, 842]


def test_nothing_leaves_a_picture_or_the_comments_without_base_and_provenance(evidence: Evidence) -> None:
    page = evidence.open(evidence.addresses["results"])
    for part in ("stVegaLiteChart", "stDataFrame"):
        shown = page.locator(f"[data-testid={part}]").first
        shown.scroll_into_view_if_needed()
        shown.hover()
        assert page.locator("[data-testid=stElementToolbar]").count() > 0  # Streamlit offers its own buttons
        assert [box.is_visible() for box in page.locator("[data-testid=stElementToolbar]").all()].count(
            True
        ) == 0


def test_the_address_can_be_sent(evidence: Evidence) -> None:
    page = evidence.open("/compare")
    page.get_by_text("before the performance", exact=True).click()
    page.wait_for_url("**wave=before*")
    sent = page.url.removeprefix(evidence.server.address)
    again = evidence.open(sent)
    assert again.locator(".sheet .about").first.inner_text() == "The Nest · before the performance"
    assert again.locator(".sheet h1").inner_text() == page.locator(".sheet h1").inner_text()


def test_the_print_view_is_one_click_away(evidence: Evidence) -> None:
    page = evidence.open(evidence.addresses["results"])
    with evidence.context.expect_page() as opened:
        page.get_by_role("link", name="Print view").click()
    opened.value.wait_for_selector(".sheet.paper", timeout=60_000)
    assert "print=1" in opened.value.url
