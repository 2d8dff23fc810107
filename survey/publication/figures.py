"""What the public may see of one question: bars already worded, a sentence to say aloud, and nothing else."""

from dataclasses import dataclass
from enum import StrEnum

from survey.model import Question, Wave


class ResultState(StrEnum):
    """Where a question stands with the room."""

    WAITING = "waiting"
    """Nothing has been revealed: the question and its options, and a reason to talk."""
    HIDDEN = "hidden"
    """The facilitator took it away again."""
    SHOWN = "shown"


class Tone(StrEnum):
    """Where an option stands on its question's scale. Position doubles every colour."""

    AGAINST_STRONGLY = "against-strongly"
    AGAINST = "against"
    BETWEEN = "between"
    FOR = "for"
    FOR_STRONGLY = "for-strongly"
    PLAIN = "plain"


@dataclass(frozen=True)
class Bar:
    """One bar, as it is printed: ``length`` is 0-100, already no finer than ``shown`` says."""

    label: str
    shown: str
    length: int
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True)
class PublicResult:
    """One question as stage and phones may show it. ``bars`` is empty unless the state is ``shown``.

    ``spoken`` is the sentence to read out, ``base_words`` says of how many the figures are, ``marks`` names what
    the figures are not (rehearsal, demonstration, imported). ``step`` is the stored checkpoint behind the figures.
    """

    question: Question
    wave: Wave
    state: ResultState
    bars: tuple[Bar, ...] = ()
    spoken: str = ""
    base_words: str = ""
    marks: tuple[str, ...] = ()
    frozen: bool = False
    step: int | None = None

    @property
    def shown(self) -> bool:
        """There are figures to show."""
        return self.state is ResultState.SHOWN
