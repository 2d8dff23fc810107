"""Settings: the only place that reads the environment (and makes the secret on first start).

What the whole program cannot honour is refused here, with what to write instead.
"""

import difflib
import os
import re
import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv6Address
from pathlib import Path
from urllib.parse import urlsplit

EVERY_ADDRESS = ("0.0.0.0", "::", "")
"""To listen here is to listen on every address of this machine."""

SHORTEST_SECRET = 16
"""Characters."""

ROOT = Path(__file__).resolve().parent.parent
"""The folder that holds app.py, pages/, survey/ and data/."""


class SettingWrong(Exception):
    """A setting cannot be used; the words say which one and what to write instead."""


@dataclass(frozen=True)
class Settings:
    """Every setting, already checked. ``public_url`` is scheme, name and port in small letters, and nothing more."""

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


class Given:
    """What the environment says, by our names; which of them were asked for."""

    PREFIX = "HOUSELIGHTS_"

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._values = {name: text for name, text in environment.items() if name.startswith(self.PREFIX)}
        self._asked: list[str] = []

    def get(self, name: str, otherwise: str = "") -> str:
        """Return a setting without blanks around it; the other value where it is empty."""
        self._asked.append(name)
        text = self._values.get(name, "").strip()
        if not text.isprintable():
            raise SettingWrong(f"{name} holds characters that cannot be seen. Write it again by hand.")
        return text or otherwise

    def check_names(self) -> None:
        """Raise SettingWrong for a name nothing has asked for: it would change nothing, without a word."""
        for name in sorted(self._values.keys() - set(self._asked)):
            near = difflib.get_close_matches(name, self._asked, n=1)
            advice = f"Did you mean {near[0]}?" if near else "Take it away; the README lists what can be set."
            raise SettingWrong(f"{name} is not a setting of Houselights. {advice}")


def read_settings(environment: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """Return the settings in force.

    Raises SettingWrong when a value cannot be used, or when a name is not one of ours.
    """
    given = Given(os.environ if environment is None else environment)
    folder = folder or ROOT / "var"
    port = _port(given.get("HOUSELIGHTS_PORT", "8501"))
    host = _host(given.get("HOUSELIGHTS_HOST", "0.0.0.0"))
    public = given.get("HOUSELIGHTS_PUBLIC_URL")
    found = Settings(
        database_url=_database(
            given.get("HOUSELIGHTS_DATABASE_URL", f"sqlite:///{folder / 'houselights.db'}")
        ),
        public_url=_public(public) if public else f"http://{_reached(host)}:{port}",
        host=host,
        port=port,
        secret=_secret(given.get("HOUSELIGHTS_SECRET"), folder),
        responsible=given.get("HOUSELIGHTS_RESPONSIBLE"),
        contact=given.get("HOUSELIGHTS_CONTACT"),
        organiser_password=given.get("HOUSELIGHTS_ORGANISER_PASSWORD") or None,
        folder=folder,
    )
    given.check_names()
    return found


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


NAME = re.compile(r"[\w.-]+")
"""A machine's name or number in an address, in any alphabet."""


def _host(text: str) -> str:
    """Return an address to listen on; an IPv6 number without brackets."""
    host = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    if not (NAME.fullmatch(host) or _is_ipv6(host)):
        raise SettingWrong(
            f"HOUSELIGHTS_HOST is {text!r}. Write one address of this machine and nothing else, for example 0.0.0.0; "
            "the port goes into HOUSELIGHTS_PORT."
        )
    return host


def _public(text: str) -> str:
    """Return the address phones use, as every page, code and check of ours builds on it."""
    name = "HOUSELIGHTS_PUBLIC_URL"
    if not text.lower().startswith(("http://", "https://")):
        raise SettingWrong(
            f"{name} must begin with http:// or https://, for example https://talk.example.org."
        )
    try:
        parts = urlsplit(text)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        port, host, parts = 0, "", urlsplit("")
    if "@" in parts.netloc:
        raise SettingWrong(
            f"{name} holds a name or password before an @. Everybody will read it: leave it out."
        )
    if port == 0 or not (NAME.fullmatch(host) or _is_ipv6(host)):
        raise SettingWrong(f"{name} is not an address. Write one such as https://talk.example.org.")
    plain = f"{parts.scheme}://{parts.netloc.lower()}"
    if "?" in text or "#" in text or parts.path.strip("/"):
        raise SettingWrong(
            f"{name} has more after the name. Houselights needs a name of its own, without a path: write {plain}, "
            "or give it another name such as https://talk.example.org, and lead all of it here."
        )
    return plain.removesuffix(":")


def _database(text: str) -> str:
    """Return a database address; what follows a ? in the name of a file would be dropped without a word."""
    if text.lower().startswith("sqlite") and "?" in text:
        raise SettingWrong(
            "HOUSELIGHTS_DATABASE_URL holds a ?, and what follows it is not part of the file's name. "
            "Give the file and its folders names without one."
        )
    return text


def _is_ipv6(host: str) -> bool:
    try:
        IPv6Address(host)
    except ValueError:
        return False
    return True


def _secret(given: str, folder: Path) -> bytes:
    if given:
        if len(given) < SHORTEST_SECRET:
            raise SettingWrong("HOUSELIGHTS_SECRET is too short. Write at least 16 characters.")
        return given.encode()
    path = folder / "secret"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        found = path.read_bytes() if path.exists() else _make_secret(path)
    except OSError as error:
        raise SettingWrong(
            f"The secret in {path} cannot be read or made ({error.strerror}). "
            "Correct the folder's permissions, or set HOUSELIGHTS_SECRET."
        ) from error
    if len(found) < SHORTEST_SECRET:
        raise SettingWrong(
            f"The secret in {path} is too short to be ours. Delete that file: a new one is made."
        )
    return found


def _make_secret(path: Path) -> bytes:
    """Make the secret once, whole from the first moment another process can see it; return what is there then."""
    mine = path.with_name(f"secret.{os.getpid()}")
    descriptor = os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_hex(32).encode())
    try:
        os.link(mine, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without links, such as a memory stick's
        os.replace(mine, path)
    finally:
        mine.unlink(missing_ok=True)
    return path.read_bytes()
