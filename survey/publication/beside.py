"""This audience beside another's, as the public sees it: two published results, each by the rules on its own."""

from collections.abc import Iterable
from dataclasses import dataclass

from survey.analysis.comparability import Reason, compare_wording, pair_questions, questions_compared
from survey.analysis.differences import compare
from survey.analysis.figures import whole_in_100
from survey.analysis.sentences.differences import answers_sentences, difference_sentence, nights_sentence
from survey.analysis.shares import Share, Tally, agreeing, sided
from survey.analysis.suppression import Form, Part, Shown, classes, shown, told
from survey.language import _
from survey.language.punctuation import one_after_another
from survey.model import Kind, Mode, Performance, Question, Wave
from survey.publication.checkpoints import newer_figures, write_result
from survey.publication.evidence import evidence
from survey.publication.figures import ResultState, Tone
from survey.publication.result import step_marks
from survey.publication.spoken import spoken
from survey.publication.wording import label_of
from survey.storage.checkpoints import Checkpoint, checkpoints
from survey.storage.database import Connection
from survey.storage.questionnaires import find_version

MOST_ROWS = 3
"""Two figures a row: more than six cannot be told apart from the back row."""


@dataclass(frozen=True)
class Row:
    """One answer in both audiences, in 100."""

    label: str
    there: int
    here: int
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True)
class Audience:
    """One of the two: what it is called, its own sentence, and how many answered."""

    name: str
    spoken: str
    base: int


@dataclass(frozen=True)
class PublicBeside:
    """A question in two audiences as the stage may show it: ``there`` is the other, ``here`` this one.

    ``rows`` are empty where an audience is too small for figures in 100: then each has its sentence only. Where the
    question was not the same there is nothing but ``spoken``, which says so.
    """

    question: Question
    state: ResultState
    spoken: str = ""
    there: Audience | None = None
    here: Audience | None = None
    rows: tuple[Row, ...] = ()
    caution: str = ""
    """What two audiences cannot show."""
    marks: tuple[str, ...] = ()

    @property
    def shown(self) -> bool:
        """There is something to show."""
        return self.state is ResultState.SHOWN


def public_beside(
    connection: Connection, here: Performance, there: Performance, question: Question, wave: Wave
) -> PublicBeside:
    """Return what the public may see of two audiences' answers: stored steps of closed waves, never one still open."""
    if not _closed(here, there, question, wave):
        return PublicBeside(question, ResultState.WAITING)
    other = _asked_there(connection, there, question)
    if other is None or compare_wording(question, other) is not Reason.SAME:
        words = _("The other audience was not asked the very same question, so the two are not compared.")
        return PublicBeside(question, ResultState.SHOWN, words)
    steps = [
        _last_step(connection, performance, asked, wave)
        for performance, asked in ((there, other), (here, question))
    ]
    if steps[0] is None or steps[1] is None:
        return PublicBeside(question, ResultState.WAITING)
    said = (*step_marks(connection, there, steps[0]), *step_marks(connection, here, steps[1]))
    names = _names(there, here)
    tallies = [
        Tally(question, step.base, step.counts, {Mode.PHONE: step.base}, frozenset())
        for step in (steps[0], steps[1])
    ]
    rows, words = _compared(question, tallies, names, _questions(connection, here, there, wave))
    return PublicBeside(
        question,
        ResultState.SHOWN,
        spoken=words,
        there=_audience(question, tallies[0], names[0]),
        here=_audience(question, tallies[1], names[1]),
        rows=rows,
        caution=one_after_another(
            [nights_sentence(1, 1), *(_rounded(question, tallies, rows) if words else [])]
        ),
        marks=tuple(dict.fromkeys(said)),
    )


def beside_due(
    connection: Connection, here: Performance, there: Performance, question: Question, wave: Wave
) -> bool:
    """Return whether either audience has figures of a closed wave that no step holds yet."""
    return any(
        newer_figures(connection, performance, asked, wave)
        for performance, asked in _both(connection, here, there, question, wave)
    )


def write_beside(
    connection: Connection, here: Performance, there: Performance, question: Question, wave: Wave
) -> None:
    """Store the steps that are due, so that figures once seen move no more than any others do."""
    for performance, asked in _both(connection, here, there, question, wave):
        write_result(connection, performance, wave, evidence(connection, performance, asked, wave))


