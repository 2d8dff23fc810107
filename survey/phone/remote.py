"""The remote: the discussion led from a phone in one hand. Every press is one act; refresh and Back do nothing."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from survey.model import Performance
from survey.phone.inlined import STATIC, policy, small_script, small_style
from survey.phone.pages import page, rendered
from survey.phone.remote_acts import MORE, REFUSALS, SENTENCES, carry_out
from survey.phone.remote_view import Remote, choices, remote_of
from survey.phone.told import account
from survey.phone.visit import DatabaseGetter, current_performance, read
from survey.storage.database import Connection, DatabaseBusy

STYLE = small_style((STATIC / "remote.css").read_text(encoding="utf-8"))
SCRIPT = small_script((STATIC / "remote.js").read_text(encoding="utf-8"))
POLICY = policy([STYLE], [SCRIPT])
LIGHT = "light"
"""The remote is dark, as the wings of a stage are, unless the address asks for this shade."""


class RemotePages:
    """The remote's pages over one database. The guard has let in nobody but the people of this performance."""

    def __init__(self, database: DatabaseGetter) -> None:
        self.database = database

    async def show_remote(self, request: Request) -> Response:
        """Show what is on stage, what comes next, and the buttons; say 304 to a remote that shows just that already."""
        remote = await read(
            self.database, lambda connection: remote_of(connection, _performance(connection, request))
        )
        refused = SENTENCES.get(request.query_params.get("not", ""), "")
        if not refused and request.headers.get("if-none-match") == remote.mark:
            return Response(status_code=304, headers={"ETag": remote.mark, "Cache-Control": "no-store"})
        response = _page(
            request, "remote/remote.html", remote=remote, refused=refused, now=datetime.now(UTC), more=MORE
        )
        response.headers["ETag"] = remote.mark
        return response

    async def show_choices(self, request: Request) -> Response:
        """List everything that may be put on stage."""

        def look(connection: Connection) -> tuple[Remote, object]:
            performance = _performance(connection, request)
            return remote_of(connection, performance), choices(connection, performance)

        remote, offered = await read(self.database, look)
        return _page(request, "remote/cues.html", remote=remote, offered=offered)

    def doing(self, name: str) -> Callable[[Request], Awaitable[Response]]:
        """Return the page of one act."""
        return partial(self.act, name)

    async def act(self, name: str, request: Request) -> Response:
        """Do one thing on stage, and lead back to the remote with what it came to."""
        form = await request.form()
        sent = {field: value for field, value in form.items() if isinstance(value, str)}
        who = account(request)

        def do(connection: Connection) -> None:
            carry_out(connection, _performance(connection, request), name, sent, who)

        refused = {}
        try:
            await self.database().write_soon(do)
        except tuple(REFUSALS) as trouble:
            fault = trouble.fault if type(trouble) is DatabaseBusy else None
            refused = {"not": fault.name.lower() if fault else REFUSALS[type(trouble)][0]}
        return RedirectResponse(address(request, "", **refused), 303, {"Cache-Control": "no-store"})


def address(request: Request, end: str, **query: str) -> str:
    """Return the address of one of this remote's pages or acts, in the shade asked for."""
    if request.query_params.get("shade") == LIGHT:
        query = {"shade": LIGHT, **query}
    return f"/d/{request.path_params['code']}{end}" + (f"?{urlencode(query)}" if query else "")


def _performance(connection: Connection, request: Request) -> Performance:
    return current_performance(connection, str(request.path_params["code"]))


def _page(request: Request, template: str, **words: object) -> Response:
    light = request.query_params.get("shade") == LIGHT
    markup = rendered(
        template,
        style_of_remote=Markup(STYLE),
        script_of_remote=Markup(SCRIPT),
        to=partial(address, request),
        light=light,
        **words,
    )
    return page(request, markup, policy=POLICY)
