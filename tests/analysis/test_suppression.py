"""Suppression: this table is its specification (evidence.md, Disclosure control, rules 1 to 6)."""

import dataclasses
import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

import pytest

from survey.analysis.changes import Movement, changes
from survey.analysis.suppression import (
    Bar,
    Form,
    Part,
    Shown,
    ShownChange,
    due,
    follows,
    gained,
    hidden_rows,
    kept_apart,
    live,
    may_pool,
    remainder,
    rest_fits,
    shown,
    shown_change,
    told_apart,
)
from survey.model import Mode, Option, Provenance, Question, Text, Way
from tests.analysis.asking import ACCEPTABLE, LIKELY, MANY, NUMBER, ONE, named
from tests.analysis.test_changes import linked, moved

NOTHING, NEARLY, COUNTS, IN_100 = Form.NOTHING, Form.NEARLY, Form.COUNTS, Form.IN_100


def seen(asked: Question, given: tuple[int, ...], base: int | None = None) -> tuple[Form, str]:
    """What is shown of counts in the order offered: each bar's part and number, as one line."""
    result = shown(asked, sum(given) if base is None else base, named(asked, given))
    return result.form, " ".join(line(result, bar) for bar in result.bars)


def line(result: Shown, bar: Bar) -> str:
    number = bar.in_100 if result.form is IN_100 else bar.count
    name = "+".join(bar.parts) if bar.part is Part.MERGED else bar.part
    name = ",".join(bar.options) if bar.part is Part.OPTION else name
    return f"{name} {'?' if number is None else number}"


# --- rules 1 and 4: one result -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "form", "bars"),
    [
        # very unlikely … very likely
        ((0, 0, 0, 0, 0), NOTHING, ""),
        ((0, 0, 1, 0, 0), NOTHING, ""),
        ((1, 2, 2, 2, 2), NOTHING, ""),  # 9
        ((1, 2, 3, 2, 2), COUNTS, "disagree 3 neutral 3 agree 4"),  # 10: three classes, plain counts
        ((0, 3, 0, 3, 4), COUNTS, "disagree 3 neutral 0 agree 7"),  # an empty class is said
        ((0, 0, 0, 5, 5), NEARLY, "agree ?"),  # all agree
        ((5, 5, 0, 0, 0), NEARLY, "disagree ?"),  # none agree
        ((0, 1, 0, 5, 4), NEARLY, "agree ?"),  # all but one
        ((1, 0, 1, 5, 5), NEARLY, "agree ?"),  # all but two
        ((1, 1, 1, 5, 5), COUNTS, "disagree+neutral 3 agree 10"),  # a class of 2 joins its neighbour
        ((1, 0, 4, 5, 4), COUNTS, "disagree+neutral 5 agree 9"),  # a class of 1 does too
        ((3, 3, 1, 3, 4), COUNTS, "disagree+neutral 7 agree 7"),  # the middle one joins its smaller neighbour
        ((4, 3, 2, 3, 2), COUNTS, "disagree 7 neutral+agree 7"),
        ((4, 3, 4, 1, 0), COUNTS, "disagree 7 neutral+agree 5"),
        ((1, 1, 9, 2, 0), COUNTS, "neutral 9 other 4"),  # both ends too small: together, not one bar of all
        ((1, 0, 1, 4, 4), NEARLY, "agree ?"),
        ((5, 5, 5, 7, 7), COUNTS, "disagree 10 neutral 5 agree 14"),  # 29
        (
            (5, 5, 5, 7, 8),  # 30: every option, whole in 100
            IN_100,
            "very_unlikely 17 fairly_unlikely 17 not_sure 17 fairly_likely 23 very_likely 27",
        ),
        (
            (1, 2, 0, 20, 22),
            IN_100,
            "few ? few ? few ? fairly_likely 44 very_likely 49",  # fewer than 3 people each, of three together
        ),
        ((1, 20, 3, 0, 21), IN_100, "few ? fairly_unlikely 44 not_sure 7 few ? very_likely 47"),
        (
            (1, 9, 8, 7, 6),
            IN_100,
            "fairly_unlikely 29 not_sure 26 fairly_likely 23 other 23",
        ),  # 1 of 31, not 3 in 100
        ((2, 9, 2, 7, 11), IN_100, "fairly_unlikely 29 very_likely 35 other 35"),  # 4 of two: two each
        (
            (2, 2, 2, 40, 54),
            IN_100,
            "very_unlikely 2 fairly_unlikely 2 not_sure 2 fairly_likely 40 very_likely 54",
        ),
        ((1, 1, 0, 20, 22), NEARLY, "agree ?"),  # from 30 answers on as well
        ((0, 0, 0, 400, 400), NEARLY, "agree ?"),
    ],
)
def test_a_scale_is_shown_as(given: tuple[int, ...], form: Form, bars: str) -> None:
    assert seen(LIKELY, given) == (form, bars)


