"""A question asked live: typed in ten seconds, read like any other question."""

from collections.abc import Sequence

from survey.model import Kind, Question
from survey.questionnaire.labels import same_words
from survey.questionnaire.part import Part
from survey.questionnaire.question import parse_question
from survey.questionnaire.wording import clean
from survey.questionnaire.wrong import QuestionnaireWrong

KINDS = (Kind.ONE, Kind.MANY, Kind.NUMBER)
FEWEST, MOST = 2, 7
"""Options of a poll: more than seven bars cannot be read from the back row."""
LONGEST_QUESTION, LONGEST_OPTION = 200, 60
ID = "poll"


def poll_content(
    text: str, options: Sequence[str] = (), *, kind: Kind = Kind.ONE, low: str = "", high: str = ""
) -> dict[str, object]:
    """Return a poll as it is stored, from what a facilitator typed. Raises QuestionnaireWrong with what to do."""
    asked = clean(text)
    offered = [words for words in (clean(option) for option in options) if words]
    if not asked:
        raise _wrong("Type the question first.")
    if len(asked) > LONGEST_QUESTION:
        raise _wrong(f"The question is too long for the stage. Use at most {LONGEST_QUESTION} characters.")
    if kind not in KINDS:
        raise _wrong("Choose one answer, several answers, or a number from 0 to 10.")
    content: dict[str, object] = {"id": ID, "kind": kind.value, "text": {"en": asked}}
    if kind is Kind.NUMBER:
        content |= {
            "agree": ["8", "9", "10"],
            "neutral": ["5", "6", "7"],
            "disagree": ["0", "1", "2", "3", "4"],
        }
        content |= {"agree_word": {"en": "gave 8 to 10"}, "disagree_word": {"en": "gave 0 to 4"}}
        content |= {
            name: {"en": clean(words)} for name, words in (("low_label", low), ("high_label", high)) if words
        }
        return content
    if len(offered) < FEWEST:
        raise _wrong("Type at least two answers, each on a line of its own.")
    if len(offered) > MOST:
        raise _wrong(f"Offer at most {MOST} answers: more cannot be read from the back row.")
    if len({same_words(words) for words in offered}) < len(offered):
        raise _wrong("Two answers are the same. Change one of them.")
    if any(len(words) > LONGEST_OPTION for words in offered):
        raise _wrong(f"An answer is too long for the stage. Use at most {LONGEST_OPTION} characters.")
    content["options"] = [
        {"value": f"option_{number}", "label": {"en": words}} for number, words in enumerate(offered, start=1)
    ]
    return content


def parse_poll(content: object) -> Question:
    """Return a poll's question as it was stored. Raises QuestionnaireWrong."""
    return parse_question(Part("poll", "", {}, ("en",)).within("", content))


def _wrong(what: str) -> QuestionnaireWrong:
    return QuestionnaireWrong("poll", "", what)
