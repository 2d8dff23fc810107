"""QR codes as vectors: always black on white, always with the four-module border a camera needs."""

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

BORDER = 4
"""White modules on every side; fewer and older phones do not find the code."""


def qr_modules(content: str) -> list[list[bool]]:
    """Return the square of modules, border included; True is black."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=BORDER)
    code.add_data(content)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]


def qr_svg(content: str) -> str:
    """Return the code as an SVG drawing one unit per module: one white ground, one black path, no seams."""
    modules = qr_modules(content)
    side = len(modules)
    path = "".join(_run(x, y, length) for y, row in enumerate(modules) for x, length in _runs(row))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path d="{path}" fill="#000"/></svg>'
    )


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Return (first column, length) of each run of black modules."""
    runs: list[tuple[int, int]] = []
    for x, black in enumerate(row):
        if black and runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif black:
            runs.append((x, 1))
    return runs


def _run(x: int, y: int, length: int) -> str:
    return f"M{x} {y}h{length}v1h-{length}z"