def test_where_nothing_is_shown_not_even_the_base_is_told() -> None:
    assert shown(LIKELY, 9, named(LIKELY, (1, 2, 2, 2, 2))) == Shown(NOTHING, 0)


@pytest.mark.parametrize(
    ("given", "form", "bars"),
    [
        ((9, 0, 0, 0), NOTHING, ""),
        ((8, 1, 1, 0), NEARLY, "seans ?"),
        ((3, 3, 3, 3), COUNTS, "seans 3 saras 3 between 3 neither 3"),
        ((7, 5, 2, 1), COUNTS, "seans 7 saras 5 other 3"),  # two small options: other answers
        (
            (7, 5, 2, 0),
            COUNTS,
            "seans 7 other 7",
        ),  # one alone takes the next smallest along, and who has nobody
        ((7, 1, 1, 1), COUNTS, "seans 7 other 3"),  # three of nobody to two people
        ((7, 2, 2, 4), COUNTS, "seans 7 other 8"),  # two of two each would be told by their sum
        ((3, 2, 2, 3), COUNTS, "other 10"),
        ((5, 5, 5, 1), COUNTS, "seans 5 saras 5 other 6"),
        ((10, 10, 9, 1), IN_100, "seans 33 saras 33 other 33"),
        ((14, 14, 1, 1), IN_100, "seans 47 saras 47 few ? few ?"),
        ((50, 30, 18, 2), IN_100, "seans 50 saras 30 between 18 neither 2"),  # from 100 on
        ((28, 1, 1, 0), NEARLY, "seans ?"),
    ],
)
def test_one_of_several_options_is_shown_as(given: tuple[int, ...], form: Form, bars: str) -> None:
    assert seen(ONE, given) == (form, bars)


@pytest.mark.parametrize(
    ("base", "given", "form", "bars"),
    [
        (9, (9, 9, 0, 0), NOTHING, ""),
        (14, (9, 5, 3, 0), COUNTS, "gp 9 family 5 employer 3 none_of_these 0"),
        (
            14,
            (9, 5, 2, 1),
            COUNTS,
            "gp 9 family 5 other ?",
        ),  # fewer than 3 each; ticks do not add up to the base
        (14, (12, 5, 3, 0), COUNTS, "gp ? family 5 employer 3 none_of_these 0"),  # nearly everyone ticked it
        (40, (30, 20, 1, 0), IN_100, "gp 75 family 50 none_of_these 0 other ?"),
        (40, (38, 20, 3, 0), IN_100, "gp ? family 50 employer 8 none_of_these 0"),
        (100, (75, 50, 1, 0), IN_100, "gp 75 family 50 employer 1 none_of_these 0"),
    ],
)
def test_tick_all_is_shown_as(base: int, given: tuple[int, ...], form: Form, bars: str) -> None:
    assert seen(MANY, given, base) == (form, bars)


