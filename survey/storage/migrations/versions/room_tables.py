"""The room: cues, polls, contributions, counted cards, notes, conclusions."""

import sqlalchemy as sa
from alembic import op

revision = "c5e2f7049d31"
down_revision = "8b40d6e19a27"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what a discussion needs. Only new tables and new columns: nothing is made anew."""
    op.add_column("room", sa.Column("cue_id", sa.String(), nullable=True))
    op.add_column("room", sa.Column("started", sa.DateTime(timezone=True), nullable=True))
    op.add_column("room", sa.Column("timer_ends", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "cue",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("performance_id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["performance_id"],
            ["performance.id"],
            name=op.f("fk_cue_performance_id_performance"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cue")),
    )
    op.create_index(op.f("ix_cue_performance_id"), "cue", ["performance_id"], unique=False)
    op.create_table(
        "poll",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("performance_id", sa.String(), nullable=False),
        sa.Column("question", sa.JSON(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["performance_id"],
            ["performance.id"],
            name=op.f("fk_poll_performance_id_performance"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll")),
    )
    op.create_index(op.f("ix_poll_performance_id"), "poll", ["performance_id"], unique=False)
    op.create_table(
        "poll_answer",
        sa.Column("poll_id", sa.String(), nullable=False),
        sa.Column("voter_hash", sa.String(), nullable=False),
        sa.Column("option", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["poll_id"],
            ["poll.id"],
            name=op.f("fk_poll_answer_poll_id_poll"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("poll_id", "voter_hash", "option", name=op.f("pk_poll_answer")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "contribution",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("performance_id", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["performance_id"],
            ["performance.id"],
            name=op.f("fk_contribution_performance_id_performance"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_contribution_performance_id"), "contribution", ["performance_id"], unique=False)
    op.create_table(
        "support",
        sa.Column("contribution_id", sa.String(), nullable=False),
        sa.Column("voter_hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name=op.f("fk_support_contribution_id_contribution"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("contribution_id", "voter_hash", name=op.f("pk_support")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "hand_count",
        sa.Column("performance_id", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("wave", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("block", sa.String(), nullable=False),
        sa.Column("helper", sa.String(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["performance_id"],
            ["performance.id"],
            name=op.f("fk_hand_count_performance_id_performance"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "performance_id", "question", "wave", "mode", "block", "helper", name=op.f("pk_hand_count")
        ),
    )
    op.create_table(
        "note",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("performance_id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("quotation", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("speaker", sa.String(), nullable=False),
        sa.Column("cue", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["performance_id"],
            ["performance.id"],
            name=op.f("fk_note_performance_id_performance"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    op.create_index(op.f("ix_note_performance_id"), "note", ["performance_id"], unique=False)
    op.create_table(
        "conclusion",
        sa.Column("performance_id", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["performance_id"],
            ["performance.id"],
            name=op.f("fk_conclusion_performance_id_performance"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("performance_id", name=op.f("pk_conclusion")),
    )


def downgrade() -> None:
    """What people said would be lost: restore a copy instead."""
    raise NotImplementedError("Restore a copy instead.")
