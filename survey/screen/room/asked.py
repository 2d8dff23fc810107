"""What the desk knows of a performance: read in one moment, the same for every desk that is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from survey.analysis.suppression import live
from survey.model import ContributionStanding, Cue, Performance, Provenance, Standing, Wave
from survey.publication import PublicResult
from survey.room.acts import stands_hidden
from survey.room.benchmarks import why_not_shown
from survey.room.lines import cue_line, known_to
from survey.room.now import Now, now
from survey.room.status import stage_status
from survey.room.words import Words, showing_words
from survey.screen.room.hints import hints_of
from survey.screen.room.listed import Asked, AskedLive, Current, asked_live, current_of, listed, public_of
from survey.screen.room.scene import Scene, scene
from survey.screen.room.turnout import turnout
from survey.storage.contributions import Order, Supported, board, contributions
from survey.storage.database import Connection
from survey.storage.performances import find_performance, missing_to_open
from survey.storage.polls import polls as stored_polls
from survey.storage.questionnaires import find_version
from survey.storage.responses import held_count, response_counts


@dataclass(frozen=True)
class Desk:
    """Everything a desk shows. ``result`` is what the room sees of the question or poll on stage, if one is.

    ``held`` responses are more than there are seats: they count nowhere until somebody accepts them. Of what waits for a
    moderator the desk knows the number and never the words.
    """

    performance: Performance
    waves: tuple[Wave, ...]
    now: Now
    lines: Mapping[str, Words]
    scene: Scene
    asked: tuple[Asked, ...]
    polls: tuple[AskedLive, ...]
    current: Current | None
    result: PublicResult | None
    board: tuple[Supported, ...]
    waiting: int
    turnout: str
    hints: tuple[str, ...]
    rehearsed: int
    held: int
    missing: tuple[str, ...]
    next_reveals: bool
    """Next first shows the result that stands hidden."""
    status: str
    """What is on stage and what the room sees of it, to be heard."""

    @property
    def live(self) -> bool:
        """Results move by themselves here."""
        return live(self.performance.expected)

    @property
    def finished(self) -> bool:
        """Nothing opens here any more."""
        return self.performance.standing is Standing.FINISHED

    @property
    def back(self) -> Cue | None:
        """The cue that Back puts on: the one before; after something out of the run, the cue itself again."""
        return self.now.previous if self.now.on_cue or self.now.cue is None else self.now.cue

    @property
    def showing(self) -> dict[str, Any]:
        """What is on stage, or waits behind the black."""
        return {name: value for name, value in self.now.room.showing.items() if name != "dark"}


def desk_of(
    connection: Connection,
    code: str,
    wave: Wave,
    public_url: str,
    last: Scene | None,
    order: Order = Order.SUPPORT,
) -> Desk:
    """Return what the desk shows of a performance, its list of questions for one wave. Raises PerformanceUnknown."""
    performance = find_performance(connection, code)
    version = find_version(connection, performance.version_id)
    there = now(connection, performance)
    known = known_to(connection, performance)
    current = current_of(connection, performance, there)
    result = public_of(connection, performance, current) if current else None
    waiting = len(contributions(connection, performance.id, ContributionStanding.WAITING))
    polls = asked_live(connection, performance, there)
    return Desk(
        performance=performance,
        waves=tuple(each for each in Wave if version.asked_in(each)),
        now=there,
        lines={cue.id: cue_line(cue, known) for cue in there.run},
        scene=scene(connection, performance, public_url, last=last, heading="h2"),
        asked=listed(connection, performance, version.asked_in(wave), wave, there.room.showing),
        polls=polls,
        current=current,
        result=result,
        board=tuple(board(connection, performance.id, order)),
        waiting=waiting,
        turnout=turnout(connection, performance),
        hints=hints_of(
            there,
            current,
            result,
            waiting,
            datetime.now(UTC),
            why_not_shown(connection, performance, there),
        ),
        rehearsed=sum(
            part.count
            for part in response_counts(connection, [performance.id])
            if part.provenance is Provenance.REHEARSAL
        ),
        held=held_count(connection, performance.id),
        missing=tuple(missing_to_open(performance)),
        next_reveals=stands_hidden(connection, performance, there),
        status=stage_status(
            connection,
            performance,
            there,
            showing_words(there.room.showing, version, stored_polls(connection, performance.id)),
        ),
    )


def sheets(count: int) -> str:
    """Return how many answer sheets, in words."""
    return f"{count} answer {'sheet' if count == 1 else 'sheets'}"