@pytest.mark.parametrize(
    ("given", "form", "bars"),
    [
        ((1, 0, 0, 1, 1, 2, 0, 2, 1, 1, 1), COUNTS, "disagree 3 neutral 4 agree 3"),
        ((3,) * 11, IN_100, "disagree 45 neutral 27 agree 27"),  # numbers by class, also from 30 on
        ((0,) * 8 + (10, 10, 12), NEARLY, "agree ?"),
        ((2, 0, 0, 0, 0, 20, 0, 0, 20, 0, 0), IN_100, "disagree+neutral 52 agree 48"),  # a class of 2 of 42
        ((2, 0, 0, 0, 0, 38, 0, 0, 3, 0, 0), IN_100, "neutral 88 other 12"),
        ((2, 0, 0, 0, 0, 50, 0, 0, 50, 0, 0), IN_100, "disagree 2 neutral 49 agree 49"),  # from 100 on
    ],
)
def test_numbers_are_shown_by_class(given: tuple[int, ...], form: Form, bars: str) -> None:
    assert seen(NUMBER, given) == (form, bars)


@pytest.mark.parametrize(("options", "bars"), [(7, 7), (8, 3)])
def test_from_thirty_answers_a_scale_of_up_to_seven_is_read_by_option_a_longer_one_by_class(
    options: int, bars: int
) -> None:
    values = "abcdefgh"[:options]
    made = tuple(Option(value, Text({"en": value})) for value in values)
    asked = dataclasses.replace(LIKELY, options=made, disagree=tuple(values[:3]), agree=tuple(values[-3:]))
    assert len(shown(asked, 10 * options, dict.fromkeys(values, 10)).bars) == bars


def test_numbers_that_name_no_classes_have_low_middle_and_high() -> None:
    unnamed = dataclasses.replace(NUMBER, agree=(), neutral=(), disagree=())
    assert seen(unnamed, (3,) * 11) == seen(NUMBER, (3,) * 11)


def test_no_small_result_of_a_scale_gives_a_class_of_one_or_two_away() -> None:
    for given in itertools.product(range(0, 13), repeat=3):
        base = sum(given)
        if 10 <= base < 30:
            result = shown(LIKELY, base, named(LIKELY, (given[0], 0, given[1], 0, given[2])))
            figures = [bar.count for bar in result.bars if bar.count is not None]
            assert not {1, 2} & set(figures), given
            assert result.form is NEARLY or sum(figures) == base, given
            assert len(result.bars) > 1 or result.form is NEARLY, given


def test_no_small_result_of_one_of_several_gives_an_option_of_one_or_two_away() -> None:
    for given in itertools.product(range(0, 8), repeat=4):
        base = sum(given)
        if 10 <= base < 30:
            result = shown(ONE, base, named(ONE, given))
            figures = [bar.count for bar in result.bars if bar.count is not None]
            assert not {1, 2} & set(figures), given
            assert result.form is NEARLY or sum(figures) == base, given


def results_behind(asked: Question, given: Iterable[tuple[int, ...]]) -> list[list[tuple[int, ...]]]:
    """Put together the counts of which the very same is shown, nearly everyone left out."""
    found: dict[Shown, list[tuple[int, ...]]] = defaultdict(list)
    for counts in given:
        result = shown(asked, sum(counts), named(asked, counts))
        if result.form is not NEARLY:
            found[result].append(counts)
    return list(found.values())


def all_counts(cells: int, base: int) -> Iterator[tuple[int, ...]]:
    """Give every way so many answers can fall into so many cells."""
    if cells == 1:
        yield (base,)
        return
    for first in range(base + 1):
        for rest in all_counts(cells - 1, base - first):
            yield (first, *rest)


