"""Looking at screens in a real Chromium: sign in, measure what a person can read, ask axe."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

from survey.model import Role
from survey.storage.database import Database
from survey.storage.sign_ins import add_link
from tests.running import Server

PROJECTORS = ((1920, 1080), (1024, 768))
STAGE = "/stage?embed=true&embed_options=dark_theme"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MEASURE = """() => {
  const layer = document.querySelector('.layer'), room = layer.getBoundingClientRect();
  const seen = [...document.querySelectorAll('.scene *')].filter(e => !e.closest('.unseen') && e.getBoundingClientRect().width);
  const own = e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
  const texts = seen.filter(own);
  const lines = e => { const r = document.createRange(); r.selectNodeContents(e); return r.getBoundingClientRect(); };
  const parts = [...document.querySelectorAll('.scene > *:not(.marks), .bars li')].filter(e => !e.querySelector('li'));
  const meets = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.2 * Math.min(a.height, b.height);
  const boxes = texts.filter(e => !texts.some(inner => inner !== e && e.contains(inner))).map(e => [e.textContent.trim().slice(0, 40), lines(e)]);
  const overlaps = [];
  boxes.forEach(([name, a], i) => boxes.slice(i + 1).forEach(([other, b]) => { if (meets(a, b)) overlaps.push(name + ' / ' + other); }));
  return {
    outside: texts.filter(e => { const r = lines(e); return r.left < room.left || r.right > room.right || r.top < room.top || r.bottom > room.bottom; }).map(e => e.textContent),
    overlaps,
    smallest: Math.min(...texts.map(e => parseFloat(getComputedStyle(e).fontSize))),
    colours: [...new Set(texts.map(e => getComputedStyle(e).color))],
    scrolls: document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth
      || document.querySelector('[data-testid=stMain]').scrollHeight > innerHeight + 1,
  };
}"""
TROUBLE = """() => [...document.querySelectorAll('[data-testid=stDialog], [data-testid=stException], [data-testid=stHeader], [data-testid=stToolbar], [data-testid=stStatusWidget], [data-testid=stAlert], [data-testid=stSidebar], [role=dialog], [data-testid=stConnectionStatus]')]
  .filter(e => e.checkVisibility({opacityProperty: true, visibilityProperty: true}) && e.getBoundingClientRect().width > 1).map(e => e.dataset.testid || e.className)"""


@contextmanager
def signed_in(
    chromium: Any, server: Server, database: Database, role: Role = Role.FACILITATOR, **options: Any
) -> Iterator[Any]:
    """Give a browser in which somebody has signed in by a link."""
    context = chromium.new_context(bypass_csp=True, **options)
    page = context.new_page()
    token = database.write(lambda connection: add_link(connection, role))
    page.goto(f"{server.address}/sign-in?link={token}")
    page.get_by_role("button").first.click()
    page.wait_for_load_state()
    page.close()
    yield context
    context.close()


def open_stage(context: Any, server: Server, code: str, size: tuple[int, int] = PROJECTORS[0]) -> Any:
    """Return a page that shows the stage of a performance."""
    page = context.new_page()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{server.address}{STAGE}&performance={code}")
    page.wait_for_selector(".layer", timeout=60_000)
    return page


def violations(page: Any, *, impacts: tuple[str, ...] = ("serious", "critical")) -> list[str]:
    """Return what axe finds wrong with a page."""
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found if each["impact"] in impacts]


def brightest_ground(page: Any) -> tuple[int, int, int]:
    """Return the brightest colour of the empty stage: what the faintest text must stand out from."""
    page.add_style_tag(content=".scene > * { visibility: hidden !important; }")
    pixels = numpy.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB")).reshape(-1, 3)
    red, green, blue = pixels[pixels.sum(axis=1).argmax()]
    return int(red), int(green), int(blue)


def contrast(colour: tuple[int, ...], ground: tuple[int, ...]) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(colour), _luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def rgb(css: str) -> tuple[int, ...]:
    """Return the parts of ``rgb(1, 2, 3)``."""
    return tuple(int(float(part)) for part in css[css.index("(") + 1 : -1].split(",")[:3])


def _luminance(colour: tuple[int, ...]) -> float:
    parts = (part / 255 for part in colour)
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def settled(page: Any) -> None:
    """Wait until a page that is drawn piece by piece stands still: before that a click may meet its neighbour."""
    was = None
    for _ in range(40):
        now = page.evaluate(
            "() => [...document.querySelectorAll('button')].map(e => Math.round(e.getBoundingClientRect().top)).join()"
        )
        if now and now == was:
            return
        was = now
        page.wait_for_timeout(400)
    raise AssertionError("the page never stood still")
