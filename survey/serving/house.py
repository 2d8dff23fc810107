"""What ``app.py`` puts together: our routes, what stands in front of every page, the start and the stop."""

import asyncio
import base64
import gc
import hashlib
import importlib
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import streamlit
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from survey.phone import signing_in
from survey.phone.guard import Guard
from survey.phone.headers import Headers, screen_policy
from survey.phone.limits import Limits
from survey.phone.refusals import not_here
from survey.phone.routes import routes as phone_routes
from survey.phone.sign_ins import SignIns
from survey.phone.ways import Ways
from survey.questionnaire import published_questionnaires
from survey.screen import PAGES
from survey.serving.options import check_options
from survey.settings import settings
from survey.storage import current
from survey.storage.database import Database, open_database
from survey.storage.productions import productions
from survey.storage.questionnaires import publish

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
sign_ins = SignIns(current.database)
ways = Ways({f"/{page.path}": page.roles for page in PAGES})


async def healthz(request: Request) -> Response:
    """Say 200 when the house is open: started, and the database can be read."""
    await asyncio.to_thread(_read_something)
    return PlainTextResponse("ready\n", headers={"Cache-Control": "no-store"})


async def nothing_here(request: Request) -> Response:
    """Answer under our own paths before Streamlit's catch-all says 200 to anything."""
    return not_here().response()


def routes() -> list[BaseRoute]:
    """Return our routes; everything else is Streamlit's."""
    ends = [Route(f"{prefix}/{{rest:path}}", nothing_here) for prefix in ("/p", "/receipt")]
    return [Route("/healthz", healthz), *signing_in.routes, *phone_routes, *ends]


def middleware() -> list[Middleware]:
    """Return what stands in front of every page, outermost first."""
    return [
        Middleware(Headers, policy=screen_policy(inline_scripts(INDEX.read_text(encoding="utf-8")))),
        Middleware(Guard, ways=ways, sign_ins=sign_ins, public_url=settings().public_url),
        Middleware(Limits, ours=ways.ours),
    ]


@asynccontextmanager
async def house_open(app: object) -> AsyncIterator[None]:
    """Open the house: options in force, database open, questionnaires published; close it again at the end.

    Raises OptionLost, DatabaseWrong, QuestionnaireWrong or VersionChanged, and then nothing is served.
    """
    check_options()
    keep_addresses_out_of_logs()
    database = open_database(settings().database_url)
    current.use(database)
    try:
        publish_questionnaires(database)
        settle_memory()
        watching = asyncio.create_task(sign_ins.watch())
        try:
            yield
        finally:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching
    finally:
        current.use(None)
        database.close()


def publish_questionnaires(database: Database) -> None:
    """Publish every questionnaire in the folder. Raises VersionChanged when a published one was edited."""
    for questionnaire, content in published_questionnaires():
        database.write(lambda connection, q=questionnaire, c=content: publish(connection, q, c))


def settle_memory() -> None:
    """Load what every page needs, then freeze it: the collection after each run then costs 7 ms, not 80."""
    for heavy in ("pandas", "altair"):
        importlib.import_module(heavy)
    gc.collect()
    gc.freeze()


def keep_addresses_out_of_logs() -> None:
    """Switch off what prints visitors' addresses, whoever started uvicorn."""
    logging.getLogger("uvicorn.access").disabled = True
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)


def inline_scripts(index: str) -> tuple[str, ...]:
    """Return the hashes by which a policy may name a page's inline scripts."""
    scripts = re.findall(r"<script>(.*?)</script>", index, re.DOTALL)
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return tuple(f"sha256-{base64.b64encode(digest).decode()}" for digest in digests)


def _read_something() -> None:
    with current.database().reading() as connection:
        productions(connection)