@pytest.mark.parametrize(
    ("asked", "cells", "base"),
    [
        (ONE, 4, 10),
        (ONE, 4, 11),
        (ONE, 4, 14),
        (ONE, 4, 30),
        (LIKELY, 3, 10),
        (LIKELY, 3, 14),
        (LIKELY, 3, 29),
    ],
)
def test_whoever_knows_the_rules_cannot_tell_that_one_or_two_people_gave_an_answer(
    asked: Question, cells: int, base: int
) -> None:
    """Other answers, 3, over three options used to be 1, 1, 1; 4 over two was 2, 2; 3 in 100 of 31 was one person."""
    given = (
        (counts[0], 0, counts[1], 0, counts[2]) if asked is LIKELY else counts
        for counts in all_counts(cells, base)
    )
    for behind in results_behind(asked, given):
        for cell in zip(*behind, strict=True):
            assert set(cell) not in ({1}, {2}), behind


@pytest.mark.parametrize(
    ("bases", "pooled"),
    [((), True), ((12, 40), True), ((12, 4), False), ((4, 5), False), ((4, 6), True), ((9, 9), True)],
)
def test_a_run_may_be_pooled_when_the_hidden_part_is_none_or_at_least_ten(
    bases: tuple[int, ...], pooled: bool
) -> None:
    assert may_pool(bases) is pooled


# --- rules 2 and 3: when the next public state is due --------------------------------------------------------


@pytest.mark.parametrize(
    ("expected", "checkpoints"), [(None, False), (0, False), (59, False), (60, True), (800, True)]
)
def test_rooms_under_sixty_or_of_unknown_size_have_one_reveal(
    expected: int | None, checkpoints: bool
) -> None:
    assert live(expected) is checkpoints


FIRST = None


@pytest.mark.parametrize(
    ("last", "now", "is_due"),
    [
        # very unlikely … very likely
        (FIRST, (0, 2, 3, 4, 0), False),  # 9
        (FIRST, (0, 3, 3, 4, 0), True),  # first at 10
        ((0, 3, 3, 4, 0), (0, 6, 6, 8, 0), False),  # doubled, but so few that a watcher would gain by it
        ((0, 3, 3, 4, 0), (0, 6, 8, 10, 0), False),  # 24
        ((0, 3, 3, 4, 0), (0, 7, 8, 10, 0), True),  # 25: the same watcher gains less than 5 in 100
        ((0, 3, 3, 4, 0), (0, 3, 3, 19, 0), False),  # 15 more, one option rose
        ((0, 3, 3, 4, 0), (0, 3, 3, 30, 0), False),  # however many more
        ((0, 3, 3, 4, 0), (0, 3, 3, 12, 7), False),  # below 30 the room sees classes: only one rose
        ((5, 5, 5, 10, 10), (5, 5, 5, 27, 27), False),  # 69: not doubled
        ((5, 5, 5, 10, 10), (5, 5, 5, 27, 28), True),  # from 30 it sees options: two rose
        ((5, 5, 5, 10, 10), (5, 5, 5, 10, 45), False),
        ((5, 5, 5, 10, 10), (4, 5, 5, 30, 30), False),  # somebody took that back: it waits
        ((5, 5, 5, 10, 10), (5, 5, 5, 30, 30), True),  # until somebody else gave the same
        ((0, 3, 3, 4, 0), (0, 2, 8, 10, 6), False),  # a class that fell
        ((2, 3, 3, 2, 2), (1, 5, 9, 9, 4), True),  # below 30 the room sees classes, and no class fell
        ((5, 5, 5, 10, 10), (5, 5, 5, 8, 9), False),  # fewer than before
        ((5, 5, 5, 10, 10), (5, 5, 5, 10, 10), False),
        ((0, 5, 5, 10, 15), (1, 5, 5, 10, 49), True),  # the first who chose an option rose too
        ((5, 5, 5, 10, 0), (5, 5, 5, 35, 1), True),
    ],
)
def test_the_next_state_is_due(last: tuple[int, ...] | None, now: tuple[int, ...], is_due: bool) -> None:
    assert _due(LIKELY, last, now) is is_due


