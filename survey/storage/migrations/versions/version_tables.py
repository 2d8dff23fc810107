"""Versions: whether one is published is seen from what was opened and answered, and is written nowhere else."""

from alembic import op

revision = "5d0b7c31f9a6"
down_revision = "e1a94c60b8d5"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drop a column that said of every version that it was published."""
    op.drop_column("questionnaire_version", "published")


def downgrade() -> None:
    """The column's old meaning is gone: restore a copy instead."""
    raise NotImplementedError("Restore a copy instead.")
