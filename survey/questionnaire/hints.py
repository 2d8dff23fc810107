"""How many answers may be ticked: said beside a question only where its own words do not say it already."""

import re

from survey.language import _, ngettext
from survey.model import Kind, Question

COUNTED = "two, three, four, five, six, seven, eight, nine, ten"


def tick_hint(question: Question) -> str:
    """Return how many answers of a "tick all" question may be ticked; "" where its words say it, and for other kinds."""
    if question.kind is not Kind.MANY:
        return ""
    if question.at_most is None:
        return _("Tick all that apply.")
    if says_limit(question):
        return ""
    return ngettext("Tick up to %(num)s.", "Tick up to %(num)s.", question.at_most) % {
        "num": question.at_most
    }


def says_limit(question: Question) -> bool:
    """Return whether a question's words, as they are read now, name the most it takes: in figures or in words."""
    if question.at_most is None:
        return False
    ways = [str(question.at_most)]
    # Translators: two to ten as a question writes them ("choose up to three"), in this order; several forms of one with / between.
    for words in (_("two, three, four, five, six, seven, eight, nine, ten"), COUNTED):
        counted = re.split(r"[,،、]\s*", words)
        if 0 <= question.at_most - 2 < len(counted):
            ways += counted[question.at_most - 2].split("/")
    said = str(question.text).casefold()
    return any(_stands(way.casefold(), said) for way in ways)


def _stands(way: str, said: str) -> bool:
    """Return whether a word stands in a text; Chinese writes no blanks between words."""
    chinese = "\u4e00" <= way[:1] <= "\u9fff"
    return way in said if chinese else bool(re.search(rf"(?<!\w){re.escape(way)}(?!\w)", said))
