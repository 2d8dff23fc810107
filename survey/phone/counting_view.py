"""What people who count cards and hands see: what can be counted, what has been, and where two counts differ."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from survey.model import Mode, Performance, Question, Standing, Wave
from survey.publication.wording import label_of
from survey.questionnaire.cards import Card, cards
from survey.storage.database import Connection
from survey.storage.hand_counts import HELPERS, Block, Raised, blocks, counted_questions, total
from survey.storage.polls import polls
from survey.storage.questionnaires import find_version
from survey.storage.rooms import room

RAISED = (Mode.CARD, Mode.HANDS)
HOW: Mapping[Mode, str] = {Mode.CARD: "coloured cards", Mode.HANDS: "raised hands"}


@dataclass(frozen=True)
class Countable:
    """A question the room can answer in public. ``counted`` is how many cards or hands are settled so far."""

    question: Question
    wave: Wave
    modes: tuple[Mode, ...]
    counted: int
    on_stage: bool

    def address(self, code: str) -> str:
        """Return where it is counted: by cards where it has them."""
        return address(code, self.question, self.wave, self.modes[0])


@dataclass(frozen=True)
class Answer:
    """One answer as a helper counts it: the field it is typed into, its colour ("" for hands) and its words."""

    card: Card
    label: str

    @property
    def field(self) -> str:
        """The name of its field."""
        return f"n.{self.card.value}"

    @property
    def name(self) -> str:
        """What to call it in a sentence: its colour, else its words."""
        return self.card.colour or f"“{self.label}”"


@dataclass(frozen=True)
class Typed:
    """The counting form as it was filled in, and what to do about it, by field."""

    helper: str = ""
    block: str = ""
    counts: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Counting:
    """One question being counted. ``mine`` is the block this helper has just counted or looks at again."""

    performance: Performance
    question: Question
    raised: Raised
    answers: tuple[Answer, ...]
    blocks: tuple[Block, ...]
    other: Mode | None
    """The other way it could be counted."""
    mine: Block | None = None
    helper: str = ""

    @property
    def rehearsing(self) -> bool:
        """What is counted now is no evidence: it goes when the questions are opened."""
        return self.performance.standing is Standing.REHEARSAL

    @property
    def partner(self) -> str:
        """The other helper."""
        return next(helper for helper in HELPERS if helper != self.helper)

    @property
    def so_far(self) -> str:
        """The settled blocks added up, in words; nothing while none is settled."""
        added = total(self.blocks)
        return f"{self.said(added)} ({sum(added.values())} together)" if added else ""

    @property
    def waiting(self) -> tuple[Block, ...]:
        """The blocks that are not settled."""
        return tuple(block for block in self.blocks if block.settled is None)

    def said(self, counts: Mapping[str, int]) -> str:
        """Return a count in words: "3 red, 0 yellow, 4 blue"."""
        return ", ".join(f"{counts.get(one.card.value, 0)} {one.name}" for one in self.answers)

    def differs_in(self, block: Block) -> str:
        """Return where two counts of a block differ, in words."""
        return ", ".join(
            f"{one.name} ({' and '.join(str(block.counts[helper].get(one.card.value, 0)) for helper in HELPERS)})"
            for one in self.answers
            if one.card.value in block.differing
        )

    def to(self, end: str = "", **query: str) -> str:
        """Return the address of this page."""
        raised = self.raised
        return address(self.performance.code, self.question, raised.wave, raised.mode, end, **query)


def countable(connection: Connection, performance: Performance) -> list[Countable]:
    """Return what can be counted, the question on stage first; polls stand with what is asked afterwards."""
    showing = room(connection, performance.id).showing
    on_stage = (
        (f"poll:{showing.get('poll')}", Wave.AFTER)
        if showing.get("view") == "poll"
        else (showing.get("question"), showing.get("wave", Wave.AFTER))
    )
    settled = _settled(connection, performance)
    offered = [
        Countable(question, wave, modes, settled.get((question.id, wave), 0), (question.id, wave) == on_stage)
        for question, wave in _asked(connection, performance)
        if (modes := _modes(question))
    ]
    return sorted(offered, key=lambda one: not one.on_stage)


def counting(connection: Connection, performance: Performance, sent: Mapping[str, str]) -> Counting | None:
    """Return what an address or a form asks to count; None when that question is not counted in this way."""
    wave, mode = sent.get("wave", Wave.AFTER.value), sent.get("mode", Mode.CARD.value)
    for question, asked_in in _asked(connection, performance):
        modes = _modes(question)
        if (question.id, asked_in.value) != (sent.get("question"), wave) or mode not in modes:
            continue
        raised = Raised(performance.id, question.id, asked_in, Mode(mode))
        helper = sent.get("helper", "")
        counted = tuple(blocks(connection, raised))
        return Counting(
            performance,
            question,
            raised,
            tuple(Answer(card, label_of(question, card.options)) for card in cards(question, raised.mode)),
            counted,
            next((other for other in modes if other is not raised.mode), None),
            next((one for one in counted if one.name == sent.get("block") and helper in one.counts), None),
            helper if helper in HELPERS else "",
        )
    return None


def whole(question: Question) -> str:
    """Return a question's whole words, a row of a battery with its stem."""
    return " ".join(str(part) for part in (question.stem, question.text) if part)


def address(code: str, question: Question, wave: Wave, mode: Mode, end: str = "", **query: str) -> str:
    """Return where a question is counted."""
    asked = {"question": question.id, "wave": wave.value, "mode": mode.value}
    return f"/d/{code}/count{end}?{urlencode(asked | query)}"


def _asked(connection: Connection, performance: Performance) -> list[tuple[Question, Wave]]:
    version = find_version(connection, performance.version_id)
    asked = [(question, wave) for wave in Wave for question in version.asked_in(wave)]
    return [*((poll.question, Wave.AFTER) for poll in polls(connection, performance.id)), *asked]


def _modes(question: Question) -> tuple[Mode, ...]:
    return tuple(mode for mode in RAISED if cards(question, mode))


def _settled(connection: Connection, performance: Performance) -> dict[tuple[str, Wave], int]:
    found: dict[tuple[str, Wave], int] = {}
    for raised in counted_questions(connection, performance.id):
        people = sum(total(blocks(connection, raised)).values())
        key = (raised.question, raised.wave)
        found[key] = found.get(key, 0) + people
    return found
