"""The list of words, read by everybody: one meaning per word in every language, and no slip makes another word."""

from collections import Counter
from itertools import combinations, islice, permutations

import pytest

from survey.words import Pair, drawn, plain, read_pair, word_rows

ROWS = word_rows()
LANGUAGES = ("en", "pl", "ur", "ar", "zh-Hans")
KEY = bytes(range(32))


def row(english: str) -> int:
    return next(number for number, words in enumerate(ROWS) if words["en"] == english)


def pair(one: str, other: str) -> Pair:
    return Pair(*sorted((row(one), row(other))))


def one_slip_apart(one: str, other: str) -> bool:
    """Whether one letter too many, too few, wrong, or two letters swapped make one word the other."""
    if abs(len(one) - len(other)) > 1:
        return False
    long, short = sorted((one, other), key=len, reverse=True)
    if len(long) != len(short):
        return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
    wrong = [at for at in range(len(one)) if one[at] != other[at]]
    swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1
    return len(wrong) < 2 or (swapped and one[wrong[0]] + one[wrong[1]] == other[wrong[1]] + other[wrong[0]])


def test_there_are_about_two_hundred_meanings_each_with_one_word_in_every_language() -> None:
    assert len(ROWS) >= 200
    for words in ROWS:
        assert set(words) == set(LANGUAGES)
        assert all(word and not any(letter.isspace() for letter in word) for word in words.values())


def test_a_slip_is_recognised() -> None:
    assert one_slip_apart("coat", "boat")
    assert one_slip_apart("form", "from")
    assert one_slip_apart("chair", "chairs")
    assert not one_slip_apart("river", "lamp")


def test_no_word_stands_for_two_meanings_in_any_language() -> None:
    meanings: dict[str, set[int]] = {}
    for number, words in enumerate(ROWS):
        for word in words.values():
            meanings.setdefault(plain(word), set()).add(number)
    assert {word: rows for word, rows in meanings.items() if len(rows) > 1} == {}


@pytest.mark.parametrize("language", ["en", "pl", "ur", "ar"])
def test_one_slip_of_a_finger_never_makes_another_word(language: str) -> None:
    words = [plain(each[language]) for each in ROWS]
    assert [(one, other) for one, other in combinations(words, 2) if one_slip_apart(one, other)] == []


def test_chinese_words_written_together_can_be_read_in_one_way_only() -> None:
    together = Counter("".join(two) for two in permutations([words["zh-Hans"] for words in ROWS], 2))
    assert max(together.values()) == 1
    for one, other in islice(permutations(range(len(ROWS)), 2), 0, None, 97):
        written = ROWS[one]["zh-Hans"] + ROWS[other]["zh-Hans"]
        assert read_pair(written) == Pair(*sorted((one, other)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pair_shown_in_one_language_is_read_in_any(language: str) -> None:
    for shown in islice(drawn(KEY, "any", cards=False), 50):
        assert read_pair(shown.shown(language)) == shown


@pytest.mark.parametrize(
    "typed",
    [
        "river lamp",
        "lamp river",
        " River,  LAMP ",
        "river-lamp",
        "River\N{EN DASH}Lamp",
        "river\u00a0lamp.",
        "riverlamp",
        "rzeka lampa",
        "RZEKA / LAMPA",
        "river lampa",
        "دریا لیمپ",
        "دريا، ليمپ",
        "نهر مصباح",
        "نَهر  مصباح",
        "河流 台灯",
        "河流台灯",
        "河流、台灯",
    ],
)
def test_two_words_are_read_however_they_are_typed(typed: str) -> None:
    assert read_pair(typed) == pair("river", "lamp")


def test_accents_may_be_left_out() -> None:
    assert read_pair("ksiezyc zolw") is None
    assert read_pair("ksiezyc gwiazda") == pair("moon", "star")
    assert read_pair("sloń jeż") == read_pair("slon jez") == pair("elephant", "hedgehog")


@pytest.mark.parametrize(
    "typed",
    ["", " ", "river", "river river", "rivr lamp", "river lamp door", "river and lamp", "12 34", "<b>"],
)
def test_nothing_is_guessed(typed: str) -> None:
    assert read_pair(typed) is None


def test_pairs_for_phones_and_for_cards_never_meet() -> None:
    phones = set(islice(drawn(KEY, "phone", cards=False), 3000))
    cards = set(islice(drawn(KEY, "card", cards=True), 3000))
    assert phones.isdisjoint(cards)
    assert all(each.one < each.other for each in phones | cards)
    assert len(phones) > 2000  # draws repeat, as dice do, and no more
    assert list(islice(drawn(KEY, "phone", cards=False), 9)) == list(
        islice(drawn(KEY, "phone", cards=False), 9)
    )
