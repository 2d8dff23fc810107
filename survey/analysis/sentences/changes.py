"""The same people before and after, in words: only what may be shown."""

from survey.analysis.changes import Movement
from survey.analysis.figures import suppressed, whole_in_100
from survey.analysis.ranges import Interval
from survey.analysis.sentences.phrases import agreed, allowing, in_100, plain
from survey.analysis.suppression import Crowd, ShownChange
from survey.language import _, ngettext
from survey.language.punctuation import one_after_another


def change_sentence(change: ShownChange) -> str:
    """Return one plain verdict, then who moved to agreeing, who moved away, who stayed, and the net."""
    if not change.enough:
        return _("Fewer than 10 people could be matched, so no figures are shown.")
    if change.crowd is not None:
        return _crowd(change)
    if change.net is None or change.interval is None:
        return _hidden(change)
    if plain(change.question):
        words = _(
            "Of the {base} people we could match, {to} moved to agreeing, {away} moved away, {stayed} stayed. {net}"
        )
    else:
        words = _(
            "Of the {base} people we could match, {to} {agreed} only after, {away} only before, {stayed} stayed. {net}"
        )
    moved = words.format(
        base=change.base,
        to=change.moved_to,
        away=change.moved_away,
        stayed=change.stayed,
        agreed=agreed(change.question),
        net=net_sentence(change.net, change.interval, change.questions),
    )
    return one_after_another([_verdict(change.interval, agreed(change.question)), moved])


def brief_sentence(change: ShownChange) -> str:
    """Return the plain verdict and the net only, to stand over a picture that prints who moved; else the whole sentence."""
    if change.net is None or change.interval is None:
        return change_sentence(change)
    net = net_sentence(change.net, change.interval, change.questions)
    return one_after_another([_verdict(change.interval, agreed(change.question)), net])


def net_sentence(net: float, interval: Interval, questions: int = 1) -> str:
    """Return the net change in 100 with its interval, each end with its direction where they differ."""
    allowed = allowing(questions)
    low, high = interval.low, interval.high
    if low > 0 or high < 0:
        more = low > 0
        words = (
            _("Net: {net} more in 100 (between {near} and {far}{allowing}).")
            if more
            else _("Net: {net} fewer in 100 (between {near} and {far}{allowing}).")
        )
        near, far = (low, high) if more else (high, low)
        return words.format(net=in_100(net), near=in_100(near), far=in_100(far), allowing=allowed)
    if whole_in_100(net) == 0:
        words = _("Net: none (between {fewer} fewer and {more} more in 100{allowing}).")
    elif net > 0:
        words = _("Net: {net} more in 100 (between {fewer} fewer and {more} more{allowing}).")
    else:
        words = _("Net: {net} fewer in 100 (between {fewer} fewer and {more} more{allowing}).")
    return words.format(net=in_100(net), fewer=in_100(low), more=in_100(high), allowing=allowed)


def movement_sentence(movement: Movement | None) -> str:
    """Return how many moved up the scale, gave the same answer, moved down; nothing where that is not shown."""
    if movement is None:
        return ""
    words = _("{up} moved up the scale, {same} gave the same answer, {down} moved down.")
    return words.format(up=movement.up, same=movement.same, down=movement.down)


def cautions() -> list[str]:
    """Return what must stand beside every change, after how many could not be matched."""
    return [
        _("People who stay to answer again differ from people who leave."),
        _(
            "Being asked twice in one evening moves answers, and also invites people to repeat themselves: the "
            "movement may look larger or smaller than it is."
        ),
        _("This does not tell what caused any movement."),
    ]


def unmatched_sentence(unmatched: int) -> str:
    """Return how many answered one question only once, a skip included, and are left out; below 10 only that."""
    if not unmatched:
        return _("Everyone who answered this question answered it both times.")
    if suppressed(unmatched):
        return _(
            "Fewer than 10 people answered this question only before or only after, some of them because they skipped it "
            "once; they are left out."
        )
    return ngettext(
        "{count} person answered this question only before or only after and is left out.",
        "{count} people answered this question only before or only after, some of them because they skipped it once; they "
        "are left out.",
        unmatched,
    ).format(count=unmatched)


def _verdict(interval: Interval, did: str) -> str:
    """Say in one plain sentence whether the matched people moved, by the interval that decides."""
    if not interval.misses_zero:
        return _("The room did not clearly move.")
    if interval.low > 0:
        return _("Clearly more people {agreed} after than before.").format(agreed=did)
    return _("Clearly fewer people {agreed} after than before.").format(agreed=did)


def _crowd(change: ShownChange) -> str:
    words = {
        Crowd.SAME: _("Of the {base} people we could match, nearly everyone stayed."),
        Crowd.TO: _("Of the {base} people we could match, nearly everyone {agreed} only after."),
        Crowd.AWAY: _("Of the {base} people we could match, nearly everyone {agreed} only before."),
    }[change.crowd or Crowd.SAME]
    return words.format(base=change.base, agreed=agreed(change.question))


def _hidden(change: ShownChange) -> str:
    to, away = (_people(change, moved) for moved in (change.moved_to, change.moved_away))
    if plain(change.question):
        words = _(
            "Of the {base} people we could match, {to} moved to agreeing and {away} moved away; the others stayed."
        )
    else:
        words = _(
            "Of the {base} people we could match, {to} {agreed} only after and {away} only before; the others stayed."
        )
    return words.format(base=change.base, to=to, away=away, agreed=agreed(change.question))


def _people(change: ShownChange, moved: int | None) -> str:
    if moved is None:
        return _("fewer than 5")
    return _("5 or more") if change.at_least and moved else str(moved)
