"""How often each verdict on two audiences is wrong, and how often right: simulated with a fixed seed, printed, nothing asserted."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from bench.table import row
from survey.analysis import differences, superiority
from survey.analysis.differences import Verdict, compare
from survey.analysis.planning import answers_for_sameness
from survey.analysis.shares import Tally
from survey.model import Kind, Mode, Option, Question, Text

SEED, RUNS, QUESTIONS = 2026, 2_000, 8
VALUES = ("strongly_disagree", "disagree", "neither", "agree", "strongly_agree")
SCALE = Question(
    "simulated",
    Kind.SCALE,
    Text({"en": "Simulated"}),
    tuple(Option(value, Text({"en": value})) for value in VALUES),
    disagree=VALUES[:2],
    neutral=VALUES[2:3],
    agree=VALUES[3:],
)
Chances = Sequence[float]
EVEN: Chances = (0.2, 0.2, 0.1, 0.25, 0.25)
"""Half of the audience agrees."""


def measure(runs: int = RUNS) -> None:
    """Simulate pairs of audiences and print how often each verdict is heard, in 100."""
    # No verdict hangs on a permuted p, which is for the expert table: it need not be shuffled out ten thousand times here.
    superiority.SHUFFLES = differences.SHUFFLES = 1
    random = np.random.default_rng(SEED)
    print(f"\nVerdicts: {runs} simulated questionnaires of {QUESTIONS} questions, seed {SEED}, in 100")
    row("no true difference: any of 8 questions heard as", "clear", "as a whole", "either")
    for here, there in ((10, 10), (12, 30), (15, 22), (30, 30), (90, 140), (300, 300)):
        _alarms(random, f"  {here} and {there} answers", EVEN, EVEN, here, there, runs)
    _alarms(
        random, "  90 and 140, a rare answer (5 in 100)", (0.5, 0.3, 0.15, 0.04, 0.01), None, 90, 140, runs
    )
    spread = (0.35, 0.05, 0.20, 0.05, 0.35), (0.05, 0.35, 0.20, 0.35, 0.05)
    _alarms(random, "  40 and 160, one audience more divided", *spread, 40, 160, runs)
    planned = answers_for_sameness(QUESTIONS)
    row("one of 8 questions heard as", "same", "clear", "as a whole")
    for name, a, b, answers in (
        (f"  equal, {planned} answers a side (planned)", EVEN, EVEN, planned),
        (f"  share differs by the margin (10), {planned} a side", (0.2, 0.2, 0.15, 0.225, 0.225), (0.2, 0.15, 0.1, 0.275, 0.275), planned),
        ("  share differs by the margin (10), 3,000 a side", (0.2, 0.2, 0.15, 0.225, 0.225), (0.2, 0.15, 0.1, 0.275, 0.275), 3_000),
        (f"  tops agree, bottoms 60 against 30, {planned} a side", (0.3, 0.3, 0.0, 0.2, 0.2), (0.1, 0.2, 0.3, 0.2, 0.2), planned),
        (f"  same share, θ = .5735, {planned} a side", *_shifted(0.0735), planned),
        ("  same share, θ = .5735, 3,000 a side", *_shifted(0.0735), 3_000),
        (f"  3 against 9 in 100, {planned} a side", (0.4, 0.3, 0.27, 0.02, 0.01), (0.4, 0.3, 0.21, 0.06, 0.03), planned),
        ("  3 against 6 in 100 (its margin), 3,000 a side", (0.4, 0.3, 0.27, 0.02, 0.01), (0.4, 0.3, 0.24, 0.04, 0.02), 3_000),
    ):  # fmt: skip
        _heard(random, name, a, b, answers, QUESTIONS, runs)
    alone = answers_for_sameness()
    _heard(random, f"  equal, one question only, {alone} a side (planned)", EVEN, EVEN, alone, 1, runs)


def _shifted(lean: float) -> tuple[Chances, Chances]:
    """Return two audiences with the same share agreeing whose θ − ½ is so large: the one moves from one end to the middle."""
    low, high = 0.0, 0.3
    a: Chances = (0.35, 0.10, 0.05, 0.25, 0.25)
    for _ in range(60):
        move = (low + high) / 2
        b = (a[0] - move, a[1], a[2] + move, a[3], a[4])
        low, high = (move, high) if _theta(a, b) - 0.5 < lean else (low, move)
    return a, b


def _theta(a: Chances, b: Chances) -> float:
    return sum(b[place] * (sum(a[:place]) + a[place] / 2) for place in range(len(a)))


def _tally(counts: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> Tally:
    base = int(counts.sum())
    given = dict(zip(VALUES, map(int, counts), strict=True))
    return Tally(SCALE, base, given, {Mode.PHONE: base}, frozenset())


def _verdicts(
    random: np.random.Generator, a: Chances, b: Chances, base_a: int, base_b: int, questions: int, number: int
) -> list[Verdict]:
    pairs = zip(
        random.multinomial(base_a, a, size=number), random.multinomial(base_b, b, size=number), strict=True
    )
    return [compare(_tally(one), _tally(other), questions=questions)[0].verdict for one, other in pairs]


def _alarms(
    random: np.random.Generator, name: str, a: Chances, b: Chances | None, base_a: int, base_b: int, runs: int
) -> None:
    found = _verdicts(random, a, b or a, base_a, base_b, QUESTIONS, runs * QUESTIONS)
    evenings = [set(found[at : at + QUESTIONS]) for at in range(0, len(found), QUESTIONS)]
    clear = [Verdict.CLEAR in one for one in evenings]
    whole = [Verdict.CLEAR_AS_A_WHOLE in one for one in evenings]
    either = [one or other for one, other in zip(clear, whole, strict=True)]
    row(name, *(f"{100 * sum(each) / runs:.1f}" for each in (clear, whole, either)))


def _heard(
    random: np.random.Generator, name: str, a: Chances, b: Chances, answers: int, questions: int, runs: int
) -> None:
    found = Counter(_verdicts(random, a, b, answers, answers, questions, runs))
    wanted = (Verdict.ABOUT_THE_SAME, Verdict.CLEAR, Verdict.CLEAR_AS_A_WHOLE)
    row(name, *(f"{100 * found[verdict] / runs:.1f}" for verdict in wanted))
