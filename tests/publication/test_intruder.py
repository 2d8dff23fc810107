"""An intruder who knows who came, left, changed an answer or gave a sheet, and when, gains hardly anything from the pictures.

200 seeded evenings are replayed with everything that happens in one: latecomers, withdrawals, changed answers and sheets
typed in after closing. Of everybody the intruder guesses what rose most, or fell most, between the two pictures around
the act; somebody who saw only the last picture guesses its most common answer.
"""

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import fmean

from survey.analysis.figures import suppressed
from survey.analysis.suppression import due, live, shown, told_apart
from survey.model import Kind, Mode, Provenance, Way
from tests.publication.asking import question
from tests.publication.watcher import Picture, counts_read

ASKED = question(Kind.ONE, "acceptable", "depends", "not_acceptable")
EVENINGS = 200
MOST = 5.0
PHONE = Way(Mode.PHONE, "en", Provenance.COLLECTED)
PAPER = Way(Mode.PAPER, "en", Provenance.KEYED)


@dataclass
class Act:
    """What somebody did: the answer that came, or the one that went, and between which pictures."""

    group: str
    option: str
    picture: int
    fell: bool = False


@dataclass
class Evening:
    """What is stored, what was shown, and what the intruder saw people do."""

    expected: int
    answers: list[tuple[str, Way]] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    stored: list[tuple[Mapping[str, int], Mapping[Way, int]]] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)

    def press(self, *, closing: bool = False) -> None:
        """The facilitator presses Reveal."""
        counts = Counter(option for option, _way in self.answers)
        ways = Counter(way for _option, way in self.answers)
        last, base = (self.stored[-1] if self.stored else None), len(self.answers)
        bases = [picture.base for picture in self.pictures]
        late = closing and live(self.expected)
        if not due(ASKED, last[0] if last else None, bases, counts, base, closing=late):
            return
        if last and suppressed(base - bases[-1]) and told_apart(last[1], ways):
            return
        self.stored.append((counts, ways))
        self.pictures.append(Picture(base, shown(ASKED, base, counts)))

    def does(self, group: str, option: str, *, fell: bool = False) -> None:
        """Somebody does something before the next picture."""
        self.acts.append(Act(group, option, len(self.pictures), fell))


def an_evening(chance: random.Random) -> Evening:
    """Return an evening from the doors to the last sheet."""
    size = chance.choice((14, 30, 70, 140))
    evening = Evening(size)
    weights = [chance.uniform(0.2, 1) for _option in ASKED.values]
    for _person in range(size):
        option = chance.choices(ASKED.values, weights)[0]
        evening.answers.append((option, PHONE))
        evening.does("came", option)
        if chance.random() < 0.15 and len(evening.answers) > 1:
            gone, _way = evening.answers.pop(chance.randrange(len(evening.answers)))
            evening.does("left or changed", gone, fell=True)
            if chance.random() < 0.5:
                changed = chance.choices(ASKED.values, weights)[0]
                evening.answers.append((changed, PHONE))
        evening.press()
    evening.press(closing=True)
    for _sheet in range(chance.randrange(12)):
        option = chance.choices(ASKED.values, weights)[0]
        evening.answers.append((option, PAPER))
        evening.does("sheet", option)
        evening.press(closing=True)
    return evening


def gained(evening: Evening, group: str) -> list[float]:
    """Return of each act of a group by how much the intruder guessed better than the last picture alone: -1, 0 or 1."""
    if not evening.pictures:
        return []
    last = evening.pictures[-1].shown
    read = [dict.fromkeys(ASKED.values, 0.0), *(counts_read(ASKED, one, last) for one in evening.pictures)]
    prior = max(read[-1], key=lambda option: read[-1][option])
    found = []
    for act in evening.acts:
        if act.group != group:
            continue
        guess = prior
        if act.picture < len(evening.pictures) and not (act.fell and act.picture == 0):
            moved = {
                option: read[act.picture + 1][option] - read[act.picture][option] for option in ASKED.values
            }
            sign = -1 if act.fell and min(moved.values()) < -0.5 else 1
            guess = (
                prior
                if act.fell and sign == 1
                else max(moved, key=lambda option: (sign * moved[option], read[-1][option]))
            )
        found.append(float(guess == act.option) - float(prior == act.option))
    return found


def test_nobody_is_told_by_what_an_intruder_saw_them_do() -> None:
    chance = random.Random(20261130)
    evenings = [an_evening(chance) for _evening in range(EVENINGS)]
    assert sum(len(evening.pictures) > 1 for evening in evenings) > 50
    for group in ("came", "left or changed", "sheet"):
        points = [100 * fmean(found) for evening in evenings if (found := gained(evening, group))]
        assert len(points) > 100
        assert fmean(points) <= MOST, group


def test_no_picture_of_any_evening_shows_a_fall() -> None:
    chance = random.Random(7)
    for evening in (an_evening(chance) for _evening in range(EVENINGS)):
        for (before, _ways), (after, _others) in zip(evening.stored, evening.stored[1:], strict=False):
            assert all(after[option] >= before[option] for option in ASKED.values)
