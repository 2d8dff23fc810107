"""What a reader finds on an evidence page: headings, sentences, tables, pictures' words."""

import json
import re
from html import unescape
from typing import Any

from streamlit.testing.v1 import AppTest


def markup(at: AppTest) -> str:
    """All our own markup on a page, without its style."""
    bodies = "\n".join(part.proto.body for part in at.get("html"))
    return re.sub(r"<style>.*?</style>", "", bodies, flags=re.DOTALL)


def words(at: AppTest) -> str:
    """Everything that can be read of our own markup, in one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup(at))).split())


def headings(at: AppTest) -> list[str]:
    """The second-level headings, in order."""
    return [unescape(found).strip() for found in re.findall(r"<h2>(.*?)</h2>", markup(at), re.DOTALL)]


def block(at: AppTest, heading: str) -> str:
    """The words from one heading to the next."""
    parts = re.split(r"<h2>", markup(at))
    (found,) = [part for part in parts if unescape(part.split("</h2>")[0]).strip() == heading]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found)).split())


def table(at: AppTest, caption: str) -> list[list[str]]:
    """The rows of the table whose caption begins so, its head included."""
    for found in re.findall(r"<table[^>]*>.*?</table>", markup(at), re.DOTALL):
        if plain(re.findall(r"<caption>(.*?)</caption>", found, re.DOTALL)[0]).startswith(caption):
            rows = re.findall(r"<tr>(.*?)</tr>", found, re.DOTALL)
            return [
                [plain(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
                for row in rows
            ]
    raise AssertionError(f"no table begins with {caption!r}")


def plain(cell: str) -> str:
    """The words of some markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", cell)).split())


def pictures(at: AppTest) -> list[Any]:
    """The charts on a page."""
    return [part.proto for part in at.get("vega_lite_chart")]


def page_source(at: AppTest) -> str:
    """Everything a page sends: markup, charts' specifications and rows."""
    return markup(at) + json.dumps([str(part) for part in pictures(at)])
