"""What an audience of this size can show: said before the evening, while plans can still change."""

from survey.analysis.figures import LEAST, suppressed
from survey.analysis.planning import sight
from survey.analysis.sentences.planning import seats_sentence, sight_sentence
from survey.model import EventKind, Performance, Questionnaire
from survey.publication import without_abstaining

MOST = 1_000
"""Beyond this many answers the sentences hardly move."""


def performance_sentences(performance: Performance) -> list[str]:
    """Return what to expect of a performance: a jury votes in secret, and its exact totals are published."""
    if performance.kind is not EventKind.JURY:
        return audience_sentences(performance.capacity, performance.attendance)
    return [
        "A jury votes in secret, and its exact totals are published, even if everyone votes alike. The form says so.",
        "The totals of the start stay hidden from everybody, here too, until the end questions have closed.",
        "What changed is told from the totals only: who moved, nobody sees.",
    ]


def jury_warnings(performance: Performance, questionnaire: Questionnaire) -> list[str]:
    """Return what a jury's questionnaire lacks: every juror may say "I would rather not vote"."""
    if performance.kind is not EventKind.JURY:
        return []
    return [
        f"“{question.name}” has no answer “I would rather not vote” (its value: rather_not). At a jury nobody may be made "
        "to vote. Choose another questionnaire, or write its next version."
        for question in without_abstaining(questionnaire)
    ]


def audience_sentences(seats: int | None, attendance: int | None = None) -> list[str]:
    """Return what to expect of an audience; None when nobody knows how many seats, or how many came."""
    people = seats if attendance is None else attendance
    if people is None:
        return [seats_sentence(None)]
    if suppressed(people):
        return [
            f"With fewer than {LEAST} people nothing is shown: a total could point at someone. Talk instead."
        ]
    answers = sorted({max(LEAST, people // 2), people})
    return [
        *filter(None, [seats_sentence(seats or people)]),
        *(
            sight_sentence(sight(min(count, MOST), people))
            for count in answers
            if count <= MOST or count == answers[0]
        ),
    ]
