"""A picture: a chart, and the one sentence that says the same to someone who cannot see it."""

import base64
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import altair as alt

from survey.charts.theme import CONFIG, PAPER

Layers = alt.LayerChart | alt.FacetChart
"""What Altair's types make of layers once they have a size."""


@dataclass(frozen=True)
class Picture:
    """One chart with its sentence. Drawn once; what was drawn is kept with it."""

    chart: Layers | alt.HConcatChart | alt.VConcatChart
    words: str
    """The text alternative, made from the numbers that are drawn."""

    @cached_property
    def spec(self) -> dict[str, Any]:
        """The Vega-Lite specification: every number the page's source will hold, and no other."""
        spec = self.chart.to_dict(validate=False)
        return {**spec, "config": CONFIG, "autosize": {"type": "pad"}}

    @cached_property
    def svg(self) -> str:
        """The same picture as SVG, drawn offline, for print."""
        import vl_convert  # 0.8 s at first use: only print needs it

        return str(vl_convert.vegalite_to_svg(self.spec))

    @property
    def address(self) -> str:
        """The SVG as an address that an ``<img>`` shows without another request."""
        return "data:image/svg+xml;base64," + base64.b64encode(self.svg.encode()).decode()

    def png(self, *, scale: float = 2) -> bytes:
        """Return the same picture as PNG on paper ground."""
        import vl_convert

        framed = {**self.spec, "background": PAPER, "padding": 16}
        return bytes(vl_convert.vegalite_to_png(framed, scale=scale))


def values(*rows: object) -> alt.InlineData:
    """Return frozen rows as the data of a chart: their own fields, no others."""
    return alt.InlineData(values=[dict(vars(row)) for row in rows])


def frame(left: float, right: float) -> alt.Chart:
    """Return two unseen points at these pixels, so that pictures of one kind are equally wide and line up on a page."""
    edges = alt.Chart(alt.InlineData(values=[{"edge": left}, {"edge": right}]))
    unseen: alt.Chart = edges.mark_point(opacity=0).encode(x=alt.X("edge:Q", scale=None), y=alt.value(0))
    return unseen
