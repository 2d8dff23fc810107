"""One thing said in words, alone and large: a facilitator's prompt, a jury's conclusions."""

from survey.screen.room.pictures.sizes import fitted
from survey.screen.room.pictures.view import Scene, View, still
from survey.screen.templating import rendered
from survey.storage.conclusions import conclusion


def prompt(view: View) -> Scene | None:
    """Return a prompt as its cue words it; None when it has no words."""
    return said(view, str(view.showing.get("text") or ""))


def conclusions(view: View) -> Scene | None:
    """Return what a jury has written down together; None while nothing is written."""
    return said(view, conclusion(view.connection, view.performance.id))


def said(view: View, words: str, *, title: str = "") -> Scene | None:
    """Return words alone on the stage, as large as they fit, under a small title if they have one."""
    if not words.strip():
        return None
    fit = fitted(words, most=10.5, height=60 if title else 66)
    return still(rendered("stage_prompt.html", words=words.strip(), title=title, fit=fit, **view.frame))
