"""This audience beside a published survey: a dot with its range on a grey band, both numbers printed."""

from survey.publication import named_benchmark, public_benchmark
from survey.screen.room.pictures.questions import size, waiting
from survey.screen.room.pictures.sizes import fitted
from survey.screen.room.pictures.view import Scene, View, still
from survey.screen.templating import rendered


def benchmark(view: View) -> Scene | None:
    """Return a question beside a published figure; a reason to talk while it could sway answers; None without the two."""
    asked, named = view.question(), str(view.showing.get("benchmark"))
    if asked is None or named_benchmark(asked, named) is None:
        return None
    found = public_benchmark(view.connection, view.performance, asked, view.wave, named)
    if not found.shown:
        return waiting(view, asked, options=False)
    words = {
        **view.frame,
        "question": asked,
        "size": size(asked),
        "marks": tuple(dict.fromkeys((*view.marks, *found.marks))),
        "found": found,
    }
    if found.rows:
        return still(rendered("stage_benchmark.html", **words))
    fits = [fitted(said, most=6, height=17, part=0.9) for said in (found.there, found.here)]
    return still(rendered("stage_benchmark_words.html", **words, fits=fits))