@pytest.mark.parametrize(
    ("now", "base", "is_due"),
    [
        ((20, 15, 8, 5), 28, True),
        ((20, 15, 8, 4), 28, False),  # a tick less
        ((24, 15, 8, 5), 28, True),  # four boxes empty, as before
        ((25, 15, 8, 5), 28, False),  # an empty box less: somebody ticked it later
    ],
)
def test_neither_ticks_nor_empty_boxes_ever_grow_fewer(now: tuple[int, ...], base: int, is_due: bool) -> None:
    last = named(MANY, (10, 8, 8, 5))
    assert due(MANY, last, [14], named(MANY, now), base) is is_due


@pytest.mark.parametrize(
    ("more", "sensitive", "is_due"), [(4, False, False), (5, False, True), (9, True, False), (10, True, True)]
)
def test_at_closing_five_more_join_and_ten_if_the_question_is_sensitive(
    more: int, sensitive: bool, is_due: bool
) -> None:
    asked = dataclasses.replace(LIKELY, sensitive=sensitive)
    now = (8 + more - 2, 8, 8 + 1, 8, 8 + 1)
    assert _due(asked, (8,) * 5, now, closing=True) is is_due
    assert not _due(asked, (8,) * 5, now)


def test_at_closing_a_remainder_by_which_a_watcher_would_gain_stays_out() -> None:
    assert not _due(LIKELY, (0, 3, 3, 4, 0), (0, 5, 5, 5, 0), closing=True)
    assert not due(LIKELY, named(LIKELY, (13,) * 5), [10, 25, 65], named(LIKELY, (14,) * 5), 70, closing=True)


PHONE = Way(Mode.PHONE, "en", Provenance.COLLECTED)
PHONE_PL = Way(Mode.PHONE, "pl", Provenance.COLLECTED)
PAPER = Way(Mode.PAPER, "en", Provenance.KEYED)
PAPER_PL = Way(Mode.PAPER, "pl", Provenance.KEYED)
IMPORTED = Way(Mode.PHONE, "en", Provenance.IMPORTED)


@pytest.mark.parametrize(
    ("last", "now", "apart"),
    [
        ({PHONE: 26}, {PHONE: 26, PAPER: 6}, True),  # the six are those seen with paper
        ({PHONE: 26}, {PHONE: 26, PAPER: 9}, True),
        ({PHONE: 26}, {PHONE: 26, PAPER: 1}, True),
        ({PHONE: 26}, {PHONE: 26, PAPER: 6, PHONE_PL: 0}, True),  # nobody is no company
        ({PHONE: 26}, {PHONE: 26, PAPER: 10}, False),
        ({PHONE: 26}, {PHONE: 27, PAPER: 5}, False),  # together with somebody else
        ({PHONE: 26}, {PHONE: 25, PAPER: 6}, True),  # somebody left, nobody came along
        ({PHONE: 26}, {PHONE: 32}, False),  # nothing tells them from those shown
        (
            {PHONE: 20, PAPER: 10},
            {PHONE: 20, PAPER: 15},
            True,
        ),  # more sheets: those shown were not all on paper
        ({PHONE: 26}, {PHONE: 26, PHONE_PL: 5}, True),  # one language
        ({PHONE: 26}, {PHONE: 28, PHONE_PL: 3}, False),
        ({PHONE: 20, PHONE_PL: 10}, {PHONE: 25, PHONE_PL: 10}, True),
        ({PHONE: 26}, {PHONE: 26, PAPER_PL: 3, PHONE_PL: 3}, True),
        ({PHONE: 26}, {PHONE: 26, IMPORTED: 6}, True),  # the caption says so
        ({PHONE: 26, PAPER: 0}, {PHONE: 31, PAPER: 0}, False),
    ],
)
def test_a_few_who_came_by_one_way_of_their_own_are_told_apart(
    last: dict[Way, int], now: dict[Way, int], apart: bool
) -> None:
    assert told_apart(last, now) is apart


