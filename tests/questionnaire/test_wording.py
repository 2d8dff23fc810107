"""Words are cleaned of what misleads and floods; real scripts stay untouched."""

import unicodedata

import pytest

from survey.questionnaire import clean

FAMILY = "👨\u200d👩\u200d👧"
SCOTLAND = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  Ask first.  ", "Ask first."),
        ("cafe\u0301", "café"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("one\n\n\n\n\ntwo", "one\n\ntwo"),
        ("a\tb", "a b"),
        ("a\x00b\x1b[31mc\x7f", "ab[31mc"),
        ("\u202eevil\u202c \u2066x\u2069", "evil x"),
        ("pass\u200bword\ufeff \u2060so\u00adft", "password soft"),
        ("ab\u200dc\u200cd", "abcd"),
        ("\u3164\u3164", ""),
        ("\u200d\u200c\u200b", ""),
        ("\ue000private\uf8ff", "private"),
        ("hidden\U000e0068\U000e0069", "hidden"),
        ("Z\u0351\u0352\u0353\u0354\u0355\u0356\u0357", "Z\u0353\u0354\u0355\u0356"),
        ("!" * 40, "!" * 9),
        ("noooooooooooooooo way", "nooooooooo way"),
        ("😂" * 30, "😂" * 9),
        (FAMILY * 12, FAMILY * 9),
        ("e\u0323\u0301" * 20, "ẹ\u0301" * 9),
        ("1\ufe0f\u20e3 2", "1\ufe0f\u20e3 2"),
        ("a\u200b\u0301", "á"),
    ],
)
def test_what_misleads_or_floods_goes(given: str, kept: str) -> None:
    assert clean(given) == kept


@pytest.mark.parametrize(
    "words",
    [
        "میں نے سوچا کہ گھر سب کچھ جانتا ہے",  # Urdu
        "می\u200cخواهم بدانم",  # Persian with its non-joiner
        "هل يعرف البيت كلَّ شيء؟",  # Arabic with marks
        "क्या घर सब कुछ जानता है? क्ष क्\u200dष",  # Hindi, one with a joiner
        "ਕੀ ਘਰ ਸਭ ਕੁਝ ਜਾਣਦਾ ਹੈ?",  # Panjabi
        "ശ്രീ അവന്\u200d",  # Malayalam, a joiner at a word's end
        "ශ්\u200dරී ලංකාව",  # Sinhala
        "บ้านรู้ทุกอย่างหรือไม่",  # Thai
        "Ngôi nhà biết mọi thứ ư?",  # Vietnamese
        "房子知道一切嗎？",  # Chinese
        "Zażółć gęślą jaźń",  # Polish
        "שָׁלוֹם עֲלֵיכֶם",  # Hebrew with points
        f"Family {FAMILY}, 🏳️\u200d🌈, 👩🏽\u200d⚕️, {SCOTLAND}, ❤️\u200d🔥, 🇬🇧",
        "“Ask first” – that’s what I’d say… 50 % of £100 = £50 & <b>bold</b>",
        "=SUM(A1)",
    ],
)
def test_real_words_are_untouched(words: str) -> None:
    assert clean(words) == unicodedata.normalize("NFC", words)


@pytest.mark.parametrize(
    "given", ["a\u200b" * 30, "x\u0301\u0301\u0301\u0301\u0301\u0301 y", "\u0301" * 40, "!\u200b" * 99]
)
def test_cleaning_twice_changes_nothing_more(given: str) -> None:
    assert clean(clean(given)) == clean(given)
