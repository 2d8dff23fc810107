"""How many responses per second are stored durably through the one door."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from survey.model import Answer, Filled, Performance, Wave
from survey.questionnaire import DATA, load_questionnaire
from survey.storage.database import Connection, open_database
from survey.storage.migrations import migrate
from survey.storage.performances import add_performance, find_performance, open_wave
from survey.storage.productions import add_production
from survey.storage.questionnaires import publish
from survey.storage.responses import save_response
from survey.storage.seats import new_seat


def writes_per_second(folder: Path, seconds: float = 3.0, writers: int = 64) -> float:
    """Return durable responses stored per second through the one door, from many threads."""
    url = f"sqlite:///{folder / 'writes.db'}"
    migrate(url)
    database = open_database(url)
    questionnaire, content = load_questionnaire(DATA / "the-nest-1.yaml")

    def set_up(connection: Connection) -> Performance:
        version_id = publish(connection, questionnaire, content)
        production = add_production(
            connection, name="Bench", responsible="The bench", contact="bench@example.org"
        )
        performance = add_performance(
            connection,
            production_id=production.id,
            version_id=version_id,
            starts_on=date(2026, 1, 1),
            venue="Here",
            youngest_age=16,
        )
        open_wave(connection, performance.id, Wave.AFTER)
        return find_performance(connection, performance.code)

    performance = database.write(set_up)
    filled = Filled(
        answers=tuple(
            Answer(question.id, question.values[:1])
            for question in questionnaire.asked_in(Wave.AFTER)
            if question.options
        )
    )
    until = time.perf_counter() + seconds

    def store_one(connection: Connection) -> None:
        save_response(
            connection,
            performance,
            seat=new_seat(),
            wave=Wave.AFTER,
            version_id=performance.version_id,
            language="en",
            filled=filled,
        )

    def write_until_the_end(_: int) -> int:
        stored = 0
        while time.perf_counter() < until:
            database.write(store_one)
            stored += 1
        return stored

    with ThreadPoolExecutor(writers) as pool:
        stored = sum(pool.map(write_until_the_end, range(writers)))
    database.close()
    return stored / seconds