@pytest.mark.parametrize(
    ("bases", "points"),
    [
        ([10], 0),  # the last picture alone gives no advantage
        ([40], 0),
        ([10, 20], 60 * (10**0.5 + 10**0.5 - 20**0.5) / 20),
        ([9, 25, 50], 60 * (3 + 4 + 5 - 50**0.5) / 50),
    ],
)
def test_what_a_watcher_gains_is_counted_from_the_batches(bases: list[int], points: float) -> None:
    assert gained(bases) == pytest.approx(points)


def test_a_gain_of_exactly_five_in_100_is_allowed_and_no_more() -> None:
    bases = [36, 72, 108, 144]
    assert gained(bases) == 5
    assert follows([54, 54], [72, 72], bases, wanted=36)
    assert not follows([54, 54], [72, 71], [36, 72, 108, 143], wanted=35)


def test_numbers_are_judged_by_class() -> None:
    last = (0, 0, 0, 0, 10, 10, 0, 0, 0, 0, 20)
    assert not _due(NUMBER, last, (3, 2, 0, 0, 10, 10, 0, 0, 0, 0, 20), closing=True)
    assert _due(NUMBER, last, (3, 0, 0, 0, 10, 12, 0, 0, 0, 0, 20), closing=True)


@pytest.mark.parametrize(("base", "late"), [(40, 0), (43, 3), (39, 0)])
def test_late_answers_are_counted_as_kept_not_shown(base: int, late: int) -> None:
    assert remainder(40, base) == late


def test_a_growing_result_doubles_from_state_to_state_and_never_in_one_class_alone() -> None:
    arrivals = [
        4,
        3,
        3,
        3,
        4,
        2,
        3,
        0,
        4,
        4,
        4,
        4,
        4,
        4,
        1,
        3,
        3,
        2,
        4,
        0,
        3,
        4,
        1,
        2,
        3,
        4,
        4,
        3,
        2,
        1,
        0,
        4,
        3,
    ] * 4
    now = [0] * 5
    states: list[list[int]] = []
    for option in arrivals:
        now[option] += 1
        last = named(LIKELY, tuple(states[-1])) if states else None
        if due(LIKELY, last, [sum(state) for state in states], named(LIKELY, tuple(now)), sum(now)):
            states.append(now.copy())
    assert [sum(state) for state in states] == [10, 25, 64, 128]
    for before, after in itertools.pairwise(states):
        assert sum(new > old for old, new in zip(before, after, strict=True)) >= 2


def _due(
    asked: Question, last: tuple[int, ...] | None, now: tuple[int, ...], *, closing: bool = False
) -> bool:
    stored = named(asked, last) if last else None
    return due(asked, stored, [sum(last)] if last else [], named(asked, now), sum(now), closing=closing)


# --- rule 5: cross-tables --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "hidden"),
    [
        ({"a": (10, 20), "b": (5, 5), "c": (30, 0)}, ""),  # every base ≥ 10, every cell 0 or ≥ 5
        ({"a": (10, 20), "b": (4, 5), "c": (20, 0)}, "b c"),  # a base of 9 and, against subtraction, one more
        ({"a": (10, 20), "b": (4, 15), "c": (9, 9)}, "b c"),  # a cell of 4
        ({"a": (4, 4), "b": (1, 4), "c": (9, 9), "d": (50, 50)}, "a b"),  # two hidden ones hide each other
        ({"a": (1, 1), "b": (1, 1), "c": (9, 9), "d": (50, 50)}, "a b c"),  # still only 4 people: one more
        ({"a": (4, 4)}, "a"),
        ({}, ""),
    ],
)
def test_rows_that_point_at_someone_are_hidden_with_one_more(
    rows: dict[str, tuple[int, ...]], hidden: str
) -> None:
    assert " ".join(sorted(hidden_rows(rows))) == hidden


