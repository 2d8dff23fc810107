"""Signing in and out: a link used up by a button (chat previews eat GETs), an optional password, the stage's screen."""

import hashlib
import hmac
import time
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from survey.model import Role
from survey.phone.pages import HEADERS, rendered
from survey.phone.sign_ins import COOKIE, STAGE_COOKIE, SignIns
from survey.settings import Settings, settings
from survey.storage.current import database
from survey.storage.sign_ins import LinkUsed, add_sign_in, revoke, use_link

A_WORKING_DAY = 12 * 60 * 60
HALF_A_YEAR = 180 * 24 * 60 * 60
STAGE_SCREEN = "/stage?embed=true&embed_options=dark_theme"
USED = "This link has been used or is too old. Ask for a new one."
ENDED = "This stage link has ended. Ask for a new one."
WRONG = "That is not the password. Look at it again and type it slowly."
LONGEST_DELAY = 30.0


class PasswordDelay:
    """A delay that grows with every wrong password, for the one account that has one; kept in memory only."""

    def __init__(self) -> None:
        self.wrong = 0
        self.not_before = 0.0

    def wait(self) -> int:
        """Return how many seconds until a password is looked at again."""
        return max(0, round(self.not_before - time.monotonic() + 0.5)) if self.wrong else 0

    def count(self, right: bool) -> None:
        """Take note of one try."""
        self.wrong = 0 if right else self.wrong + 1
        # Three tries for slips of the finger, then 1, 2, 4 … seconds.
        seconds = min(LONGEST_DELAY, 2.0 ** (self.wrong - 3)) if self.wrong >= 3 else 0.0
        self.not_before = time.monotonic() + seconds


delay = PasswordDelay()


async def sign_in(request: Request) -> Response:
    """Show the button for a link or a stage, or the password, or where to find a link; take it on POST."""
    if request.method == "POST":
        form = await request.form()
        sent = {name: value for name, value in form.items() if isinstance(value, str)}
        return await taken(request, sent, own_path(sent.get("next", "")))
    asked = request.query_params
    return page(
        link=asked.get("link", ""), stage=asked.get("stage", ""), next=own_path(asked.get("next", ""))
    )


async def taken(request: Request, sent: dict[str, str], next: str) -> Response:
    """Sign in by whichever was sent: a link, a stage link, or the password."""
    if link := sent.get("link"):
        try:
            browser = await database().write_soon(lambda connection: use_link(connection, link))
        except LinkUsed:
            return page(next=next, problem=USED, status=410)
        return with_cookie(RedirectResponse(next, 303), COOKIE, browser, A_WORKING_DAY)
    if stage := sent.get("stage"):
        if await known(request).visitor({STAGE_COOKIE: stage}) is None:
            return page(problem=ENDED, status=410)
        return with_cookie(RedirectResponse(STAGE_SCREEN, 303), STAGE_COOKIE, stage, HALF_A_YEAR)
    if (given := sent.get("password")) and settings().organiser_password:
        if seconds := delay.wait():
            words = "second" if seconds == 1 else "seconds"
            return page(
                next=next, problem=f"Wait {seconds} {words}, then type the password again.", status=429
            )
        right = same(given, settings().organiser_password or "")
        delay.count(right)
        if not right:
            return page(next=next, problem=WRONG, status=403)
        browser = await database().write_soon(lambda c: add_sign_in(c, Role.ORGANISER))
        return with_cookie(RedirectResponse(next, 303), COOKIE, browser, A_WORKING_DAY)
    return page(next=next, status=400)


async def sign_out(request: Request) -> Response:
    """End this browser's sign-in and close its open pages. The stage's screen stays, unless it is all there is."""
    if request.method != "POST":
        return page(template="sign_out.html")
    leaving = RedirectResponse("/sign-in", 303)
    token = request.cookies.get(COOKIE)
    if token:
        await database().write_soon(lambda connection: revoke(connection, token))
        await known(request).forget(token)
    leaving.delete_cookie(COOKIE if token else STAGE_COOKIE, path="/", httponly=True, samesite="lax")
    return leaving


def page(
    *,
    template: str = "sign_in.html",
    link: str = "",
    stage: str = "",
    next: str = "/",
    problem: str = "",
    status: int = 200,
) -> HTMLResponse:
    """Return the sign-in page in one of its faces."""
    markup = rendered(
        template,
        title="Open the stage screen" if stage else "Sign in",
        link=link,
        stage=stage,
        password=settings().organiser_password is not None,
        next=next,
        problem=problem,
    )
    return HTMLResponse(markup, status, HEADERS)


def own_path(next: str) -> str:
    """Return a path on this server, whatever was asked for: a sign-in must not lead to another site."""
    plain = (
        next.startswith("/")
        and not next.startswith(("//", "/\\"))
        and next.isprintable()
        and "\\" not in next
    )
    return next if plain and not urlsplit(next).netloc else "/"


def same(given: str, wanted: str) -> bool:
    """Compare in constant time, whatever the lengths."""
    digests = [hashlib.sha256(word.encode("utf-8", "surrogatepass")).digest() for word in (given, wanted)]
    return hmac.compare_digest(*digests)


def known(request: Request) -> SignIns:
    """Return the sign-ins the guard knows."""
    found = request.scope["houselights.sign_ins"]
    assert isinstance(found, SignIns)
    return found


def with_cookie(response: Response, name: str, token: str, seconds: int) -> Response:
    """Return the response carrying a sign-in, Secure when the public address is."""
    response.headers["Cache-Control"] = "no-store"
    response.set_cookie(
        name, token, max_age=seconds, path="/", httponly=True, samesite="lax", secure=over_https(settings())
    )
    return response


def over_https(settings: Settings) -> bool:
    """Say whether people reach this server over https."""
    return settings.public_url.startswith("https://")


routes = [
    Route("/sign-in", sign_in, methods=["GET", "POST"]),
    Route("/sign-out", sign_out, methods=["GET", "POST"]),
]
