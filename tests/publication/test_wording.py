"""What the room reads of one result: the specification, case by case."""

from collections.abc import Collection

import pytest

from survey.analysis.suppression import Form, Shown, bars_of, shown
from survey.model import Kind, Mode, Question, Wave
from survey.publication.figures import Tone
from survey.publication.spoken import spoken
from survey.publication.wording import bars, base_words
from tests.publication.asking import SCALE, question, say

ONE = question(Kind.ONE, "always", "sometimes", "never", "not_sure")
MANY = question(
    Kind.MANY,
    *("gp", "family", "emergency", "university", "maker", "employer", "insurer", "friend", "none_of_these"),
    exclusive="none_of_these",
)
NUMBER = question(
    Kind.NUMBER,
    *(str(number) for number in range(11)),
    disagree=("0", "1", "2", "3", "4"),
    neutral=("5", "6", "7"),
    agree=("8", "9", "10"),
)
SIDED = question(
    Kind.ONE,
    *("not_acceptable", "depends", "acceptable"),
    disagree=("not_acceptable",),
    neutral=("depends",),
    agree=("acceptable",),
    disagree_word=say("said not acceptable"),
    agree_word=say("said acceptable"),
)


def read(asked: Question, *given: int, base: int | None = None) -> tuple[list[tuple[str, str]], str]:
    """Return the bars as (label, printed) and the sentence for counts in the order offered."""
    counts = dict(zip(asked.values, given, strict=False))
    visible = shown(asked, sum(given) if base is None else base, counts)
    return [(bar.label, bar.shown) for bar in bars(asked, visible)], spoken(asked, visible)


def test_nine_answers_show_nothing_and_say_nothing() -> None:
    assert read(SCALE, 1, 2, 2, 2, 2) == ([], "")


def test_ten_answers_are_counts_of_three_classes() -> None:
    assert read(SCALE, 2, 1, 3, 3, 1) == (
        [("Strongly disagree or disagree", "3"), ("Neither", "3"), ("Agree or strongly agree", "4")],
        "4 of the 10 people who answered agreed.",
    )


def test_a_class_of_one_or_two_joins_its_neighbour() -> None:
    assert read(SCALE, 1, 0, 4, 5, 4) == (
        [("Strongly disagree, disagree or neither", "5"), ("Agree or strongly agree", "9")],
        "9 of the 14 people who answered agreed.",
    )


def test_where_the_agreeing_are_merged_the_disagreeing_are_said() -> None:
    assert read(SCALE, 5, 4, 3, 1, 1) == (
        [("Strongly disagree or disagree", "9"), ("Neither, agree or strongly agree", "5")],
        "9 of the 14 people who answered disagreed.",
    )


def test_twenty_nine_answers_are_counts_and_thirty_are_in_100() -> None:
    assert read(SCALE, 4, 5, 6, 7, 7) == (
        [("Strongly disagree or disagree", "9"), ("Neither", "6"), ("Agree or strongly agree", "14")],
        "14 of the 29 people who answered agreed.",
    )
    assert read(SCALE, 4, 5, 6, 7, 8) == (
        [
            *(("Strongly disagree", "13"), ("Disagree", "17"), ("Neither", "20"), ("Agree", "23")),
            ("Strongly agree", "27"),
        ],
        "50 in 100 agreed. 30 in 100 disagreed.",
    )


def test_below_a_hundred_answers_one_or_two_people_are_not_counted_out_nor_told_by_their_side() -> None:
    assert read(SCALE, 1, 20, 3, 0, 21) == (
        [
            *(("Strongly disagree", "fewer than 3"), ("Disagree", "44"), ("Neither", "7")),
            *(("Agree", "fewer than 3"), ("Strongly agree", "47")),
        ],
        "The answer given most: “Strongly agree”, by 47 in 100.",
    )
    assert read(SCALE, 1, 2, 0, 20, 22)[1] == "93 in 100 agreed."


def test_no_answer_is_said_to_be_given_most_where_one_among_the_others_may_be_as_many() -> None:
    assert read(ONE, 5, 5, 5, 1) == (
        [("Always", "5"), ("Sometimes", "5"), ("Other answers", "6")],
        "The answers are spread out: none stands apart.",
    )


@pytest.mark.parametrize(
    "given", [(0, 0, 0, 6, 8), (0, 0, 1, 6, 7), (1, 0, 1, 6, 6), (0, 0, 0, 40, 45), (1, 0, 1, 40, 45)]
)
def test_all_or_all_but_one_or_two_alike_are_nearly_everyone(given: tuple[int, ...]) -> None:
    assert read(SCALE, *given) == (
        [("Agree or strongly agree", "nearly everyone")],
        "Nearly everyone who answered agreed.",
    )


