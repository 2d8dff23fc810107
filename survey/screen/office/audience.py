"""What an audience of this size can show: said before the evening, while plans can still change."""

from survey.analysis.planning import sight
from survey.analysis.sentences.planning import seats_sentence, sight_sentence
from survey.analysis.suppression import LEAST

MOST = 1_000
"""Beyond this many answers the sentences hardly move."""


def audience_sentences(seats: int | None, attendance: int | None = None) -> list[str]:
    """Return what to expect of an audience; None when nobody knows how many seats, or how many came."""
    people = seats if attendance is None else attendance
    if people is None:
        return [seats_sentence(None)]
    if people < LEAST:
        return [
            f"With fewer than {LEAST} people nothing is shown: a total could point at someone. Talk instead."
        ]
    answers = sorted({max(LEAST, people // 2), people})
    return [
        *filter(None, [seats_sentence(seats or people)]),
        *(
            sight_sentence(sight(min(count, MOST)))
            for count in answers
            if count <= MOST or count == answers[0]
        ),
    ]
