"""Evenings as histories: people, a facilitator and trouble act in any order, and what was promised holds after each act.

Hypothesis invents the histories and, when one breaks a promise, finds the shortest that does. ``pytest --histories 10000``
walks many more of them, different ones each time.
"""

import contextlib
import shutil
from collections import Counter
from collections.abc import Callable
from itertools import count, pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from survey.analysis.figures import suppressed
from survey.analysis.suppression.steps import STEP
from survey.model import Comment, Mode, PollStanding, Wave
from survey.publication import NotYet
from survey.questionnaire.poll import poll_content
from survey.screen.office.acts import close, finish, open_for_real
from survey.storage.checkpoints import Checkpoint, checkpoints
from survey.storage.database import Database, open_database
from survey.storage.exports import answer_rows, comment_rows
from survey.storage.performances import PerformanceFinished
from survey.storage.polls import PollClosed, add_poll, vote, votes
from survey.storage.responses import WaveClosed, delete_by_receipt
from survey.storage.seats import new_seat
from tests.databases import PostgreSQL
from tests.publication.evening import Evening, an_evening
from tests.storage.phones import code_of, filled, send
from tests.storage.test_receipts import bytes_on_disk, wait_until

ASKED = "home_system"
OPTION = st.sampled_from(("not_acceptable", "depends", "acceptable"))
ANYBODY = st.integers(0, 999)
"""Who acts: this number, counted round among those who are there."""


