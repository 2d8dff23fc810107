"""The sign-in pages for everybody: axe finds nothing, at two widths, light and dark."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.running import Server
from tests.screen.looking import violations

EVERY = ("minor", "moderate", "serious", "critical")
FACES = {
    "password": "/sign-in",
    "link": "/sign-in?link=abc",
    "stage": "/sign-in?stage=abc",
    "out": "/sign-out",
    "not here": "/unknown",
}


@pytest.fixture(scope="module")
def with_password(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose organiser has a password."""
    server = Server(tmp_path_factory.mktemp("password"), HOUSELIGHTS_ORGANISER_PASSWORD="open sesame")
    server.start()
    yield server
    server.stop()


@pytest.mark.server
@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_the_sign_in_pages(
    with_password: Server, chromium: Any, width: int, colours: str
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 700}, color_scheme=colours, bypass_csp=True
    )
    try:
        page = context.new_page()
        found = {}
        for name, path in FACES.items():
            page.goto(f"{with_password.address}{path}")
            found[name] = violations(page, impacts=EVERY)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.goto(f"{with_password.address}/sign-in")
        page.get_by_label("The organiser's password").fill("guess")
        page.get_by_role("button", name="Sign in").click()
        assert page.title().startswith("Error: ")
        assert page.evaluate("document.activeElement.id") == "password"
        found["wrong"] = violations(page, impacts=EVERY)
        assert {name: wrong for name, wrong in found.items() if wrong} == {}
    finally:
        context.close()
