"""Filled forms in rows: one row per option given, in the order given, none for a skipped question."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from survey.model import Answer, Comment, Filled
from survey.questionnaire.question import QUOTE
from survey.storage.forgetting import forget
from survey.storage.keys import new_key
from survey.storage.tables import answer, comment, reveal
from survey.storage.tombstones import given_again, remember_deletion, unquoted

WAITING = "waiting"
"""A comment nobody has read yet."""

SEEN = select(reveal.c.question).where(
    reveal.c.performance_id == bindparam("performance"), reveal.c.seen.is_(True)
)
ADD_ANSWERS = insert(answer)
ADD_COMMENT = insert(comment)
SAME_COMMENT = (
    update(comment)
    .where(
        comment.c.response_id == bindparam("response"),
        comment.c.question == bindparam("asked"),
        comment.c.text == bindparam("said"),
    )
    .values(quote_ok=bindparam("quote"))
)
ANSWERS_OF = (
    select(answer)
    .where(answer.c.response_id.in_(bindparam("responses", expanding=True)))
    .order_by(answer.c.response_id, answer.c.question, answer.c.position)
)
COMMENTS_OF = (
    select(comment)
    .where(comment.c.response_id.in_(bindparam("responses", expanding=True)))
    .order_by(comment.c.question)
)


def store_filled(
    connection: Connection, performance_id: str, response_id: str, filled: Filled, *, replacing: bool
) -> None:
    """Store a response's answers and comments in place of the earlier ones.

    An answer keeps its mark "sent before the result was shown" only while it stays the same, in the same order. What was answered
    earlier to a question that now needs another look stays.
    """
    seen = set(connection.scalars(SEEN, {"performance": performance_id}))
    unmoved = _given_before_reveal(connection, response_id) if seen and replacing else {}
    if replacing:
        replaced = answer.c.question.not_in(tuple(filled.problems))
        connection.execute(delete(answer).where(answer.c.response_id == response_id, replaced))
    rows = [
        row
        for given in filled.answers
        for row in answer_rows_of(
            response_id,
            given,
            after_reveal=given.question in seen and unmoved.get(given.question) != given.options,
        )
    ]
    if rows:
        connection.execute(ADD_ANSWERS, rows)
    if replacing:
        _take_comments_back(connection, response_id, filled)
    store_comments(connection, response_id, filled.comments)


def answer_rows_of(response_id: str, given: Answer, *, after_reveal: bool) -> list[dict[str, Any]]:
    """Return the rows of one answer."""
    return [
        {
            "response_id": response_id,
            "question": given.question,
            "option": option,
            "position": position,
            "number": int(option) if option.isdecimal() else None,
            "after_reveal": after_reveal,
        }
        for position, option in enumerate(given.options, start=1)
    ]


def filled_of(connection: Connection, response_ids: Collection[str]) -> dict[str, Filled]:
    """Return each response as it was filled in."""
    chosen: dict[str, dict[str, list[str]]] = {id: defaultdict(list) for id in response_ids}
    words: dict[str, list[Comment]] = {id: [] for id in response_ids}
    for row in connection.execute(ANSWERS_OF, {"responses": list(response_ids)}):
        chosen[row.response_id][row.question].append(row.option)
    for row in connection.execute(COMMENTS_OF, {"responses": list(response_ids)}):
        words[row.response_id].append(Comment(row.question, row.text, row.quote_ok))
    return {id: _filled(chosen[id], words[id]) for id in response_ids}


def _filled(chosen: dict[str, list[str]], words: list[Comment]) -> Filled:
    answers = tuple(Answer(question, tuple(options)) for question, options in chosen.items())
    typed = {given.question: given.options for given in answers}
    for said in words:
        typed[said.question] = (said.text,)
        if said.quote_ok:
            typed[said.question + QUOTE] = ("yes",)
    return Filled(answers, tuple(words), {}, typed)


def _given_before_reveal(connection: Connection, response_id: str) -> dict[str, tuple[str, ...]]:
    options: dict[str, list[str]] = defaultdict(list)
    wanted = (
        select(answer.c.question, answer.c.option)
        .where(answer.c.response_id == response_id, answer.c.after_reveal.is_(False))
        .order_by(answer.c.question, answer.c.position)
    )
    for question, option in connection.execute(wanted):
        options[question].append(option)
    return {question: tuple(given) for question, given in options.items()}


def store_comments(connection: Connection, response_id: str, comments: Collection[Comment]) -> None:
    """Store comments that are not there yet; of one whose words stay the same only the tick is taken over."""
    for said in comments:
        same = {
            "response": response_id,
            "asked": said.question,
            "said": said.text,
            "quote": said.quote_ok,
        }
        if connection.execute(SAME_COMMENT, same).rowcount == 0:
            connection.execute(
                ADD_COMMENT,
                {
                    "id": new_key(),
                    "response_id": response_id,
                    "question": said.question,
                    "text": said.text,
                    "standing": WAITING,
                    "quote_ok": said.quote_ok,
                },
            )


def _take_comments_back(connection: Connection, response_id: str, filled: Filled) -> None:
    """Delete earlier comments, but keep one whose words stay the same: a moderator may have read it.

    Neither words that were taken back nor a permission to quote come back with an older copy of the database.
    """
    wanted = select(comment.c.id, comment.c.question, comment.c.text, comment.c.quote_ok).where(
        comment.c.response_id == response_id
    )
    same = {(said.question, said.text): said.quote_ok for said in filled.comments}
    gone: list[str] = []
    silenced: list[str] = []
    free: list[str] = []
    for row in connection.execute(wanted):
        quote_ok = same.get((row.question, row.text))
        if quote_ok is None and row.question not in filled.problems:
            gone.append(row.id)
        elif quote_ok is not None and quote_ok != row.quote_ok:
            (free if quote_ok else silenced).append(unquoted(row.id))
    if gone:
        connection.execute(delete(comment).where(comment.c.id.in_(gone)))
        forget(connection)  # words taken back leave the disk too
    if gone or silenced:
        remember_deletion(connection, *gone, *silenced)
    if free:
        given_again(connection, *free)
