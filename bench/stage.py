"""From an act, and from a due step, to the picture on stage in a real browser: median and worst of fifty."""

import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from bench.browser import chromium, until
from bench.house import House
from bench.table import row
from survey.model import Answer, CueKind, Filled, Kind, Performance, Question, Wave
from survey.publication import reveal_question
from survey.room.acts import go_on, go_to
from survey.storage.cues import add_cue
from survey.storage.database import Connection, Database, open_database
from survey.storage.performances import find_performance
from survey.storage.questionnaires import find_version
from survey.storage.responses import save_response
from survey.storage.rooms import show
from survey.storage.seats import new_seat

TIMES = 50
STEPS = ((0, 10), (10, 25), (25, 64))
"""From how many answers to how many: first shown, then when the next steps are due."""
WATCH = """() => {
  window.seen = {};
  new MutationObserver(() => {
    for (const one of document.querySelectorAll('.scene h1, .scene .foot p')) window.seen[one.textContent.trim()] ??= Date.now();
  }).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""


def measure(house: House) -> None:
    """Print both, and what an open stage costs the server."""
    database = open_database(house.environment["HOUSELIGHTS_DATABASE_URL"], visiting=True)
    link = house.command("sign-in-link", "facilitator").split()[-1]
    with chromium() as browser:
        page = browser.new_context(viewport={"width": 1920, "height": 1080}).new_page()
        page.goto(link)
        with page.expect_navigation():
            page.get_by_role("button").first.click()
        before, began = _busy(house), time.perf_counter()
        acts = _acts(house, database, page)
        spent = (_busy(house) - before) / (time.perf_counter() - began)
        keys = _keys(house, database, page)
        steps: list[float] = []
        while len(steps) < TIMES:
            steps += _steps(house, database, page)
    database.close()
    for name, found in (("an act", acts), ("a clicker's key", keys), ("a due step", steps)):
        row(
            f"{name} to the stage, s: median / worst of {len(found)}",
            f"{statistics.median(found):.2f}",
            f"{max(found):.2f}",
        )
    row("one open stage costs, in 100 of a core", f"{100 * spent:.1f}")


def _acts(house: House, database: Database, page: Any) -> list[float]:
    """Somebody leads from elsewhere: cue after cue, at moments that have nothing to do with the stage's."""
    performance = _performance(house, database)
    cues = _prompts(database, performance)
    database.write(lambda connection: go_to(connection, performance, cues[0]))
    _open(house, performance, page, "Prompt 0")
    chance = Random(1)
    found = []
    for number in range(1, TIMES + 1):
        page.wait_for_timeout(300 + chance.random() * 1000)
        found.append(
            _until(
                page,
                f"Prompt {number}",
                lambda: database.write(lambda write: go_on(write, performance)),
            )
        )
    return found


def _keys(house: House, database: Database, page: Any) -> list[float]:
    """A clicker in the stage's own window."""
    performance = _performance(house, database)
    cues = _prompts(database, performance)
    database.write(lambda connection: go_to(connection, performance, cues[0]))
    _open(house, performance, page, "Prompt 0")
    chance = Random(2)
    found = []
    for number in range(1, TIMES + 1):
        page.wait_for_timeout(300 + chance.random() * 1000)
        found.append(_until(page, f"Prompt {number}", lambda: page.keyboard.press("PageDown"), at_begin=True))
    return found


def _steps(house: House, database: Database, page: Any) -> list[float]:
    """A large room whose results move: question after question, from each step to the next."""
    performance = _performance(house, database)
    with database.reading() as connection:
        asked = find_version(connection, performance.version_id).questions
    followed = [one for one in asked if one.kind in (Kind.SCALE, Kind.ONE) and not one.sensitive]
    found = []
    (_none, shown), *following = STEPS
    for place, question in enumerate(followed):
        _write_answers(database, performance, question, 0, shown)
        database.write(partial(_reveal, performance=performance, question=question))
        if place == 0:
            _open(house, performance, page, f"of the {shown}")
        asked_now = "words => document.querySelector('.scene h1')?.textContent.includes(words)"
        until(page, asked_now, str(question.text)[:40])
        for first, last in following:
            page.wait_for_timeout(1000 + 37 * place)
            answer = partial(_write_answers, database, performance, question, first, last)
            found.append(_until(page, f"of the {last}", answer))
    return found


def _reveal(connection: Connection, performance: Performance, question: Question) -> None:
    reveal_question(connection, performance, question, Wave.AFTER)
    showing = {"view": "question", "question": question.id, "wave": Wave.AFTER.value}
    show(connection, performance.id, showing)


def _write_answers(
    database: Database, performance: Performance, question: Question, first: int, last: int
) -> None:
    database.write(lambda connection: _answers(connection, performance, question, first, last))


def _answers(
    connection: Connection, performance: Performance, question: Question, first: int, last: int
) -> None:
    for person in range(first, last):
        value = question.values[person % len(question.values)]
        save_response(
            connection,
            performance,
            seat=new_seat(),
            wave=Wave.AFTER,
            version_id=performance.version_id,
            language="en",
            filled=Filled(answers=(Answer(question.id, (value,)),)),
        )


def _until(page: Any, words: str, act: Callable[[], object], *, at_begin: bool = False) -> float:
    """Return the seconds from an act (its commit; or its beginning) until words stand on the stage."""
    page.evaluate("() => { window.seen = {}; }")
    began = time.time()
    act()
    done = began if at_begin else time.time()
    seen = until(
        page, "words => Object.entries(window.seen).find(([said]) => said.includes(words))?.[1]", words
    )
    return max(0.0, float(seen) / 1000 - done)


def _open(house: House, performance: Performance, page: Any, words: str) -> None:
    page.goto(f"{house.address}/stage?embed=true&embed_options=dark_theme&performance={performance.code}")
    page.get_by_text(words).first.wait_for(timeout=60_000)
    page.evaluate(WATCH)


def _performance(house: House, database: Database) -> Performance:
    code = house.performance()
    with database.reading() as connection:
        return find_performance(connection, code)


def _prompts(database: Database, performance: Performance) -> list[str]:
    return [
        database.write(
            lambda connection: add_cue(
                connection, performance.id, CueKind.PROMPT, about={"text": f"Prompt {number}"}
            )
        ).id
        for number in range(TIMES + 1)
    ]


def _busy(house: House) -> float:
    """Return the seconds of a core the server has used; 0 where the system does not tell."""
    status = Path(f"/proc/{house.process}/stat")
    if not status.exists():
        return 0.0
    parts = status.read_text().rsplit(")", 1)[1].split()
    return (int(parts[11]) + int(parts[12])) / 100