def test_nearly_everyone_never_has_the_exact_length() -> None:
    alike, all_but_two = shown(SCALE, 20, {"agree": 20}), shown(SCALE, 20, {"agree": 18, "neither": 2})
    assert bars(SCALE, alike) == bars(SCALE, all_but_two)


def test_none_agreeing_among_many_is_said() -> None:
    assert read(SCALE, 30, 0, 15, 0, 0)[1] == "0 in 100 agreed. 67 in 100 disagreed."


def test_one_of_several_options_names_the_answer_given_most() -> None:
    assert read(ONE, 20, 15, 5, 3) == (
        [("Always", "47"), ("Sometimes", "35"), ("Never", "12"), ("Not sure", "7")],
        "The answer given most: “Always”, by 47 in 100.",
    )
    assert read(ONE, 20, 20, 5, 5)[1] == "Given most, by 40 in 100 each: “Always” and “Sometimes”."


def test_rare_options_of_a_small_audience_are_other_answers() -> None:
    assert read(ONE, 9, 4, 2, 1) == (
        [("Always", "9"), ("Sometimes", "4"), ("Other answers", "3")],
        "The answer given most: “Always”, by 9 of 16 people.",
    )


def test_a_question_with_sides_speaks_its_own_words() -> None:
    assert read(SIDED, 10, 15, 20) == (
        [("Not acceptable", "22"), ("Depends", "33"), ("Acceptable", "44")],
        "44 in 100 said acceptable. 22 in 100 said not acceptable.",
    )


def test_a_number_is_three_classes_at_every_base() -> None:
    assert read(NUMBER, 5, 0, 0, 5, 0, 10, 0, 0, 10, 0, 10) == (
        [("0 to 4", "25"), ("5 to 7", "25"), ("8 to 10", "50")],
        "50 in 100 gave 8 to 10. 25 in 100 gave 0 to 4.",
    )
    assert read(NUMBER, 3, 0, 0, 0, 0, 4, 0, 0, 4, 0, 0) == (
        [("0 to 4", "3"), ("5 to 7", "4"), ("8 to 10", "4")],
        "4 of the 11 people who answered gave 8 to 10.",
    )


def test_ticked_answers_show_the_seven_given_most_and_say_the_exclusive_one() -> None:
    assert read(MANY, 40, 30, 38, 20, 5, 6, 4, 10, 8, base=50) == (
        [
            *(("Gp", "80"), ("Emergency", "76"), ("Family", "60"), ("University", "40")),
            *(("Friend", "20"), ("Employer", "12"), ("Maker", "10")),
        ],
        "Chosen most: “Gp”, by 80 in 100. 16 in 100 chose “None of these”.",
    )


def test_rarely_ticked_answers_of_a_small_audience_are_fewer_than_3() -> None:
    assert read(MANY, 12, 9, 8, 4, 1, 2, 0, 3, 1, base=15) == (
        [
            *(("Gp", "12"), ("Family", "9"), ("Emergency", "8"), ("University", "4"), ("Friend", "3")),
            *(("Insurer", "0"), ("Each of the others", "fewer than 3")),
        ],
        "Chosen most: “Gp”, by 12 of 15 people.",
    )


def test_one_rarely_ticked_answer_keeps_its_name() -> None:
    assert read(MANY, 12, 9, 8, 4, 1, 5, 6, 7, 0, base=15)[0][-1] == ("Maker", "fewer than 3")


def test_a_tick_nearly_everyone_made_has_no_figure() -> None:
    printed, sentence = read(MANY, 14, 9, 8, 4, 3, 3, 3, 3, 0, base=15)
    assert printed[0] == ("Gp", "nearly everyone")
    assert sentence == "Nearly everyone who answered chose “Gp”."


def test_a_long_list_is_six_answers_and_the_others() -> None:
    long = question(Kind.ONE, *"abcdefghij")
    printed, _ = read(long, 30, 5, 5, 10, 8, 7, 6, 1, 1, 27)
    assert printed == [
        ("A", "30"),
        ("J", "27"),
        ("D", "10"),
        ("E", "8"),
        ("F", "7"),
        ("G", "6"),
        ("Other answers", "12"),
    ]


BOTH = (Mode.PAPER, Mode.PHONE)


