"""An audience for publication: one performance on a real SQLite file, and people who answer it."""

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from survey.language import speaking
from survey.model import Answer, Filled, Performance, Question, Wave
from survey.publication import (
    PublicResult,
    checkpoint_due,
    hide_question,
    public_result,
    reveal_question,
    write_due_checkpoints,
)
from survey.questionnaire import DATA, load_questionnaire
from survey.storage.database import Database
from survey.storage.migrations import migrate
from survey.storage.performances import (
    add_performance,
    change_performance,
    open_wave,
    performance_by_id,
)
from survey.storage.productions import add_production
from survey.storage.questionnaires import find_version, publish
from survey.storage.responses import save_response
from survey.storage.seats import new_seat


class Evening:
    """One performance and its audience, on a real database."""

    def __init__(self, database: Database, performance_id: str) -> None:
        self.database = database
        self.id = performance_id

    @property
    def performance(self) -> Performance:
        """The performance as it is stored now."""
        with self.database.reading() as connection:
            return performance_by_id(connection, self.id)

    def question(self, id: str) -> Question:
        """One question of the performance's questionnaire."""
        with self.database.reading() as connection:
            return find_version(connection, self.performance.version_id).question(id)

    def expect(self, attendance: int | None) -> None:
        """Write down how many are there."""
        changed = dataclasses.replace(self.performance, attendance=attendance)
        self.database.write(lambda connection: change_performance(connection, changed))

    def open(self, wave: Wave = Wave.AFTER) -> None:
        """Open a wave for the audience."""
        self.database.write(lambda connection: open_wave(connection, self.id, wave))

    def answer(self, question: str, *options: str, seat: str | None = None) -> str:
        """One person answers one question; return their seat."""
        seat = seat or new_seat()
        performance = self.performance
        assert performance.open_wave is not None
        wave = performance.open_wave
        self.database.write(
            lambda connection: save_response(
                connection,
                performance,
                seat=seat,
                wave=wave,
                version_id=performance.version_id,
                language="en",
                filled=Filled(answers=(Answer(question, options),)),
            )
        )
        return seat

    def answers(self, question: str, counts: Mapping[str, int]) -> None:
        """So many people give each option."""
        for option, count in counts.items():
            for _person in range(count):
                self.answer(question, option)

    def reveal(self, question: str, wave: Wave = Wave.AFTER) -> int:
        """The facilitator reveals a question."""
        asked = self.question(question)
        return self.database.write(
            lambda connection: reveal_question(connection, self.performance, asked, wave)
        )

    def hide(self, question: str, wave: Wave = Wave.AFTER) -> None:
        """The facilitator hides a question."""
        asked = self.question(question)
        self.database.write(lambda connection: hide_question(connection, self.performance, asked, wave))

    def look(self, question: str, wave: Wave = Wave.AFTER) -> PublicResult:
        """The stage looks: due steps are written, then the room sees the result."""
        with self.database.reading() as connection:
            due = checkpoint_due(connection, self.performance)
        if due:
            performance = self.performance
            self.database.write(lambda connection: write_due_checkpoints(connection, performance))
        with self.database.reading() as connection:
            return public_result(connection, self.performance, self.question(question), wave)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty database of the newest form."""
    url = f"sqlite:///{tmp_path / 'evening.db'}"
    migrate(url)
    opened = Database(url)
    yield opened
    opened.close()


@pytest.fixture
def evening(database: Database) -> Evening:
    """The Nest's performance, open after the show, its audience not counted."""
    questionnaire, content = load_questionnaire(DATA / "the-nest-1.yaml")
    performance = database.write(
        lambda connection: add_performance(
            connection,
            production_id=add_production(
                connection, name="The Nest", responsible="A theatre", contact="desk@theatre.example"
            ).id,
            version_id=publish(connection, questionnaire, content),
            starts_on=date.today(),
            venue="The Studio",
            youngest_age=14,
        )
    )
    made = Evening(database, performance.id)
    made.open()
    return made


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with speaking("en"):
        yield
