"""What the audience wrote and a moderator let through: the pinned one alone, else those most supported."""

from survey.language import _, ngettext
from survey.screen.room.pictures.prompts import said
from survey.screen.room.pictures.sizes import Fitted, fitted
from survey.screen.room.pictures.view import Scene, View, still
from survey.screen.templating import rendered
from survey.storage.contributions import Supported, board

MOST = 4
"""More than this the back row does not read."""
ROOM, BETWEEN = 66.0, 4.0
"""How much of the height is theirs, and between two of them."""
READ = 4.2
"""Fewer are shown rather than in smaller type than this."""
BESIDE = 0.78
"""How much of the width is left where the support stands beside the words."""


def contributions(view: View) -> Scene:
    """Return the pinned contribution alone, or the first few of the board; those already answered are gone."""
    there = [one for one in board(view.connection, view.performance.id) if not one.contribution.answered]
    pinned = next((one for one in there if one.contribution.pinned), None)
    if pinned is not None:
        return _alone(view, pinned)
    if not there:
        alone = said(view, _("What would you like to ask, or to say?"), title=_("From the audience"))
        assert alone is not None
        return alone
    kept, fit = there[:MOST], _fit(there[:MOST])
    while len(kept) > 1 and fit.narrow < READ:
        kept = kept[:-1]
        fit = _fit(kept)
    if len(kept) == 1:
        return _alone(view, kept[0])
    listed = [(one.contribution.text, support(one)) for one in kept]
    return still(rendered("stage_contributions.html", listed=listed, fit=fit, **view.frame))


def support(one: Supported) -> str:
    """Return by how many a contribution is supported, "" while they are few."""
    if one.shown is None:
        return ""
    return ngettext("{count} asks this too", "{count} ask this too", one.shown).format(count=one.shown)


def _alone(view: View, one: Supported) -> Scene:
    words = one.contribution.text
    return still(
        rendered(
            "stage_contribution.html",
            words=words,
            support=support(one),
            fit=fitted(words, most=10, height=58),
            **view.frame,
        )
    )


def _fit(kept: list[Supported]) -> Fitted:
    return fitted(
        *(one.contribution.text for one in kept), most=6.6, height=ROOM, part=BESIDE, between=BETWEEN
    )
