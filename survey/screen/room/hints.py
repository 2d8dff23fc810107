"""Hints: what a facilitator might do now, in words. They advise; nothing happens by itself."""

from datetime import datetime

from survey.model import Kind
from survey.publication import PublicResult, Tone
from survey.room.now import Now
from survey.screen.room.listed import Current

SPLIT, LEANING = 30, 70
"""In 100: from here on both sides are large, and from here on one side is."""


def hints_of(
    now: Now,
    current: Current | None,
    result: PublicResult | None,
    waiting: int,
    moment: datetime,
    refused: str = "",
) -> tuple[str, ...]:
    """Return what a facilitator might do now, the most pressing first; ``refused`` is why the stage shows no figures."""
    found = []
    if now.room.timer_ends is not None and now.room.timer_ends <= moment:
        found.append("The timer is over.")
    if refused:
        found.append(refused)
    if result is not None and result.shown:
        found.append(_about(result))
    elif current is not None and current.few:
        found.append("Few have answered yet: give it a minute?")
    if waiting:
        found.append(f"{waiting} {'waits' if waiting == 1 else 'wait'} for a moderator.")
    return tuple(hint for hint in found if hint)


def _about(result: PublicResult) -> str:
    most, next_most = _sides(result)
    if next_most >= SPLIT:
        return "The room is split. Hear one voice from each side."
    if most >= LEANING:
        return "Most lean one way. Invite the less common view first."
    return ""


def _sides(result: PublicResult) -> tuple[int, int]:
    """Return the larger side and the smaller, in 100: where answers have no sides, the two given most."""
    tones = {tone: sum(bar.length for bar in result.bars if bar.tone is tone) for tone in Tone}
    sides = [
        tones[Tone.AGAINST] + tones[Tone.AGAINST_STRONGLY],
        tones[Tone.FOR] + tones[Tone.FOR_STRONGLY],
    ]
    if not any(sides) and result.question.kind in (Kind.ONE, Kind.NUMBER):
        sides = [bar.length for bar in result.bars]
    most, next_most, *_ = sorted([*sides, 0, 0], reverse=True)
    return most, next_most
