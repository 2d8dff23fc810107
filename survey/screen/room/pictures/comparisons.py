"""This audience beside another's: a circle and a square on each answer's line, with their numbers. Surveys: benchmarks."""

from survey.publication import public_beside
from survey.screen.room.pictures.benchmarks import benchmark
from survey.screen.room.pictures.questions import size, waiting
from survey.screen.room.pictures.sizes import fitted
from survey.screen.room.pictures.view import Scene, View, other_audience, still
from survey.screen.templating import rendered


def comparison(view: View) -> Scene | None:
    """Return two audiences' answers, or one's beside a published survey; a reason to talk while they may not be shown; None when one cannot be found."""
    if view.showing.get("benchmark"):
        return benchmark(view)
    asked, other = view.question(), other_audience(view.connection, view.showing)
    if asked is None or other is None:
        return None
    found = public_beside(view.connection, view.performance, other, asked, view.wave)
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
        return still(rendered("stage_beside.html", **words))
    if found.here is None or found.there is None:
        return still(rendered("stage_crowd.html", **words, fit=fitted(found.spoken, most=8, height=38)))
    audiences = [(one, fitted(one.spoken, most=6, height=17, part=0.9)) for one in (found.there, found.here)]
    return still(rendered("stage_two.html", **words, audiences=audiences))
