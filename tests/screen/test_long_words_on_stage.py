"""Whatever the door lets in fits the stage: long answers, long words and many of both, on every projector."""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit

from survey.model import Wave
from survey.questionnaire import parse_questionnaire
from survey.screen.templating import stylesheet
from survey.storage.database import Database
from survey.storage.questionnaires import publish
from tests.databases import add_nest_performance
from tests.publication.evening import Evening
from tests.screen.looking import MEASURE
from tests.screen.looking_on import put, seen

SIZES = ((1920, 1080), (1024, 768), (1280, 720))
MEDIA = Path(streamlit.__file__).parent / "static" / "static" / "media"
LONGEST = """() => [...document.querySelectorAll('.bars .bar')].map(e => [parseFloat(e.style.getPropertyValue('--now')), e])
  .filter(([now]) => now > 0.05).map(([now, e]) => e.getBoundingClientRect().width / now / innerWidth)"""
"""How long a bar of 100 in 100 would be, as a part of the picture's width."""
HUNDRED = (
    "Being told in advance, in plain words, who will use the information, for what purpose and for how long",
    "Data stays in a secure place and approved researchers visit it there, with nothing leaving the building",
    "Independent people, including patients and carers, check each request before anything is released",
    "Fines for misuse, large enough that a company of any size would notice them in its yearly accounts",
    "Proof that patients benefit, published every year where anyone can read it without paying for it",
    "Being able to change my mind later, and to have whatever was already copied deleted on request",
)
WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
FEW, FULL = [9, 30, 12, 20, 15, 11, 14], [7, 5, 13, 6, 9, 4, 8]


def sentence(letters: int) -> str:
    """Return a sentence of so many letters."""
    return ("Would you want to be asked each time before any of it is passed on to others " * 5)[
        : letters - 1
    ].strip() + "?"


def labels(number: int, letters: int) -> list[str]:
    words = "of those people who were asked before it was passed on to a company for its own research at home"
    return [f"{place} {words} {words}"[:letters].strip() for place in range(1, number + 1)]


CASES: dict[str, tuple[str, list[str], str]] = {
    "six of a hundred letters": (
        "What would matter most to you in how patient data is used?",
        list(HUNDRED),
        "one",
    ),
    "a word of 62 letters": ("Which law?", [WORD, "Another law", "None"], "one"),
    "seven as long as may be": (sentence(60), labels(7, 120), "one"),
    "twenty as long as may be": (sentence(60), labels(20, 120), "many"),
    "the longest question": (sentence(300), labels(3, 120), "one"),
    "the longest question with short answers": (sentence(300), labels(7, 30), "one"),
    "twenty short answers": (sentence(115), labels(20, 25), "many"),
    "a long question with seven answers just short enough for bars": (sentence(300), labels(7, 51), "one"),
    "as much of both as the door lets in": (sentence(120), labels(7, 120), "one"),
    "the longest question with five of the longest answers": (sentence(300), labels(5, 120), "one"),
    "seven of two lines": (sentence(100), labels(7, 66), "one"),
    "seven of sixty letters": (sentence(120), labels(7, 60), "many"),
}


@pytest.fixture(scope="module")
def look(chromium: Any) -> Iterator[Any]:
    """A page with the stage's own fonts and style, without a server."""
    page = chromium.new_page()
    yield page
    page.close()


def fonts() -> str:
    faces = []
    for file in sorted(MEDIA.glob("Source*.woff2")):
        family = "Source Serif" if "Serif" in file.name else "Source Sans"
        if "Code" not in file.name and "Italic" not in file.name:
            data = b64encode(file.read_bytes()).decode()
            faces.append(
                f"@font-face {{ font-family: '{family}'; font-weight: 200 900; src: url(data:font/woff2;base64,{data}) }}"
            )
    assert len(faces) >= 2
    return f"<style>{''.join(faces)} * {{ animation: none !important }}</style>"


def asking(database: Database, text: str, offered: list[str], kind: str) -> Evening:
    """Return an evening that asks this, let in by the door."""
    content = {
        "id": "long",
        "version": 1,
        "languages": ["en"],
        "title": {"en": "Long"},
        "questions": [
            {
                "id": "asked",
                "kind": kind,
                "text": {"en": text},
                "options": [{"value": f"o{n}", "label": {"en": label}} for n, label in enumerate(offered)],
            }
        ],
    }
    questionnaire = parse_questionnaire(content, door=True)
    version = database.write(lambda connection: publish(connection, questionnaire, content))
    performance = add_nest_performance(database, version_id=version, wave=Wave.AFTER, capacity=None)
    return Evening(database, performance.id)


def wrong_with(page: Any, picture: str, size: tuple[int, int]) -> dict[str, object]:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.set_content(f"<main data-testid=stMain>{fonts()}{stylesheet('house.css')}{picture}</main>")
    page.evaluate("() => document.fonts.ready")
    measured = page.evaluate(MEASURE)
    found = {name: measured[name] for name in ("outside", "overlaps", "scrolls")}
    found["too small"] = measured["smallest"] < size[1] / 30
    found["slivers"] = min(page.evaluate(LONGEST), default=1.0) < 0.25
    return {name: value for name, value in found.items() if value}


@pytest.mark.parametrize("case", CASES)
def test_what_the_door_lets_in_fits_the_stage(sqlite_database: Database, look: Any, case: str) -> None:
    evening = asking(sqlite_database, *CASES[case])
    put(evening, view="question", question="asked", wave="after")
    waiting = seen(evening).picture
    counts = dict(zip((f"o{n}" for n in range(len(CASES[case][1]))), 3 * FEW, strict=False))
    evening.answers("asked", {option: count // 3 + 3 for option, count in counts.items()})
    evening.reveal("asked")
    result = seen(evening).picture
    assert "bars" in result
    for name, picture in (("waiting", waiting), ("result", result)):
        for size in SIZES:
            assert wrong_with(look, picture, size) == {}, (name, size)
