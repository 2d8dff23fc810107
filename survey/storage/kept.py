"""What exists and until when, for the audience: every column has its words here, or the page cannot be made."""

from collections.abc import Mapping
from dataclasses import dataclass

from survey.language import _
from survey.storage.tables import metadata

EXPLAINED: Mapping[str, Mapping[str, str]] = {
    "answers": {
        "answer": "question option position number after_reveal",
        "response": "wave version_id language standing",
        "respondent": "performance_id source_id mode",
        "other_way": "source_id mode",
    },
    "comments": {"comment": "question text standing quote_ok"},
    "numbers": {
        "performance": "seat_key",
        "respondent": "id seat_hash receipt_hash sheet_number words_hash",
        "other_seat": "performance_id seat_hash receipt_hash respondent_id",
        "response": "id respondent_id",
        "other_way": "response_id",
        "answer": "response_id",
        "comment": "id response_id",
    },
    "pledge": {"pledge": "performance_id pledge_hash"},
    "contact": {"contact": "id production_id address keep_until"},
    "totals": {
        "tally": "source_id wave mode question option version_id after_reveal count base",
        "pair_tally": "source_id question before after count",
        "checkpoint": "performance_id wave question step base counts final ways",
        "hand_count": "performance_id question wave mode block helper counts",
    },
    "polls": {
        "poll_answer": "poll_id voter_hash option position",
        "support": "contribution_id voter_hash",
    },
    "contributions": {
        "contribution": "id performance_id text standing reason place pinned answered",
    },
    "notes": {
        "note": "id performance_id place quotation text speaker cue minutes",
        "conclusion": "performance_id text revision",
    },
    "performance": {
        "production": "id name responsible contact purpose lawful_basis keep_months",
        "performance": (
            "id production_id code kind starts_on date_precision venue capacity attendance attendance_about "
            "responsible contact purpose lawful_basis youngest_age families keep_until version_id standing open_wave "
            "join_number reached"
        ),
        "questionnaire_version": "id questionnaire version content sha256",
        "translation": "version_id language content approved_by approved_on approved_words read words",
        "offer": "production_id information pledge hashtag stay_in_touch",
        "resource": "id production_id place kind title address length language licence",
        "source": "id performance_id provenance note file_sha",
        "reveal": "performance_id wave question state step seen",
        "room": "performance_id showing revision cue_id started timer_ends",
        "cue": "id performance_id place kind about notes minutes",
        "poll": "id performance_id question standing",
        "debt": "id deleted_by",
    },
    "staff": {
        "account": "id name password_hash",
        "permission": "id account_id role production_id",
        "sign_in": "hash account_id kind role performance_id expires last_seen revoked",
        "audit": "id at account_id act about",
    },
}
"""What it is about → table → columns. A column that is missing here stops the page and its test."""

ABOUT: Mapping[str, str] = {
    f"{table}.{column}": about
    for about, tables in EXPLAINED.items()
    for table, columns in tables.items()
    for column in columns.split()
}
"""The same, by column."""


@dataclass(frozen=True)
class Kept:
    """One kind of thing kept: what it is, until when, and in which columns."""

    what: str
    until: str
    columns: tuple[str, ...]


def what_is_kept(keep_until: str) -> list[Kept]:
    """Return everything there is, made from the tables themselves. ``keep_until`` is the keeping date in words.

    Raises KeyError for a column that nobody has put into words.
    """
    until = _("Until {date}.").format(date=keep_until)
    words = {
        "answers": (
            _(
                "Your answers: what you chose, before or after, by phone or on paper, in which language, whether the room "
                "had seen the result, and whether they count."
            ),
            until,
        ),
        "comments": (_("Your comment, and whether it may be quoted."), until),
        "numbers": (
            _(
                "Random and scrambled numbers that hold your answers together: your phone's, your code's, your two words', "
                "a paper sheet's. None of them says who you are."
            ),
            _(
                "Your phone's and your two words' until the performance is finished, the others until {date}."
            ).format(date=keep_until),
        ),
        "pledge": (
            _(
                "If you join the pledge: one scrambled number, so that a phone counts once. Nothing ties it to answers."
            ),
            until,
        ),
        "contact": (
            _(
                "If you leave an address to stay in touch: that address, in a list of its own. Nothing ties it to answers."
            ),
            until,
        ),
        "polls": (
            _(
                "What you chose in a poll during the talk, and what you supported: under another random number each time. "
                "Nothing ties it to your answers."
            ),
            until,
        ),
        "contributions": (
            _("What you sent to the talk, if you did. Nothing ties it to your answers."),
            until,
        ),
        "notes": (
            _("What the organisers wrote down about the talk. No names, unless somebody agreed to theirs."),
            until,
        ),
        "totals": (
            _("Totals: how many people gave each answer."),
            _("For good, so that performances can be compared years later."),
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
    columns: dict[str, list[str]] = {about: [] for about in words}
    for table in metadata.sorted_tables:
        for column in table.columns:
            name = f"{table.name}.{column.name}"
            columns[ABOUT[name]].append(name)
    return [Kept(*words[about], tuple(sorted(names))) for about, names in columns.items()]
