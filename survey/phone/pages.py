"""Audience pages: templates rendered, compressed, and sent with their policy. One style, inside every page."""

import gzip
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from survey import language
from survey.language import _, ngettext

HERE = Path(__file__).parent
COMPRESS_FROM = 600
"""Bytes below which compressing saves nothing."""


def _small(style: str) -> str:
    """Return a style sheet without comments and needless space."""
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    style = re.sub(r"\s+", " ", style)
    return re.sub(r" ?([{};,]) ?", r"\1", style).replace(";}", "}").strip()


STYLE = _small((HERE / "static" / "phone.css").read_text(encoding="utf-8"))
STYLE_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()
HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; img-src 'self' data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
"""Nothing runs, nothing is fetched, nothing is kept by the browser; the style is known by its hash."""


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_callables(_, ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.globals["style"] = Markup(STYLE)
    return environment


_pages = _environment()


def rendered(template: str, **words: object) -> str:
    """Return a page's markup in the language spoken now."""
    spoken = language.current()
    return _pages.get_template(template).render(
        language=spoken, direction=language.direction(spoken), **words
    )


def page(request: Request, markup: str, *, status: int = 200) -> Response:
    """Return a page ready to send: compressed where the phone takes it, never cached, with its policy."""
    body = markup.encode()
    headers = dict(HEADERS)
    if len(body) >= COMPRESS_FROM and "gzip" in request.headers.get("accept-encoding", ""):
        body = gzip.compress(body, compresslevel=4, mtime=0)
        headers["Content-Encoding"] = "gzip"
        headers["Vary"] = "Accept-Encoding"
    return HTMLResponse(body, status, headers)
