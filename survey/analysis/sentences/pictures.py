"""Pictures in words: the one sentence that says the same as a chart, from the same numbers."""

from collections.abc import Iterable

from survey.analysis.differences import Difference
from survey.analysis.ranges import room_range, worst_case
from survey.analysis.sentences.changes import change_sentence
from survey.analysis.sentences.differences import verdict_words
from survey.analysis.sentences.phrases import agreed, disagreed
from survey.analysis.sentences.public import bar_label, bar_words, base_sentence, spoken
from survey.analysis.sentences.results import room_sentences, share_sentence
from survey.analysis.shares import Share, Tally, agreeing, disagreeing
from survey.analysis.suppression import ENOUGH, LEAST, Form, Shown, ShownChange
from survey.language import _
from survey.model import Question

__all__ = ["change_alt", "differences_alt", "public_alt", "questionnaire_alt", "result_alt"]


def public_alt(question: Question, shown: Shown) -> str:
    """Return the words of the stage's bars: base, each bar, and the sentence read out."""
    if shown.form is Form.NOTHING:
        return spoken(question, shown)
    unit = _(" in 100") if shown.form is Form.IN_100 else ""
    bars = "; ".join(
        f"{bar_label(question, bar)}: {bar_words(shown, bar)}{unit if bar.count is not None else ''}"
        for bar in shown.bars
    )
    return _("Bar chart, {base}. {bars}. {spoken}").format(
        base=base_sentence(shown), bars=bars, spoken=spoken(question, shown)
    )


def result_alt(tally: Tally, attendance: int | None = None) -> str:
    """Return the words of one question's bars with its two ranges."""
    question = tally.question
    if tally.base < LEAST:
        return _("{question}: fewer than 10 answers.").format(question=question.name)
    options = "; ".join(
        f"{question.option(option).label}: {_figure(tally.share(option))}" for option in question.values
    )
    told = [_("{question}: {options}.").format(question=question.name, options=options)]
    if question.agree:
        share = agreeing(tally)
        told.append(share_sentence(question, share))
        if room_range(share.count, share.base, attendance) and worst_case(
            share.count, share.base, attendance
        ):
            told += room_sentences(question, share, attendance)
    return " ".join(told)


def questionnaire_alt(tallies: Iterable[Tally]) -> str:
    """Return the words of a whole questionnaire's diverging bars: each question's two sides and its base."""
    rows = []
    for tally in tallies:
        question = tally.question
        if tally.base < LEAST:
            rows.append(_("{question}: fewer than 10 answers").format(question=question.name))
            continue
        words = _("{question}: {for} {agreed}, {against} {disagreed} ({base} answers)")
        parts = {
            "question": question.name,
            "for": _figure(agreeing(tally)),
            "agreed": agreed(question),
            "against": _figure(disagreeing(tally)),
            "disagreed": disagreed(question),
            "base": tally.base,
        }
        rows.append(words.format(**parts))
    return "; ".join(rows) + "."


def differences_alt(differences: Iterable[Difference], a: str, b: str) -> str:
    """Return the words of two audiences' dots and differences: both shares and the verdict of each question."""
    rows = []
    for one in differences:
        what = one.question.name
        if one.option is not None:
            what = f"{what}, {one.question.option(one.option).label}"
        if one.shown:
            words = _("{question}: {first} and {second}, {verdict}")
        else:
            words = _("{question}: fewer than 10 answers on one side, {verdict}")
        verdict = verdict_words(one.verdict).lower()
        first, second = _figure(one.share_a), _figure(one.share_b)
        rows.append(words.format(question=what, first=first, second=second, verdict=verdict))
    return _("The {a} audience and the {b} audience. {rows}.").format(a=a, b=b, rows="; ".join(rows))


def change_alt(change: ShownChange) -> str:
    """Return the words of a before-and-after flow."""
    return f"{change.question.name}. {change_sentence(change)}"


def _figure(share: Share) -> str:
    if share.base >= ENOUGH:
        return _("{share} in 100").format(share=share.in_100)
    return _("{count} of {base}").format(count=share.count, base=share.base)
