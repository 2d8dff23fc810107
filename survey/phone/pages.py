"""Audience pages: templates rendered, compressed, and sent with their policy. One style inside every page, one script inside the form."""

import gzip
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from survey import language
from survey.language import _, ngettext
from survey.language.punctuation import quoted, unbroken
from survey.model import Text
from survey.phone.greeting import carry
from survey.phone.inlined import (
    AGAIN_SCRIPT,
    KEEP_SCRIPT,
    POLICY,
    ROOM_SCRIPT,
    ROOM_STYLE,
    SCRIPT,
    STYLE,
)
from survey.questionnaire.hints import says_limit, tick_hint

HERE = Path(__file__).parent
COMPRESS_FROM = 600
"""Bytes below which compressing saves nothing."""


HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
"""Nothing foreign runs, nothing foreign is fetched, nothing is kept by the browser."""


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=_with_its_language,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_callables(_, ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.globals["style"] = Markup(STYLE)
    environment.globals["script"] = Markup(SCRIPT)
    environment.globals["again_script"] = Markup(AGAIN_SCRIPT)
    environment.globals["keep_script"] = Markup(KEEP_SCRIPT)
    environment.globals["room_style"] = Markup(ROOM_STYLE)
    environment.globals["room_script"] = Markup(ROOM_SCRIPT)
    environment.globals["carry"] = carry
    environment.globals["quoted"] = _quoted
    environment.globals["tick_hint"] = tick_hint
    environment.globals["says_limit"] = says_limit
    return environment


def _quoted(words: str) -> Markup:
    """Return somebody's own words in the quotation marks of the language spoken now."""
    return Markup(quoted("{}")).format(Markup('<bdi dir="auto">{}</bdi>').format(words))


def _with_its_language(said: object) -> object:
    """Return what a template says; a text that does not speak the page's language says which it speaks."""
    if not isinstance(said, Text):
        return said
    words = unbroken(str(said))
    if language.current() in said.by_language:
        return words
    speaks = next(iter(said.by_language))
    return Markup('<span lang="{}" dir="{}">{}</span>').format(speaks, language.direction(speaks), words)


_pages = _environment()


def rendered(template: str, **words: object) -> str:
    """Return a page's markup in the language spoken now."""
    spoken = language.current()
    return _pages.get_template(template).render(
        language=spoken, direction=language.direction(spoken), **words
    )


def page(request: Request, markup: str, *, status: int = 200, policy: str = POLICY) -> Response:
    """Return a page ready to send: compressed where the phone takes it, never cached, with its policy."""
    body = markup.encode()
    headers = HEADERS | {"Content-Security-Policy": policy}
    if len(body) >= COMPRESS_FROM and "gzip" in request.headers.get("accept-encoding", ""):
        body = gzip.compress(body, compresslevel=4, mtime=0)
        headers["Content-Encoding"] = "gzip"
        headers["Vary"] = "Accept-Encoding"
    return HTMLResponse(body, status, headers)
