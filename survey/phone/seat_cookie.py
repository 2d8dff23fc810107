"""The one cookie: a random seat for one performance, so that sending twice is one response. Nothing else is kept."""

import re
from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response

from survey.settings import settings

COOKIE = "seat"
DAYS = 30
"""How long a phone keeps its seat at most: long enough for a jury of several days and late answers on the way home."""
_SHAPE = re.compile(r"[A-Za-z0-9_-]{16,64}")


def seat_in_cookie(request: Request) -> str | None:
    """Return the seat this phone's cookie holds; None when none came, or it is no seat."""
    return _seat(request.cookies.get(COOKIE, ""))


def seat_in_fields(fields: Mapping[str, Sequence[str]]) -> str | None:
    """Return the seat the form's hidden field holds. It counts only when no cookie came."""
    return _seat(next(iter(fields.get("_seat", ())), ""))


def keep_seat(response: Response, code: str, seat: str) -> None:
    """Ask the phone to keep its seat, for this performance's pages only.

    ``Secure`` only on https: on a venue's plain-http network a browser would drop the cookie otherwise.
    """
    response.set_cookie(
        COOKIE,
        seat,
        max_age=DAYS * 24 * 3600,
        path=f"/p/{code}",
        secure=settings().public_url.startswith("https://"),
        httponly=True,
        samesite="lax",
    )


def forget_seat(response: Response, code: str) -> None:
    """Ask the phone to forget its seat: the performance is finished and the seat opens nothing."""
    response.delete_cookie(COOKIE, path=f"/p/{code}", httponly=True, samesite="lax")


def _seat(text: str) -> str | None:
    return text if _SHAPE.fullmatch(text) else None