class History(RuleBasedStateMachine):
    """One evening and what everybody was told: ``told`` holds each seat's answer and words in each wave."""

    def __init__(self, url: str, folder: Path | None, at_the_end: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self.at_the_end = at_the_end
        self.url = url
        self.folder = folder  # of the database's files; None where they are not ours to read
        self.database: Database = open_database(url)
        self.evening: Evening = an_evening(self.database, wave=Wave.BEFORE)
        self.first = self.evening.performance
        self.told: dict[str, dict[Wave, tuple[str, str]]] = {}
        self.paper: Counter[tuple[Wave, str]] = Counter()
        self.chosen: dict[str, str] = {}
        self.gone: list[str] = []
        self.seen: dict[Wave, list[Checkpoint]] = {wave: [] for wave in Wave}
        self.written = 0
        content = poll_content("Should it be the law?", ["Yes", "No"])
        self.poll = self.database.write(
            lambda connection: add_poll(connection, self.first.id, content, standing=PollStanding.OPEN)
        )

    @property
    def open(self) -> Wave | None:
        """The wave that is open."""
        return self.evening.performance.open_wave

    @property
    def running(self) -> bool:
        """Whether the performance is not finished yet."""
        return self.evening.performance.seat_key is not None

    def anybody(self, number: int) -> str:
        """The seat of one of those who sent something."""
        return list(self.told)[number % len(self.told)]

    def send(self, seat: str, option: str, words: str = "") -> None:
        """A phone sends; once it is thanked, that is what it was told."""
        wave = self.open
        assert wave is not None
        if not words:
            self.written += 1
            words = f"words number {self.written:05} of this history"
        send(
            self.database,
            self.evening.performance,
            seat,
            filled(Comment("differently", words), home_system=option),
        )
        before = self.told.setdefault(seat, {}).get(wave)
        if before and before[1] != words:
            self.gone.append(before[1])
        self.told[seat][wave] = (option, words)

    @initialize(
        options=st.sampled_from((0, 0, 25)).flatmap(lambda n: st.lists(OPTION, min_size=n, max_size=n))
    )
    def so_many_are_there_already(self, options: list[str]) -> None:
        for option in options:
            self.send(new_seat(), option)

    @precondition(lambda self: self.open)
    @rule(options=st.lists(OPTION, min_size=1, max_size=12))
    def people_arrive_and_answer(self, options: list[str]) -> None:
        for option in options:
            self.send(new_seat(), option)

    @precondition(lambda self: self.open and self.told)
    @rule(who=ANYBODY, option=OPTION)
    def somebody_answers_the_open_questions_or_changes_the_answer(self, who: int, option: str) -> None:
        self.send(self.anybody(who), option)

    @precondition(lambda self: self.open and self.told)
    @rule(who=ANYBODY)
    def a_phone_that_heard_nothing_tries_again(self, who: int) -> None:
        seat = self.anybody(who)
        if self.open in self.told[seat]:
            self.send(seat, *self.told[seat][self.open])

    @rule(option=OPTION)
    def somebody_is_too_late_and_is_told_so(self, option: str) -> None:
        for wave in set(Wave) - {self.open}:
            with pytest.raises((WaveClosed, PerformanceFinished)):
                send(self.database, self.first, new_seat(), filled(home_system=option), wave=wave)

    @precondition(lambda self: self.told)
    @rule(who=ANYBODY)
    def somebody_takes_everything_back(self, who: int) -> None:
        seat = self.anybody(who)
        code = code_of(self.first, seat)
        assert self.database.write(lambda connection: delete_by_receipt(connection, code))
        self.gone += [words for _option, words in self.told.pop(seat).values()]

    @precondition(lambda self: self.running)
    @rule(options=st.lists(OPTION, min_size=1, max_size=6), wave=st.sampled_from(Wave))
    def sheets_are_typed_in(self, options: list[str], wave: Wave) -> None:
        self.evening.sheets(ASKED, Counter(options), wave)
        self.paper.update((wave, option) for option in options)

    @rule(wave=st.sampled_from(Wave))
    def the_result_is_revealed(self, wave: Wave) -> None:
        with contextlib.suppress(NotYet):
            self.evening.reveal(ASKED, wave)

    @rule(wave=st.sampled_from(Wave))
    def the_result_is_hidden(self, wave: Wave) -> None:
        self.evening.hide(ASKED, wave)

    @rule(wave=st.sampled_from(Wave))
    def the_room_looks(self, wave: Wave) -> None:
        self.evening.look(ASKED, wave)

    @rule(who=ANYBODY, option=st.sampled_from(("option_1", "option_2")))
    def somebody_votes_or_votes_again(self, who: int, option: str) -> None:
        seat = f"seat {who % 7}"
        performance = self.evening.performance
        try:
            self.database.write(
                lambda connection: vote(connection, performance, self.poll.id, seat=seat, options=[option])
            )
        except PollClosed:
            assert not self.running
        else:
            self.chosen[seat] = option

    @precondition(lambda self: self.open)
    @rule()
    def the_questions_close(self) -> None:
        self.database.write(lambda connection: close(connection, self.first.id))

    @precondition(lambda self: self.running and not self.open)
    @rule(wave=st.sampled_from(Wave))
    def questions_open(self, wave: Wave) -> None:
        self.database.write(lambda connection: open_for_real(connection, self.first.id, wave, wipe=False))

    @precondition(lambda self: self.running and not self.open and len(self.told) > 20)
    @rule()
    def the_performance_is_finished(self) -> None:
        self.database.write(lambda connection: finish(connection, self.first.id))

    @rule()
    def the_server_is_restarted(self) -> None:
        self.database.close()
        self._open(self.url)

    @precondition(lambda self: self.folder)
    @rule()
    def the_power_is_cut(self) -> None:
        """What the files hold at this moment is all that is left."""
        assert self.folder
        left = self.folder.with_name(f"{self.folder.name}x")
        shutil.copytree(self.folder, left)
        self.database.close()
        shutil.rmtree(self.folder)
        self.folder = left
        self._open(f"sqlite:///{left / 'houselights.db'}")

    def _open(self, url: str) -> None:
        self.url = url
        self.database = self.evening.database = open_database(url)

    @invariant()
    def what_was_acknowledged_is_stored_once_and_nothing_else(self) -> None:
        with self.database.reading() as connection:
            rows = answer_rows(connection, self.first.id)
            words = comment_rows(connection, self.first.id)
        phones = [(row.wave, row.option) for row in rows if row.mode is Mode.PHONE]
        told = [(wave, given) for waves in self.told.values() for wave, given in waves.items()]
        assert Counter(phones) == Counter((wave, option) for wave, (option, _words) in told)
        assert Counter((row.wave, row.option) for row in rows if row.mode is Mode.PAPER) == self.paper
        assert len({(row.pair, row.wave) for row in rows}) == len(rows)
        assert len({row.pair for row in rows}) == len(self.told) + self.paper.total()
        assert Counter((row.wave, row.text) for row in words) == Counter(
            (wave, said) for wave, (_option, said) in told
        )

    @invariant()
    def a_phone_counts_once_in_a_poll(self) -> None:
        with self.database.reading() as connection:
            found = votes(connection, self.poll.id)
        assert (found.base, found.counts) == (len(self.chosen), Counter(self.chosen.values()))

    @invariant()
    def what_the_room_was_shown_never_moves_and_never_falls(self) -> None:
        for wave, before in self.seen.items():
            with self.database.reading() as connection:
                steps = checkpoints(connection, self.first.id, wave, ASKED)
            assert steps[: len(before)] == before
            assert not any(suppressed(step.base) for step in steps)
            for old, new in pairwise(steps):
                assert new.base - old.base >= STEP
                assert all(new.counts[option] >= count for option, count in old.counts.items())
            self.seen[wave] = steps

    def teardown(self) -> None:
        """Nothing that was taken back or replaced is left in any file."""
        if self.folder:
            folder = self.folder
            wait_until(lambda: not any(words.encode() in bytes_on_disk(folder) for words in self.gone))
        self.database.close()
        if self.folder:
            shutil.rmtree(self.folder)
        self.at_the_end()


def walk(start: Callable[[], History], histories: int, *, part: int, anew: bool) -> None:
    """Walk so many histories of 10 acts each; each ``part`` its own, and the same ones each time unless ``anew``."""
    kept = settings(
        max_examples=histories,
        stateful_step_count=10,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    chosen = start if anew else seed(part)(start)
    run_state_machine_as_test(chosen, settings=kept)  # type: ignore[arg-type] # any maker will do


@pytest.mark.sqlite
@pytest.mark.parametrize("part", range(1, 5))
def test_every_history_of_an_evening_keeps_what_was_promised(
    part: int, sqlite_template: Path, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    asked = pytestconfig.getoption("histories")
    number = count(1)

    def start() -> History:
        folder = tmp_path / f"history-{next(number)}"
        folder.mkdir()
        shutil.copy(sqlite_template, folder / "houselights.db")
        return History(f"sqlite:///{folder / 'houselights.db'}", folder)

    walk(start, (asked or 280) // 4, part=part, anew=bool(asked))


def test_every_history_on_postgresql_keeps_what_was_promised(
    postgresql_server: PostgreSQL, pytestconfig: pytest.Config
) -> None:
    asked = pytestconfig.getoption("histories")

    def start() -> History:
        database = contextlib.ExitStack()
        return History(database.enter_context(postgresql_server.migrated()), None, database.close)

    walk(start, (asked or 240) // 12, part=5, anew=bool(asked))
