"""What the audience wrote and a moderator let through: the pinned one alone, else those most supported."""

from survey.language import _, ngettext
from survey.screen.room.pictures.prompts import said
from survey.screen.room.pictures.sizes import fitted
from survey.screen.room.pictures.view import Scene, View, still
from survey.screen.templating import rendered
from survey.storage.contributions import Supported, board

MOST = 4
"""More than this the back row does not read."""
HIDDEN = 5
"""Support by fewer phones than this is not counted out."""
ROOM = 62.0
"""How much of the height is theirs."""
BESIDE_TEXT = 0.8
"""How much of the width is left where the support stands beside the words."""


def contributions(view: View) -> Scene:
    """Return the pinned contribution alone, or the first few of the board; those already answered are gone."""
    there = [one for one in board(view.connection, view.performance.id) if not one.contribution.answered]
    pinned = next((one for one in there if one.contribution.pinned), None)
    if pinned is not None:
        return _alone(view, pinned)
    kept = _fitting(there[:MOST])
    if not kept:
        alone = said(view, _("What would you like to ask, or to say?"), title=_("From the audience"))
        assert alone is not None
        return alone
    if len(kept) == 1:
        return _alone(view, kept[0])
    listed = [(one.contribution.text, support(one.support)) for one in kept]
    sizes = [fitted(words, most=6.4, height=_share(kept, words), part=BESIDE_TEXT) for words, _said in listed]
    narrow, wide = min(one.narrow for one in sizes), min(one.wide for one in sizes)
    return still(
        rendered(
            "stage_contributions.html", listed=listed, narrow=narrow, wide=wide, sizes=sizes, **view.frame
        )
    )


def support(phones: int) -> str:
    """Return by how many a contribution is supported, "" below five."""
    if phones < HIDDEN:
        return ""
    return ngettext("{count} asks this too", "{count} ask this too", phones).format(count=phones)


def _alone(view: View, one: Supported) -> Scene:
    words = one.contribution.text
    return still(
        rendered(
            "stage_contribution.html",
            words=words,
            support=support(one.support),
            fit=fitted(words, most=10, height=58),
            **view.frame,
        )
    )


def _fitting(there: list[Supported]) -> list[Supported]:
    """Return as many of the first as stand on the stage in type that the back row reads."""
    kept: list[Supported] = []
    for one in there:
        if kept and sum(map(_weight, (*kept, one))) > 560:
            break
        kept.append(one)
    return kept


def _share(kept: list[Supported], words: str) -> float:
    """Return how much of the height one contribution gets: by its length, less what stands between two."""
    whole = ROOM - 3.0 * len(kept)
    return whole * (len(words) + 30) / sum(map(_weight, kept))


def _weight(one: Supported) -> int:
    return len(one.contribution.text) + 30
