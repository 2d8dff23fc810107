"""The code to scan, the address and the number to type."""

import base64
from dataclasses import dataclass

from qrcode.image.svg import SvgPathFillImage
from qrcode.main import QRCode

from survey.model import Performance

BORDER = 4
"""White modules around the code, without which a camera does not find it."""


@dataclass(frozen=True)
class Place:
    """Where phones join: the short address, and the number (or code) to type there."""

    address: str
    number: str


def place_of(performance: Performance, public_url: str) -> Place:
    """Return where phones join a performance: by its short number while one lives, else by its code."""
    return Place(short_address(public_url), spaced(performance.join_number or performance.code.upper()))


def short_address(public_url: str) -> str:
    """Return the address to type: no scheme, and where numbers are taken."""
    return f"{public_url.split('://', 1)[-1]}/join"


def spaced(number: str) -> str:
    """Return a number or a code to type as it is read out: 257 704, K7QM 4XPD."""
    half = len(number) // 2
    return f"{number[:half]} {number[half:]}" if len(number) in (6, 8) else number


def phone_address(public_url: str, performance: Performance) -> str:
    """Return the address the code leads to."""
    return f"{public_url}/p/{performance.code}"


def code_picture(address: str) -> str:
    """Return the code for an address as an image that needs no request: black on white, four modules of border."""
    code: QRCode[SvgPathFillImage] = QRCode(border=BORDER, image_factory=SvgPathFillImage)
    code.add_data(address)
    code.make(fit=True)
    drawn = code.make_image().to_string()
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn).decode()}"
