"""What an audience can show, in words: told to organisers before they plan."""

from survey.analysis.figures import whole_in_100
from survey.analysis.planning import Sight, answers_for_sameness
from survey.analysis.suppression import BIG_ROOM
from survey.language import _


def sight_sentence(sight: Sight) -> str:
    """Return what so many answers per audience can show."""
    if sight.audience is None:
        words = _(
            "With about {answers} answers, a share near 50 in 100 is known to within {range} in 100, and a difference "
            "from another such audience would have to be {difference} in 100 to be found four times in five."
        )
    elif sight.answers >= sight.audience:
        words = _(
            "If all {audience} people answer, you know what the room thinks. A difference from another such audience would "
            "have to be {difference} in 100 to be found four times in five."
        )
    else:
        words = _(
            "If {answers} of {audience} people answer, a share of the room near 50 in 100 is known to within {range} in 100, "
            "and a difference from another such audience would have to be {difference} in 100 to be found four times in five."
        )
    return words.format(
        answers=sight.answers,
        audience=sight.audience,
        range=whole_in_100(sight.range),
        difference=whole_in_100(sight.difference),
    )


def seats_sentence(seats: int | None) -> str:
    """Return what to expect of a room with so many seats; nothing to say of a large one."""
    if seats is None:
        return _("Tell us how many seats there are: rooms of unknown size are treated as small ones.")
    if seats >= BIG_ROOM:
        return ""
    return _("With {seats} seats expect totals only; before and after needs about 60 people.").format(
        seats=seats
    )


def sameness_sentence(comparisons: int) -> str:
    """Return how many answers "about the same" needs for so many comparisons, shares near one half."""
    words = _(
        "To tell four times in five that two audiences are about the same you need about {needed} answers from each, where "
        "shares are near 50 in 100."
    )
    return words.format(needed=answers_for_sameness(comparisons))
