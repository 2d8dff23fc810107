"""Phrases: the parts sentences are made of."""

from survey.analysis.figures import whole_in_100
from survey.language import _
from survey.model import Kind, Question


def agreed(question: Question, option: str | None = None) -> str:
    """Return what the followed people did: the question's ``agree_word`` ("said likely"), "agreed", or "chose …".

    Of a ranking they "put … first".
    """
    if option is not None and question.kind is Kind.RANK:
        return _("put “{answer}” first").format(answer=question.option(option).label)
    if option is not None:
        return _("chose “{answer}”").format(answer=question.option(option).label)
    return str(question.agree_word) if question.agree_word else _("agreed")


def disagreed(question: Question) -> str:
    """Return what those against did: the question's ``disagree_word`` ("said unlikely"), else "disagreed"."""
    return str(question.disagree_word) if question.disagree_word else _("disagreed")


def plain(question: Question, option: str | None = None) -> bool:
    """Return whether the followed people simply "agreed", so that sentences may say agree and agreeing too."""
    return option is None and question.agree_word is None


def in_100(share: float) -> str:
    """Return the size of a share in 100, whole, as digits; "less than 1" for what is not nothing."""
    whole = abs(whole_in_100(share))
    return _("less than 1") if whole == 0 and abs(share) > 1e-9 else str(whole)


def number(count: int) -> str:
    """Return a number as it is read: in words up to twelve, then in digits."""
    words = (
        _("no"),
        _("one"),
        _("two"),
        _("three"),
        _("four"),
        _("five"),
        _("six"),
        _("seven"),
        _("eight"),
        _("nine"),
        _("ten"),
        _("eleven"),
        _("twelve"),
    )
    return words[count] if count < len(words) else str(count)


def allowing(compared: int) -> str:
    """Return that an interval allows for several questions, to stand behind its ends; nothing for one."""
    if compared == 1:
        return ""
    return _(", allowing for the {number} questions compared").format(number=number(compared))
