"""The policy in a real browser: every screen works under it, and nothing is asked of anybody else."""

import json
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from survey.screen import PAGES
from tests.guard.asking import ask
from tests.guard.conftest import House, sign_in, token_in
from tests.running import Server
from tests.screen.looking import settled

EVERYWHERE = {
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
SOME = (
    "/join",
    "/p/{code}",
    "/p/unknown1",
    "/healthz",
    "/desk",
    "/_stcore/health",
    "/static/js/x.js",
    "/unknown",
)


@pytest.mark.server
@pytest.mark.parametrize("who", ["nobody", "organiser"])
@pytest.mark.parametrize("path", SOME)
def test_every_answer_carries_the_policy(house: House, path: str, who: str) -> None:
    answer = ask(house.address, path.format(code=house.code), headers=house.headers(who))
    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    policy = answer.headers.get("content-security-policy", "")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "script-src 'unsafe-inline'" not in policy
    assert "http:" not in policy
    assert "*" not in policy
    assert answer.headers.get_all("content-security-policy") == [policy]


@pytest.mark.server
def test_what_is_somebody_s_own_is_kept_by_no_cache(house: House) -> None:
    for path in ("/desk", "/sign-in", f"/p/{house.code}", "/"):
        answer = ask(house.address, path, headers={"Accept": "text/html"})
        assert answer.headers.get("cache-control") == "no-store"


class Watched:
    """A browser that writes down what it complains about and whom it asks."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        context.on("request", lambda request: self.asked.append(request.url))

    def _said(self, message: Any) -> None:
        # Streamlit looks for its own root one folder too deep first; the guard says 404.
        if message.type == "error" and "_stcore/" not in message.location.get("url", ""):
            self.complaints.append(message.text)

    def elsewhere(self, address: str) -> list[str]:
        """Return whom it asked apart from us."""
        return [url for url in self.asked if not url.startswith((address, "data:", "blob:"))]

    def settle(self) -> None:
        """Wait until Streamlit has drawn the page."""
        self.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=60_000)
        self.page.wait_for_load_state("networkidle", timeout=60_000)


@pytest.mark.server
def test_every_screen_works_under_the_policy_and_asks_nobody_else(house: House, chromium: Any) -> None:
    house.server.command("demo")
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    try:
        watched = Watched(context)
        watched.page.goto(house.server.command("sign-in-link", "organiser").strip())
        watched.page.get_by_role("button", name="Sign in").click()
        watched.settle()
        assert watched.page.url == f"{house.address}/performances"
        for page in PAGES:
            watched.page.goto(f"{house.address}/{page.path}")
            watched.settle()
            assert watched.page.locator("[data-testid=stException]").count() == 0
        assert watched.complaints == []
        assert watched.elsewhere(house.address) == []
    finally:
        context.close()
        house.server.command("demo", "--remove")


@pytest.mark.server
def test_charts_are_drawn_under_the_policy(house: House, chromium: Any) -> None:
    made = json.loads(house.server.command("demo", "--json"))
    code = next(one["code"] for one in made["performances"] if one["standing"] == "finished")
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    try:
        watched = Watched(context)
        watched.page.goto(
            f"{house.address}/sign-in?link={token(house.server)}&next=/results%3Fperformance={code}"
        )
        watched.page.get_by_role("button", name="Sign in").click()
        watched.page.wait_for_selector("[data-testid=stVegaLiteChart] svg", timeout=60_000)
        assert f"performance={code}" in watched.page.url
        assert watched.complaints == []
    finally:
        context.close()
        house.server.command("demo", "--remove")


def token(server: Server) -> str:
    """Return a new organiser's link token."""
    return token_in(server.command("sign-in-link", "organiser"), "link")


@pytest.mark.server
def test_signing_out_by_the_button_ends_it_in_every_window(house: House, chromium: Any) -> None:
    context = chromium.new_context()
    try:
        context.add_cookies(
            [{"name": "houselights", "value": sign_in(house.server, "facilitator"), "url": house.address}]
        )
        watched = Watched(context)
        other = context.new_page()
        for page in (other, watched.page):
            page.goto(f"{house.address}/desk")
            page.get_by_role("button", name="Sign out").wait_for(timeout=60_000)
        settled(watched.page)
        watched.page.get_by_test_id("stExpandSidebarButton").click()
        settled(watched.page)
        watched.page.get_by_role("button", name="Sign out").click()
        watched.page.wait_for_url(f"{house.address}/sign-in")
        other.wait_for_url(f"{house.address}/sign-in")  # what it showed does not stay on the screen
        watched.page.goto(f"{house.address}/desk")
        assert watched.page.url.startswith(f"{house.address}/sign-in?next=")
    finally:
        context.close()
