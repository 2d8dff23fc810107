"""Somebody with a real Chromium in front of the phones' pages, and how a page is measured."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from survey.model import Performance, Wave
from survey.storage.responses import responses_count
from tests.phone.conftest import Site

SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, summary, textarea, select, input:not([type=hidden])')]
    .filter(one => {
        if (!one.getClientRects().length) return false;
        const within_words = one.tagName === 'A' && getComputedStyle(one).display === 'inline'
            && one.parentElement.textContent.trim() !== one.textContent.trim();
        if (within_words) return false;
        const box = (one.closest('label') || one).getBoundingClientRect();
        return box.width < 44 || box.height < 44;
    }).map(one => one.outerHTML.slice(0, 120))"""
BRIGHTEST = "body { background: var(--light) !important }"
"""Axe cannot judge words on a glow: give the whole ground the glow's own colour, where contrast is least."""
SIDEWAYS = "() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"


@dataclass
class Visitor:
    """One browser with one page, and the performance it came for."""

    page: Any
    site: Site
    performance: Performance

    def open(self, path: str | None = None) -> None:
        """Open a page of the site; the form unless a path is given."""
        self.page.goto(self.site.url + (path or f"/p/{self.performance.code}"))

    def act(self, function: Callable[..., Any], *arguments: Any) -> None:
        """Let the organiser act."""
        self.site.database.write(lambda connection: function(connection, self.performance.id, *arguments))

    def answer(self) -> None:
        """Answer two questions and send."""
        self.page.check("input[name=home_system][value=depends]")
        self.page.check("input[name=research_nhs][value=very_likely]")
        self.send()

    def send(self) -> None:
        """Send the form and wait for the page that comes of it."""
        self.follow("#send")

    def follow(self, what: str) -> None:
        """Press a button or a link and wait for the page it leads to."""
        with self.page.expect_navigation():
            self.page.click(what)


@contextmanager
def visiting(chromium: Any, site: Site, performance: Performance, **options: Any) -> Iterator[Visitor]:
    context = chromium.new_context(**options)
    try:
        yield Visitor(context.new_page(), site, performance)
    finally:
        context.close()


def people(site: Site, performance: Performance) -> int:
    with site.database.reading() as connection:
        return responses_count(connection, performance.id, Wave.AFTER)
