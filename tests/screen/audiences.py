"""Two invented audiences of The Nest for the evidence pages: 2015 and 2017, with questions that differ."""

import copy
import random
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from survey.model import Answer, Comment, Filled, Mode, Performance, Provenance, Question, Standing, Wave
from survey.questionnaire import DATA, load_questionnaire, parse_questionnaire
from survey.storage.database import Database
from survey.storage.evidence import add_imported_response, add_source, add_tally
from survey.storage.performances import add_performance
from survey.storage.productions import add_production
from survey.storage.questionnaires import find_version, publish

SCALES = {"research_nhs": 0.9, "research_university": 0.6, "research_company": -0.7, "targeted_ads": -0.3}


@dataclass(frozen=True)
class Audiences:
    """The performances of 2015 and 2017, and a small one whose answers nobody may see."""

    older: Performance
    newer: Performance
    small: Performance


def two_audiences(database: Database, *, older: int = 86, newer: int = 142, linked: int = 100) -> Audiences:
    """Store two audiences and a small third; every answer says it is a demonstration."""
    return database.write(lambda connection: _both(connection, older, newer, linked))


def _both(connection: Connection, older: int, newer: int, linked: int) -> Audiences:
    nest, content = load_questionnaire(DATA / "the-nest-1.yaml")
    now = publish(connection, nest, content)
    then = publish(connection, *_older(content))
    work = add_production(
        connection, name="The Nest", responsible="Example Theatre Company", contact="data@example.org"
    )

    def place(version: str, day: date, venue: str, attendance: int | None, **more: Any) -> Performance:
        return add_performance(
            connection,
            production_id=work.id,
            version_id=version,
            starts_on=day,
            venue=venue,
            attendance=attendance,
            standing=Standing.FINISHED,
            **more,
        )

    first = place(then, date(2015, 10, 24), "Science Festival", older + 34)
    second = place(now, date(2017, 4, 25), "Contact, Manchester", newer + 98, attendance_about=True)
    small = place(now, date(2017, 4, 26), "Contact, Manchester", None)
    _answer(connection, first, older, 0, seed=2015, shift=0.16)
    _answer(connection, second, newer, linked, seed=2017, shift=0.0)
    _answer(connection, small, 7, 0, seed=7, shift=0.0)
    cards = add_source(connection, second.id, Provenance.COUNTED, "Counted by row from the balcony.")
    counts = {"not_acceptable": 31, "depends": 0, "acceptable": 60}
    add_tally(
        connection, cards, wave=Wave.BEFORE, mode=Mode.CARD, question="home_system", counts=counts, base=91
    )
    return Audiences(first, second, small)


def _older(content: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """Return the questionnaire of 2015: one question reworded, one with other answers, one asked only then."""
    then = copy.deepcopy(content)
    then["id"] = "the-nest-2015"
    kept = []
    for entry in then["questions"]:
        if entry.get("id") == "home_system":
            entry["text"] = {"en": "Would you want a home system that watches you and learns your routine?"}
        if entry.get("id") == "targeted_ads":
            entry["options"] = [one for one in entry["options"] if one["value"] not in entry["neutral"]]
            entry.pop("neutral")
        kept.append(entry)
    once = copy.deepcopy(next(entry for entry in kept if entry.get("id") == "heard_of_optout"))
    once["id"], once["text"] = "read_terms", {"en": "Do you read the terms and conditions?"}
    once["short"] = {"en": "Reading the terms"}
    once.pop("benchmark", None)
    then["questions"] = [*kept, once]
    return parse_questionnaire(then, source="2015"), then


def _answer(
    connection: Connection, performance: Performance, people: int, linked: int, *, seed: int, shift: float
) -> None:
    chance = random.Random(seed)
    questionnaire = find_version(connection, performance.version_id)
    origin = add_source(connection, performance.id, Provenance.DEMONSTRATION, "Invented.")

    def store(wave: Wave, mode: Mode, leaning: float, who: str | None = None, word: str | None = None) -> str:
        answers = [
            _given(question, chance, leaning) for question in questionnaire.asked_in(wave) if question.options
        ]
        comments = (Comment("differently", word, True),) if word and wave is Wave.AFTER else ()
        return add_imported_response(
            connection,
            origin,
            performance_id=performance.id,
            mode=mode,
            wave=wave,
            version_id=performance.version_id,
            language="en",
            filled=Filled(answers=tuple(answers), comments=comments),
            respondent_id=who,
        )

    for number in range(people):
        leaning = chance.gauss(shift, 0.5)
        mode = Mode.PAPER if number % 6 == 5 else Mode.PHONE
        who = store(Wave.BEFORE, mode, leaning) if number < linked else None
        word = f"I had not thought about my watch before. ({number})" if number % 12 == 0 else None
        store(Wave.AFTER, mode, leaning + chance.gauss(0.05, 0.12), who, word)
    for _ in range(linked // 5):
        store(Wave.BEFORE, Mode.PHONE, chance.gauss(shift, 0.5))


def _given(question: Question, chance: random.Random, leaning: float) -> Answer:
    size = len(question.values)
    if question.kind.value == "many":
        plain = [option.value for option in question.options if not option.exclusive]
        chosen = [value for place, value in enumerate(plain) if chance.random() < 0.7 - 0.08 * place]
        return Answer(question.id, tuple(chosen[: question.at_most or size]) or (question.options[-1].value,))
    lean = SCALES.get(question.id, 0.1) + leaning + chance.gauss(0, 0.15)
    place = round((size - 1) * min(max((lean + 1.2) / 2.6, 0), 1))
    return Answer(question.id, (question.values[place],))
