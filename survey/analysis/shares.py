"""Shares: how many gave each answer, of how many."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from survey.analysis.figures import enough, suppressed, whole_in_100
from survey.model import Counts, Kind, Mode, Provenance, Question, Wave


@dataclass(frozen=True)
class Share:
    """One option's count and its base. The share of nobody is 0."""

    option: str
    count: int
    base: int

    @property
    def share(self) -> float:
        """The share, from 0 to 1."""
        return self.count / self.base if self.base else 0.0

    @property
    def in_100(self) -> int:
        """The share in 100, whole."""
        return whole_in_100(self.share)

    @property
    def said(self) -> str:
        """The share as a figure: in 100 ("62") where there are answers enough, else counted out ("9 of 14")."""
        return str(self.in_100) if enough(self.base) else f"{self.count} of {self.base}"


@dataclass(frozen=True)
class Tally:
    """The answers to one question, counted together.

    ``counts`` names every option in the order offered, zero included; ``modes`` is the base by mode;
    ``left_out`` is how many answers were left out because they came after the result had been shown.
    """

    question: Question
    base: int
    counts: Mapping[str, int]
    modes: Mapping[Mode, int]
    provenances: frozenset[Provenance]
    left_out: int = 0

    @property
    def private(self) -> bool:
        """Every answer was given in private (phone, paper, web form): only these are compared or tested."""
        return all(mode.private for mode in self.modes)

    def share(self, option: str) -> Share:
        """Return one option's share. Raises KeyError when the question has no such option."""
        return Share(option, self.counts[option], self.base)


def tally(
    question: Question,
    counts: Iterable[Counts],
    *,
    wave: Wave | None = None,
    mode: Mode | None = None,
    after_reveal: bool = False,
) -> Tally:
    """Return the answers to a question in one tally: all private modes together, or one ``mode`` alone.

    Counts under the question's former id (``was``) belong to it. Answers sent after the result had been shown
    stay out, and are counted as left out, unless ``after_reveal``.
    """
    base, left_out = 0, 0
    by_option = dict.fromkeys(question.values, 0)
    modes: Counter[Mode] = Counter()
    provenances = set()
    for part in counts:
        if part.question not in (question.id, question.was) or wave not in (None, part.wave):
            continue
        if not (part.mode.private if mode is None else part.mode == mode):
            continue
        if part.after_reveal and not after_reveal:
            left_out += part.base
            continue
        base += part.base
        modes[part.mode] += part.base
        provenances.add(part.provenance)
        for option, count in part.counts.items():
            by_option[option] = by_option.get(option, 0) + count
    return Tally(question, base, by_option, dict(modes), frozenset(provenances), left_out)


def beside(question: Question, counts: Iterable[Counts], *, wave: Wave | None = None) -> list[Tally]:
    """Return one tally for each public mode (cards, hands, other): they stand beside, never added."""
    kept = list(counts)
    public = (
        tally(question, kept, wave=wave, mode=mode, after_reveal=True) for mode in Mode if not mode.private
    )
    return [one for one in public if one.base]


def apart(question: Question, counts: Iterable[Counts], *, wave: Wave | None = None) -> list[Tally]:
    """Return each private mode that was used apart, when there are several and none is suppressed."""
    kept = list(counts)
    each = (tally(question, kept, wave=wave, mode=mode) for mode in Mode if mode.private)
    used = [one for one in each if one.base]
    return used if len(used) > 1 and not any(suppressed(one.base) for one in used) else []


def shares(question: Question, counts: Iterable[Counts], *, wave: Wave | None = None) -> list[Share]:
    """Return each option's share in the order offered, all private modes together."""
    together = tally(question, counts, wave=wave)
    return [together.share(option) for option in together.counts]


def agreeing(tally: Tally) -> Share:
    """Return the share that gave one of the question's ``agree`` options. Raises ValueError if it names none."""
    return _class("agree", tally.question.agree, tally)


def disagreeing(tally: Tally) -> Share:
    """Return the share that gave one of the ``disagree`` options. Raises ValueError if it names none."""
    return _class("disagree", tally.question.disagree, tally)


def sided(question: Question) -> bool:
    """Return whether a question's answers lie for and against something.

    A number says how much, and yes or no a fact ("had you heard of this?"): neither is against anything.
    """
    facts = {"yes", "no"}
    return bool(
        question.agree
        and question.disagree
        and question.kind in (Kind.SCALE, Kind.ONE)
        and not facts.issuperset(question.agree + question.disagree)
    )


def _class(name: str, options: tuple[str, ...], tally: Tally) -> Share:
    if not options:
        raise ValueError(
            f"Question {tally.question.id} names no {name} options, so no share of them is followed."
        )
    return Share(name, sum(tally.counts.get(option, 0) for option in options), tally.base)
