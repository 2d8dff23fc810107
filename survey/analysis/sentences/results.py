"""Results in words: shares, the two ranges of the whole room, response rate, modes, provenance."""

from collections.abc import Collection, Mapping, Sequence
from typing import assert_never

from survey.analysis.figures import enough, suppressed
from survey.analysis.ranges import Interval, response_rate, room_range, worst_case
from survey.analysis.sentences.phrases import agreed, plain
from survey.analysis.shares import Share
from survey.language import _, ngettext
from survey.language.punctuation import all_of, quoted
from survey.model import Mode, Provenance, Question


def share_sentence(question: Question, share: Share, option: str | None = None) -> str:
    """Return how many agreed (or chose an option): in 100 from 30 answers, a count from 10, nothing below."""
    if suppressed(share.base):
        return _("Fewer than 10 people answered, so no figures are shown.")
    if not enough(share.base):
        words = _("{count} of the {base} people who answered {agreed}.")
    else:
        words = _("{share} in 100 of those who answered {agreed} ({count} of {base}).")
    return words.format(
        count=share.count, base=share.base, share=share.in_100, agreed=agreed(question, option)
    )


def tied_sentence(question: Question, share: Share, options: Sequence[str]) -> str:
    """Return which answers were given most, all that tie, each with the same share; nothing of fewer than 10 answers."""
    if suppressed(share.base):
        return share_sentence(question, share)
    answers = all_of([quoted(str(question.option(value).label)) for value in options])
    if enough(share.base):
        return _("Given most, by {share} in 100 each: {answers}.").format(answers=answers, share=share.in_100)
    words = _("Given most, by {count} of {base} people each: {answers}.")
    return words.format(answers=answers, count=share.count, base=share.base)


def room_sentences(
    question: Question, share: Share, attendance: int | None, *, option: str | None = None
) -> list[str]:
    """Return what may be said of the whole room: the chance range and the worst case, or why neither can be."""
    if suppressed(share.base):
        return []
    likely = room_range(share.count, share.base, attendance)
    worst = worst_case(share.count, share.base, attendance)
    if attendance is None:
        return [_("Nobody counted the audience, so we cannot speak for the whole room.")]
    if likely is None or worst is None:
        return [_("There are more answers than people counted, so we cannot speak for the whole room.")]
    if attendance == share.base:
        return [_("Everyone who was there answered.")]
    return [
        chance_sentence(likely, plainly=plain(question, option)),
        worst_sentence(attendance - share.base, worst),
    ]


def chance_sentence(likely: Interval, *, plainly: bool = True) -> str:
    """Return the range of the whole room if the others think like those who answered."""
    low, high = likely.in_100
    if low == high:
        words = _("If the others think like those who answered, it is about {low} in 100 of the whole room.")
    elif plainly:
        words = _(
            "If the others think like those who answered, between {low} and {high} in 100 of the whole room agree."
        )
    else:
        words = _(
            "If the others think like those who answered, it is between {low} and {high} in 100 of the whole room."
        )
    return words.format(low=low, high=high)


def worst_sentence(unanswered: int, worst: Interval) -> str:
    """Return the range of the whole room whatever the others think."""
    low, high = worst.in_100
    words = ngettext(
        "{count} person did not answer. Whatever they think, it could be anything from {low} to {high} in 100.",
        "{count} people did not answer. If they all thought the same, it could be anything from {low} to {high} "
        "in 100.",
        unanswered,
    )
    return words.format(count=unanswered, low=low, high=high)


def rate_sentence(responses: int, attendance: int | None, *, about: bool = False) -> str:
    """Return how many of those there answered; below 10 only that."""
    if suppressed(responses):
        return _("Fewer than 10 people answered.")
    rate = response_rate(responses, attendance)
    if not attendance:
        words = _("{count} people answered. Nobody counted the audience.")
    elif rate is None:
        words = _("{count} people answered, more than the {there} counted. Please check the attendance.")
    elif about:
        words = _("{count} of about {there} people answered ({share} in 100).")
    else:
        words = _("{count} of {there} people answered ({share} in 100).")
    return words.format(count=responses, there=attendance, share=rate.in_100 if rate else "")


def modes_sentence(modes: Mapping[Mode, int]) -> str:
    """Return how the answers were given; how many in each way only where every way has at least 10."""
    used = {mode: count for mode, count in modes.items() if count}
    if not used:
        return ""
    if len(used) == 1:
        return _("Answered {how}.").format(how=how_answered(next(iter(used))))
    if suppressed(min(used.values())):
        return _("Answered {how}, counted together.").format(
            how=all_of([how_answered(mode) for mode in used])
        )
    parts = [_("{count} {how}").format(count=count, how=how_answered(mode)) for mode, count in used.items()]
    return _("Answered {how}, counted together.").format(how=all_of(parts))


def left_out_sentence(count: int) -> str:
    """Return how many answers are left out because the result had already been shown; nothing for none."""
    if not count:
        return ""
    return ngettext(
        "{count} answer is left out: it was sent after the result had been shown to the room.",
        "{count} answers are left out: they were sent after the result had been shown to the room.",
        count,
    ).format(count=count)


def late_sentence(count: int) -> str:
    """Return how many answers came after the last public figures; nothing for none."""
    if not count:
        return ""
    return ngettext(
        "{count} late answer is kept, not shown.", "{count} late answers are kept, not shown.", count
    ).format(count=count)


def provenance_sentences(provenances: Collection[Provenance]) -> list[str]:
    """Return what must be said of where answers came from; nothing for those collected here."""
    words = {
        Provenance.DEMONSTRATION: _("Demonstration: these answers are invented."),
        Provenance.REHEARSAL: _("Rehearsal: these answers are not from an audience."),
        Provenance.IMPORTED: _("Imported: these answers were collected elsewhere."),
        Provenance.COUNTED: _("Counted: somebody counted these by eye."),
        Provenance.KEYED: _("Keyed in from paper."),
    }
    return [sentence for provenance, sentence in words.items() if provenance in provenances]


def how_answered(mode: Mode) -> str:
    """Return how answers were given, as it ends a sentence: "on phones"."""
    match mode:
        case Mode.PHONE:
            return _("on phones")
        case Mode.PAPER:
            return _("on paper")
        case Mode.WEB:
            return _("in a web form")
        case Mode.CARD:
            return _("with coloured cards")
        case Mode.HANDS:
            return _("by raised hands")
        case Mode.OTHER:
            return _("in another way")
        case _:
            assert_never(mode)