# --- rule 6: the same people before and after --------------------------------------------------------------


@pytest.mark.parametrize(
    ("stayed_agree", "to", "away", "stayed_not", "unmatched", "said"),
    [
        (3, 3, 3, 0, 20, "nothing"),  # 9 matched
        (30, 17, 6, 41, 20, "to 17 away 6 stayed 71 net 12 margins 36→47"),
        (30, 17, 6, 41, 0, "to 17 away 6 stayed 71 net 12 margins 36→47"),
        (30, 17, 6, 41, 9, "to 17 away 6 stayed 71 net 12"),  # 1-9 unmatched: no margins
        (30, 17, 0, 47, 20, "to 17 away 0 stayed 77 net 18 margins 30→47"),  # nobody may be said
        (30, 17, 4, 43, 20, "to 17 away few"),  # 1-4: fewer than 5, then no net
        (30, 1, 17, 46, 20, "to few away 17"),
        (30, 17, 4, 43, 9, "to 5+ away few"),  # the margins would give it away: no number beside it either
        (30, 5, 4, 55, 9, "to 5+ away few"),
        (30, 4, 5, 55, 9, "to few away 5+"),
        (30, 0, 4, 60, 0, "to few away few"),
        (30, 1, 4, 59, 20, "to few away few"),
        (3, 17, 6, 68, 20, "to 17 away 6 stayed 71 net 12"),  # few stayed agreeing: the margins would tell
        (60, 1, 1, 0, 20, "nearly same"),
        (0, 0, 0, 30, 20, "nearly same"),
        (0, 29, 0, 1, 20, "nearly to"),
        (0, 0, 30, 0, 20, "nearly away"),
    ],
)
def test_a_change_is_shown_as(
    stayed_agree: int, to: int, away: int, stayed_not: int, unmatched: int, said: str
) -> None:
    flow = moved(
        ACCEPTABLE,
        acceptable__acceptable=stayed_agree,
        depends__acceptable=to,
        acceptable__depends=away,
        depends__depends=stayed_not,
    )
    found = shown_change(changes(ACCEPTABLE, [linked(ACCEPTABLE, flow)]), unmatched)
    assert _said(found) == said
    assert found.whole == (None not in (found.net, found.cells, found.margins))
    assert (found.cells is None) == (
        not found.enough
        or found.crowd is not None
        or any(0 < cell < 5 for cell in (stayed_agree, to, away, stayed_not))
    )


@pytest.mark.parametrize(
    ("wave", "matched", "fits"),
    [
        ((60, 28), (60, 28), True),  # nobody left
        ((70, 28), (60, 28), True),  # ten left, none of them agreeing
        ((70, 29), (60, 28), False),  # exactly one of them
        ((70, 33), (60, 28), True),
        ((69, 33), (60, 28), False),  # nine
        ((70, 38), (60, 28), True),
        ((70, 37), (60, 28), False),  # all but one
        ((72, 39), (60, 28), False),  # one of them not
        ((58, 28), (60, 28), False),  # the figures do not belong together
        ((60, 29), (60, 28), False),
        ((90, 27), (60, 28), False),  # thirty left, and fewer agreed than were matched agreeing
    ],
)
def test_the_rest_of_a_wave_may_be_told_if_it_is_nobody_or_ten_with_no_class_of_one_to_four(
    wave: tuple[int, int], matched: tuple[int, int], fits: bool
) -> None:
    assert rest_fits(wave, matched) is fits


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ((94, 36), (94, 47), "to 17 away 6 stayed 71 net 12 margins 36→47"),
        ((104, 36), (94, 47), "to 17 away 6 stayed 71 net 12 margins 36→47"),
        ((114, 39), (104, 50), "to 17 away 6 stayed 71 net 12"),  # 3 of those who left: no margins
        ((104, 39), (94, 47), "to 5+ away 5+"),  # nobody came late, so the net would tell the same
        ((104, 39), None, "to 17 away 6 stayed 71 net 12"),  # nothing is known of after
        (
            (104, 46),
            (104, 47),
            "to 17 away 6 stayed 71 net 12 margins 36→47",
        ),  # all ten who left, none who came late
        ((104, 46), (104, 48), "to 5+ away 5+"),  # at most one of those who came late
        ((104, 45), (104, 47), "to 5+ away 5+"),
        ((104, 44), (104, 47), "to 17 away 6 stayed 71 net 12"),
    ],
)
def test_a_change_is_judged_together_with_what_is_known_of_each_wave(
    before: tuple[int, int], after: tuple[int, int] | None, said: str
) -> None:
    flow = moved(
        ACCEPTABLE,
        acceptable__acceptable=30,
        depends__acceptable=17,
        acceptable__depends=6,
        depends__depends=41,
    )
    found = shown_change(changes(ACCEPTABLE, [linked(ACCEPTABLE, flow)]), 20, [before, after])
    assert _said(found) == said


