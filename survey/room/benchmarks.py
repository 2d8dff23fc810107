"""Which published surveys may stand beside the questions of an evening, and why the one on stage does not show yet."""

from survey.model import CueKind, Performance, Question
from survey.publication import named_benchmark, public_benchmark
from survey.questionnaire.benchmarks import Benchmark
from survey.room.now import Now
from survey.storage.database import Connection
from survey.storage.questionnaires import find_version


def benchmark_beside(question: Question) -> Benchmark | None:
    """Return the published survey that may stand beside a question's answers; None without, or if it is background only."""
    return named_benchmark(question, question.benchmark) if question.benchmark else None


def why_not_shown(connection: Connection, performance: Performance, now: Now) -> str:
    """Return why the published survey on stage does not show, in plain words; nothing where it does, or none is on."""
    showing = now.room.showing
    if now.view != CueKind.BESIDE or not showing.get("benchmark"):
        return ""
    version = find_version(connection, performance.version_id)
    asked = next((each for each in version.questions if each.id == showing.get("question")), None)
    if asked is None:
        return ""
    return public_benchmark(connection, performance, asked, now.wave, str(showing["benchmark"])).why
