"""Two audiences in words: the verdict, and the one interval that decides it. One wording for every surface."""

from collections.abc import Sequence
from typing import assert_never

from survey.analysis.differences import Difference, Verdict
from survey.analysis.figures import enough, suppressed, whole_in_100
from survey.analysis.planning import smallest_difference
from survey.analysis.sentences.phrases import agreed, allowing, in_100
from survey.language import _, ngettext
from survey.language.punctuation import one_after_another


def verdict_words(verdict: Verdict, *, small: bool = False) -> str:
    """Return a verdict as a label."""
    match verdict:
        case Verdict.CLEAR:
            return _("Clear, but small") if small else _("Clear difference")
        case Verdict.TOO_FEW:
            return _("Too few to tell")
        case Verdict.ABOUT_THE_SAME:
            return _("About the same")
        case Verdict.CLEAR_AS_A_WHOLE:
            return _("Clear in the answers as a whole")
        case Verdict.NONE:
            return _("No clear difference")
        case _ as never:
            assert_never(never)


def difference_sentence(difference: Difference, a: str, b: str) -> str:
    """Return what two audiences, called a and b ("2015", "2017"), show about one share, which it names."""
    match difference.verdict:
        case Verdict.CLEAR:
            return _clear(difference, a, b)
        case Verdict.TOO_FEW:
            return _too_few(difference, a, b)
        case Verdict.ABOUT_THE_SAME:
            return about_the_same(agreed(difference.question, difference.option), difference.margin)
        case Verdict.CLEAR_AS_A_WHOLE:
            return _as_a_whole(difference, a, b)
        case Verdict.NONE:
            return _not_clear(difference)
        case _ as never:
            assert_never(never)


def answers_sentences(found: Sequence[Difference], a: str, b: str, *, most: int | None = None) -> list[str]:
    """Return what two audiences show about a question that is compared answer by answer: the clear ones, then the others.

    At ``most`` so many clear ones are told, the largest first; the others are then counted.
    """
    clear = sorted((one for one in found if one.clear), key=lambda one: -abs(one.difference))
    told = [_clear(one, a, b) for one in clear[:most]]
    if untold := len(clear) - len(told):
        told.append(
            ngettext(
                "{count} other answer differs clearly too.",
                "{count} other answers differ clearly too.",
                untold,
            ).format(count=untold)
        )
    if few := next((one for one in found if one.verdict is Verdict.TOO_FEW), None):
        told.append(_too_few(few, a, b))
    elif not clear:
        told.append(_("No clear difference in any answer."))
    elif len(clear) < len(found) and not untold:
        told.append(_("No clear difference in the other answers."))
    return told


def about_the_same(did: str, margin: float) -> str:
    """Return that a share is about the same, and inside which margin."""
    words = _("The share who {agreed} is about the same: any difference is smaller than {margin} in 100.")
    return words.format(agreed=did, margin=whole_in_100(margin))


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
    told = [
        words.format(
            a=a,
            b=b,
            size=in_100(difference.difference),
            agreed=agreed(difference.question, difference.option),
            low=in_100(ends[0]),
            high=in_100(ends[1]),
            allowing=allowing(difference.questions),
        )
    ]
    few = min(difference.share_a.base, difference.share_b.base)
    if not enough(few):
        told.append(_("This is from only {few} answers.").format(few=few))
    if difference.small:
        told.append(_("The difference is small."))
    return one_after_another(told)


def _not_clear(difference: Difference) -> str:
    ends = sorted((abs(difference.interval.low), abs(difference.interval.high)), reverse=True)
    words = _(
        "No clear difference in the share who {agreed}: the two audiences could be the same, or differ by up to {far} in "
        "100 one way and {near} the other."
    )
    return words.format(
        agreed=agreed(difference.question, difference.option), far=in_100(ends[0]), near=in_100(ends[1])
    )


def _as_a_whole(difference: Difference, a: str, b: str) -> str:
    """Say how often the one answer is the higher: from the side where it mostly is."""
    assert difference.superiority is not None
    lean, theta = difference.superiority.lean, difference.superiority.theta
    higher, ends = (b, (lean.low, lean.high)) if lean.low > 0 else (a, (-lean.high, -lean.low))
    words = _(
        "The share who {agreed} does not clearly differ, but the answers as a whole do. Take one answer from each audience: "
        "the {higher} one is higher {times} times in 100 (somewhere between {low} and {high}{allowing}; equal answers count "
        "half)."
    )
    return words.format(
        agreed=agreed(difference.question, difference.option),
        higher=higher,
        times=in_100(0.5 + abs(theta - 0.5)),
        low=in_100(0.5 + ends[0]),
        high=in_100(0.5 + ends[1]),
        allowing=allowing(difference.questions),
    )


def _too_few(difference: Difference, a: str, b: str) -> str:
    base_a, base_b = difference.share_a.base, difference.share_b.base
    few = [name for name, base in ((a, base_a), (b, base_b)) if suppressed(base)]
    if len(few) == 2:
        return _("Too few to tell: fewer than 10 people answered in each audience.")
    if few:
        return _("Too few to tell: fewer than 10 people answered in the {name} audience.").format(name=few[0])
    smallest = smallest_difference(base_a, base_b, comparisons=difference.comparisons)
    if smallest >= 1:
        words = _("Too few to tell: {a} and {b} answers mostly miss a difference of any size.")
    else:
        words = _(
            "Too few to tell: {a} and {b} answers find a difference of {smallest} in 100 four times in five; smaller ones are "
            "mostly missed."
        )
    return words.format(a=base_a, b=base_b, smallest=in_100(smallest))


def nights_sentence(performances_a: int, performances_b: int) -> str:
    """Return the caution that must stand beside every comparison: two audiences are two audiences."""
    if max(performances_a, performances_b) == 1:
        return _(
            "This compares one audience with another. Audiences differ from night to night anyway, so it cannot show "
            "what a year, or the performance, has changed."
        )
    if min(performances_a, performances_b) == 1:
        return _(
            "One side is a single audience. Audiences differ from night to night anyway, so this cannot show what a year, or "
            "the performance, has changed."
        )
    return _("Audiences differ from night to night anyway: a few nights cannot show what a year has changed.")
