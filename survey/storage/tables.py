"""The tables. Random text keys; no sequence, no time of day with an answer; no row for a skipped question.

Tables whose order could tell who answered when are WITHOUT ROWID on SQLite (`sqlite_with_rowid=False`); on PostgreSQL
they are rewritten in key order when a performance is finished.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite forgets the zone: put it back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return an aware moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _key() -> Column[str]:
    return Column("id", String, primary_key=True)


def _to(table: str, *, null: bool = False, index: bool = True, name: str | None = None) -> Column[str]:
    return Column(
        name or f"{table}_id",
        String,
        ForeignKey(f"{table}.id", ondelete="CASCADE"),
        nullable=null,
        index=index,
    )


def _untraced(*arguments: object, **options: object) -> Table:
    """Return a table in which the order of arrival leaves no trace on SQLite."""
    make: Callable[..., Table] = Table
    return make(*arguments, sqlite_with_rowid=False, **options)


production = Table(
    "production",
    metadata,
    _key(),
    Column("name", String, nullable=False),
    Column("responsible", String, nullable=False),
    Column("contact", String, nullable=False),
    Column("purpose", String, nullable=False),
    Column("lawful_basis", String, nullable=False),
    Column("keep_months", Integer, nullable=False),
)

questionnaire_version = Table(
    "questionnaire_version",
    metadata,
    _key(),
    Column("questionnaire", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("content", JSON, nullable=False),
    Column("sha256", String, nullable=False),
    UniqueConstraint("questionnaire", "version"),
)

performance = Table(
    "performance",
    metadata,
    _key(),
    _to("production"),
    Column("code", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("date_precision", String, nullable=False),
    Column("venue", String, nullable=False),
    Column("capacity", Integer),
    Column("attendance", Integer),
    Column("attendance_about", Boolean, nullable=False),
    Column("responsible", String, nullable=False),
    Column("contact", String, nullable=False),
    Column("purpose", String, nullable=False),
    Column("lawful_basis", String, nullable=False),
    Column("youngest_age", Integer),
    Column("keep_until", Date, nullable=False),
    Column("version_id", String, ForeignKey("questionnaire_version.id"), nullable=False),
    Column("standing", String, nullable=False),
    Column("open_wave", String),
    Column("join_number", String, unique=True),
    Column("seat_key", LargeBinary),
    Column("reached", Boolean, nullable=False, default=False),
    Column("families", Boolean, nullable=False, default=False, server_default=false()),
)
"""``reached``: a phone from outside has opened the form (no address, no time, only that it happened). ``families``: people
younger than ``youngest_age`` are expected, so the form offers them a page to look only."""

translation = Table(
    "translation",
    metadata,
    Column(
        "version_id", String, ForeignKey("questionnaire_version.id", ondelete="CASCADE"), primary_key=True
    ),
    Column("language", String, primary_key=True),
    Column("content", JSON, nullable=False),
    Column("words", String, nullable=False),
    Column("approved_by", String),
    Column("approved_on", Date),
    Column("approved_words", String),
    Column("read", JSON(none_as_null=True)),
)
"""``words``: a digest of the content. ``read``: the marks of all sentences the named person has read, those of the phone's
interface too; ``approved_words``: a digest of these. A sentence that is not among them ends the offer until it is read."""

source = Table(
    "source",
    metadata,
    _key(),
    _to("performance"),
    Column("provenance", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("file_sha", String),
)

respondent = _untraced(
    "respondent",
    metadata,
    _key(),
    _to("performance", index=False),
    _to("source"),
    Column("mode", String, nullable=False),
    Column("seat_hash", String),
    Column("receipt_hash", String, index=True),
    Column("sheet_number", String),
    Column("words_hash", String),
    UniqueConstraint("performance_id", "seat_hash"),
    Index("uq_respondent_words", "performance_id", "words_hash", unique=True),
    # Counting reads these columns only: 100,000 responses in a fifth of a second.
    Index("ix_respondent_counting", "performance_id", "source_id", "mode"),
)

other_seat = _untraced(
    "other_seat",
    metadata,
    Column("performance_id", String, ForeignKey("performance.id", ondelete="CASCADE"), primary_key=True),
    Column("seat_hash", String, primary_key=True),
    Column("receipt_hash", String, nullable=False, index=True),
    _to("respondent"),
)
"""Another phone that answers *after* for a respondent, paired by two words. It neither sees nor deletes what was sent before."""

response = _untraced(
    "response",
    metadata,
    _key(),
    _to("respondent", index=False),
    Column("wave", String, nullable=False),
    Column("version_id", String, ForeignKey("questionnaire_version.id"), nullable=False),
    Column("language", String, nullable=False),
    Column("standing", String, nullable=False),
    UniqueConstraint("respondent_id", "wave"),
    Index("ix_response_counting", "respondent_id", "wave", "standing", "version_id"),
)

other_way = _untraced(
    "other_way",
    metadata,
    Column("response_id", String, ForeignKey("response.id", ondelete="CASCADE"), primary_key=True),
    _to("source"),
    Column("mode", String, nullable=False),
)
"""How a response came, where that is not how its respondent's first one came: on paper after a phone, or the reverse."""

