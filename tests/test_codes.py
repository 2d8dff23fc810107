"""The decoder our tests trust reads every code of ours, at the sizes and slants of a camera held in a room."""

import numpy
import pytest
from PIL import Image

from survey.printing.qr import qr_modules
from tests.codes import read_code

CONTENTS = (
    "https://talk.theatre.example/p/k7qm4xpd",
    "http://192.168.1.20:8501/p/9z3bqwvt",
    "http://127.0.0.1:29413/p/nddng6mh",
)
"""Addresses as they are printed, and (the last) every one that a decoder of ours failed to read."""
WALL = 190


def seen(content: str, module: int, turned: float, far: float) -> Image.Image:
    """Return a code on a grey wall: modules so many pixels wide, turned by degrees, one edge by a part longer."""
    modules = numpy.array(qr_modules(content))
    flat = Image.fromarray(numpy.where(modules, 0, 255).astype(numpy.uint8))
    side = module * len(modules)
    wall = Image.new("L", (side * 2, side * 2), WALL)
    wall.paste(flat.resize((side, side), Image.Resampling.NEAREST), (side // 2, side // 2))
    corners = (0, -far * side, 0, (2 + far) * side, 2 * side, 2 * side, 2 * side, 0)
    slanted = wall.transform(
        wall.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=WALL
    )
    return slanted.rotate(turned, Image.Resampling.BICUBIC, fillcolor=WALL)


@pytest.mark.parametrize("content", CONTENTS)
@pytest.mark.parametrize("module", [3, 4, 7, 12])
@pytest.mark.parametrize(
    ("turned", "far"), [(0, 0), (12, 0), (45, 0), (90, 0), (180, 0), (0, 0.3), (-8, 0.2)]
)
def test_a_code_is_read_at_any_size_and_slant(content: str, module: int, turned: float, far: float) -> None:
    assert read_code(seen(content, module, turned, far)) == content


def test_a_picture_without_a_code_is_not_read_as_one() -> None:
    with pytest.raises(AssertionError, match="0 codes"):
        read_code(Image.new("L", (200, 200), WALL))
