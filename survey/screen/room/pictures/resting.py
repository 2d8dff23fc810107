"""Between times: the name of the evening; the dark; the goodbye."""

from survey.language import _
from survey.model import Standing
from survey.screen.room.pictures.codes import code_picture, phone_address
from survey.screen.room.pictures.sizes import fitted
from survey.screen.room.pictures.view import Scene, View, still
from survey.screen.templating import rendered


def black_scene(heading: str = "h1") -> Scene:
    """Return the dark stage."""
    return Scene(rendered("stage_black.html", heading=heading))


def resting(view: View) -> Scene:
    """Return the name of the evening, and what comes next where nothing is open."""
    performance = view.performance
    words = {
        Standing.REHEARSAL: _("The questions open soon."),
        Standing.RUNNING: _("The questions are closed for now."),
        Standing.FINISHED: _("Thank you for your answers."),
    }
    return still(
        rendered(
            "stage_rest.html",
            production=performance.production,
            fit=fitted(performance.production, most=9.6, height=40),
            next="" if performance.open_wave else words[performance.standing],
            **view.frame,
        )
    )


def goodbye(view: View) -> Scene:
    """Return the thanks, and a code to scan for what the room said; it says to read on where phones are offered something to read."""
    code = code_picture(f"{phone_address(view.public_url, view.performance)}/results")
    return still(rendered("stage_goodbye.html", code=code, more=bool(view.offered()), **view.frame))
