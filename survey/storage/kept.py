"""What exists and until when, for the audience: every table has its words here, or the page cannot be made."""

from dataclasses import dataclass

from survey.language import _
from survey.storage.tables import metadata

ABOUT = {
    "answer": "answers",
    "response": "answers",
    "comment": "comments",
    "respondent": "numbers",
    "other_seat": "numbers",
    "pledge": "pledge",
    "contact": "contact",
    "tally": "totals",
    "pair_tally": "totals",
    "checkpoint": "totals",
    "production": "performance",
    "performance": "performance",
    "questionnaire_version": "performance",
    "translation": "performance",
    "offer": "performance",
    "resource": "performance",
    "source": "performance",
    "reveal": "performance",
    "room": "performance",
    "cue": "performance",
    "poll": "performance",
    "hand_count": "totals",
    "poll_answer": "polls",
    "contribution": "contributions",
    "support": "polls",
    "note": "notes",
    "conclusion": "notes",
    "account": "staff",
    "permission": "staff",
    "sign_in": "staff",
    "audit": "staff",
}
"""Table → what it is about. A table that is missing here stops the page and its test."""


@dataclass(frozen=True)
class Kept:
    """One kind of thing kept: what it is, until when, and in which tables."""

    what: str
    until: str
    tables: tuple[str, ...]


def what_is_kept(keep_until: str) -> list[Kept]:
    """Return everything there is, made from the tables themselves. ``keep_until`` is the keeping date in words.

    Raises KeyError for a table that nobody has put into words.
    """
    words = {
        "answers": (
            _(
                "Your answers: what you chose, before or after, in which language, and whether the room had seen the "
                "result."
            ),
            _("Until {date}.").format(date=keep_until),
        ),
        "comments": (
            _("Your comment, and whether it may be quoted."),
            _("Until {date}.").format(date=keep_until),
        ),
        "numbers": (
            _("Two scrambled numbers: your phone's and your code's. They cannot be turned back."),
            _("Your phone's until the performance is finished, your code's until {date}.").format(
                date=keep_until
            ),
        ),
        "pledge": (
            _(
                "If you join the pledge: one scrambled number, so that a phone counts once. Nothing ties it to answers."
            ),
            _("Until {date}.").format(date=keep_until),
        ),
        "contact": (
            _(
                "If you leave an address to stay in touch: that address, in a list of its own. Nothing ties it to answers."
            ),
            _("Until {date}.").format(date=keep_until),
        ),
        "totals": (
            _("Totals: how many people gave each answer."),
            _("For good, so that performances can be compared years later."),
        ),
        "polls": (
            _(
                "What you chose in a poll during the talk, and what you supported: under another number each time."
            ),
            _("Until {date}.").format(date=keep_until),
        ),
        "contributions": (
            _("What you sent to the discussion, if you did. Nothing ties it to answers."),
            _("Until {date}.").format(date=keep_until),
        ),
        "notes": (
            _("The facilitator's notes of the discussion, without names unless somebody agreed."),
            _("Until {date}.").format(date=keep_until),
        ),
        "performance": (
            _("The performance, its questions and what the stage shows. Nothing about you."),
            _("As long as the organiser keeps the performance."),
        ),
        "staff": (
            _("The organisers' own sign-ins, and what they did. Nothing about you."),
            _("As long as the organiser needs them."),
        ),
    }
    tables: dict[str, list[str]] = {about: [] for about in words}
    for table in metadata.sorted_tables:
        tables[ABOUT[table.name]].append(table.name)
    return [Kept(*words[about], tuple(sorted(names))) for about, names in tables.items()]
