"""Codes as a phone's camera reads them off a picture. The decoder is ZXing's, the one inside many phones' scanners."""

import io

import zxingcpp
from PIL import Image


def read_code(picture: Image.Image | bytes) -> str:
    """Return what the one code in a picture (or a picture's file) says. Anything but one code is an AssertionError."""
    if isinstance(picture, bytes):
        picture = Image.open(io.BytesIO(picture))
    found = zxingcpp.read_barcodes(picture.convert("L"), zxingcpp.barcode_formats_from_str("QRCode"))
    assert len(found) == 1, f"{len(found)} codes are read"
    return str(found[0].text)
