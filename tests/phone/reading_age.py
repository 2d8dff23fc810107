"""How old a reader has to be: two published formulas, which give a school grade of the United States (grade + 5 = age).

Flesch-Kincaid: Kincaid, Fishburne, Rogers and Chissom (1975), "Derivation of new readability formulas", Research Branch
Report 8-75, Naval Technical Training Command. It looks at syllables.
Coleman-Liau: Coleman and Liau (1975), "A computer readability formula designed for machine scoring", Journal of Applied
Psychology 60(2), 283-284. It looks at letters, so it needs nobody's opinion on syllables.
"""

import re

WORD = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")
SENTENCE_END = re.compile(r"[.!?](?:\s|$)")
SPOKEN_APART = ("ia", "io", "ua", "eo", "iu", "ying")
"""Neighbouring vowels that are mostly two syllables ("material", "period")."""


def words_in(text: str) -> list[str]:
    """Return the words of a text."""
    return WORD.findall(text)


def sentences_in(text: str) -> int:
    """Return how many sentences a text has; words after the last stop are one more."""
    ends = list(SENTENCE_END.finditer(text))
    rest = text[ends[-1].end() :] if ends else text
    return len(ends) + bool(words_in(rest))


def syllables(word: str) -> int:
    """Return about how many syllables an English word has: its groups of vowels, without a silent e."""
    spelled = word.lower()
    groups = len(re.findall(r"[aeiouy]+", spelled))
    groups += sum(spelled.count(apart) for apart in SPOKEN_APART if not spelled.endswith(("tion", "sion")))
    if re.search(r"(?<!tr)(?<=[^aeiouyl])e$|[aeiou]le$|[^aeiouytd]ed$|[^aeiouysxzhgc]es$", spelled):
        groups -= 1
    return max(1, groups)


def flesch_kincaid_grade(text: str) -> float:
    """Return the Flesch-Kincaid grade."""
    words = words_in(text)
    spoken = sum(syllables(word) for word in words)
    return 0.39 * len(words) / sentences_in(text) + 11.8 * spoken / len(words) - 15.59


def coleman_liau_grade(text: str) -> float:
    """Return the Coleman-Liau grade."""
    words = words_in(text)
    letters = sum(character.isalnum() for word in words for character in word)
    return 5.88 * letters / len(words) - 29.6 * sentences_in(text) / len(words) - 15.8