@pytest.mark.parametrize(
    ("people", "apart"),
    [
        # a few people are hidden: whoever has 1-4 of them, or several such together while they come to fewer than 5
        ({"a": 20, "b": 30}, ""),
        ({"a": 2, "b": 30}, "a"),  # the two less b would tell of a
        ({"a": 2, "b": 2, "c": 30}, "ab"),
        ({"a": 3, "b": 2, "c": 30}, ""),  # together they hide nothing
        ({"a": 2, "b": 3}, ""),  # there is no other to take away
        ({"a": 2}, ""),
        ({"a": 0, "b": 30}, ""),
    ],
)
def test_what_is_hidden_alone_joins_others_only_where_nobody_is_told_apart(
    people: dict[str, int], apart: str
) -> None:
    def whole(names: Collection[str]) -> bool:
        return not 0 < sum(people[name] for name in names) < 5

    assert kept_apart(people, whole) == set(apart)


@pytest.mark.parametrize(
    ("people", "apart"),
    [
        ({"a": 2, "b": 30}, "a"),
        ({"a": 3, "b": 2, "c": 30}, "ab"),
        ({"a": 2, "b": 3}, "ab"),
        ({"a": 2}, ""),
        ({"b": 30}, ""),
    ],
)
def test_while_others_are_left_out_whoever_hides_something_joins_nobody(
    people: dict[str, int], apart: str
) -> None:
    def whole(names: Collection[str]) -> bool:
        return not 0 < sum(people[name] for name in names) < 5

    assert kept_apart(people, whole, others=True) == set(apart)


@pytest.mark.parametrize(("up", "shown_too"), [(5, True), (4, False), (0, True)])
def test_up_same_and_down_are_shown_only_where_none_of_them_is_small(up: int, shown_too: bool) -> None:
    flow = moved(
        LIKELY,
        not_sure__fairly_likely=up,
        not_sure__fairly_unlikely=10,
        not_sure__not_sure=20,
        fairly_likely__fairly_likely=9,
    )
    found = shown_change(changes(LIKELY, [linked(LIKELY, flow)]), 20)
    assert found.movement == (Movement(up, 29, 10) if shown_too else None)
    assert found.whole == (shown_too and None not in (found.net, found.cells, found.margins))


def _said(found: ShownChange) -> str:
    if not found.enough:
        return "nothing"
    if found.crowd:
        return f"nearly {found.crowd}"
    other = "5+" if found.at_least else None
    told = [
        f"{name} {'few' if n is None else (other if n and other else n)}"
        for name, n in (("to", found.moved_to), ("away", found.moved_away))
    ]
    if found.stayed is not None and found.net is not None:
        told.append(f"stayed {found.stayed} net {round(100 * found.net)}")
    if found.margins:
        told.append(f"margins {found.margins[0]}→{found.margins[1]}")
    return " ".join(told)
