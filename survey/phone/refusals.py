"""Kind small pages for what cannot be done, and the one table from trouble to its page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from survey.language import _
from survey.phone.pages import HEADERS, rendered
from survey.storage.database import DatabaseBusy, DatabaseUnsure, Fault
from survey.storage.performances import PerformanceUnknown


@dataclass(frozen=True)
class Refusal:
    """Why something cannot be done now, in words for the person in front of the screen."""

    status: int
    title: str
    sentence: str
    link: tuple[str, str] | None = None
    """Where to go on: address and words."""
    also: tuple[str, str] | None = None
    """Where else one may go."""
    wait: int | None = None
    """After how many seconds to try again."""

    def response(self) -> HTMLResponse:
        """Return the page."""
        markup = rendered(
            "refusal.html", title=self.title, sentence=self.sentence, link=self.link, also=self.also
        )
        again = {} if self.wait is None else {"Retry-After": str(self.wait)}
        return HTMLResponse(markup, self.status, {**HEADERS, **again})


def not_here() -> Refusal:
    """Nothing has this address, or not any more: the two must look the same."""
    return Refusal(
        404,
        _("There is nothing at this address"),
        _("Look at the address again, or type the code from the poster or the screen."),
        ("/join", _("Type the code")),
    )


def too_much() -> Refusal:
    """The form is larger than any person writes."""
    return Refusal(
        413, _("That is too much to send"), _("Go back, write a little less, and send your answers again.")
    )


def head_too_long() -> Refusal:
    """The address and headers of a request are longer than any browser's; cookies of other programs may do that."""
    return Refusal(
        431,
        _("Your browser sends too much"),
        _("Delete the cookies of this address in your browser, then open the page again."),
    )


def too_slow() -> Refusal:
    """The rest of what was begun did not come."""
    return Refusal(
        408,
        _("The rest did not arrive"),
        _("Nothing was saved yet. Go back and send it again where the network is better."),
    )


def too_many_fields() -> Refusal:
    """The form has more fields than any questionnaire."""
    return Refusal(
        400, _("That form has too many fields"), _("Go back to the form and send it again from there.")
    )


def not_words() -> Refusal:
    """The form or the address holds characters that are no text."""
    return Refusal(
        422,
        _("We could not read that"),
        _("Some characters were not text. Go back and type your words again."),
    )


def from_elsewhere() -> Refusal:
    """The form was sent from another site's page."""
    return Refusal(
        403, _("Please send it from our page"), _("Open the form at its own address and send it from there.")
    )


def not_yours(home: str) -> Refusal:
    """The sign-in is for other pages. Only staff read this, so it is not in the catalogue."""
    return Refusal(
        403, "This page is not part of your sign-in", "Ask the organiser.", (home, "Go to your page")
    )


def busy(trouble: DatabaseBusy | None = None) -> Refusal:
    """The database could not take it now; nothing was stored."""
    return Refusal(
        503,
        happening(trouble),
        _("Nothing was saved yet. Wait a few seconds, then do it again."),
        wait=5,
    )


def unwell(trouble: DatabaseBusy) -> Refusal:
    """The database cannot say who is signed in. Only staff read this, so it is not in the catalogue."""
    if trouble.fault is None:
        return busy(trouble)
    return Refusal(503, "Houselights cannot go on just now", trouble.fault.value, wait=5)


def happening(trouble: DatabaseBusy | None) -> str:
    """Return why nothing can be saved now: the house's fault, where it has one, and never the phone's."""
    if trouble is None or trouble.fault in (None, Fault.LOCKED):
        return _("A lot is happening at once")
    return _("Our computer cannot save anything just now")


def unsure() -> Refusal:
    """The database did not answer in time: what was sent may be stored or not."""
    return Refusal(503, _("We could not tell you in time"), _("Send again: it will not count twice."), wait=5)


def broken() -> Refusal:
    """Something went wrong on our side."""
    return Refusal(
        500,
        _("That did not work"),
        _("The mistake is ours. Go back and try again, or tell the people at the door."),
    )


def other(status: int) -> Refusal:
    """What the web's own rules refuse, such as a method no page takes."""
    if status == 404:
        return not_here()
    return Refusal(status, _("That cannot be done here"), _("Go back and use the links on the page."))


def _answer(refusal: Callable[[], Refusal]) -> Callable[[Request, Exception], Response]:
    def answer(request: Request, error: Exception) -> Response:
        return refusal().response()

    return answer


def _answer_busy(request: Request, error: Exception) -> Response:
    assert isinstance(error, DatabaseBusy)
    return busy(error).response()


def _answer_status(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    response = other(error.status_code).response()
    response.headers.update(error.headers or {})
    return response


EXCEPTIONS: Mapping[type[Exception] | int, Callable[[Request, Exception], Response]] = {
    PerformanceUnknown: _answer(not_here),
    DatabaseUnsure: _answer(unsure),
    DatabaseBusy: _answer_busy,
    HTTPException: _answer_status,
    500: _answer(broken),
}
"""The one table from trouble to the page a person sees; nothing else is ever shown."""
