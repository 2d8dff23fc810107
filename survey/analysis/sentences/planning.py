"""What an audience can show, in words: told to organisers before they plan."""

from survey.analysis.figures import whole_in_100
from survey.analysis.planning import Sight, answers_for_sameness
from survey.analysis.suppression import BIG_ROOM
from survey.language import _


def sight_sentence(sight: Sight) -> str:
    """Return what so many answers per audience can show."""
    words = _(
        "With about {answers} answers, a share near 50 in 100 is known to within {range} in 100, and a difference "
        "from another such audience would have to be {difference} in 100 to be found four times in five."
    )
    return words.format(
        answers=sight.answers, range=whole_in_100(sight.range), difference=whole_in_100(sight.difference)
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


def sameness_sentence(compared: int) -> str:
    """Return how many answers "about the same" needs for so many questions compared."""
    needed = round(answers_for_sameness(compared), -1)
    words = _("To tell that two audiences are about the same you need about {needed} answers from each.")
    return words.format(needed=needed)
