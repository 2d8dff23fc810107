"""The same people before and after: ribbons between two columns, or bars or words where ribbons would point at someone."""

from collections.abc import Iterator
from dataclasses import dataclass

from survey.publication import public_change
from survey.publication.change import Flow
from survey.screen.room.pictures.questions import size, waiting
from survey.screen.room.pictures.sizes import fitted
from survey.screen.room.pictures.view import Scene, View, still
from survey.screen.templating import rendered

GAP = 9.0
"""Between the two sides of a column, in 100 of the picture's height."""
STEPS = 24
NUMBER_AT = {"to": 15.0, "away": 15.0, "kept-for": 50.0, "kept-not": 50.0}
"""Where along its ribbon a number stands, in 100 of the way."""


@dataclass(frozen=True)
class Ribbon:
    """Some people on their way from before (left) to after (right), in 100 of the picture's width and height."""

    name: str
    people: int
    shape: str
    at: float
    height: float


@dataclass(frozen=True)
class Side:
    """One end of a column: where it begins, how high it is, how many people, and what they did."""

    name: str
    top: float
    height: float
    people: int
    words: str


def change(view: View) -> Scene | None:
    """Return a question before and after; a reason to talk while nothing may be shown; None without the question."""
    asked = view.question()
    if asked is None:
        return None
    found = public_change(view.connection, view.performance, asked)
    if not found.shown:
        return waiting(view, asked, options=False)
    words = {
        **view.frame,
        "question": asked,
        "size": size(asked),
        "marks": tuple(dict.fromkeys((*view.marks, *found.marks))),
        "found": found,
    }
    if found.flow is not None:
        before, after = sides(found.flow)
        drawn = {"ribbons": list(ribbons(found.flow)), "before": before, "after": after}
        return still(rendered("stage_change.html", **words, **drawn))
    if found.bars:
        return still(rendered("stage_moves.html", **words))
    return still(rendered("stage_crowd.html", **words, fit=fitted(found.spoken, most=9, height=38)))


def sides(flow: Flow) -> tuple[tuple[Side, Side], tuple[Side, Side]]:
    """Return both columns, each with those who agreed above those who did not."""
    return _column(flow, flow.before), _column(flow, flow.after)


def _column(flow: Flow, agreeing: int) -> tuple[Side, Side]:
    scale = _scale(flow)
    upper, lower = agreeing * scale, (flow.base - agreeing) * scale
    return (
        Side("for", 0.0, round(upper, 2), agreeing, flow.did),
        Side("not", round(upper + GAP, 2), round(lower, 2), flow.base - agreeing, flow.did_not),
    )


def ribbons(flow: Flow) -> Iterator[Ribbon]:
    """Return the ribbons, those who moved last, so that they lie above those who stayed."""
    before, after = flow.before, flow.after
    begins = {"kept-for": 0, "away": flow.stayed_agree, "to": before, "kept-not": before + flow.moved_to}
    ends = {"kept-for": 0, "to": flow.stayed_agree, "away": after, "kept-not": after + flow.moved_away}
    people = {
        "kept-for": flow.stayed_agree,
        "kept-not": flow.stayed_not,
        "to": flow.moved_to,
        "away": flow.moved_away,
    }
    scale = _scale(flow)
    for name, count in people.items():
        if not count:
            continue
        left = begins[name] * scale + (GAP if begins[name] >= before and name in ("to", "kept-not") else 0)
        right = ends[name] * scale + (GAP if name in ("away", "kept-not") else 0)
        at = NUMBER_AT[name]
        middle = _between(left, right, at / 100) + count * scale / 2
        yield Ribbon(name, count, _shape(left, right, count * scale), at, round(middle, 2))


def _shape(left: float, right: float, thick: float) -> str:
    """Return a ribbon's outline: along its upper edge, and back along its lower one."""
    places = [step / STEPS for step in range(STEPS + 1)]
    upper = [(100 * at, _between(left, right, at)) for at in places]
    lower = [(across, down + thick) for across, down in reversed(upper)]
    return ", ".join(f"{across:.2f}% {down:.2f}%" for across, down in (*upper, *lower))


def _between(left: float, right: float, at: float) -> float:
    """Return how far down a ribbon is on its way: a smoothstep."""
    return left + (right - left) * at * at * (3 - 2 * at)


def _scale(flow: Flow) -> float:
    return (100 - GAP) / flow.base
