"""Names given by authors never meet names of ours: any word may be a question's id, and what is answered to it is stored."""

from collections import Counter
from html.parser import HTMLParser
from typing import Any

import pytest
from starlette.testclient import TestClient

from survey.model import Performance, Wave
from survey.questionnaire import parse_questionnaire
from survey.storage.database import Database
from survey.storage.questionnaires import publish
from tests.databases import add_nest_performance
from tests.names import words_of_ours
from tests.phone.conftest import Site
from tests.phone.pages import Phone, receipt_on
from tests.phone.test_answering import stored
from tests.phone.visitor import visiting

MOST = 40
KINDS = ("one", "many", "number", "rank", "comment")
OPTIONS = [
    {"value": value, "label": {"en": f"Answer {value}"}} for value in ("send", "constructor", "2nd", "none")
]
ENDS = {
    "agree": ["8", "9", "10"],
    "neutral": ["5", "6", "7"],
    "disagree": ["0", "1", "2", "3", "4"],
    "agree_word": {"en": "gave 8 to 10"},
    "disagree_word": {"en": "gave 0 to 4"},
    "low_label": {"en": "None"},
    "high_label": {"en": "All"},
}
MORE: dict[str, dict[str, Any]] = {
    "one": {"options": OPTIONS},
    "many": {"options": OPTIONS, "at_most": 2},
    "number": ENDS,
    "rank": {"options": OPTIONS, "at_most": 3},
    "comment": {},
}
GIVEN: dict[str, tuple[str, ...]] = {
    "one": ("constructor",),
    "many": ("send", "none"),
    "number": ("7",),
    "rank": ("2nd", "constructor", "send"),
    "comment": ("In words.",),
}


def asking(database: Database, kinds: dict[str, str]) -> Performance:
    """Return an open performance whose questions have these ids and kinds."""
    content = {
        "id": "names",
        "version": 1,
        "languages": ["en"],
        "title": {"en": "Names"},
        "questions": [
            {"id": id, "kind": kind, "text": {"en": f"What of {id}?"}, **MORE[kind]}
            for id, kind in kinds.items()
        ],
    }
    questionnaire = parse_questionnaire(content)
    version_id = database.write(lambda connection: publish(connection, questionnaire, content))
    return add_nest_performance(database, version_id=version_id, wave=Wave.AFTER)


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.meant: set[str] = set()
        """Ids that labels, descriptions and links lead to."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids[given["id"]] += 1
        for name in ("for", "aria-labelledby", "aria-describedby"):
            self.meant.update(given.get(name, "").split())
        if given.get("href", "").startswith("#"):
            self.meant.add(given["href"][1:])


def elements(page: str) -> _Elements:
    reader = _Elements()
    reader.feed(page)
    return reader


WORDS = words_of_ours()


def test_words_of_ours_are_found_where_they_stand() -> None:
    assert {"send", "trouble", "nothing", "words", "onsubmit", "viewport", "wave", "sheet"} <= set(WORDS)
    assert {"class", "performance_id", "asked", "step", "dark", "only", "most"} <= set(WORDS)


@pytest.mark.parametrize("first", range(0, len(WORDS), MOST))
def test_any_word_of_ours_may_be_a_questions_id(
    client: TestClient, sqlite_database: Database, first: int
) -> None:
    kinds = dict(zip(WORDS[first : first + MOST], MOST * KINDS, strict=False))
    performance = asking(sqlite_database, kinds)
    phone = Phone(client, performance.code)
    wrong = phone.send(dict.fromkeys(kinds, "no such answer")).text
    for page in (phone.open(), wrong):
        found = elements(page)
        assert [id for id, times in found.ids.items() if times > 1] == []
        assert found.meant - set(found.ids) == set()
    thanks = phone.answer({word: list(GIVEN[kind]) for word, kind in kinds.items()})
    assert stored(sqlite_database, receipt_on(thanks)) == {word: GIVEN[kind] for word, kind in kinds.items()}


def test_in_a_browser_no_name_switches_off_what_the_script_does(
    chromium: Any, site: Site, sqlite_database: Database
) -> None:
    kinds = {
        "send": "one",
        "onsubmit": "one",
        "action": "number",
        "elements": "comment",
        "2015": "one",
        "viewport": "many",
        "ids": "rank",
    }
    performance = asking(sqlite_database, kinds)
    with visiting(chromium, site, performance) as visitor:
        page, troubles = visitor.page, []
        page.on("pageerror", lambda trouble: troubles.append(str(trouble)))
        visitor.open()
        for name in ("send", "onsubmit", "2015"):
            page.check(f"[name='{name}'][value=constructor]")
        page.check("[name=action][value='7']")
        page.fill("#q-elements", "In words.")
        for value in ("send", "none", "constructor"):  # one more than may be ticked
            page.click(f"[name=viewport][value={value}]")
        assert page.is_checked("[name=viewport][value=none]")
        assert not page.is_checked("[name=viewport][value=constructor]")
        assert page.inner_text("#q-viewport-most") == "Untick one first."
        places = page.locator("select[name=ids]")
        places.nth(0).select_option("constructor")
        places.nth(1).select_option("2nd")
        taken = places.nth(2).locator("option[disabled]")
        assert taken.evaluate_all("each => each.map(one => one.value)") == ["constructor", "2nd"]
        with page.expect_request(lambda request: request.method == "POST") as posted:
            visitor.send()
        assert posted.value.headers.get("try"), "sent by the page's own script, which tries again"
        assert page.url.endswith("/thanks")
        assert troubles == []
        assert stored(sqlite_database, receipt_on(page.content())) == {
            "send": ("constructor",),
            "onsubmit": ("constructor",),
            "2015": ("constructor",),
            "action": ("7",),
            "elements": ("In words.",),
            "viewport": ("send", "none"),
            "ids": ("constructor", "2nd"),
        }
