"""A watcher: somebody who sees who taps send, and every picture the room is shown, and guesses what each one chose.

Only what ``suppression.shown`` lets through reaches the watcher: classes, merged bars, "nearly everyone", whole
shares in 100. Between two pictures lies a batch of people; for them the watcher guesses the answer that rose most.
Somebody who did not watch guesses the most common answer of the last picture for everybody. The advantage is how many
people in 100 more the watcher gets right.
"""

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from survey.analysis.suppression import Form, Part, Shown, classes, due, has_classes, shown
from survey.model import Kind, Question

Given = tuple[str, ...]
Due = Callable[..., bool]


@dataclass(frozen=True)
class Picture:
    """What the room was shown after so many answers."""

    base: int
    shown: Shown


def pictures(question: Question, given: Sequence[Given], *, first: int = 0, rule: Due = due) -> list[Picture]:
    """Return every picture of an evening on which the facilitator presses Reveal after each answer from the ``first`` on.

    No evening shows more: a result that moves by itself, a poll and a second reveal follow the same rule. At the end
    the questions close, and Reveal is pressed once more.
    """
    counts: Counter[str] = Counter()
    last: Mapping[str, int] | None = None
    seen: list[Picture] = []
    for number, options in enumerate(given, start=1):
        counts.update(options)
        if number < first:
            continue
        bases = [picture.base for picture in seen]
        if rule(question, last, bases, counts, number) or (
            number == len(given) and rule(question, last, bases, counts, number, closing=True)
        ):
            last = dict(counts)
            seen.append(Picture(number, shown(question, number, last)))
    return seen


def advantage(question: Question, given: Sequence[Given], seen: Sequence[Picture]) -> float:
    """Return how many people in 100 more a watcher gets right than somebody who only saw the last picture.

    Of "tick all" questions: how many ticks and empty boxes. Of questions in order: the answers, or the sides they are
    on (agreeing, neither, disagreeing), whichever is guessed better.
    """
    if not seen:
        return 0.0
    if has_classes(question):
        sides = tuple(options for options in classes(question).values() if options)
        exact = tuple((option,) for option in question.values)
        return max(_advantage(question, given, seen, wanted) for wanted in (exact, sides))
    return _advantage(question, given, seen, tuple((option,) for option in question.values))


def _advantage(
    question: Question, given: Sequence[Given], seen: Sequence[Picture], wanted: Sequence[Given]
) -> float:
    """Return the advantage in guessing which of the ``wanted`` groups of options somebody chose."""
    read = [_together(counts_read(question, picture, seen[-1].shown), wanted) for picture in seen]
    guess = _ticks if question.kind is Kind.MANY else _one
    right = prior = 0.0
    begun, before = 0, dict.fromkeys(wanted, 0.0)
    for picture, now in zip(seen, read, strict=True):
        batch = given[begun : picture.base]
        risen = {group: now[group] - before[group] for group in wanted}
        right += guess(batch, risen, len(batch), read[-1], seen[-1].base)
        prior += guess(batch, read[-1], seen[-1].base, read[-1], seen[-1].base)
        begun, before = picture.base, now
    return 100 * (right - prior) / len(given)


def _together(counts: Mapping[str, float], wanted: Sequence[Given]) -> dict[Given, float]:
    return {group: sum(counts[option] for option in group) for group in wanted}


def counts_read(question: Question, picture: Picture, last: Shown) -> dict[str, float]:
    """Return the likeliest count behind every option of a picture.

    A share in 100 stands for the whole number nearest to it (below 100 answers there is only one). What a bar joins is
    divided as the ``last`` picture divides it: whoever came first is a draw from all. What no bar names has the rest.
    """
    share = _shares(question, last)
    read = dict.fromkeys(question.values, 0.0)
    named: set[str] = set()
    for bar in picture.shown.bars:
        count = float(bar.count or 0)
        if picture.shown.form is Form.IN_100 and bar.in_100 is not None:
            count = float(round(bar.in_100 * picture.base / 100))
        elif bar.count is None:
            small = bar.part is Part.OTHER
            count = float(len(bar.options)) if small else picture.base - 1.0
        whole = sum(share[option] for option in bar.options)
        for option in bar.options:
            read[option] = count * share[option] / whole
        named |= set(bar.options)
    rest = [option for option in question.values if option not in named]
    left = max(0.0, picture.base - sum(read.values())) if question.kind is not Kind.MANY else 0.0
    return read | {option: left / len(rest) for option in rest}


def _shares(question: Question, last: Shown) -> dict[str, float]:
    """Return how a joined bar divides: as the last picture's finer bars do, else evenly."""
    share = dict.fromkeys(question.values, 0.01)
    for bar in last.bars:
        for option in bar.options:
            share[option] += (bar.count or 0) / len(bar.options)
    return share


Groups = Mapping[Given, float]


def _one(batch: Sequence[Given], risen: Groups, _of: int, last: Groups, _base: int) -> float:
    likeliest = max(risen, key=lambda group: (round(risen[group], 6), last[group]))
    return sum(options[0] in likeliest for options in batch)


def _ticks(batch: Sequence[Given], risen: Groups, of: int, last: Groups, base: int) -> float:
    """Return how many boxes are guessed right, each box counted as its part of a person."""
    right = 0
    for (option,), count in risen.items():
        ticked = 2 * count > of or (2 * count == of and 2 * last[(option,)] > base)
        right += sum((option in options) == ticked for options in batch)
    return right / len(risen)


def an_evening_of(
    question: Question, weights: Sequence[float], size: int, chance: random.Random
) -> list[Given]:
    """Return so many people's answers in the order of sending, each independent of the others.

    ``weights`` are how often each option is given; of a "tick all" question how likely each box is ticked.
    """
    if question.kind is Kind.MANY:
        people = []
        for _person in range(size):
            ticked = tuple(v for v, w in zip(question.values, weights, strict=True) if chance.random() < w)
            people.append(ticked or (question.values[-1],))
        return people
    return [(option,) for option in chance.choices(question.values, weights, k=size)]
