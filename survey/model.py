"""The words of the house as frozen dataclasses: parsed once at the door, trusted ever after."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple, assert_never

from survey import language


class Wave(StrEnum):
    """Before or after the performance (start and end for a jury). At most one is open."""

    BEFORE = "before"
    AFTER = "after"


class Mode(StrEnum):
    """How answers were given. ``web`` is a form filled elsewhere; ``other`` is anything else said in public."""

    PHONE = "phone"
    PAPER = "paper"
    WEB = "web"
    CARD = "card"
    HANDS = "hands"
    OTHER = "other"

    @property
    def private(self) -> bool:
        """Phone, paper and web form are all private self-completion and count in one base; raised hands do not."""
        match self:
            case Mode.PHONE | Mode.PAPER | Mode.WEB:
                return True
            case Mode.CARD | Mode.HANDS | Mode.OTHER:
                return False
            case _:
                assert_never(self)


class Provenance(StrEnum):
    """Where answers came from. Anything but ``collected`` says so wherever it shows."""

    COLLECTED = "collected"
    KEYED = "keyed"
    COUNTED = "counted"
    IMPORTED = "imported"
    DEMONSTRATION = "demonstration"
    REHEARSAL = "rehearsal"


class Way(NamedTuple):
    """How an answer came. ``language`` is empty where only totals are known."""

    mode: Mode
    language: str
    provenance: Provenance


class Kind(StrEnum):
    """Kinds of question."""

    SCALE = "scale"
    ONE = "one"
    MANY = "many"
    NUMBER = "number"
    RANK = "rank"
    COMMENT = "comment"


class EventKind(StrEnum):
    """Kinds of event: the same machinery, other words on screen; each audience has its own code."""

    PERFORMANCE = "performance"
    STREAM = "stream"
    SCREENING = "screening"
    WORKSHOP = "workshop"
    JURY = "jury"


class Standing(StrEnum):
    """Where a performance is in its life. Finished does not reopen."""

    REHEARSAL = "rehearsal"
    RUNNING = "running"
    FINISHED = "finished"


class ResponseStanding(StrEnum):
    """Whether a response counts, waits for the organiser (more answers than seats), or was set aside.

    ``apart``: it only carries a comment that came without its writer's answers, and counts nobody.
    """

    COUNTED = "counted"
    HELD = "held"
    DISCARDED = "discarded"
    APART = "apart"


class Role(StrEnum):
    """Who someone signed in is. The stage is a read-only screen for one performance."""

    ORGANISER = "organiser"
    FACILITATOR = "facilitator"
    MODERATOR = "moderator"
    STAGE = "stage"


class CueKind(StrEnum):
    """What one cue of a discussion puts on stage."""

    JOIN = "join"
    PROMPT = "prompt"
    QUESTION = "question"
    CHANGE = "change"
    """Before → after of one question, the same people."""
    BESIDE = "beside"
    """One question beside another performance's audience, or beside a benchmark."""
    POLL = "poll"
    CONTRIBUTIONS = "contributions"
    INFORMATION = "information"
    CONCLUSIONS = "conclusions"
    """What a jury has written down together."""
    BLACK = "black"
    GOODBYE = "goodbye"


class PollStanding(StrEnum):
    """Where a poll is: prepared, taking answers, closed for good."""

    PREPARED = "prepared"
    OPEN = "open"
    CLOSED = "closed"