@pytest.mark.parametrize(
    ("given", "wave", "modes", "expected"),
    [
        (50, Wave.AFTER, [Mode.PHONE], "in 100 of the 50 who answered"),
        (50, Wave.BEFORE, [Mode.PHONE], "in 100 of the 50 who answered before the performance"),
        (50, Wave.AFTER, BOTH, "in 100 of the 50 who answered, on phones and on paper"),
        (30, Wave.AFTER, [Mode.PAPER], "in 100 of the 30 who answered, on paper"),
        (30, Wave.AFTER, [Mode.WEB], "in 100 of the 30 who answered, in a web form"),
        (
            30,
            Wave.AFTER,
            [Mode.WEB, Mode.PHONE],
            "in 100 of the 30 who answered, on phones and in a web form",
        ),
        (14, Wave.AFTER, [Mode.PHONE], "of the 14 people who answered"),
        (
            14,
            Wave.BEFORE,
            BOTH,
            "of the 14 people who answered before the performance, on phones and on paper",
        ),
    ],
)
def test_every_figure_has_its_base(given: int, wave: Wave, modes: Collection[Mode], expected: str) -> None:
    asked = question(Kind.ONE, "yes", "no")
    visible = shown(asked, given, {"yes": given // 2, "no": given - given // 2})
    assert base_words(visible, wave, modes) == expected


def test_a_jurys_scale_of_nine_answers_has_its_exact_totals_in_three_classes() -> None:
    values = tuple("abcdefghi")
    asked = question(Kind.SCALE, *values, disagree=values[:4], neutral=values[4:5], agree=values[5:])
    totals = bars_of(asked, 18, dict(zip(values, (0, 1, 2, 3, 4, 2, 2, 2, 2), strict=True)), by_class=False)
    assert [(bar.shown, bar.tone) for bar in bars(asked, Shown(Form.COUNTS, 18, tuple(totals)))] == [
        ("6", Tone.AGAINST_STRONGLY),
        ("4", Tone.BETWEEN),
        ("8", Tone.FOR_STRONGLY),
    ]
    two_sided = question(Kind.SCALE, *values, disagree=values[:4], agree=values[4:])
    totals = bars_of(two_sided, 9, dict.fromkeys(values, 1), by_class=False)
    assert [bar.shown for bar in bars(two_sided, Shown(Form.COUNTS, 9, tuple(totals)))] == ["4", "5"]


@pytest.mark.parametrize("asked", [SCALE, ONE, MANY, NUMBER, SIDED], ids=lambda asked: asked.kind)
def test_no_audience_of_any_size_meets_more_than_seven_bars_or_a_class_of_one_or_two(asked: Question) -> None:
    for size in range(10, 30):
        for spread in range(1, 5):
            given = [0] * len(asked.options)
            for person in range(size):
                given[(person * spread + person // 7) % len(given)] += 1
            printed, _ = read(asked, *given)
            assert 1 <= len(printed) <= 7
            assert not {"1", "2"} & {figure for _, figure in printed}


def test_ten_answers_spread_so_thin_that_none_may_be_shown_alone_still_have_a_sentence() -> None:
    five = question(Kind.ONE, "a", "b", "c", "d", "e")
    assert read(five, 2, 2, 2, 2, 2) == (
        [("Other answers", "10")],
        "The answers are spread out: none stands apart.",
    )


def test_shares_that_do_not_add_up_to_100_are_called_rounded() -> None:
    asked = question(Kind.ONE, "a", "b", "c")
    thirds, halves = shown(asked, 90, {"a": 30, "b": 30, "c": 30}), shown(asked, 90, {"a": 45, "b": 45})
    assert [bar.in_100 for bar in thirds.bars] == [33, 33, 33]
    assert base_words(thirds, Wave.AFTER) == "in 100 of the 90 who answered, rounded"
    assert base_words(halves, Wave.AFTER) == "in 100 of the 90 who answered"
    ticked = shown(question(Kind.MANY, "a", "b", "c"), 90, {"a": 40, "b": 33, "c": 7})
    assert base_words(ticked, Wave.AFTER) == "in 100 of the 90 who answered"


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        (question(Kind.ONE, "no", "not_sure", "yes", disagree=("no",), agree=("yes",)), (20, 10, 30)),
        (NUMBER, (5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 10)),
    ],
)
def test_a_fact_and_a_number_have_no_colours_for_and_against(asked: Question, given: tuple[int, ...]) -> None:
    visible = shown(asked, 60, dict(zip(asked.values, given, strict=True)))
    assert {bar.tone for bar in bars(asked, visible)} == {Tone.PLAIN}
    against_and_for = {bar.tone for bar in bars(SCALE, shown(SCALE, 60, dict.fromkeys(SCALE.values, 12)))}
    assert Tone.AGAINST_STRONGLY in against_and_for
