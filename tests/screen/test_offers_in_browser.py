"""The office's page for after sending, in the real browser: offered at a desk, met on a phone, taken along as a file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.running import Server
from tests.screen.test_office_browser import Organiser


@pytest.fixture
def server(serve: Callable[..., Server]) -> Server:
    """A server with one performance, open after the show."""
    return serve()


def test_what_is_offered_at_the_desk_is_met_on_a_phone_and_the_list_comes_back(
    chromium: Any, server: Server, tmp_path: Path
) -> None:
    made = server.add_performance(open="after")
    organiser = Organiser(chromium, server)
    page = organiser.page
    page.goto(f"{server.address}/offers")
    page.get_by_label("What addresses are for").wait_for()
    organiser.settle()
    assert organiser.barriers() == []
    page.get_by_text("Information from your patient record", exact=True).click()
    page.get_by_label("The pledge").fill("I will ask.")
    page.get_by_label("What addresses are for").fill("To hear of the next play.")
    organiser.press("Save what phones are offered")
    page.get_by_text("Saved. Phones are offered this from now on.").wait_for()
    page.get_by_role("tab", name="To read, watch or hear").click()
    organiser.settle()
    assert organiser.barriers() == []

    phone = chromium.new_page()
    phone.goto(f"{server.address}/p/{made['code']}")
    phone.check("input[name=home_system][value=depends]")
    with phone.expect_navigation():
        phone.click("#send")
    assert phone.get_by_text("I will ask.").is_visible()
    with phone.expect_navigation():
        phone.click("text=Leave an e-mail address")
    phone.fill("#address", "=1+1@example.org")
    with phone.expect_navigation():
        phone.click("text=Put me on the list")
    assert phone.locator("h1").inner_text() == "You are on the list"
    phone.close()

    page.goto(f"{server.address}/offers")
    page.get_by_label("What addresses are for").wait_for()
    page.get_by_role("tab", name="Addresses").click()
    organiser.settle()
    page.get_by_text("1 address, by the alphabet.").wait_for()
    assert organiser.barriers() == []
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the list (CSV)").click()
    file = tmp_path / "list.csv"
    download.value.save_as(file)
    assert file.read_text(encoding="utf-8-sig").split() == ["address", "'=1+1@example.org"]
    organiser.context.close()
