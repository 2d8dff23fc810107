"""Asking the real server, header by header, the way no browser would let us."""

import http.client
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from urllib.parse import urlencode, urlsplit

FORM = "application/x-www-form-urlencoded"
PERSON = {"Accept": "text/html,application/xhtml+xml"}


@dataclass(frozen=True)
class Answered:
    """What came back."""

    status: int
    headers: Message
    body: str

    @property
    def location(self) -> str:
        """Where it leads, as a path."""
        return self.headers.get("location", "")

    def cookie(self, name: str) -> str | None:
        """Return the value of a cookie it sets."""
        for line in self.headers.get_all("set-cookie", []):
            if line.startswith(f"{name}="):
                return str(line.partition("=")[2].partition(";")[0])
        return None


def ask(
    address: str,
    path: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | Iterator[bytes] | None = None,
) -> Answered:
    """Send one request; redirects are not followed."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    try:
        connection.request(method, path, body=body, headers=dict(headers or {}))
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        return Answered(answer.status, answer.headers, text)
    finally:
        connection.close()


def send(
    address: str, path: str, fields: Mapping[str, str] | bytes, headers: Mapping[str, str] | None = None
) -> Answered:
    """Send a form."""
    body = fields if isinstance(fields, bytes) else urlencode(fields).encode()
    return ask(address, path, method="POST", headers={"Content-Type": FORM, **(headers or {})}, body=body)
