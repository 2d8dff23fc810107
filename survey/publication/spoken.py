"""The sentence to read out under a question: made from the very numbers that are shown."""

from survey.analysis import suppression
from survey.analysis.shares import Share
from survey.analysis.suppression import Form, Part, Shown, classes, told
from survey.language import _
from survey.language.punctuation import all_of, one_after_another, quoted
from survey.model import Kind, Question
from survey.publication.wording import label_of


def spoken(question: Question, shown: Shown) -> str:
    """Return a sentence to read aloud, "" where nothing is shown."""
    if shown.form is Form.NOTHING:
        return ""
    if question.kind is Kind.MANY:
        return _ticked(question, shown)
    sides = _followed(question)
    if shown.form is Form.NEARLY:
        return _nearly(question, shown)
    if not sides:
        return _most(question, shown)
    return _in_100(question, shown) if shown.form is Form.IN_100 else _counted(question, shown)


def _followed(question: Question) -> dict[Part, str]:
    """Return what the agreeing and the disagreeing did, in words that follow "in 100 …"."""
    named = {
        Part.AGREE: (question.agree_word, _("agreed")),
        Part.DISAGREE: (question.disagree_word, _("disagreed")),
    }
    by_part = classes(question)
    ordered = question.kind in (Kind.SCALE, Kind.NUMBER)
    words: dict[Part, str] = {}
    for part, (word, plain) in named.items():
        if not by_part[part]:
            continue
        if word:
            words[part] = str(word)
        elif question.kind is Kind.NUMBER:
            words[part] = _("gave {numbers}").format(numbers=label_of(question, by_part[part]))
        elif ordered:
            words[part] = plain
    return words


def _in_100(question: Question, shown: Shown) -> str:
    sides = _followed(question)
    by_part = classes(question)
    sentences = []
    for part in (Part.AGREE, Part.DISAGREE):
        if part in sides:
            count = told(shown, by_part[part])
            if count is None:  # of a few people in it the share would tell how many
                continue
            share = Share(part, count, shown.base).in_100
            sentences.append(_("{share} in 100 {did}.").format(share=share, did=sides[part]))
    return one_after_another(sentences) if sentences else _most(question, shown)


def _counted(question: Question, shown: Shown) -> str:
    sides = _followed(question)
    by_part = classes(question)
    for part in (Part.AGREE, Part.DISAGREE):
        count = told(shown, by_part[part])
        if part in sides and count is not None:
            words = _("{count} of the {base} people who answered {did}.")
            return words.format(count=count, base=shown.base, did=sides[part])
    return _most(question, shown)


def _most(question: Question, shown: Shown) -> str:
    """Say which answer was given most; several when equal, none when the others together lead."""
    plain = [bar for bar in shown.bars if bar.part is not Part.OTHER and bar.count]
    top = max((bar.count or 0 for bar in plain), default=0)
    if any(bar.part is Part.OTHER and (bar.count or 0) > top for bar in shown.bars):
        return _("The answers are spread out: none stands apart.")
    first = [bar for bar in plain if bar.count == top]
    names = [quoted(label_of(question, bar.options)) for bar in first]
    if question.kind is Kind.RANK:
        return one_after_another(
            [_put_first(shown, bar.in_100, bar.count, name) for bar, name in zip(first, names, strict=True)]
        )
    if shown.form is Form.IN_100:
        share = first[0].in_100
        if len(first) == 1:
            return _("The answer given most: {answer}, by {share} in 100.").format(
                answer=names[0], share=share
            )
        return _("Given most, by {share} in 100 each: {answers}.").format(answers=all_of(names), share=share)
    if len(first) == 1:
        words = _("The answer given most: {answer}, by {count} of {base} people.")
        return words.format(answer=names[0], count=top, base=shown.base)
    words = _("Given most, by {count} of {base} people each: {answers}.")
    return words.format(answers=all_of(names), count=top, base=shown.base)


def _put_first(shown: Shown, in_100: int | None, count: int | None, answer: str) -> str:
    if shown.form is Form.IN_100:
        return _("{share} in 100 put {answer} first.").format(share=in_100, answer=answer)
    return _("{count} of {base} people put {answer} first.").format(
        count=count, base=shown.base, answer=answer
    )


def _nearly(question: Question, shown: Shown) -> str:
    (bar,) = shown.bars
    sides = _followed(question)
    for part, options in classes(question).items():
        if part in sides and set(bar.options) == set(options):
            return _("Nearly everyone who answered {did}.").format(did=sides[part])
    answer = quoted(label_of(question, bar.options))
    if question.kind is Kind.RANK:
        return _("Nearly everyone who answered put {answer} first.").format(answer=answer)
    return _("Nearly everyone who answered chose {answer}.").format(answer=answer)


def _ticked(question: Question, shown: Shown) -> str:
    exclusive = {option.value for option in question.options if option.exclusive}
    sentences = []
    nearly = [bar for bar in shown.bars if bar.count is None and bar.part is Part.OPTION]
    offered = [bar for bar in shown.bars if bar.part is Part.OPTION and not exclusive & set(bar.options)]
    if nearly:
        names = all_of([quoted(label_of(question, bar.options)) for bar in nearly])
        sentences.append(_("Nearly everyone who answered chose {answer}.").format(answer=names))
    elif any(bar.count for bar in offered):
        sentences.append(_chosen_most(question, shown, offered))
    for bar in shown.bars:
        if bar.part is Part.OPTION and exclusive & set(bar.options) and bar.count:
            sentences.append(_chose(question, shown, bar.options[0], bar.count))
    return one_after_another(sentences)


def _chosen_most(question: Question, shown: Shown, offered: list[suppression.Bar]) -> str:
    top = max(bar.count or 0 for bar in offered)
    names = all_of([quoted(label_of(question, bar.options)) for bar in offered if bar.count == top])
    if shown.form is Form.IN_100:
        share = Share("", top, shown.base).in_100
        return _("Chosen most: {answer}, by {share} in 100.").format(answer=names, share=share)
    return _("Chosen most: {answer}, by {count} of {base} people.").format(
        answer=names, count=top, base=shown.base
    )


def _chose(question: Question, shown: Shown, value: str, count: int) -> str:
    answer = quoted(str(question.option(value).label))
    if shown.form is Form.IN_100:
        share = Share(value, count, shown.base).in_100
        return _("{share} in 100 chose {answer}.").format(share=share, answer=answer)
    return _("{count} of {base} people chose {answer}.").format(count=count, base=shown.base, answer=answer)