class ContributionStanding(StrEnum):
    """Whether a moderator has let a contribution reach the room. Nothing is shown unless approved."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"


class RevealState(StrEnum):
    """What the room sees of one question."""

    HIDDEN = "hidden"
    SHOWN = "shown"
    FROZEN = "frozen"


class Purpose(StrEnum):
    """Why answers are asked."""

    ENGAGEMENT = "engagement"
    EVALUATION = "evaluation"
    RESEARCH = "research"


class LawfulBasis(StrEnum):
    """On what footing in data-protection law answers are kept."""

    PUBLIC_TASK = "public task"
    LEGITIMATE_INTERESTS = "legitimate interests"
    CONSENT = "consent"


# --- the questionnaire -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Text:
    """One text in several languages; the first language is the reference."""

    by_language: Mapping[str, str]

    @property
    def reference(self) -> str:
        """The text in the reference language, which identifies a question across performances."""
        return next(iter(self.by_language.values()))

    def __str__(self) -> str:
        """The text in the language spoken now, else in the reference language."""
        return self.by_language.get(language.current(), self.reference)


@dataclass(frozen=True)
class Option:
    """One answer offered. ``value`` is a stable code, ``label`` is words."""

    value: str
    label: Text
    exclusive: bool = False


@dataclass(frozen=True)
class Question:
    """One thing asked. A row of a battery is a full question that carries its battery's id and stem.

    ``options`` of a scale run negative to positive. A number question has the options "0" … "10".
    ``agree``, ``neutral`` and ``disagree`` hold option values (a scale names all of them; a ``one`` question may
    name the option(s) whose share is followed as ``agree``, and those against it as ``disagree``).
    A rank question's ``at_most`` is how many places people may fill, best first.
    A number question names its published classes (high, middle, low) as ``agree``, ``neutral`` and ``disagree``
    too, and says what 0 and 10 mean in ``low_label`` and ``high_label``.
    ``note`` is a short explanation to unfold beside the question, under the words ``note_title``; the rows of a
    battery all carry their battery's note.
    """

    id: str
    kind: Kind
    text: Text
    options: tuple[Option, ...] = ()
    asked: frozenset[Wave] = frozenset({Wave.AFTER})
    battery: str | None = None
    stem: Text | None = None
    short: Text | None = None
    agree: tuple[str, ...] = ()
    neutral: tuple[str, ...] = ()
    disagree: tuple[str, ...] = ()
    agree_word: Text | None = None
    disagree_word: Text | None = None
    at_most: int | None = None
    limit: int = 280
    sensitive: bool = False
    was: str | None = None
    note: Text | None = None
    note_title: Text | None = None
    low_label: Text | None = None
    high_label: Text | None = None
    benchmark: str | None = None

    @property
    def wording(self) -> str:
        """The whole wording in the reference language, a row with its stem: the same wording is the same question."""
        return " ".join(text.reference for text in (self.stem, self.text) if text)

    @property
    def values(self) -> tuple[str, ...]:
        """The option values in the order they are offered."""
        return tuple(option.value for option in self.options)

    @property
    def places(self) -> int:
        """How many places a rank question offers: 1st, 2nd and 3rd where nothing is said; 0 for other kinds."""
        return min(self.at_most or 3, len(self.options)) if self.kind is Kind.RANK else 0

    @property
    def name(self) -> str:
        """What to call the question in a list: its short name, else its words."""
        return str(self.short) if self.short else str(self.text)

    def option(self, value: str) -> Option:
        """Return the option with this value. Raises KeyError when it has none."""
        for option in self.options:
            if option.value == value:
                return option
        raise KeyError(value)


@dataclass(frozen=True)
class Questionnaire:
    """An ordered set of questions. A published version never changes."""

    id: str
    version: int
    title: Text
    languages: tuple[str, ...]
    questions: tuple[Question, ...]
    opening: Text | None = None

    def asked_in(self, wave: Wave) -> tuple[Question, ...]:
        """Return the questions of one wave, in order."""
        return tuple(question for question in self.questions if wave in question.asked)

    def question(self, id: str) -> Question:
        """Return one question. Raises KeyError when there is none."""
        for question in self.questions:
            if question.id == id:
                return question
        raise KeyError(id)


@dataclass(frozen=True)
class Answer:
    """What one respondent gave to one question: option values (a number question's is the digits).

    The options of a rank question stand in order of preference, first choice first.
    """

    question: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Comment:
    """Words one respondent wrote. ``quote_ok`` is the person's tick under the box."""

    question: str
    text: str
    quote_ok: bool = False


@dataclass(frozen=True)
class Filled:
    """A form as it was sent, read against its questionnaire: what is valid, and what needs another look."""

    answers: tuple[Answer, ...] = ()
    comments: tuple[Comment, ...] = ()
    problems: Mapping[str, str] = field(default_factory=dict)
    """Question id → what to do ("Choose one answer")."""
    typed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Everything typed, so that nothing is lost when the form is shown again."""

    @property
    def empty(self) -> bool:
        """Nothing valid was given."""
        return not self.answers and not self.comments


# --- productions and performances ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Production:
    """The work on stage over its whole life."""

    id: str
    name: str
    responsible: str = ""
    contact: str = ""
    purpose: Purpose = Purpose.EVALUATION
    lawful_basis: LawfulBasis = LawfulBasis.LEGITIMATE_INTERESTS
    keep_months: int = 12


@dataclass(frozen=True)
class Performance:
    """One showing to one audience, found by its short ``code``."""

    id: str
    production_id: str
    production: str
    code: str
    kind: EventKind
    starts_on: date
    date_precision: str
    """``day``, ``month`` or ``year``: how exactly the date is known."""
    venue: str
    capacity: int | None
    attendance: int | None
    attendance_about: bool
    responsible: str
    contact: str
    purpose: Purpose
    lawful_basis: LawfulBasis
    youngest_age: int | None
    keep_until: date
    version_id: str
    standing: Standing
    open_wave: Wave | None
    join_number: str | None
    seat_key: bytes | None
    families: bool = False
    """People younger than ``youngest_age`` are expected: the form offers them a page to look only."""

    @property
    def expected(self) -> int | None:
        """How many people are thought to be there: counted if they were, else the seats; None when unknown."""
        return self.attendance if self.attendance is not None else self.capacity

    @property
    def when(self) -> str:
        """The date in words, no finer than it is known ("25 April 2017", "October 2015", "2015")."""
        form = {"day": f"{self.starts_on.day} %B %Y", "month": "%B %Y", "year": "%Y"}[self.date_precision]
        return self.starts_on.strftime(form)

    @property
    def name(self) -> str:
        """What to call it in a list: production, date and venue."""
        return ", ".join(part for part in (self.production, self.when, self.venue) if part)


# --- the discussion ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cue:
    """One step of a discussion's run of show. ``about`` says what it shows, by kind:

    prompt {text} · question {question, wave} · change {question} · beside {question, wave, code | benchmark} ·
    poll {poll} · information {text} · join, contributions, conclusions, black, goodbye {}.
    ``notes`` are the facilitator's own and never go on stage; ``minutes`` is how long it may take.
    """

    id: str
    performance_id: str
    place: int
    kind: CueKind
    about: Mapping[str, str] = field(default_factory=dict)
    notes: str = ""
    minutes: int | None = None

    @property
    def showing(self) -> dict[str, str]:
        """What the stage shows when this cue is on."""
        return {"view": self.kind.value, **self.about}


@dataclass(frozen=True)
class Poll:
    """A question asked live. Its answers stand in a table of their own, under another key: nothing joins them to responses."""

    id: str
    performance_id: str
    question: Question
    standing: PollStanding


@dataclass(frozen=True)
class Contribution:
    """A question or comment from the audience. ``place`` is the order in which it was approved (never of arrival)."""

    id: str
    performance_id: str
    text: str
    standing: ContributionStanding
    reason: str = ""
    place: int | None = None
    pinned: bool = False
    answered: bool = False


@dataclass(frozen=True)
class Note:
    """A moment of the discussion that a facilitator or scribe marked: a note, or a quotation.

    ``cue`` says in words what was on stage, ``minutes`` how long after the start. ``speaker`` is typed on purpose or empty.
    """

    id: str
    performance_id: str
    quotation: bool
    text: str
    speaker: str
    cue: str
    minutes: int | None
    place: int


# --- evidence, as storage hands it over ------------------------------------------------------------------------


@dataclass(frozen=True)
class Counts:
    """Counted answers to one question from one source, in one wave, by one mode: never rows.

    ``base`` is how many respondents answered the question; ``counts`` maps option value → how many gave it
    (a ``many`` question's counts add up to more than its base; a ``rank`` question's are first choices).
    ``after_reveal`` is True for answers sent after that question's result had been shown to the room.
    """

    performance_id: str
    version_id: str
    question: str
    wave: Wave
    mode: Mode
    provenance: Provenance
    after_reveal: bool
    base: int
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Rankings:
    """Counted answers to one rank question: options in order of preference → how many people gave that order."""

    performance_id: str
    version_id: str
    question: str
    wave: Wave
    mode: Mode
    provenance: Provenance
    after_reveal: bool
    counts: Mapping[tuple[str, ...], int]


@dataclass(frozen=True)
class Pairs:
    """Linked respondents' answers to one question: (before options, after options) → how many people.

    The options of a rank question stand in order of preference, all others in alphabetical order.
    """

    performance_id: str
    version_id: str
    question: str
    provenance: Provenance
    after_reveal: bool
    counts: Mapping[tuple[tuple[str, ...], tuple[str, ...]], int]


@dataclass(frozen=True)
class ResponseCount:
    """How many counted responses one performance has in one wave from one source by one mode."""

    performance_id: str
    wave: Wave
    mode: Mode
    provenance: Provenance
    count: int
