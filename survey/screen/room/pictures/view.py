"""What every picture is made from, and what it is: a scene in two layers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from survey.information import texts
from survey.model import Performance, Question, Wave
from survey.screen.room.pictures.codes import Place
from survey.storage.database import Connection
from survey.storage.offers import find_offer
from survey.storage.performances import PerformanceUnknown, find_performance
from survey.storage.questionnaires import find_version


@dataclass(frozen=True)
class Scene:
    """One picture in two layers: what is on view, and the count that moves over it ("" for none).

    ``lengths`` and ``filled`` are where bars and count stand, for the next picture to move from.
    """

    picture: str
    count: str = ""
    lengths: Mapping[str, int] = field(default_factory=dict)
    filled: int = 0
    settled: tuple[str, str] = ("", "")

    def same_as(self, other: "Scene | None") -> bool:
        """The room would see no difference."""
        return other is not None and self.settled == other.settled


@dataclass(frozen=True)
class View:
    """What a picture is made from. ``showing`` is what is on stage, ``last`` the picture before it."""

    connection: Connection
    performance: Performance
    showing: Mapping[str, Any]
    public_url: str
    place: Place
    marks: tuple[str, ...]
    last: Scene | None
    heading: str

    @property
    def frame(self) -> dict[str, object]:
        """What every template needs: the level of its heading, where to join, and what the answers are not."""
        return {"heading": self.heading, "place": self.place, "marks": self.marks}

    @property
    def wave(self) -> Wave:
        """The wave whose answers are on stage."""
        return wave_on_stage(self.showing)

    def offered(self) -> set[str]:
        """Return the ids of the texts that phones are offered to read."""
        return texts().keys() & find_offer(self.connection, self.performance.production_id).information

    def question(self) -> Question | None:
        """Return the question on stage; None when the performance's questionnaire has no such question."""
        return question_on_stage(self.connection, self.performance, self.showing)


def question_on_stage(
    connection: Connection, performance: Performance, showing: Mapping[str, Any]
) -> Question | None:
    """Return the question on stage; None when the performance's questionnaire has no such question."""
    version = find_version(connection, performance.version_id)
    wanted = showing.get("question")
    return next((question for question in version.questions if question.id == wanted), None)


def other_audience(connection: Connection, showing: Mapping[str, Any]) -> Performance | None:
    """Return the performance that stands beside this one on stage; None when there is no such performance."""
    try:
        return find_performance(connection, str(showing.get("code") or ""))
    except PerformanceUnknown:
        return None


def wave_on_stage(showing: Mapping[str, Any]) -> Wave:
    """Return the wave whose answers are on stage: after, unless it says before."""
    return Wave.BEFORE if showing.get("wave") == Wave.BEFORE else Wave.AFTER


def still(picture: str) -> Scene:
    """Return a picture in which nothing moves."""
    return Scene(picture, settled=(picture, ""))
