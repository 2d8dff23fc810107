"""Change over many performances: the work grows with what is shown, not with its square."""

import dataclasses
import sys
from datetime import date, timedelta
from types import FrameType

import pytest

from survey.model import Counts, Mode, Pairs, Performance, Provenance, ResponseCount, Standing, Wave
from survey.questionnaire import DATA, load_questionnaire
from survey.screen.evidence.change import change_sheet
from survey.screen.evidence.reading import Evidence, Linked
from survey.storage.database import Database
from tests.databases import add_nest_performance

NEST = load_questionnaire(DATA / "the-nest-1.yaml")[0]
BOTH = [question for question in NEST.questions if question.asked >= set(Wave)]


def many_nights(one: Performance, nights: int) -> Linked:
    """So many performances: of each 40 linked people on every question asked twice, some modes and provenances."""
    there = tuple(
        dataclasses.replace(
            one, id=f"p{night}", code=f"code{night}", starts_on=date(2015, 1, 1) + timedelta(days=night)
        )
        for night in range(nights)
    )
    pairs, counts = [], []
    for performance in there:
        for question in BOTH:
            yes: tuple[str, ...] = (question.agree[0],)
            no: tuple[str, ...] = (question.disagree[0],)
            cells = {(yes, yes): 10, (no, yes): 10, (yes, no): 10, (no, no): 10}
            pairs.append(
                Pairs(performance.id, one.version_id, question.id, Provenance.IMPORTED, False, cells)
            )
            counts += [
                Counts(performance.id, one.version_id, question.id, wave, mode, Provenance.IMPORTED, False, 30,
                       {yes[0]: 15, no[0]: 15})
                for wave in Wave
                for mode in (Mode.PHONE, Mode.PAPER)
            ]  # fmt: skip
    responses = tuple(
        ResponseCount(performance.id, wave, Mode.PHONE, Provenance.IMPORTED, 60)
        for performance in there
        for wave in Wave
    )
    before, after = (
        Evidence(
            there,
            wave,
            {one.version_id: NEST},
            tuple(part for part in counts if part.wave is wave),
            responses,
        )
        for wave in Wave
    )
    return Linked(before, after, tuple(pairs), dict.fromkeys(Wave, 20 * nights))


def calls(linked: Linked) -> int:
    """Return how many functions are called to make the sheet: a count, the same on every machine."""
    made = 0

    def counting(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal made
        made += event == "call"

    change_sheet(linked)  # what is made once is made
    before = sys.getprofile()
    sys.setprofile(counting)
    try:
        change_sheet(linked)
    finally:
        sys.setprofile(before)
    return made


@pytest.fixture
def one(sqlite_database: Database) -> Performance:
    return add_nest_performance(sqlite_database, wave=None, standing=Standing.FINISHED)


def test_four_times_the_performances_are_about_four_times_the_work(one: Performance) -> None:
    few, many = (calls(many_nights(one, nights)) for nights in (20, 80))
    assert many < 4.5 * few


def test_every_linked_person_of_every_performance_is_on_the_sheet(one: Performance) -> None:
    sheet = change_sheet(many_nights(one, 20))
    assert len(sheet.blocks) == len(BOTH)
    assert all("Of the 800 people we could match" in block.sentences[0] for block in sheet.blocks)
