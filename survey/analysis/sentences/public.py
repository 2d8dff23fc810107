"""A public result in words: what its bars are called, what they say, and the sentence to read out."""

from survey.analysis.sentences.phrases import agreed, disagreed, first_large
from survey.analysis.shares import Share
from survey.analysis.suppression import Bar, Form, Part, Shown
from survey.language import _, ngettext
from survey.model import Kind, Question


def bar_label(question: Question, bar: Bar) -> str:
    """Return what a bar is called: the option's words, or its class ("Said likely", "5 to 7", "Other answers")."""
    if bar.part is Part.OTHER:
        return _("Other answers")
    if bar.part is Part.OPTION:
        return str(question.option(bar.options[0]).label)
    if question.kind is Kind.NUMBER:
        return _("{low} to {high}").format(**_ends(bar))
    return first_large(_said(question, bar))


def bar_words(shown: Shown, bar: Bar) -> str:
    """Return what stands on a bar: a count or whole in 100; words where no figure is shown."""
    if bar.count is None:
        if bar.part is not Part.OTHER:
            return _("nearly everyone")
        return _("fewer than 3 each") if len(bar.options) > 1 else _("fewer than 3")
    return str(bar.in_100 if shown.form is Form.IN_100 else bar.count)


def base_sentence(shown: Shown) -> str:
    """Return of how many the figures are: "45 answers"; nothing where nothing is shown."""
    if shown.form is Form.NOTHING:
        return ""
    return ngettext("{count} answer", "{count} answers", shown.base).format(count=shown.base)


def spoken(question: Question, shown: Shown) -> str:
    """Return the sentence to read out to the room."""
    if shown.form is Form.NOTHING:
        return _("Talk to the person next to you.")
    if shown.form is Form.NEARLY:
        return _nearly(question, shown.bars[0])
    if question.kind is Kind.MANY or not question.agree:
        return _most_chosen(question, shown)
    if shown.form is Form.IN_100:
        return _in_100(question, shown)
    return _counts(question, shown)


def _nearly(question: Question, bar: Bar) -> str:
    option = bar.options[0] if bar.part is Part.OPTION else None
    if option is None:
        return _("Nearly everyone {agreed}.").format(agreed=_said(question, bar))
    if option in question.agree and len(question.agree) == 1:
        return _("Nearly everyone {agreed}.").format(agreed=agreed(question))
    return _("Nearly everyone {agreed}.").format(agreed=agreed(question, option))


def _in_100(question: Question, shown: Shown) -> str:
    told = []
    for options, did in ((question.agree, agreed(question)), (question.disagree, disagreed(question))):
        if options:
            count = sum(bar.count or 0 for bar in shown.bars if set(bar.options) <= set(options))
            share = Share("", count, shown.base).in_100
            told.append(_("{share} in 100 {agreed}.").format(share=share, agreed=did))
    return " ".join(told)


def _counts(question: Question, shown: Shown) -> str:
    agree = set(question.agree)
    named = [bar for bar in shown.bars if bar.part is not Part.OTHER]
    first = next((bar for bar in named if agree & set(bar.options)), named[0])
    rest = [bar for bar in shown.bars if bar is not first and not _between(question, bar)]
    told = [
        _("{count} of {base} {agreed}.").format(
            count=first.count, base=shown.base, agreed=_said(question, first)
        )
    ]
    told += [_("{count} {agreed}.").format(count=bar.count, agreed=_said(question, bar)) for bar in rest]
    return " ".join(told)


def _most_chosen(question: Question, shown: Shown) -> str:
    crowded = [bar for bar in shown.bars if bar.count is None and bar.part is Part.OPTION]
    if crowded:
        return " ".join(_nearly(question, bar) for bar in crowded)
    chosen = [bar for bar in shown.bars if bar.count and bar.part is Part.OPTION]
    if not chosen:
        return _("No answer was chosen often enough to be read out alone.")
    first, *others = sorted(chosen, key=lambda bar: -(bar.count or 0))
    second = others[0] if others else first
    if second is first:
        words = _("Chosen most: “{first}”, {figure}.")
    elif second.count == first.count:
        words = _("Chosen most, and as often: “{first}” and “{second}”, {figure} each.")
    else:
        words = _("Chosen most: “{first}”, {figure}. Then “{second}”, {second_figure}.")
    return words.format(
        first=bar_label(question, first),
        figure=_figure(shown, first),
        second=bar_label(question, second),
        second_figure=_figure(shown, second),
    )


def _figure(shown: Shown, bar: Bar) -> str:
    if shown.form is Form.IN_100:
        return _("{share} in 100").format(share=bar.in_100)
    return _("{count} of {base}").format(count=bar.count, base=shown.base)


def _between(question: Question, bar: Bar) -> bool:
    named = set(question.agree) | set(question.disagree)
    return not named & set(bar.options)


def _said(question: Question, bar: Bar) -> str:
    """Return what the people of a bar did, as a phrase that follows a number."""
    if bar.part is Part.OTHER:
        return _("gave other answers")
    if question.kind is Kind.NUMBER and bar.part in (Part.MERGED, Part.NEUTRAL):
        return _("gave {low} to {high}").format(**_ends(bar))
    if bar.part is Part.MERGED:
        first, second = (_said(question, Bar(part, (), None, bar.base)) for part in bar.parts)
        return _("{first} or {second}").format(first=first, second=second)
    if bar.part is Part.OPTION:
        option = bar.options[0]
        if (option,) == question.agree:
            return agreed(question)
        return disagreed(question) if (option,) == question.disagree else agreed(question, option)
    if bar.part is Part.NEUTRAL:
        neutral = [option for option in question.values if option not in question.agree + question.disagree]
        if len(neutral) == 1:
            return _("said “{answer}”").format(answer=question.option(neutral[0]).label)
        return _("were in between")
    return agreed(question) if bar.part is Part.AGREE else disagreed(question)


def _ends(bar: Bar) -> dict[str, int]:
    """Return the lowest and highest number of a class of numbers."""
    numbers = [int(option) for option in bar.options]
    return {"low": min(numbers), "high": max(numbers)}
