"""Checkpoints: the steps in which the public sees a result, and what the room has been shown. No time is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from survey.model import Mode, Provenance, RevealState, Wave, Way
from survey.storage.insertion import insert_or_change, insert_unless_there
from survey.storage.tables import checkpoint, reveal


@dataclass(frozen=True)
class Checkpoint:
    """One published step of one question: its counts never move again. ``final``: no other follows.

    ``ways`` is how its answers came; None where that was not kept (steps stored before November 2026).
    """

    step: int
    base: int
    counts: Mapping[str, int]
    final: bool
    ways: Mapping[Way, int] | None = None

    @property
    def modes(self) -> frozenset[Mode]:
        """How its answers were given, as far as that is known."""
        return frozenset(way.mode for way in self.ways or ())


@dataclass(frozen=True)
class RevealRow:
    """What the room sees of one question in one wave. ``seen``: it has been shown at least once."""

    wave: Wave
    question: str
    state: RevealState
    step: int | None
    seen: bool


def checkpoints(connection: Connection, performance_id: str, wave: Wave, question: str) -> list[Checkpoint]:
    """Return a question's checkpoints, first step first."""
    wanted = (
        select(checkpoint)
        .where(
            checkpoint.c.performance_id == performance_id,
            checkpoint.c.wave == wave.value,
            checkpoint.c.question == question,
        )
        .order_by(checkpoint.c.step)
    )
    return [
        Checkpoint(row.step, row.base, row.counts, row.final, _ways(row.ways))
        for row in connection.execute(wanted)
    ]


def add_checkpoint(
    connection: Connection,
    performance_id: str,
    wave: Wave,
    question: str,
    *,
    step: int,
    base: int,
    counts: Mapping[str, int],
    ways: Mapping[Way, int],
    final: bool = False,
) -> bool:
    """Store a step; False when it was written already (a second writer loses silently: the first one stands)."""
    return insert_unless_there(
        connection,
        checkpoint,
        performance_id=performance_id,
        wave=wave.value,
        question=question,
        step=step,
        base=base,
        counts=dict(counts),
        final=final,
        ways=[[*way, count] for way, count in sorted(ways.items())],
    )


def reveals(connection: Connection, performance_id: str) -> list[RevealRow]:
    """Return what a performance's room has been shown, question by question."""
    wanted = (
        select(reveal)
        .where(reveal.c.performance_id == performance_id)
        .order_by(reveal.c.wave, reveal.c.question)
    )
    return [
        RevealRow(Wave(row.wave), row.question, RevealState(row.state), row.step, row.seen)
        for row in connection.execute(wanted)
    ]


def set_reveal(
    connection: Connection,
    performance_id: str,
    wave: Wave,
    question: str,
    state: RevealState,
    step: int | None,
) -> None:
    """Store what the room sees of a question. From the first showing on, answers to it are marked as sent after it."""
    shown = state is not RevealState.HIDDEN
    insert_or_change(
        connection,
        reveal,
        change={"state": state.value, "step": step, "seen": reveal.c.seen | shown},
        performance_id=performance_id,
        wave=wave.value,
        question=question,
        state=state.value,
        step=step,
        seen=shown,
    )


def _ways(stored: list[list[Any]] | None) -> dict[Way, int] | None:
    if stored is None:
        return None
    return {
        Way(Mode(mode), language, Provenance(provenance)): count
        for mode, language, provenance, count in stored
    }
