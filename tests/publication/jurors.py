"""A citizens' jury of 18 on a real database: their phones, the cards in their hands, the facilitator's acts."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection
from starlette.testclient import TestClient

from survey.model import EventKind, Performance, Question, Wave
from survey.publication import reveal_question
from survey.questionnaire import DATA, load_questionnaire
from survey.screen.office.acts import close, open_for_real
from survey.storage.database import Database
from survey.storage.performances import add_performance, performance_by_id
from survey.storage.productions import add_production
from survey.storage.questionnaires import find_version, publish
from survey.storage.seats import card_pairs
from tests.phone.pages import Phone

SEPSIS, RESEARCH, RECORDS = "sepsis_ai", "research_use", "records_choice"
JURORS = 18
T = TypeVar("T")
START = ["support"] * 4 + ["not_sure"] * 6 + ["do_not_support"] * 7 + ["rather_not"]
END = ["support"] * 15 + ["not_sure"] + ["do_not_support"] + ["rather_not"]
CHOSEN = ["opt_out"] * 13 + ["opt_in"] * 3 + ["all_available"] * 2


def overnight() -> None:
    """Nobody does anything."""


class Jury:
    """A jury, its phones and its facilitator. Each juror has a card with two words, and takes another phone at the end."""

    def __init__(self, database: Database, client: TestClient, *, kind: EventKind = EventKind.JURY) -> None:
        self.database = database
        self.client = client
        loaded = load_questionnaire(DATA / "citizens-jury-1.yaml")

        def add(connection: Connection) -> str:
            version = publish(connection, *loaded)
            work = add_production(connection, name="Health data: a citizens’ jury")
            return add_performance(
                connection,
                production_id=work.id,
                version_id=version,
                kind=kind,
                starts_on=date(2026, 11, 2),
                venue="Town Hall",
                capacity=JURORS,
                responsible="Example Health Centre",
                contact="jury@example.org",
                youngest_age=18,
                keep_until=date(2099, 3, 20),
            ).id

        self.id = database.write(add)

    @property
    def performance(self) -> Performance:
        """The jury as it is stored now."""
        with self.database.reading() as connection:
            return performance_by_id(connection, self.id)

    def question(self, id: str) -> Question:
        """One question of the jury's questionnaire."""
        with self.database.reading() as connection:
            return find_version(connection, self.performance.version_id).question(id)

    def open(self, wave: Wave) -> None:
        """Open the start or the end, as the office does."""
        self.database.write(lambda connection: open_for_real(connection, self.id, wave, wipe=True))

    def close(self) -> None:
        """Close what is open, as the office does."""
        self.database.write(lambda connection: close(connection, self.id))

    def vote(self, sepsis: Sequence[str], research: Sequence[str], records: Sequence[str] = CHOSEN) -> None:
        """Every juror votes, on a phone of their own that was not there before, with the words on their card."""
        key = self.performance.seat_key
        assert key is not None
        cards = card_pairs(key, JURORS)
        for juror, (one, two, three) in enumerate(zip(sepsis, research, records, strict=True)):
            given = {SEPSIS: one, RESEARCH: two, RECORDS: three, "_words": cards[juror].shown("en")}
            Phone(self.client, self.performance.code).answer(given)

    def reveal(self, id: str, wave: Wave = Wave.AFTER) -> int:
        """The facilitator presses Reveal."""
        asked = self.question(id)
        return self.database.write(
            lambda connection: reveal_question(connection, self.performance, asked, wave)
        )

    def seen(self, look: Callable[..., T], *what: object) -> T:
        """Look at the jury in one moment."""
        with self.database.reading() as connection:
            return look(connection, self.performance, *what)


def whole_jury(jury: Jury) -> Jury:
    """Let a jury vote at the start and at the end, and close both."""
    jury.open(Wave.BEFORE)
    jury.vote(START, START)
    jury.close()
    jury.open(Wave.AFTER)
    jury.vote(END, ["support"] * JURORS)
    jury.close()
    return jury
