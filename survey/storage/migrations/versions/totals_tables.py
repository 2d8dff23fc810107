"""Totals: to which version of a questionnaire they were counted, and whether their result had been shown."""

import sqlalchemy as sa
from alembic import op

revision = "a7d30c95e2b4"
down_revision = "b7d20f5a9c13"
branch_labels = None
depends_on = None

KEY = ["source_id", "wave", "mode", "question", "option", "version_id", "after_reveal"]


def upgrade() -> None:
    """Add two columns to the key of totals. What is there was counted to the performance's own version, before any reveal."""
    with op.batch_alter_table("tally") as tally:
        tally.add_column(sa.Column("version_id", sa.String(), nullable=False, server_default=sa.text("''")))
        tally.add_column(sa.Column("after_reveal", sa.Boolean(), nullable=False, server_default=sa.false()))
        tally.drop_constraint("pk_tally", type_="primary")
        tally.create_primary_key("pk_tally", KEY)


def downgrade() -> None:
    """What the columns say would be lost: restore a copy instead."""
    raise NotImplementedError("Restore a copy instead.")
