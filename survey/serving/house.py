"""What ``app.py`` puts together: our routes, what stands in front of every page, the start and the stop."""

import asyncio
import base64
import gc
import hashlib
import importlib
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from survey.phone import signing_in
from survey.phone.greeting import Greeting
from survey.phone.guard import Guard
from survey.phone.headers import Headers, screen_policy
from survey.phone.limits import Limits
from survey.phone.routes import routes as phone_routes
from survey.phone.sign_ins import SignIns
from survey.phone.ways import Ways
from survey.screen import PAGES
from survey.screen.room.clicker import CLICKER
from survey.serving.copying import keep_copy
from survey.serving.frames import counts_as_use, leave_for
from survey.serving.keeping import keep_dates
from survey.serving.logs import PlainStart
from survey.serving.options import OptionLost, check_options
from survey.serving.publishing import publish_questionnaires
from survey.serving.watching import keep_watch
from survey.settings import settings
from survey.storage import current
from survey.storage.current import NoDatabase
from survey.storage.database import DatabaseBusy, DatabaseWrong, open_database
from survey.storage.productions import productions

log = logging.getLogger("houselights")
INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
sign_ins = SignIns(current.database, counts_as_use=counts_as_use, farewell=leave_for("/sign-in"))
ways = Ways({f"/{page.path}": page.roles for page in PAGES})


async def healthz(request: Request) -> Response:
    """Say 200 when the house is open: started, and the database can be read and written; else 503 and why."""
    try:
        await asyncio.to_thread(_read_something)
        fault, words = current.database().health.fault, "The database is busy."
    except (DatabaseBusy, NoDatabase) as trouble:
        fault, words = getattr(trouble, "fault", None), str(trouble)
    else:
        if fault is None:
            return PlainTextResponse("ready\n", headers={"Cache-Control": "no-store"})
    why = fault.value if fault else words
    return PlainTextResponse(f"{why}\n", 503, {"Cache-Control": "no-store", "Retry-After": "5"})


def routes() -> list[BaseRoute]:
    """Return our routes; everything else is Streamlit's."""
    return [Route("/healthz", healthz), *signing_in.routes, *phone_routes]


def middleware() -> list[Middleware]:
    """Return what stands in front of every page, outermost first."""
    return [
        Middleware(PlainStart),
        Middleware(
            Headers, policy=screen_policy(inline_scripts(INDEX.read_text(encoding="utf-8") + CLICKER))
        ),
        Middleware(Greeting, database=current.database, audience=ways.audience),
        Middleware(Guard, ways=ways, sign_ins=sign_ins, public_url=settings().public_url),
        Middleware(Limits, ours=ways.ours),
    ]


@asynccontextmanager
async def house_open(app: object) -> AsyncIterator[None]:
    """Open the house: options in force, database open, questionnaires published; close it again at the end.

    When something expected is wrong, raises SystemExit with one plain sentence, and nothing is served.
    """
    try:
        check_options()
        database = open_database(settings().database_url)
        for wrong in publish_questionnaires(database):
            log.warning("Set aside: %s", wrong)
    except (OptionLost, DatabaseWrong, DatabaseBusy) as trouble:
        raise SystemExit(str(trouble)) from trouble
    current.use(database)
    settle_memory()
    tasks = [
        asyncio.create_task(sign_ins.watch()),
        asyncio.create_task(keep_dates(database)),
        asyncio.create_task(keep_copy(database)),
        asyncio.create_task(keep_watch(database)),
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        current.use(None)
        database.close()


def settle_memory() -> None:
    """Load what every page needs, then freeze it: the collection after each run then costs 7 ms, not 80."""
    for heavy in ("pandas", "altair"):
        importlib.import_module(heavy)
    gc.collect()
    gc.freeze()


def inline_scripts(index: str) -> tuple[str, ...]:
    """Return the hashes by which a policy may name a page's inline scripts."""
    scripts = re.findall(r"<script>(.*?)</script>", index, re.DOTALL)
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return tuple(f"sha256-{base64.b64encode(digest).decode()}" for digest in digests)


def _read_something() -> None:
    with current.database().reading() as connection:
        productions(connection)
