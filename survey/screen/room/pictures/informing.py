"""Information on stage: one layer in a line, or the three lines of a text; the sources stand on the phones."""

from survey.information import find_text
from survey.screen.room.pictures.prompts import said
from survey.screen.room.pictures.sizes import fitted
from survey.screen.room.pictures.view import Scene, View, still
from survey.screen.templating import rendered


def information(view: View) -> Scene | None:
    """Return what a cue names: a text ("patient_data"), a layer of one ("patient_data/why"), or its own words."""
    named = str(view.showing.get("text") or "").strip()
    text, layer = find_text(named)
    if text is None:
        return said(view, named)
    more = text.id in view.offered()  # only then is there more on phones
    if layer is None:
        return still(rendered("stage_layers.html", text=text, more=more, **view.frame))
    fit = fitted(str(layer.line), most=9.6, height=46)
    return still(rendered("stage_layer.html", layer=layer, fit=fit, more=more, **view.frame))
