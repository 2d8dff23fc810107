"""Paper: what one person gives on a phone and on a sheet, each counted as what it is."""

import sqlalchemy as sa
from alembic import op

revision = "e1a94c60b8d5"
down_revision = "c5e2f7049d31"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a table for responses that came another way than their respondent's first. Nothing is made anew."""
    op.create_table(
        "other_way",
        sa.Column("response_id", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
            name=op.f("fk_other_way_response_id_response"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
            name=op.f("fk_other_way_source_id_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("response_id", name=op.f("pk_other_way")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_other_way_source_id"), "other_way", ["source_id"], unique=False)


def downgrade() -> None:
    """How answers were given would be lost: restore a copy instead."""
    raise NotImplementedError("Restore a copy instead.")
