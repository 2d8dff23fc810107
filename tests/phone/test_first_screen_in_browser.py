"""The form's first screen on a small phone: how long it takes, who asks, and a whole question to begin with."""

from typing import Any

import pytest

from survey.model import Performance
from tests.languages import offer_every_translation
from tests.phone.conftest import Site
from tests.phone.test_accessible import LANGUAGES
from tests.phone.visitor import visiting

ONE_LINE = """() => {
  const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT)
  const found = []
  while (walk.nextNode()) {
    const at = walk.currentNode.data.search(/0\\u2060?-\\u2060?10/)
    if (at < 0) continue
    const range = document.createRange()
    range.setStart(walk.currentNode, at)
    range.setEnd(walk.currentNode, at + walk.currentNode.data.slice(at).match(/^0\\u2060?-\\u2060?10/)[0].length)
    found.push(new Set([...range.getClientRects()].map((each) => Math.round(each.top))).size)
  }
  return found
}"""
"""On how many lines each "0-10" stands."""


@pytest.mark.parametrize("shade", ["light", "dark"])
def test_the_first_question_stands_on_the_first_screen_with_all_its_answers(
    chromium: Any, site: Site, after: Performance, shade: str
) -> None:
    small = {"width": 360, "height": 740}
    with visiting(chromium, site, after, viewport=small, color_scheme=shade) as visitor:
        visitor.open()
        choices = visitor.page.locator("#q-home_system label.choice")
        top, bottom = choices.first.bounding_box(), choices.last.bounding_box()
        assert top["y"] <= 540
        assert bottom["y"] + bottom["height"] <= small["height"]
        assert visitor.page.locator(".length").inner_text() == "10 questions, about 3 minutes."
        assert visitor.page.get_by_role("button", name="What we keep").count() == 1
        keep = visitor.page.get_by_role("button", name="What we keep").bounding_box()
        assert min(keep["width"], keep["height"]) >= 44


def test_no_hint_says_again_what_the_question_says(chromium: Any, site: Site, after: Performance) -> None:
    with visiting(chromium, site, after) as visitor:
        visitor.open()
        words = visitor.page.locator("#q-matters_most").inner_text()
        assert "Choose up to three." in words
        assert "Tick up to" not in words


@pytest.mark.parametrize("width", range(320, 420, 20))
def test_figures_joined_by_a_hyphen_stand_on_one_line(
    chromium: Any, site: Site, after: Performance, width: int
) -> None:
    with visiting(chromium, site, after, viewport={"width": width, "height": 740}) as visitor:
        visitor.open()
        lines = visitor.page.evaluate(ONE_LINE)
        assert lines
        assert set(lines) == {1}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_length_is_said_in_every_language(
    chromium: Any, site: Site, after: Performance, language: str
) -> None:
    offer_every_translation(site.database, after.version_id)
    with visiting(chromium, site, after, locale=language) as visitor:
        visitor.open()
        said = visitor.page.locator(".length").inner_text()
        assert "10" in said
        assert "3" in said
        assert "minutes" not in said