def _both(
    connection: Connection, here: Performance, there: Performance, question: Question, wave: Wave
) -> Iterable[tuple[Performance, Question]]:
    other = _asked_there(connection, there, question)
    if other is None or not _closed(here, there, question, wave):
        return ()
    return ((here, question), (there, other))


def _closed(here: Performance, there: Performance, question: Question, wave: Wave) -> bool:
    """Return whether both audiences have been asked and neither answers any more: what is seen anchors."""
    return (
        here.id != there.id
        and question.kind is not Kind.COMMENT
        and here.open_wave is None
        and there.open_wave is None
    )


def _asked_there(connection: Connection, there: Performance, question: Question) -> Question | None:
    """Return the other audience's question of the same id, or former id; None when it was not asked there."""
    wanted = {id for id in (question.id, question.was) if id}
    version = find_version(connection, there.version_id)
    return next((other for other in version.questions if wanted & {other.id, other.was or other.id}), None)


def _questions(connection: Connection, here: Performance, there: Performance, wave: Wave) -> int:
    """Return how many questions a reader of both audiences could compare, as Compare counts them."""
    asked_there, asked_here = (find_version(connection, one.version_id) for one in (there, here))
    return questions_compared(pair_questions(asked_there, asked_here), wave)


def _last_step(
    connection: Connection, performance: Performance, question: Question, wave: Wave
) -> Checkpoint | None:
    return next(iter(checkpoints(connection, performance.id, wave, question.id)[-1:]), None)


def _names(there: Performance, here: Performance) -> tuple[str, str]:
    """Return what to call two audiences: by their dates, and by their places where those are the same."""
    if there.when != here.when:
        return there.when, here.when
    return there.venue or there.code, here.venue or here.code


def _audience(question: Question, tally: Tally, name: str) -> Audience:
    return Audience(name, spoken(question, shown(question, tally.base, tally.counts)), tally.base)


def _compared(
    question: Question, tallies: list[Tally], names: tuple[str, str], questions: int
) -> tuple[tuple[Row, ...], str]:
    """Return the rows and the one sentence; neither where an audience has no figures in 100."""
    visible = [shown(question, each.base, each.counts) for each in tallies]
    if any(each.form is not Form.IN_100 for each in visible):
        return (), ""
    rows = tuple(_rows(question, tallies, visible))
    followed = [question.agree] if question.agree else [(value,) for value in question.values]
    if any(told(each, options) is None for each in visible for options in followed):
        return rows, ""
    found = compare(*tallies, questions=questions)
    if question.agree:
        return rows, difference_sentence(found[0], *names)
    return rows, one_after_another(answers_sentences(found, *names, most=1))


def _rounded(question: Question, tallies: list[Tally], rows: tuple[Row, ...]) -> list[str]:
    """Say that numbers are rounded where somebody who adds them up, or takes them away, would find another one."""
    whole = question.kind is not Kind.MANY and sum(row.here for row in rows) >= 98
    uneven = whole and any(
        sum(side) != 100 for side in ([row.there for row in rows], [row.here for row in rows])
    )
    if rows and question.agree:
        there, here = (agreeing(each) for each in tallies)
        uneven = uneven or whole_in_100(here.share - there.share) != here.in_100 - there.in_100
    return [_("Figures are rounded.")] if uneven else []


def _rows(question: Question, tallies: list[Tally], visible: list[Shown]) -> Iterable[Row]:
    """Return the classes of a question that has sides, else the answers given most in either audience.

    Only what each audience's own result tells: of a few people in a class neither.
    """
    by_part = classes(question)
    if question.kind is not Kind.MANY and by_part[Part.AGREE] and by_part[Part.DISAGREE]:
        tones = {
            Part.DISAGREE: Tone.AGAINST_STRONGLY,
            Part.NEUTRAL: Tone.BETWEEN,
            Part.AGREE: Tone.FOR_STRONGLY,
        }
        groups = [
            (options, tones[part] if sided(question) else Tone.PLAIN)
            for part, options in by_part.items()
            if options
        ]
    else:
        most = sorted(question.values, key=lambda value: -max(each.share(value).share for each in tallies))[
            :MOST_ROWS
        ]
        groups = [((value,), Tone.PLAIN) for value in question.values if value in most]
    for options, tone in groups:
        counts = [told(each, options) for each in visible]
        there, here = (
            None if count is None else Share("", count, each.base).in_100
            for count, each in zip(counts, visible, strict=True)
        )
        if there is not None and here is not None:
            yield Row(label_of(question, options), there, here, tone)
