"""The room as all phones get it alike: made from the database at most once a second, however many ask."""

import gzip
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from hashlib import sha256

from markupsafe import Markup

from survey.language import ngettext
from survey.model import Contribution, Performance, Questionnaire, Wave
from survey.phone.pages import rendered
from survey.phone.room_results import room_results
from survey.phone.room_scene import Scene, scene
from survey.phone.visit import Visit
from survey.room.now import now
from survey.storage.contributions import Supported, board
from survey.storage.database import Connection
from survey.storage.offers import find_offer
from survey.storage.rooms import room as stage

SEAT, ONCE = secrets.token_hex(16), secrets.token_hex(16)
"""Stand where a phone's seat and a page's number go; words nobody of the audience can have written."""
PARTS = ("stage", "ways", "board")


@dataclass(frozen=True)
class Own:
    """What is one phone's own. Without a seat: everybody's."""

    seat: str = ""
    choice: tuple[str, ...] = ()
    voted: bool = False
    supported: frozenset[str] = frozenset()
    done: frozenset[Wave] = frozenset()
    problem: str = ""
    """What to do about what was just sent."""
    nothing_given: bool = False
    too_late: bool = False
    not_sent: str = ""
    unsure: bool = False
    """Nobody can tell yet whether what was just sent is stored."""
    once: str = ""
    """The number of this very page: words sent from it twice are one thing."""


@dataclass(frozen=True)
class Room:
    """What every phone in one language may know of the room now. Nothing in it is hidden, unapproved or one person's."""

    performance: Performance
    questionnaire: Questionnaire
    revision: int
    scene: Scene
    board: tuple[tuple[Contribution, str], ...] = ()
    """What others sent, approved, and how many support it in words."""
    results: bool = False
    """Something has been shown to the room."""
    information: bool = False
    """What is on stage can be read in full."""

    def part(self, name: str, **own: object) -> Markup:
        """Return the inside of one part of the page in the language spoken now."""
        return Markup(rendered(f"room/{name}.html", room=self, scene=self.scene, **own))


@dataclass
class State:
    """A room as it was last looked at, ready to send."""

    room: Room
    parts: dict[str, Markup]
    """The parts that are alike on every phone; what differs is left to the phone's own page."""
    keys: dict[str, str]
    """What tells whether a part has changed."""
    looked: float = 0.0
    until: float = 0.0
    """From when on the next visitor's script looks again."""
    body: bytes = b""
    packed: bytes = b""
    tag: str = ""
    pages: dict[tuple[str, str, Own], str] = field(default_factory=dict)
    """Whole pages that many phones get alike but for the seat: those who have not voted, those who chose the same."""

    MOST = 64

    def page(self, visit: Visit, own: Own, make: Callable[[Own], str]) -> str:
        """Return a phone's page, made once for all that differ in nothing but the seat."""
        alike = replace(own, seat=SEAT, once=ONCE)
        key = (visit.preferred, visit.shade, alike)
        if key not in self.pages:
            if len(self.pages) >= self.MOST:
                self.pages.clear()
            self.pages[key] = make(alike)
        return self.pages[key].replace(SEAT, own.seat).replace(ONCE, own.once)


class States:
    """One state per performance and language, in memory."""

    MOST = 256

    def __init__(self, seconds: float = 1.0, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self.clock = clock
        self._known: dict[tuple[str, str], State] = {}

    def fresh(self, code: str, language: str) -> State | None:
        """Return a state that is not a second old; None for the one visitor who is to look again.

        Whoever asks while that one looks gets the state before.
        """
        known = self._known.get((code, language))
        if known is None:
            return None
        if self.clock() < known.until:
            return known
        known.until = self.clock() + self.seconds
        return None

    def state(self, connection: Connection, visit: Visit) -> State:
        """Return the state now. Call it in the language of the visit."""
        key = (visit.performance.code, visit.language)
        known = self._known.get(key)
        if (
            known is not None
            and known.looked + self.seconds > self.clock()
            and _same(connection, visit, known)
        ):
            return known
        room = look(connection, visit)
        if known is None or known.room != room:
            if len(self._known) >= self.MOST:
                self._known.clear()
            known = self._known[key] = _state(room)
        known.looked = self.clock()
        known.until = known.looked + self.seconds
        return known


def _same(connection: Connection, visit: Visit, known: State) -> bool:
    """Say whether nobody has acted since: then a state stands for its second, whoever asks for a whole page."""
    return (
        known.room.revision == stage(connection, visit.performance.id).revision
        and known.room.performance == visit.performance
        and known.room.questionnaire is visit.questionnaire
    )


def look(connection: Connection, visit: Visit) -> Room:
    """Return what the room may see now."""
    performance = visit.performance
    there = now(connection, performance)
    approved = tuple(board(connection, performance.id))
    seen = scene(connection, visit, there, approved)
    offered = find_offer(connection, performance.production_id).information if seen.information else ()
    return Room(
        performance,
        visit.questionnaire,
        there.room.revision,
        seen,
        () if seen.dark else tuple((each.contribution, support_words(each)) for each in approved),
        bool(room_results(connection, visit)),
        seen.information is not None and seen.information.id in offered,
    )


def support_words(each: Supported) -> str:
    """Say how many support a contribution; nothing while they are few."""
    if each.shown is None:
        return ""
    return ngettext("%(num)s person supports this", "%(num)s people support this", each.shown) % {
        "num": each.shown
    }


def _state(room: Room) -> State:
    everybody = Own()
    parts = {
        # A poll's form and the ways onward differ from phone to phone: here stands only that they changed.
        "stage": Markup() if room.scene.poll else room.part("on_stage", own=everybody),
        "board": room.part("board", own=everybody),
        "ways": Markup(),
    }
    keys = {
        "stage": _key(parts["stage"], room.scene.poll),
        "board": _key(parts["board"]),
        "ways": _key(
            room.performance.open_wave,
            room.performance.standing,
            room.results,
            room.information,
        ),
    }
    made = State(room, parts, keys)
    made.body = "".join(sections(made, {}).values()).encode()
    made.packed = gzip.compress(made.body, mtime=0)
    made.tag = sha256(made.body).hexdigest()[:20]
    return made


def sections(state: State, own: dict[str, Markup]) -> dict[str, Markup]:
    """Return the parts as sections of a page, a phone's own in place of what is left to it."""
    personal = {"ways"} | ({"stage"} if state.room.scene.poll else set())
    section = Markup('<section id="{}" tabindex="-1" data-key="{}"{}>{}</section>')
    return {
        name: section.format(
            name,
            state.keys[name],
            Markup(' data-own="1"') if name in personal else "",
            own.get(name, state.parts[name]),
        )
        for name in PARTS
    }


def _key(*what: object) -> str:
    return sha256(repr(what).encode()).hexdigest()[:10]
