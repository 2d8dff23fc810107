"""Lighter or darker: as the phone is set, unless somebody asks; carried in the address, without a cookie or a script."""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from survey.model import Performance
from tests.phone.conftest import Site
from tests.phone.pages import Phone, form_to
from tests.phone.visitor import Visitor, visiting

DAY, NIGHT = "rgb(251, 248, 243)", "rgb(20, 24, 30)"


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def visitor(
    request: pytest.FixtureRequest, chromium: Any, site: Site, after: Performance
) -> Iterator[Visitor]:
    """Somebody with a phone set to light pages."""
    with visiting(chromium, site, after, java_script_enabled=request.param, color_scheme="light") as visitor:
        visitor.open()
        yield visitor


def ground(visitor: Visitor) -> str:
    colour: str = visitor.page.evaluate("getComputedStyle(document.body).backgroundColor")
    return colour


def test_a_page_is_as_the_phone_is_set_until_somebody_asks(visitor: Visitor) -> None:
    page = visitor.page
    assert ground(visitor) == DAY
    page.emulate_media(color_scheme="dark")
    assert ground(visitor) == NIGHT
    assert not page.is_visible("text=Darker page")
    page.click("text=Lighter page")
    assert ground(visitor) == DAY
    page.click("text=Darker page")
    assert ground(visitor) == NIGHT
    page.emulate_media(color_scheme="light")
    assert ground(visitor) == NIGHT
    assert not page.is_visible("text=Darker page")


def test_the_shade_asked_for_stays_through_sending_and_changing(visitor: Visitor) -> None:
    page = visitor.page
    page.click("text=Darker page")
    visitor.answer()
    assert page.locator("h1").inner_text() == "Your answers are in."
    assert ground(visitor) == NIGHT
    with page.expect_navigation():
        page.click("text=Change my answers")
    assert ground(visitor) == NIGHT
    page.fill("#q-differently", "long " * 80)
    visitor.send()
    assert page.title().startswith("Error:")
    assert ground(visitor) == NIGHT


def test_what_was_chosen_before_asking_stays_where_the_script_runs(
    chromium: Any, site: Site, after: Performance
) -> None:
    with visiting(chromium, site, after, color_scheme="light") as visitor:
        visitor.open()
        visitor.page.check("[name=home_system][value=depends]")
        visitor.page.click("text=Darker page")
        visitor.page.click("text=One question at a time")
        assert ground(visitor) == NIGHT
        assert visitor.page.is_checked("[name=home_system][value=depends]")


def test_one_at_a_time_stays_one_at_a_time_in_another_shade(client: TestClient, after: Performance) -> None:
    phone = Phone(client, after.code)
    page = phone.get(f"{phone.path}?shade=dark&view=one").text
    assert '<html lang="en" dir="ltr" data-shade="dark">' in page
    assert f'formaction="{phone.path}?shade=light&amp;view=one#step-1"' in page
    assert form_to(page, phone.path)["_shade"] == ["dark"]


@pytest.mark.parametrize("shade", ["purple", '"><b>', ""])
def test_a_shade_nobody_has_is_none(client: TestClient, after: Performance, shade: str) -> None:
    page = client.get(f"/p/{after.code}", params={"shade": shade}).text
    assert '<html lang="en" dir="ltr">' in page
    assert form_to(page, f"/p/{after.code}")["_shade"] == [""]
