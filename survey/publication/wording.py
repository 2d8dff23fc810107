"""A suppressed result as the room reads it: bars with printed numbers, a sentence to say aloud, and its base."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from survey.analysis import suppression
from survey.analysis.sentences.results import how_answered
from survey.analysis.shares import sided
from survey.analysis.suppression import Form, Part, Shown
from survey.language import _
from survey.language.punctuation import all_of, any_of
from survey.model import Kind, Mode, Question, Wave
from survey.publication.figures import Bar, Tone

MOST_BARS = 7
"""More than this cannot be read from the back row."""
NEARLY_ALL = 96
"""The length of a bar that stands for nearly everyone: never the exact one."""

_PARTS = {Part.DISAGREE: Tone.AGAINST_STRONGLY, Part.NEUTRAL: Tone.BETWEEN, Part.AGREE: Tone.FOR_STRONGLY}


def bars(question: Question, shown: Shown) -> tuple[Bar, ...]:
    """Return at most seven bars: a scale in its order, ticked answers from most to least, the rest together."""
    kept = list(shown.bars)
    if question.kind is Kind.MANY:
        exclusive = {option.value for option in question.options if option.exclusive}
        kept = [bar for bar in kept if not exclusive.issuperset(bar.options)]
        rest = [bar for bar in kept if bar.part is Part.OTHER]
        most = [bar for bar in kept if bar.part is not Part.OTHER]
        most.sort(key=lambda bar: -_length(bar))
        kept = [*most[: MOST_BARS - len(rest)], *rest]
    elif len(kept) > MOST_BARS:
        kept = _fewer(question, kept)
    return tuple(
        Bar(_label(question, bar), _printed(shown, bar), _length(bar), _tone(question, bar)) for bar in kept
    )


def base_words(
    shown: Shown, wave: Wave, modes: Collection[Mode] = (Mode.PHONE,), *, ranked: bool = False
) -> str:
    """Return of how many the figures are, and by which mode unless by phone: "in 100 of the 84 who answered".

    Of a ranking they are first choices only, and say so.
    """
    before = wave is Wave.BEFORE
    if shown.form is Form.IN_100:
        words = (
            _("in 100 of the {base} who answered before the performance")
            if before
            else _("in 100 of the {base} who answered")
        )
    else:
        words = (
            _("of the {base} people who answered before the performance")
            if before
            else _("of the {base} people who answered")
        )
    said = words.format(base=shown.base)
    if shown.form is Form.IN_100 and _uneven(shown):
        said = _("{words}, rounded").format(words=said)
    if ranked:
        said = _("First choices, {words}").format(words=said)
    used = [mode for mode in Mode if mode in modes]
    if used in ([], [Mode.PHONE]):
        return said
    return _("{words}, {how}").format(words=said, how=all_of([how_answered(mode) for mode in used]))


def label_of(question: Question, options: Sequence[str]) -> str:
    """Return what to call several neighbouring options together: "Fairly or very likely", "8 to 10"."""
    labels = [str(question.option(value).label) for value in options]
    if len(labels) == 1:
        return labels[0]
    if question.kind is Kind.NUMBER:
        return _("{first} to {last}").format(first=labels[0], last=labels[-1])
    first, *others = labels
    return any_of([first, *(_within(label) for label in others)])


def _uneven(shown: Shown) -> bool:
    """Return whether everybody is in one bar and yet the numbers printed do not add up to 100."""
    counts = [bar.count or 0 for bar in shown.bars if bar.count is not None]
    whole = len(counts) == len(shown.bars) and sum(counts) == shown.base
    return whole and sum(bar.in_100 or 0 for bar in shown.bars) != 100


def _fewer(question: Question, kept: list[suppression.Bar]) -> list[suppression.Bar]:
    """Return a long list as three classes (a scale), or as the six answers given most and the others together."""
    if suppression.has_classes(question):
        return [
            _together(part, [bar for bar in kept if bar.options[0] in options])
            for part, options in suppression.classes(question).items()
            if options
        ]
    most = sorted(kept, key=lambda bar: -_length(bar))[: MOST_BARS - 1]
    rest = _together(Part.OTHER, [bar for bar in kept if bar not in most])
    if any(bar.part is Part.FEW for bar in most):
        return [*most, replace(rest, count=None)]
    return [*most, replace(rest, count=rest.base - sum(bar.count or 0 for bar in most))]


def _together(part: Part, joined: list[suppression.Bar]) -> suppression.Bar:
    options = tuple(option for bar in joined for option in bar.options)
    return suppression.Bar(part, options, sum(bar.count or 0 for bar in joined), joined[0].base, (part,))


def _label(question: Question, bar: suppression.Bar) -> str:
    if bar.part is Part.OTHER:
        options = [value for value in bar.options if not question.option(value).exclusive]
        if bar.count is None:
            return label_of(question, options) if len(options) == 1 else _("Each of the others")
        return _("Other answers")
    return label_of(question, bar.options)


def _printed(shown: Shown, bar: suppression.Bar) -> str:
    if bar.count is None:
        return _("fewer than 3") if bar.part in (Part.OTHER, Part.FEW) else _("nearly everyone")
    return str(bar.in_100 if shown.form is Form.IN_100 else bar.count)


def _length(bar: suppression.Bar) -> int:
    if bar.in_100 is None:
        return 0 if bar.part in (Part.OTHER, Part.FEW) else NEARLY_ALL
    return bar.in_100


def _tone(question: Question, bar: suppression.Bar) -> Tone:
    """Return where a bar stands; only questions whose options lie for and against have a side."""
    classes = suppression.classes(question)
    if not sided(question):
        return Tone.PLAIN
    if bar.part is Part.OTHER:
        return Tone.BETWEEN
    if bar.part is Part.MERGED:
        return Tone.AGAINST if Part.DISAGREE in bar.parts else Tone.FOR
    part = next(part for part, options in classes.items() if bar.options[0] in options)
    if set(bar.options) == set(classes[part]) or part is Part.NEUTRAL:
        return _PARTS[part]
    if part is Part.AGREE:
        return Tone.FOR_STRONGLY if bar.options[0] == classes[part][-1] else Tone.FOR
    return Tone.AGAINST_STRONGLY if bar.options[0] == classes[part][0] else Tone.AGAINST


def _within(label: str) -> str:
    """Return a label as it is written inside a sentence; NHS and GP keep their capitals."""
    return label[:1].lower() + label[1:] if label[1:2].islower() or label[1:2] == " " else label
