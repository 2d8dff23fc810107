"""Nobody is shut out: axe finds nothing in any state of any page, in any language, at any width, in any colours.

By default each state is walked once, and languages, widths and looks take turns; ``pytest --every-view`` leaves out nothing.
"""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from survey.model import Performance
from survey.questionnaire import DATA, load_questionnaire, load_translations
from survey.storage.database import Database
from tests.languages import offer_every_translation
from tests.phone.conftest import Site
from tests.phone.states import ENGLISH_ONLY, STATES
from tests.phone.visitor import BRIGHTEST, SIDEWAYS, SMALL_TARGETS, visiting

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS: list[dict[str, Any]] = [
    {"color_scheme": "light", "forced_colors": "none"},
    {"color_scheme": "dark", "forced_colors": "none"},
    {"color_scheme": "light", "forced_colors": "active"},
]
WIDTHS = (320, 1280)
LANGUAGES = [each.language for each in load_translations(load_questionnaire(DATA / "the-nest-1.yaml")[0])]
"""Every language The Nest has been translated into: a new file is a new row of states."""
MATRIX = [
    (state, language)
    for language in ("en", *LANGUAGES)
    for state in STATES
    if language == "en" or state not in ENGLISH_ONLY
]
SEEN_COLOURS = """() => {
    const forced = matchMedia("(forced-colors: active)").matches
    document.querySelectorAll("body *").forEach(one => { one.style.webkitTextFillColor = "" })
    if (forced) document.querySelectorAll("body *").forEach(one => {
        one.style.webkitTextFillColor = getComputedStyle(one).color
    })
}"""
"""Axe reads each word's fill colour, which Chromium reports as if no colours were forced: say the one that is seen."""
VIEWS = [(width, look) for width in WIDTHS for look in LOOKS]
RUN = """tags => axe.run({runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]}).then(
    found => found.violations.flatMap(one => one.nodes.slice(0, 3).map(
        node => `${one.id} ${node.html.slice(0, 90)} ${node.failureSummary.slice(0, 200)}`)))"""


@pytest.fixture
def spoken(sqlite_database: Database, after: Performance, language: str) -> Performance:
    """A performance offered in every language The Nest has been translated into."""
    if language != "en":
        offer_every_translation(sqlite_database, after.version_id)
    return after


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Walk every state in one language, in turn; with ``--every-view`` in every language."""
    if "language" in metafunc.fixturenames:
        every = metafunc.config.getoption("every_view")
        metafunc.parametrize(("state", "language"), [one for one in MATRIX if every or its_turn(*one)])


def its_turn(state: str, language: str) -> bool:
    """Whether it is a state's turn to be walked in a language."""
    spoken = [each for each in ("en", *LANGUAGES) if (state, each) in MATRIX]
    return spoken[list(STATES).index(state) % len(spoken)] == language


def test_everyone_can_use_it(
    chromium: Any,
    site: Site,
    spoken: Performance,
    state: str,
    language: str,
    pytestconfig: pytest.Config,
) -> None:
    with visiting(chromium, site, spoken, bypass_csp=True, locale=language) as visitor:
        STATES[state](visitor)
        page = visitor.page
        assert page.get_attribute("html", "lang") == language
        page.add_style_tag(content=BRIGHTEST)
        page.evaluate(Axe().axe_script)
        found: list[str] = []
        turn = list(STATES).index(state) % len(VIEWS)
        views = VIEWS if pytestconfig.getoption("every_view") else VIEWS[turn : turn + 1]
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 740})
            found += [f"{width}: smaller than 44 px: {target}" for target in page.evaluate(SMALL_TARGETS)]
            if page.evaluate(SIDEWAYS) > 0:
                found.append(f"{width}: scrolls sideways")
            for look in [look for wide, look in views if wide == width]:
                page.emulate_media(**look)
                page.evaluate(SEEN_COLOURS)
                found += [f"{width} {look}: {problem}" for problem in page.evaluate(RUN, TAGS)]
        assert found == []
