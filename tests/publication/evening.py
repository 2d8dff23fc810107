"""An audience: one performance on a real database, people who answer it, a facilitator, and whoever looks."""

import dataclasses
from collections.abc import Mapping

from sqlalchemy import Connection, delete, select

from survey.model import Answer, Filled, Mode, Performance, Provenance, Question, Wave
from survey.publication import (
    PublicResult,
    checkpoint_due,
    hide_question,
    public_result,
    reveal_question,
    write_due_checkpoints,
)
from survey.storage.database import Database
from survey.storage.evidence import add_imported_response, add_source
from survey.storage.performances import change_performance, open_wave, performance_by_id
from survey.storage.questionnaires import find_version
from survey.storage.responses import delete_by_receipt, save_response
from survey.storage.rooms import show
from survey.storage.seats import new_seat, receipt
from survey.storage.tables import answer, respondent, response
from tests.databases import add_nest_performance


def an_evening(database: Database, *, wave: Wave | None = Wave.AFTER) -> "Evening":
    """Return a performance of The Nest, open after the show, its audience not counted."""
    return Evening(database, add_nest_performance(database, wave=wave, capacity=None).id)


class Evening:
    """One performance and its audience, on a real database. It can be watched by a server of its own."""

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

    def sheets(self, question: str, counts: Mapping[str, int], wave: Wave = Wave.AFTER) -> None:
        """Somebody types in so many paper sheets with each option."""

        def key_in(connection: Connection) -> None:
            keyed = add_source(connection, self.id, Provenance.KEYED, "sheets from the bar")
            for option, count in counts.items():
                for _sheet in range(count):
                    add_imported_response(
                        connection,
                        keyed,
                        performance_id=self.id,
                        mode=Mode.PAPER,
                        wave=wave,
                        version_id=self.performance.version_id,
                        language="en",
                        filled=Filled(answers=(Answer(question, (option,)),)),
                    )

        self.database.write(key_in)

    def answers(self, question: str, counts: Mapping[str, int]) -> None:
        """So many people give each option."""
        for option, count in counts.items():
            for _person in range(count):
                self.answer(question, option)

    def withdraw(self, seat: str) -> None:
        """One person takes everything back."""
        key = self.performance.seat_key
        assert key is not None
        assert self.database.write(lambda connection: delete_by_receipt(connection, receipt(key, seat)))

    def forget_one_who_said(self, question: str, option: str) -> None:
        """Somebody who gave this answer in the open wave takes everything back."""
        wave = self.performance.open_wave
        assert wave is not None
        said = (
            select(response.c.respondent_id)
            .join(answer, answer.c.response_id == response.c.id)
            .where(answer.c.question == question, answer.c.option == option, response.c.wave == wave.value)
            .limit(1)
        )
        self.database.write(
            lambda connection: connection.execute(
                delete(respondent).where(respondent.c.id == connection.scalar(said))
            )
        )

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

    def show(self, view: str, question: str = "", wave: Wave = Wave.AFTER) -> None:
        """The facilitator puts something on stage."""
        showing = {"view": view, "question": question, "wave": wave.value} if question else {"view": view}
        self.database.write(lambda connection: show(connection, self.id, showing))
