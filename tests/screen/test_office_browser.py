"""The office in the real browser: set up, rehearse, open, print; nobody is shut out and nobody else is asked."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.codes import read_code
from tests.running import Server

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
IN_VIEW = "e => e.getBoundingClientRect().top >= 0 && e.getBoundingClientRect().bottom <= innerHeight"


class Organiser:
    """An organiser at a desk, signed in by a link; remembers every host the browser asked."""

    def __init__(self, chromium: Any, server: Server) -> None:
        self.server = server
        self.hosts: set[str] = set()
        self.context = chromium.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
        self.page = self.context.new_page()
        self.page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        link = next(
            part for part in server.command("sign-in-link", "organiser").split() if "/sign-in" in part
        )
        self.page.goto(link)
        self.page.get_by_role("button").first.click()
        self.page.wait_for_url("**/performances*")
        self.settle()

    def press(self, label: str) -> None:
        """Press a button and wait until the page rests."""
        self.page.get_by_role("button", name=label, exact=True).click()
        self.settle()

    def settle(self) -> None:
        """Wait until Streamlit has nothing left to draw."""
        self.page.wait_for_timeout(500)
        self.page.wait_for_function(
            "() => document.querySelector('[data-testid=stApp]')"
            "?.getAttribute('data-test-script-state') === 'notRunning'"
        )
        self.page.wait_for_timeout(300)

    def barriers(self) -> list[tuple[str, str, str]]:
        """What axe finds serious or critical on the page as it stands."""
        found = Axe().run(self.page, options={"runOnly": STANDARDS}).response["violations"]
        return [
            (rule["impact"], rule["id"], rule["nodes"][0]["html"][:200])
            for rule in found
            if rule["impact"] in ("serious", "critical")
        ]


@pytest.fixture
def organiser(chromium: Any, serve: Callable[..., Server]) -> Any:
    """An organiser in front of a server nobody has used yet."""
    someone = Organiser(chromium, serve())
    yield someone
    someone.context.close()


def test_an_organiser_sets_up_rehearses_opens_and_prints(organiser: Organiser, tmp_path: Path) -> None:
    page = organiser.page
    assert organiser.barriers() == []
    organiser.press("Set up your first performance")
    organiser.press("Set up this performance")
    page.get_by_text("Not saved yet. Look again at: Production, Date.").wait_for()
    assert organiser.barriers() == []
    page.get_by_label("Production").fill("The Nest")
    page.get_by_label("Production").press("Tab")
    page.get_by_label("Date", exact=True).fill("25 April 2026")
    page.get_by_label("Venue").fill("53Two <b>&amp;</b> *bar*")
    page.get_by_label("Youngest age expected").fill("14")
    organiser.press("Set up this performance")

    code = page.locator(".office-head code").inner_text()
    assert page.get_by_text("53Two <b>&amp;</b> *bar*").is_visible()
    assert page.get_by_text("No phone has reached this address yet").is_visible()
    assert page.get_by_text("Only this computer can open this address.").is_visible()
    assert page.locator(".office-reach img").evaluate("image => image.naturalWidth > 0")
    assert organiser.barriers() == []

    organiser.press("Rehearse “before”")
    page.get_by_text("In rehearsal, “before” is open").wait_for()
    organiser.press("Open “before” for the audience")
    page.get_by_text("“Before” is open", exact=True).wait_for()
    for tab in ("Details", "Stage screen", "Sign-in links", "Finish or delete"):
        page.get_by_role("tab", name=tab).click()
        organiser.settle()
        assert organiser.barriers() == []

    page.get_by_role("tab", name="The evening").click()
    page.get_by_role("link", name="Poster to print").click()
    page.wait_for_url(f"**/poster?performance={code}")
    organiser.settle()
    assert organiser.barriers() == []
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the poster (PDF)").click()
    poster = tmp_path / "poster.pdf"
    download.value.save_as(poster)
    document = pypdfium2.PdfDocument(poster)
    read = read_code(document[0].render(scale=2).to_pil())
    document.close()
    assert read == f"{organiser.server.address}/p/{code}"

    page.goto(f"{organiser.server.address}/questionnaires?questionnaire=the-nest-1")
    page.get_by_text("learns your routine").first.wait_for()
    organiser.settle()
    assert organiser.barriers() == []
    page.goto(f"{organiser.server.address}/run?performance={code}")
    organiser.press("Make a run from the questionnaire")
    page.get_by_role("button", name="Change", exact=True).last.click()
    form = page.get_by_text("Change cue 25")
    form.wait_for()
    assert form.evaluate(IN_VIEW)  # the list is longer than the screen
    assert organiser.barriers() == []
    page.goto(f"{organiser.server.address}/performances")
    page.get_by_role("link", name="The Nest").wait_for()
    assert organiser.barriers() == []
    assert {host for host in organiser.hosts if host} == {urlsplit(organiser.server.address).netloc}
