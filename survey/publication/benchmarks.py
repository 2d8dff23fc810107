"""This audience beside a published survey, as the public sees it: only once everybody has answered, because it anchors."""

from dataclasses import dataclass

from survey.analysis.benchmarks import Beside, Line, beside_benchmark, comparable_figure, same_questions
from survey.analysis.figures import whole_in_100
from survey.analysis.sentences.benchmarks import (
    Fact,
    allowance_sentence,
    beside_sentence,
    chosen_sentence,
    facts,
    likeness_sentence,
    people_words,
    survey_sentence,
)
from survey.analysis.shares import Tally, sided
from survey.analysis.suppression import Form, Part, shown, told
from survey.language import _
from survey.model import Mode, Performance, Question, Standing, Wave
from survey.publication.checkpoints import newer_figures, write_result
from survey.publication.evidence import evidence
from survey.publication.figures import Tone
from survey.publication.juries import is_jury, totals_out
from survey.publication.result import step_marks
from survey.publication.spoken import spoken
from survey.publication.wording import label_of
from survey.questionnaire.benchmarks import Benchmark, benchmarks
from survey.storage.checkpoints import checkpoints
from survey.storage.counts import language_counts
from survey.storage.database import Connection
from survey.storage.questionnaires import find_version
from survey.storage.responses import responses_count

NO_BENCHMARK = "No published survey can stand beside this question. Choose another question."
STILL_OPEN = "The questions are open. Close them first: a published survey could sway the answers."
ASKED_AGAIN = (
    "This is asked again after the performance. A published survey shows once those answers are in too."
)
TOO_FEW = "Fewer than 10 people have answered this, so there is nothing to show beside the survey."
TONES = {Part.DISAGREE: Tone.AGAINST_STRONGLY, Part.NEUTRAL: Tone.BETWEEN, Part.AGREE: Tone.FOR_STRONGLY}


@dataclass(frozen=True)
class BenchmarkRow:
    """One class of answers, whole in 100: here with its range, and as published; no range where no base is known."""

    label: str
    here: int
    here_range: tuple[int, int]
    there: int
    there_range: tuple[int, int] | None
    tone: Tone


@dataclass(frozen=True)
class PublicBenchmark:
    """A question beside a published figure, as stage and phones may show it.

    Nothing but ``why`` is filled where it may not be shown: plain words for whoever leads the discussion. ``rows`` are
    empty where the audience is too small for figures in 100: then ``here`` is its own sentence, ``there`` the survey's.
    ``notes`` are what a reader must know beside the figures.
    """

    question: Question
    why: str = ""
    benchmark: Benchmark | None = None
    base: int = 0
    people: str = ""
    """How many answered the survey, in words."""
    spoken: str = ""
    here: str = ""
    there: str = ""
    rows: tuple[BenchmarkRow, ...] = ()
    same: bool = False
    notes: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    """Who was asked, when, how many, in which words, and where it was read."""
    marks: tuple[str, ...] = ()

    @property
    def shown(self) -> bool:
        """There is something to show."""
        return self.benchmark is not None


def public_benchmark(
    connection: Connection, performance: Performance, question: Question, wave: Wave, named: str
) -> PublicBenchmark:
    """Return what the public may see of a question beside the benchmark ``named``: a stored step of a closed wave."""
    benchmark = named_benchmark(question, named)
    if benchmark is None:
        return PublicBenchmark(question, NO_BENCHMARK)
    why = _too_early(connection, performance, question, wave)
    if why:
        return PublicBenchmark(question, why)
    steps = checkpoints(connection, performance.id, wave, question.id)
    if not steps:
        return PublicBenchmark(question, TOO_FEW)
    step = steps[-1]
    tally = Tally(question, step.base, step.counts, {Mode.PHONE: step.base}, frozenset())
    found = beside_benchmark(
        tally,
        benchmark,
        translated=_translated(connection, performance, benchmark, wave),
        compared=max(1, same_questions(find_version(connection, performance.version_id).asked_in(wave))),
    )
    visible = shown(question, step.base, step.counts)
    if found is None or visible.form is Form.NOTHING:
        return PublicBenchmark(question, TOO_FEW)
    in_100 = visible.form is Form.IN_100
    rows = [line for line in found.lines if in_100 and told(visible, line.options) is not None]
    said = in_100 and (not question.agree or told(visible, question.agree) is not None)
    return PublicBenchmark(
        question,
        benchmark=benchmark,
        base=step.base,
        people=people_words(found.figure),
        spoken=beside_sentence(found) if said else "",
        here=spoken(question, visible),
        there=survey_sentence(found),
        rows=tuple(_row(question, line) for line in rows),
        same=found.same,
        notes=(*benchmark_notes(found), chosen_sentence()),
        facts=facts(benchmark, found.figure),
        marks=step_marks(connection, performance, step),
    )


def named_benchmark(question: Question, named: str) -> Benchmark | None:
    """Return the benchmark ``named`` if it is the question's own and may stand beside its answers."""
    benchmark = benchmarks().get(named)
    if benchmark is None or question.benchmark != named or comparable_figure(question, benchmark) is None:
        return None
    return benchmark


def benchmark_notes(found: Beside) -> tuple[str, ...]:
    """Return what a reader must know of a published figure: like or unlike, not published, its range, the survey's own note."""
    missing = [label_of(found.question, options) for options in found.unpublished]
    said = [
        likeness_sentence(found),
        *(_("The survey’s figure for “{answer}” was not published.").format(answer=each) for each in missing),
        allowance_sentence(found.benchmark, found.figure),
    ]
    return tuple(said)


def benchmark_due(
    connection: Connection, performance: Performance, question: Question, wave: Wave, named: str
) -> bool:
    """Return whether there are figures of a closed wave that no step holds yet."""
    if named_benchmark(question, named) is None or _too_early(connection, performance, question, wave):
        return False
    return newer_figures(connection, performance, question, wave)


def write_benchmark(
    connection: Connection, performance: Performance, question: Question, wave: Wave, named: str
) -> None:
    """Store the step that is due, so that figures once seen move no more than any others do."""
    if benchmark_due(connection, performance, question, wave, named):
        write_result(connection, performance, wave, evidence(connection, performance, question, wave))


def _too_early(connection: Connection, performance: Performance, question: Question, wave: Wave) -> str:
    """Return why a published figure would sway answers still to come; nothing once all are in."""
    if performance.open_wave is not None or (
        is_jury(performance) and not totals_out(connection, performance)
    ):
        return STILL_OPEN
    again = wave is Wave.BEFORE and Wave.AFTER in question.asked
    if again and performance.standing is not Standing.FINISHED:
        return "" if responses_count(connection, performance.id, Wave.AFTER) else ASKED_AGAIN
    return ""


def _translated(connection: Connection, performance: Performance, benchmark: Benchmark, wave: Wave) -> bool:
    """Return whether anybody answered in another language than the survey's; where only totals are left, may have."""
    given = language_counts(connection, [performance.id], wave)
    spoken_here = given or find_version(connection, performance.version_id).languages
    return any(language != benchmark.language for language in spoken_here)


def _row(question: Question, line: Line) -> BenchmarkRow:
    return BenchmarkRow(
        label_of(question, line.options),
        line.here.in_100,
        line.here_range.in_100,
        whole_in_100(line.there),
        None if line.there_range is None else line.there_range.in_100,
        TONES[line.part] if sided(question) else Tone.PLAIN,
    )
