"""A picture: a shape, its rows, and the one sentence that says the same to someone who cannot see it."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import altair as alt

from survey.charts.theme import CONFIG, PAPER

Layers = alt.LayerChart | alt.FacetChart
"""What Altair's types make of layers once they have a size."""


@dataclass(frozen=True)
class Shape:
    """How pictures of one kind look, whatever their numbers. Made once: a picture on a page changes its rows only."""

    chart: Layers | alt.HConcatChart | alt.VConcatChart

    @cached_property
    def spec(self) -> dict[str, Any]:
        """The Vega-Lite specification, without a number of anybody's in it."""
        return {**self.chart.to_dict(validate=False), "config": CONFIG, "autosize": {"type": "pad"}}


@dataclass(frozen=True)
class Picture:
    """One picture. ``rows`` are frozen dataclasses by the name of the data they are: what is drawn, no more."""

    shape: Shape
    rows: Mapping[str, tuple[object, ...]]
    words: str
    """The text alternative, made from the numbers that are drawn."""

    @property
    def spec(self) -> dict[str, Any]:
        """The Vega-Lite specification with its rows: every number that a page's source will hold."""
        datasets = {name: [dict(vars(row)) for row in rows] for name, rows in self.rows.items()}
        return {**self.shape.spec, "datasets": {**self.shape.spec.get("datasets", {}), **datasets}}

    @property
    def svg(self) -> str:
        """The same picture as SVG, drawn offline, for print."""
        return _svg(json.dumps(self.spec))

    @property
    def address(self) -> str:
        """The SVG as an address that an ``<img>`` shows without another request."""
        return "data:image/svg+xml;base64," + base64.b64encode(self.svg.encode()).decode()

    def png(self, *, scale: float = 2) -> bytes:
        """Return the same picture as PNG on paper ground."""
        import vl_convert

        framed = {**self.spec, "background": PAPER, "padding": 16}
        return bytes(vl_convert.vegalite_to_png(framed, scale=scale))


@lru_cache(maxsize=64)
def _svg(spec: str) -> str:
    import vl_convert  # 0.8 s at first use: only print needs it

    return str(vl_convert.vegalite_to_svg(spec))


def rows_of(name: str) -> alt.Chart:
    """Return the beginning of a layer that draws the rows of this name."""
    return alt.Chart(alt.NamedData(name=name))


def fixed(**row: object) -> alt.Chart:
    """Return the beginning of a layer that draws one thing that never changes."""
    return alt.Chart(alt.InlineData(values=(row,)))


def across(pixel: float) -> alt.XValue:
    """Return a place so many pixels from the left of the plot."""
    return alt.XValue(pixel)  # type: ignore[no-untyped-call]  # Altair leaves it untyped


def across_to(pixel: float) -> alt.X2Value:
    """Return where a mark ends, so many pixels from the left of the plot."""
    return alt.X2Value(pixel)  # type: ignore[no-untyped-call]  # the same


def down(pixel: float) -> alt.YValue:
    """Return a place so many pixels from the top of the plot."""
    return alt.YValue(pixel)  # type: ignore[no-untyped-call]  # the same


def frame(left: float, right: float) -> alt.Chart:
    """Return two unseen points at these pixels, so that pictures of one kind are equally wide and line up on a page."""
    edges = alt.Chart(alt.InlineData(values=({"edge": left}, {"edge": right})))
    unseen: alt.Chart = edges.mark_point(opacity=0).encode(x=alt.X("edge:Q", scale=None), y=down(0))
    return unseen
