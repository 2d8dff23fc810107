"""Settings: the only place that reads the environment (and makes the secret on first start)."""

import os
import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

EVERY_ADDRESS = ("0.0.0.0", "::", "")
"""To listen here is to listen on every address of this machine."""

ROOT = Path(__file__).resolve().parent.parent
"""The folder that holds app.py, pages/, survey/ and data/."""


class SettingWrong(Exception):
    """A setting cannot be used; the words say which one and what to write instead."""


@dataclass(frozen=True)
class Settings:
    """Every setting, already checked. ``public_url`` never ends in a slash."""

    database_url: str
    public_url: str
    host: str
    port: int
    secret: bytes
    responsible: str
    contact: str
    organiser_password: str | None
    folder: Path
    """The folder ``var/`` for what this machine keeps: database, secret, backup."""


def read_settings(environment: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """Return the settings in force.

    Raises SettingWrong when a value cannot be used.
    """
    given = os.environ if environment is None else environment
    folder = folder or ROOT / "var"
    port = _port(given.get("HOUSELIGHTS_PORT", "8501"))
    host = given.get("HOUSELIGHTS_HOST", "0.0.0.0")
    public = given.get("HOUSELIGHTS_PUBLIC_URL", "").strip().rstrip("/")
    if public and not public.startswith(("http://", "https://")):
        raise SettingWrong(
            "HOUSELIGHTS_PUBLIC_URL must begin with http:// or https://, for example https://talk.example.org."
        )
    return Settings(
        database_url=given.get("HOUSELIGHTS_DATABASE_URL") or f"sqlite:///{folder / 'houselights.db'}",
        public_url=public or f"http://{_reached(host)}:{port}",
        host=host,
        port=port,
        secret=_secret(given.get("HOUSELIGHTS_SECRET"), folder),
        responsible=given.get("HOUSELIGHTS_RESPONSIBLE", ""),
        contact=given.get("HOUSELIGHTS_CONTACT", ""),
        organiser_password=given.get("HOUSELIGHTS_ORGANISER_PASSWORD") or None,
        folder=folder,
    )


@cache
def settings() -> Settings:
    """Return this process's settings, read once."""
    return read_settings()


def local_address() -> str:
    """Return this machine's address on its local network; loopback when it has none.

    Asks the routing table only: connecting a datagram socket sends nothing.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def _reached(host: str) -> str:
    """Return how phones reach what listens on a host: there, or on the local network where that is every address."""
    if host in EVERY_ADDRESS:
        return local_address()
    return f"[{host}]" if ":" in host else host


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise SettingWrong(f"HOUSELIGHTS_PORT is {text!r}. Write a number from 1 to 65535, for example 8501.")
    return int(text)


def _secret(given: str | None, folder: Path) -> bytes:
    if given:
        if len(given) < 16:
            raise SettingWrong("HOUSELIGHTS_SECRET is too short. Write at least 16 characters.")
        return given.encode()
    path = folder / "secret"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_bytes()
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_hex(32).encode())
    return path.read_bytes()
