"""Streamlit's options, forced in code: a file is lost with the working directory, a variable is not read by uvicorn."""

import hashlib
import hmac
import tomllib
from collections.abc import Mapping
from pathlib import Path

from streamlit import config

from survey.settings import ROOT, Settings

LOOK = ROOT / ".streamlit" / "config.toml"
TOLD = {
    "x-houselights-role": "role",
    "x-houselights-performance": "performance",
    "x-houselights-stage": "stage",
    "x-houselights-expires": "expires",
    "x-houselights-account": "account",
}
"""Header the guard writes → what a page reads in ``st.user``."""

IN_FORCE: Mapping[str, object] = {
    "browser.gatherUsageStats": False,
    "browser.serverAddress": "localhost",
    "client.allowedOrigins": [],
    "client.showErrorDetails": "none",
    "client.toolbarMode": "minimal",
    "global.developmentMode": False,
    "server.baseUrlPath": "",
    "server.disconnectedSessionTTL": 3600,
    "server.enableAgentApi": False,
    "server.enableCORS": True,
    "server.enableStaticServing": False,
    "server.enableXsrfProtection": True,
    "server.fileWatcherType": "none",
    "server.headless": True,
    "server.maxUploadSize": 5,
    "server.scriptHealthCheckEnabled": False,
    "server.trustedUserHeaders": TOLD,
}
"""``serverAddress`` keeps the start from asking an outside server for this machine's address."""

QUIET: Mapping[str, object] = {
    "logger.enableRich": False,
    "logger.level": "error",
    "logger.messageFormat": "%(levelname)s %(message)s",
    "runner.magicEnabled": False,
    "server.enableWebsocketCompression": False,
}


class OptionLost(Exception):
    """An option that matters for safety is not in force; the words say which."""


def force_options(settings: Settings) -> None:
    """Put every option in force. Call before ``st.App`` is built."""
    for name, value in {**_look(LOOK), **QUIET, **IN_FORCE}.items():
        config.set_option(name, value)
    config.set_option("server.cookieSecret", _cookie_secret(settings.secret))


def check_options() -> None:
    """Raise OptionLost unless the options that matter are in force now."""
    for name, value in IN_FORCE.items():
        if config.get_option(name) != value:
            raise OptionLost(
                f"Streamlit's option {name} is not in force, so Houselights will not start. "
                f"Start it with: python -m survey serve"
            )


def _look(path: Path) -> dict[str, object]:
    """Return the options of a config.toml by their dotted names."""

    def flat(table: Mapping[str, object], prefix: str) -> dict[str, object]:
        found: dict[str, object] = {}
        for key, value in table.items():
            found.update(flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key: value})
        return found

    return flat(tomllib.loads(path.read_text(encoding="utf-8")), "") if path.exists() else {}


def _cookie_secret(secret: bytes) -> str:
    """Return the same cookie secret at every start, so that the stage reconnects after a restart."""
    return hmac.new(secret, b"streamlit cookies", hashlib.sha256).hexdigest()
