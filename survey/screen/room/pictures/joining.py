"""How to join: the code, the address, the number, and how many have answered."""

from survey.language import _
from survey.model import EventKind, Wave
from survey.publication import join_line
from survey.room.occasion import occasion_words
from survey.screen.room.pictures.codes import code_picture, phone_address
from survey.screen.room.pictures.resting import resting
from survey.screen.room.pictures.view import Scene, View
from survey.screen.templating import rendered


def joining(view: View) -> Scene:
    """Return how to join what is open; between times the name of the evening."""
    performance = view.performance
    if performance.open_wave is None:
        return resting(view)
    line = join_line(view.connection, performance)
    picture = rendered(
        "stage_join.html",
        code=code_picture(phone_address(view.public_url, performance)),
        opening=_opening(performance.kind, performance.open_wave),
        **view.frame,
    )
    filled = line.filled or 0
    still = rendered("stage_count.html", line=line, was=filled, marks=view.marks)
    was = view.last.filled if view.last else 0
    moving = rendered("stage_count.html", line=line, was=was, marks=view.marks)
    return Scene(picture, moving, filled=filled, settled=(picture, still))


def _opening(kind: EventKind, wave: Wave) -> str:
    """Return what the picture begins with: in a theatre its lights, elsewhere what the wave is called there."""
    if kind is not EventKind.PERFORMANCE:
        return occasion_words(kind, wave).heading
    return _("The house lights go down soon.") if wave is Wave.BEFORE else _("The house lights are up.")
