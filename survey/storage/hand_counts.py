"""Hand counts: cards and raised hands, counted block by block by two people. What is settled is one tally."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, delete, select

from survey.model import Mode, Provenance, Standing, Wave
from survey.storage.evidence import add_source, add_tally
from survey.storage.insertion import insert_or_change
from survey.storage.rooms import touch_room
from survey.storage.tables import hand_count, performance, source

HELPERS = ("A", "B")
CHOSEN = "chosen"
"""Who stands where the two helpers do: the facilitator chose one of their counts."""
WHOLE_ROOM = "whole room"
NOTE = "Counted in the room"


class BlocksOverlap(Exception):
    """The whole room and parts of it would be counted together."""

    def __init__(self, words: str) -> None:
        super().__init__(words)


class BlockUnknown(LookupError):
    """Nobody has counted this block: there is nothing to settle."""

    def __init__(self) -> None:
        super().__init__("This block has not been counted. Count it first.")


@dataclass(frozen=True)
class Raised:
    """What was answered in public: a question in one wave, by cards or by hands."""

    performance_id: str
    question: str
    wave: Wave
    mode: Mode


@dataclass(frozen=True)
class Block:
    """One block of seats: what each helper counted, by option, and the count the facilitator chose, if one."""

    name: str
    counts: Mapping[str, Mapping[str, int]]
    chosen: Mapping[str, int] | None = None

    @property
    def both(self) -> bool:
        """Both helpers have counted it."""
        return set(HELPERS) <= set(self.counts)

    @property
    def differing(self) -> tuple[str, ...]:
        """The options of which the helpers counted different numbers."""
        if not self.both:
            return ()
        a, b = (self.counts[helper] for helper in HELPERS)
        return tuple(option for option in dict.fromkeys((*a, *b)) if a.get(option, 0) != b.get(option, 0))

    @property
    def agreed(self) -> bool:
        """Two people counted the same."""
        return self.both and not self.differing

    @property
    def settled(self) -> Mapping[str, int] | None:
        """What this block adds to the tally; None while it is not settled."""
        return self.counts[HELPERS[0]] if self.agreed else self.chosen


def count_block(
    connection: Connection, raised: Raised, block: str, *, helper: str, counts: Mapping[str, int]
) -> Block:
    """Store what a helper counted in a block, in place of what they counted before, and return the block.

    A choice of the facilitator ends with a new count. Raises BlocksOverlap when the block and another one counted
    already share seats: one of them is the whole room.
    """
    there = blocks(connection, raised)
    name = next((one.name for one in there if one.name.casefold() == block.casefold()), block)
    others = [one.name for one in there if one.name != name]
    whole = name.casefold() == WHOLE_ROOM
    if others and whole:
        raise BlocksOverlap(
            "Parts of the room have been counted. Count the other parts, or remove those counts."
        )
    if WHOLE_ROOM in map(str.casefold, others):
        raise BlocksOverlap("The whole room has been counted. Remove that count to count it in parts.")
    connection.execute(delete(hand_count).where(*_block(raised, name), hand_count.c.helper == CHOSEN))
    _store(connection, raised, name, helper, counts)
    _add_up(connection, raised)
    return _find(connection, raised, name)


def choose_count(connection: Connection, raised: Raised, block: str, *, helper: str) -> Block:
    """Settle a block with one helper's count: nobody else counted it, or the two do not agree. Raises BlockUnknown."""
    counted = _find(connection, raised, block).counts.get(helper)
    if counted is None:
        raise BlockUnknown
    _store(connection, raised, block, CHOSEN, counted)
    _add_up(connection, raised)
    return _find(connection, raised, block)


def remove_block(connection: Connection, raised: Raised, block: str) -> None:
    """Forget a block; one that is gone already is fine."""
    connection.execute(delete(hand_count).where(*_block(raised, block)))
    _add_up(connection, raised)


