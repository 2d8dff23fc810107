"""Two audiences in words: the verdict, and the one interval that decides it."""

from survey.analysis.differences import Difference, Verdict
from survey.analysis.figures import suppressed
from survey.analysis.planning import smallest_difference
from survey.analysis.sentences.phrases import agreed, allowing, in_100
from survey.language import _, ngettext
from survey.language.punctuation import one_after_another


def verdict_words(verdict: Verdict) -> str:
    """Return a verdict as a label."""
    return {
        Verdict.TOO_FEW: _("Too few to tell"),
        Verdict.CLEAR: _("Clear difference"),
        Verdict.CLEAR_SMALL: _("Clear but small difference"),
        Verdict.ABOUT_THE_SAME: _("About the same"),
        Verdict.NONE: _("No clear difference"),
    }[verdict]


def difference_sentence(difference: Difference, a: str, b: str) -> str:
    """Return what two audiences, called a and b ("2015", "2017"), show about one share."""
    if difference.verdict is Verdict.TOO_FEW:
        return _too_few(difference, a, b)
    if difference.verdict is Verdict.ABOUT_THE_SAME:
        return _("About the same: any difference is smaller than 10 in 100.")
    if difference.verdict is Verdict.NONE:
        return _not_clear(difference)
    return _clear(difference, a, b)


def superiority_sentence(difference: Difference, a: str, b: str) -> str:
    """Return how often someone of b answers higher than someone of a; nothing where answers have no order."""
    above = difference.superiority
    if above is None or not difference.shown:
        return ""
    if above.interval is None:
        words = _(
            "Take one person from each audience: {theta} times in 100 the one from {b} gave the higher answer than "
            "the one from {a} (same answers count half)."
        )
        low = high = ""
    else:
        words = _(
            "Take one person from each audience: {theta} times in 100 the one from {b} gave the higher answer than "
            "the one from {a} (same answers count half; between {low} and {high})."
        )
        low, high = in_100(above.interval.low), in_100(above.interval.high)
    return words.format(theta=in_100(above.theta), a=a, b=b, low=low, high=high)


def _clear(difference: Difference, a: str, b: str) -> str:
    fewer = difference.interval.high < 0
    ends = sorted((difference.interval.low, difference.interval.high), key=abs)
    if fewer:
        words = _(
            "In the {b} audience {size} fewer in 100 {agreed} than in the {a} audience (somewhere between {low} and "
            "{high} fewer{allowing})."
        )
    else:
        words = _(
            "In the {b} audience {size} more in 100 {agreed} than in the {a} audience (somewhere between {low} and "
            "{high} more{allowing})."
        )
    told = words.format(
        a=a,
        b=b,
        size=in_100(difference.difference),
        agreed=agreed(difference.question, difference.option),
        low=in_100(ends[0]),
        high=in_100(ends[1]),
        allowing=allowing(difference.compared),
    )
    if difference.verdict is Verdict.CLEAR_SMALL:
        return one_after_another([told, _("The difference is small.")])
    return told


def _not_clear(difference: Difference) -> str:
    ends = sorted((abs(difference.interval.low), abs(difference.interval.high)), reverse=True)
    words = _(
        "No clear difference: the two audiences could be the same, or differ by up to {far} in 100 one way and {near} "
        "the other."
    )
    return words.format(far=in_100(ends[0]), near=in_100(ends[1]))


def _too_few(difference: Difference, a: str, b: str) -> str:
    base_a, base_b = difference.share_a.base, difference.share_b.base
    few = [name for name, base in ((a, base_a), (b, base_b)) if suppressed(base)]
    if len(few) == 2:
        return _("Too few to tell: fewer than 10 people answered in each audience.")
    if few:
        return _("Too few to tell: fewer than 10 people answered in the {name} audience.").format(name=few[0])
    smallest = smallest_difference(base_a, base_b, compared=difference.compared)
    if smallest >= 1:
        words = _("With {a} and {b} answers we could not have seen any difference.")
    else:
        words = _(
            "With {a} and {b} answers we could only have seen a very large difference ({smallest} in 100 or more)."
        )
    return words.format(a=base_a, b=base_b, smallest=in_100(smallest))


def nights_sentence(performances_a: int, performances_b: int) -> str:
    """Return the caution that two audiences are two audiences, where a side is a single performance."""
    if min(performances_a, performances_b) > 1:
        return ""
    return ngettext(
        "This compares one audience with another. Audiences differ from night to night anyway, so it cannot show "
        "what a year, or the performance, has changed.",
        "This compares some audiences with one other. Audiences differ from night to night anyway, so it cannot "
        "show what a year, or the performance, has changed.",
        max(performances_a, performances_b),
    )
