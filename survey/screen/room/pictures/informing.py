"""Information on stage: one layer in a line, or the three lines of a text; the sources stand on the phones."""

from survey.information import Information, Layer, texts
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
    if layer is None:
        return still(rendered("stage_layers.html", text=text, **view.frame))
    fit = fitted(str(layer.line), most=9.6, height=46)
    return still(rendered("stage_layer.html", layer=layer, fit=fit, **view.frame))


def find_text(named: str) -> tuple[Information | None, Layer | None]:
    """Return the layered text a name means, and the layer of it if it names one; nothing for any other words."""
    known = texts()
    id, _slash, layer_id = named.partition("/")
    for text in known.values():
        for layer in text.layers:
            if (text.id, layer.id) == (id, layer_id) or (layer.id == id and not layer_id):
                return text, layer
    return known.get(named), None