def blocks(connection: Connection, raised: Raised) -> list[Block]:
    """Return the blocks that were counted, by name."""
    rows = connection.execute(
        select(hand_count.c.block, hand_count.c.helper, hand_count.c.counts)
        .where(*_of(raised))
        .order_by(hand_count.c.block, hand_count.c.helper)
    )
    found: dict[str, dict[str, Mapping[str, int]]] = {}
    for row in rows:
        found.setdefault(row.block, {})[row.helper] = row.counts
    return [
        Block(name, {helper: by[helper] for helper in HELPERS if helper in by}, by.get(CHOSEN))
        for name, by in found.items()
    ]


def counted_questions(connection: Connection, performance_id: str) -> list[Raised]:
    """Return what has been counted of a performance so far, settled or not."""
    columns = (hand_count.c.question, hand_count.c.wave, hand_count.c.mode)
    rows = connection.execute(
        select(*columns).where(hand_count.c.performance_id == performance_id).distinct().order_by(*columns)
    )
    return [Raised(performance_id, row.question, Wave(row.wave), Mode(row.mode)) for row in rows]


def total(counted: Iterable[Block]) -> dict[str, int]:
    """Return the settled blocks added up, by option."""
    added: Counter[str] = Counter()
    for block in counted:
        added.update(block.settled or {})
    return dict(added)


def by_two_people(counted: Iterable[Block]) -> bool:
    """Return whether two people counted the same in every settled block."""
    settled = [block for block in counted if block.settled is not None]
    return bool(settled) and all(block.agreed for block in settled)


def _add_up(connection: Connection, raised: Raised) -> None:
    """Make one tally of the settled blocks, in place of the one before; the room looks again."""
    touch_room(connection, raised.performance_id)
    beginning = f"{NOTE}: {raised.question}, {raised.wave}, {raised.mode}."
    connection.execute(
        delete(source).where(
            source.c.performance_id == raised.performance_id,
            source.c.note.startswith(beginning, autoescape=True),
        )
    )
    counted = blocks(connection, raised)
    settled = [block for block in counted if block.settled is not None]
    options = total(settled)
    if not sum(options.values()):
        return
    rehearsing = _standing(connection, raised.performance_id) == Standing.REHEARSAL
    provenance = Provenance.REHEARSAL if rehearsing else Provenance.COUNTED
    twice = sum(block.agreed for block in settled)
    note = f"{beginning} Blocks: {twice} counted alike by two people, {len(settled) - twice} by one count."
    id = add_source(connection, raised.performance_id, provenance, note)
    add_tally(
        connection,
        id,
        wave=raised.wave,
        mode=raised.mode,
        question=raised.question,
        counts=options,
        base=sum(options.values()),
    )


def _standing(connection: Connection, performance_id: str) -> str:
    found = connection.scalar(select(performance.c.standing).where(performance.c.id == performance_id))
    return str(found)


def _store(
    connection: Connection, raised: Raised, block: str, helper: str, counts: Mapping[str, int]
) -> None:
    insert_or_change(
        connection,
        hand_count,
        change={"counts": dict(counts)},
        performance_id=raised.performance_id,
        question=raised.question,
        wave=raised.wave.value,
        mode=raised.mode.value,
        block=block,
        helper=helper,
        counts=dict(counts),
    )


def _find(connection: Connection, raised: Raised, name: str) -> Block:
    for block in blocks(connection, raised):
        if block.name == name:
            return block
    raise BlockUnknown


def _of(raised: Raised) -> tuple[ColumnElement[bool], ...]:
    return (
        hand_count.c.performance_id == raised.performance_id,
        hand_count.c.question == raised.question,
        hand_count.c.wave == raised.wave.value,
        hand_count.c.mode == raised.mode.value,
    )


def _block(raised: Raised, name: str) -> tuple[ColumnElement[bool], ...]:
    return (*_of(raised), hand_count.c.block == name)
