"""The phones' addresses."""

from collections.abc import Awaitable, Callable
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from survey.phone.answering import Answering
from survey.phone.contacting import Contacting
from survey.phone.contributing import Contributing
from survey.phone.counting import CountingPages
from survey.phone.guesses import Guesses
from survey.phone.informing import show_information
from survey.phone.joining import Joining
from survey.phone.keeping import forget_phone, show_kept
from survey.phone.looking_only import show_questions
from survey.phone.moderating import Moderating
from survey.phone.noting import NotingPages
from survey.phone.opening import Opening
from survey.phone.pledging import pledge_or_not
from survey.phone.receipts import Receipts
from survey.phone.recommending import show_resources
from survey.phone.refusals import not_here
from survey.phone.remote import RemotePages
from survey.phone.remote_acts import ACTS
from survey.phone.room import RoomPages
from survey.phone.room_results import show_results
from survey.phone.thanking import say_thanks
from survey.phone.two_words import TwoWords
from survey.phone.visit import DatabaseGetter
from survey.storage.current import database

Page = Callable[[Request], Awaitable[Response]]


def phone_routes(database: DatabaseGetter) -> list[BaseRoute]:
    """Return the routes for phones over one database. The visitor's own 404 ends each of our folders."""
    codes = Guesses()
    opening = Opening(database, codes)
    words = TwoWords(database)
    answering = Answering(database, words)
    receipts = Receipts(database, codes)
    joining = Joining(database, Guesses())
    contacting = Contacting(database)
    room = RoomPages(database)
    contributing = Contributing(database)
    moderating = Moderating(database)
    remote = RemotePages(database)
    counting = CountingPages(database)
    noting = NotingPages(database)
    return [
        _get("/p/{code}", opening.open_form),
        _post("/p/{code}", answering.send_answers),
        _get("/p/{code}/thanks", partial(say_thanks, database)),
        _post("/p/{code}/change", opening.change_answers),
        _post("/p/{code}/another", opening.start_another),
        _post("/p/{code}/words", words.add_words),
        _post("/p/{code}/forget", partial(forget_phone, database)),
        _get("/p/{code}/kept", partial(show_kept, database)),
        _post("/p/{code}/kept", partial(show_kept, database)),
        _get("/p/{code}/look", partial(show_questions, database)),
        _post("/p/{code}/look", partial(show_questions, database)),
        _get("/p/{code}/results", partial(show_results, database)),
        _get("/p/{code}/information", partial(show_information, database)),
        _get("/p/{code}/resources", partial(show_resources, database)),
        _post("/p/{code}/pledge", partial(pledge_or_not, database)),
        _get("/p/{code}/stay-in-touch", contacting.ask_address),
        _post("/p/{code}/stay-in-touch", contacting.keep_address),
        _get("/p/{code}/room", room.show_room),
        _get("/p/{code}/room/now", room.tell_now),
        _post("/p/{code}/room/poll", room.answer_poll),
        _post("/p/{code}/room/support", room.support),
        _get("/p/{code}/room/contribute", contributing.ask),
        _post("/p/{code}/room/contribute", contributing.keep),
        _get("/m/{code}", moderating.show_queue),
        _post("/m/{code}", moderating.decide),
        _get("/d/{code}", remote.show_remote),
        _get("/d/{code}/cues", remote.show_choices),
        *(_post(f"/d/{{code}}/{name}", remote.doing(name)) for name in ACTS),
        _get("/d/{code}/count", counting.show),
        _post("/d/{code}/count", counting.save),
        _post("/d/{code}/count/settle", counting.settle),
        _get("/d/{code}/note", noting.show),
        _post("/d/{code}/note", noting.save),
        _get("/join", joining.ask_code),
        _post("/join", joining.find_form),
        _get("/receipt", receipts.ask_code),
        _post("/receipt", receipts.show_answers),
        _post("/receipt/delete", receipts.delete_answers),
        _get("/receipt/deleted", receipts.say_deleted),
        _get("/receipt/{receipt}", receipts.ask_code),
        Route("/p/{rest:path}", nothing_here),
        Route("/d/{rest:path}", nothing_here),
        Route("/receipt/{rest:path}", nothing_here),
        Route("/m/{rest:path}", nothing_here),
    ]


async def nothing_here(request: Request) -> Response:
    """Answer what is no address of ours, before anything behind us says 200 to it."""
    return not_here().response()


def _get(path: str, page: Page) -> Route:
    return Route(path, page, methods=["GET"])


def _post(path: str, page: Page) -> Route:
    return Route(path, page, methods=["POST"])


routes = phone_routes(database)
"""The routes over this process's one database."""