answer = _untraced(
    "answer",
    metadata,
    Column("response_id", String, ForeignKey("response.id", ondelete="CASCADE"), primary_key=True),
    Column("question", String, primary_key=True),
    Column("option", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("number", Integer),
    Column("after_reveal", Boolean, nullable=False),
)
"""``position``: 1, 2, … among the options one person gave to one question. Those at 1 are the base, counted in one pass."""

comment = _untraced(
    "comment",
    metadata,
    _key(),
    _to("response"),
    Column("question", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("standing", String, nullable=False),
    Column("quote_ok", Boolean, nullable=False),
)

tally = Table(
    "tally",
    metadata,
    Column("source_id", String, ForeignKey("source.id", ondelete="CASCADE"), primary_key=True),
    Column("wave", String, primary_key=True),
    Column("mode", String, primary_key=True),
    Column("question", String, primary_key=True),
    Column("option", String, primary_key=True),
    Column("version_id", String, primary_key=True, server_default=text("''")),
    Column("after_reveal", Boolean, primary_key=True, server_default=false()),
    Column("count", Integer, nullable=False),
    Column("base", Integer, nullable=False),
)
"""``version_id``: to which version of the questionnaire; "" to the performance's own. An offered option nobody chose has the
count 0; one that was not offered has no row."""

pair_tally = Table(
    "pair_tally",
    metadata,
    Column("source_id", String, ForeignKey("source.id", ondelete="CASCADE"), primary_key=True),
    Column("question", String, primary_key=True),
    Column("before", String, primary_key=True),
    Column("after", String, primary_key=True),
    Column("count", Integer, nullable=False),
)

checkpoint = Table(
    "checkpoint",
    metadata,
    Column("performance_id", String, ForeignKey("performance.id", ondelete="CASCADE"), primary_key=True),
    Column("wave", String, primary_key=True),
    Column("question", String, primary_key=True),
    Column("step", Integer, primary_key=True),
    Column("base", Integer, nullable=False),
    Column("counts", JSON, nullable=False),
    Column("final", Boolean, nullable=False),
    Column("ways", JSON(none_as_null=True)),
)
"""``ways``: how the answers came, as mode, language, provenance and how many; null where that was not kept."""

room = Table(
    "room",
    metadata,
    Column("performance_id", String, ForeignKey("performance.id", ondelete="CASCADE"), primary_key=True),
    Column("showing", JSON, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("cue_id", String),
    Column("started", Moment),
    Column("timer_ends", Moment),
)
"""``started``: when the discussion began; ``timer_ends``: when the facilitator's timer runs out. Nothing about the audience."""

cue = Table(
    "cue",
    metadata,
    _key(),
    _to("performance"),
    Column("place", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("about", JSON, nullable=False),
    Column("notes", Text, nullable=False),
    Column("minutes", Integer),
)

poll = Table(
    "poll",
    metadata,
    _key(),
    _to("performance"),
    Column("question", JSON, nullable=False),
    Column("standing", String, nullable=False),
)

poll_answer = _untraced(
    "poll_answer",
    metadata,
    Column("poll_id", String, ForeignKey("poll.id", ondelete="CASCADE"), primary_key=True),
    Column("voter_hash", String, primary_key=True),
    Column("option", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Index("uq_poll_answer_position", "poll_id", "voter_hash", "position", unique=True),
)
"""``voter_hash``: the seat under a key made for this poll alone, so that nothing joins it to a response or another poll.

Everybody who votes has an option at position 1: that there is one at most is what makes a phone count once.
"""

contribution = _untraced(
    "contribution",
    metadata,
    _key(),
    _to("performance"),
    Column("text", Text, nullable=False),
    Column("standing", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("place", Integer),
    Column("pinned", Boolean, nullable=False),
    Column("answered", Boolean, nullable=False),
    Index("uq_contribution_place", "performance_id", "place", unique=True),
)

support = _untraced(
    "support",
    metadata,
    Column("contribution_id", String, ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True),
    Column("voter_hash", String, primary_key=True),
)

hand_count = Table(
    "hand_count",
    metadata,
    Column("performance_id", String, ForeignKey("performance.id", ondelete="CASCADE"), primary_key=True),
    Column("question", String, primary_key=True),
    Column("wave", String, primary_key=True),
    Column("mode", String, primary_key=True),
    Column("block", String, primary_key=True),
    Column("helper", String, primary_key=True),
    Column("counts", JSON, nullable=False),
)
"""What each of two helpers counted in one block of seats; when they agree it becomes a tally."""

note = Table(
    "note",
    metadata,
    _key(),
    _to("performance"),
    Column("place", Integer, nullable=False),
    Column("quotation", Boolean, nullable=False),
    Column("text", Text, nullable=False),
    Column("speaker", String, nullable=False),
    Column("cue", String, nullable=False),
    Column("minutes", Integer),
)

conclusion = Table(
    "conclusion",
    metadata,
    Column("performance_id", String, ForeignKey("performance.id", ondelete="CASCADE"), primary_key=True),
    Column("text", Text, nullable=False),
    Column("revision", Integer, nullable=False),
)

reveal = Table(
    "reveal",
    metadata,
    Column("performance_id", String, ForeignKey("performance.id", ondelete="CASCADE"), primary_key=True),
    Column("wave", String, primary_key=True),
    Column("question", String, primary_key=True),
    Column("state", String, nullable=False),
    Column("step", Integer),
    Column("seen", Boolean, nullable=False),
)
"""``seen``: the room has seen it at least once; hiding it again does not take that back."""

offer = Table(
    "offer",
    metadata,
    Column("production_id", String, ForeignKey("production.id", ondelete="CASCADE"), primary_key=True),
    Column("information", String, nullable=False),
    Column("pledge", Text, nullable=False),
    Column("hashtag", String, nullable=False),
    Column("stay_in_touch", Text, nullable=False),
)
"""What phones are offered after sending; an empty text is not offered. ``information``: which layered texts."""

resource = Table(
    "resource",
    metadata,
    _key(),
    _to("production"),
    Column("place", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("title", String, nullable=False),
    Column("address", String, nullable=False),
    Column("length", String, nullable=False),
    Column("language", String, nullable=False),
    Column("licence", String, nullable=False),
)

pledge = _untraced(
    "pledge",
    metadata,
    Column("performance_id", String, ForeignKey("performance.id", ondelete="CASCADE"), primary_key=True),
    Column("pledge_hash", String, primary_key=True),
)
"""One row per phone that joined the pledge, under a key of its own: nothing joins it to answers."""

contact = _untraced(
    "contact",
    metadata,
    _key(),
    _to("production"),
    Column("address", String, nullable=False),
    Column("keep_until", Date, nullable=False),
)
"""Addresses people left to hear from the organiser. Nothing joins them to answers, nor to an evening."""

# Named colleagues and what each may do, for the organiser's week; until then people come by sign-in links, and both stay empty.
account = Table(
    "account",
    metadata,
    _key(),
    Column("name", String, nullable=False, unique=True),
    Column("password_hash", String),
)

permission = Table(
    "permission",
    metadata,
    _key(),
    _to("account"),
    Column("role", String, nullable=False),
    _to("production", null=True),
)
"""A null production means all of them."""

sign_in = Table(
    "sign_in",
    metadata,
    Column("hash", String, primary_key=True),
    Column("account_id", String, ForeignKey("account.id", ondelete="CASCADE"), nullable=True),
    Column("kind", String, nullable=False),
    Column("role", String, nullable=False),
    Column("performance_id", String, ForeignKey("performance.id", ondelete="CASCADE"), nullable=True),
    Column("expires", Moment),
    Column("last_seen", Moment),
    Column("revoked", Boolean, nullable=False),
)

debt = Table(
    "debt",
    metadata,
    _key(),
    Column("deleted_by", BigInteger, nullable=False),
)
"""On PostgreSQL: a transaction whose deletions have not left the files yet. It goes when they have."""

audit = Table(
    "audit",
    metadata,
    _key(),
    Column("at", Moment, nullable=False, index=True),
    Column("account_id", String),
    Column("act", String, nullable=False),
    Column("about", String, nullable=False),
)
