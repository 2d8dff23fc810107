"""One phone in tests: opens, fills in, sends and follows, knowing only HTTP and HTML. May refuse cookies."""

import re
from collections.abc import Mapping, Sequence
from html import unescape
from html.parser import HTMLParser

from httpx2 import Response
from starlette.testclient import TestClient

RECEIPT = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}\b")
Fields = Mapping[str, str | Sequence[str]]


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, list[str]]]] = []
        self._textarea: str | None = None
        self._named: dict[str, dict[str, list[str]]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            fields = self._named.setdefault(given.get("id") or str(len(self.forms)), {})
            self.forms.append((given.get("action", ""), fields))
        elif tag == "textarea":
            self._textarea = given["name"]
            self.forms[-1][1][self._textarea] = [""]
        elif tag == "input" and "name" in given and (self.forms or "form" in given):
            if given.get("type") in ("radio", "checkbox") and "checked" not in given:
                return
            form = self._named.setdefault(given["form"], {}) if "form" in given else self.forms[-1][1]
            form.setdefault(given["name"], []).append(given.get("value", ""))

    def handle_data(self, text: str) -> None:
        if self._textarea:
            self.forms[-1][1][self._textarea][0] += text

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._textarea:
            words = self.forms[-1][1][self._textarea]
            words[0] = words[0].removeprefix("\n")
            self._textarea = None


def form_to(page: str, action: str) -> dict[str, list[str]]:
    """Return what the form with this action would send as it stands: hidden fields, what is chosen, what is typed."""
    reader = _Forms()
    reader.feed(page)
    return next(fields for where, fields in reader.forms if where == action)


def words_of(page: str) -> str:
    """Return a page's words, without markup, style and script."""
    body = re.sub(r"<(style|title|script)>.*?</\1>", "", page, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def title_of(page: str) -> str:
    """Return a page's title."""
    found = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    assert found
    return unescape(found[1]).strip()


def receipt_on(page: str) -> str:
    """Return the receipt code on a thank-you page."""
    found = RECEIPT.search(page[page.index("/receipt/") :])
    assert found
    return found.group()


class Phone:
    """One phone in one performance."""

    def __init__(self, client: TestClient, code: str, *, cookies: bool = True) -> None:
        self.client = client
        self.path = f"/p/{code}"
        self.cookies = cookies
        self.jar: dict[str, str] = {}

    def get(self, path: str) -> Response:
        """Open an address."""
        return self._kept(self.client.get(path, headers=self._headers()))

    def post(self, path: str, fields: Fields) -> Response:
        """Send fields to an address."""
        return self._kept(self.client.post(path, data=dict(fields), headers=self._headers()))

    def open(self) -> str:
        """Return the form; on a phone that has sent already, by asking to change the answers."""
        answer = self.get(self.path)
        if answer.status_code == 303:
            again = self.follow(answer)
            answer = self.post(f"{self.path}/change", form_to(again, f"{self.path}/change"))
            answer = self.get(answer.headers["location"])
        assert answer.status_code == 200, answer.text
        return answer.text

    def send(self, answers: Fields, page: str | None = None) -> Response:
        """Fill in a form (opened now unless given) and send it."""
        return self.post(self.path, form_to(page or self.open(), self.path) | dict(answers))

    def follow(self, answer: Response) -> str:
        """Return the page an answer leads to."""
        assert answer.status_code == 303, words_of(answer.text)
        return self.get(answer.headers["location"]).text

    def answer(self, answers: Fields) -> str:
        """Send answers and return the thank-you page."""
        return self.follow(self.send(answers))

    def _headers(self) -> dict[str, str]:
        return (
            {"cookie": "; ".join(f"{name}={value}" for name, value in self.jar.items())} if self.jar else {}
        )

    def _kept(self, answer: Response) -> Response:
        self.client.cookies.clear()
        for name, value in answer.cookies.items():
            if self.cookies:
                self.jar[name] = value
        return answer
