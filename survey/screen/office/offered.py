"""What is offered after sending, as an organiser types it: checked once, in plain words, and trusted after."""

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from survey.questionnaire import clean
from survey.screen.office.details import DetailsUnclear
from survey.storage.offers import Offer
from survey.storage.resources import Resource, ResourceKind

TITLE, SHORT, SENTENCE, ADDRESS = 120, 60, 240, 500
"""The most characters of a title, of a length or licence, of a pledge or purpose, and of an address."""
HASHTAG = re.compile(r"[#＃]?(\w{2,50})")
KINDS = {
    ResourceKind.PODCAST: "Podcast",
    ResourceKind.FILM: "Film",
    ResourceKind.ARTICLE: "Article",
    ResourceKind.PICTURE: "Picture",
    ResourceKind.WEBSITE: "Website",
}


def read_offer(*, information: Collection[str], pledge: str, hashtag: str, stay_in_touch: str) -> Offer:
    """Return what is offered, read; what is empty is not offered.

    Raises DetailsUnclear with what to do about each field that needs another look.
    """
    problems: dict[str, str] = {}
    words = _line("pledge", pledge, SENTENCE, problems)
    tag = HASHTAG.fullmatch(clean(hashtag))
    if clean(hashtag) and tag is None:
        problems["hashtag"] = "Write one word of letters and digits, such as #ShareMyData."
    elif tag and not words:
        problems["pledge"] = "Write what people pledge, or empty the hashtag."
    offer = Offer(
        information=tuple(information),
        pledge=words,
        hashtag=f"#{tag[1]}" if tag else "",
        stay_in_touch=_line("stay_in_touch", stay_in_touch, SENTENCE, problems),
    )
    if problems:
        raise DetailsUnclear(problems)
    return offer


def read_resource(
    *, kind: ResourceKind, title: str, address: str, length: str, language: str, licence: str, id: str = ""
) -> Resource:
    """Return a resource, read. Raises DetailsUnclear."""
    problems: dict[str, str] = {}
    read = Resource(
        kind=kind,
        title=_line("title", title, TITLE, problems),
        address=address.strip(),
        length=_line("length", length, SHORT, problems),
        language=language,
        licence=_line("licence", licence, SHORT, problems),
        id=id,
    )
    if not read.title:
        problems["title"] = "Write what it is called."
    if not is_web_address(read.address):
        problems["address"] = "Write the page's whole address, beginning with https://."
    if problems:
        raise DetailsUnclear(problems)
    return read


def is_web_address(text: str) -> bool:
    """Say whether this is the whole address of a page on the web, and hides no sign-in."""
    if len(text) > ADDRESS or not text.isprintable() or set(text) & set(' "<>\\'):
        return False
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https") and "@" not in parts.netloc and "." in host.strip(".") and port != 0
    )


def _line(field: str, text: str, most: int, problems: dict[str, str]) -> str:
    line = " ".join(clean(text).split())
    if len(line) > most:
        problems[field] = f"Write at most {most} characters; these are {len(line)}."
    return line
