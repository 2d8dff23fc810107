"""A question and a poll: waiting with what may be answered, then the result as bars with their numbers."""

from typing import Any

from survey.model import Kind, Poll, PollStanding, Question
from survey.publication import PublicResult, counted_beside, public_poll, public_result, voted_words
from survey.screen.room.pictures.codes import code_picture, phone_address
from survey.screen.room.pictures.sizes import listed, wordy
from survey.screen.room.pictures.view import Scene, View, still
from survey.screen.templating import rendered
from survey.storage.polls import PollUnknown, find_poll, votes


def question(view: View) -> Scene | None:
    """Return a question of the questionnaire; None when there is no such question any more."""
    asked = view.question()
    if asked is None:
        return None
    result = public_result(view.connection, view.performance, asked, view.wave)
    return revealed(view, result) if result.shown else waiting(view, asked)


def poll(view: View) -> Scene | None:
    """Return a question asked live; None when there is no such poll in this performance."""
    try:
        asked = find_poll(view.connection, str(view.showing.get("poll")))
    except PollUnknown:
        return None
    if asked.performance_id != view.performance.id:
        return None
    result = public_poll(view.connection, view.performance, asked)
    if result.shown:
        return revealed(view, result)
    return voting(view, asked) if asked.standing is PollStanding.OPEN else waiting(view, asked.question)


def voting(view: View, asked: Poll) -> Scene:
    """Return an open poll as a call to vote: the question, the code, the number, and how many have answered in steps."""
    given = votes(view.connection, asked.id).base
    return still(
        rendered(
            "stage_vote.html",
            code=code_picture(phone_address(view.public_url, view.performance)),
            answered=voted_words(given),
            **_asked(view, asked.question),
        )
    )


def revealed(view: View, result: PublicResult) -> Scene:
    """Return a result, its bars moving from where they stood in the last picture."""
    lengths = {bar.label: bar.length for bar in result.bars}
    known = {
        "result": result,
        "raised": counted_beside(view.connection, view.performance, result.question, result.wave),
        "question": result.question,
        "size": size(result.question),
        "wordy": wordy(result.question.wording, [bar.label for bar in result.bars]),
        "worded": any(not bar.shown.isdecimal() for bar in result.bars),
        **view.frame,
        "marks": tuple(dict.fromkeys((*view.marks, *result.marks))),
    }
    settled = rendered("stage_result.html", was=lengths, **known)
    moving = rendered("stage_result.html", was=view.last.lengths if view.last else {}, **known)
    return Scene(moving, lengths=lengths, settled=(settled, ""))


def waiting(view: View, asked: Question, *, options: bool = True) -> Scene:
    """Return a question with what may be answered and a reason to talk; or with the reason to talk alone."""
    return still(rendered("stage_question.html", **_asked(view, asked, options=options)))


def _asked(view: View, asked: Question, *, options: bool = True) -> dict[str, Any]:
    numbered = options and asked.kind is Kind.NUMBER
    labels = [str(option.label) for option in asked.options]
    options = options and (numbered or listed(asked.wording, labels))
    return {
        "question": asked,
        "size": size(asked),
        "options": labels if options and not numbered else [],
        "numbers": asked.values if numbered else (),
        "low": asked.low_label if numbered else None,
        "high": asked.high_label if numbered else None,
        "tick": asked.kind is Kind.MANY,
        **view.frame,
    }


def size(question: Question) -> str:
    """Return how large a question can be set so that it leaves room for its answers."""
    letters = len(str(question.text)) + (len(str(question.stem)) if question.stem else 0)
    for name, most in (("short", 62), ("middling", 115), ("long", 180)):
        if letters <= most:
            return name
    return "longest"
