"""What our own pages for staff are told by the guard, which drops whatever a client claims in its place."""

from starlette.requests import Request


def account(request: Request) -> str | None:
    """Return under which account somebody signed in, for the log of acts; None where no guard stands in front."""
    return request.headers.get("x-houselights-account") or None
