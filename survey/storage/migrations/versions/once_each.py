"""Once each: one vote of a phone in a poll, one place of an approved contribution, whatever arrives at the same moment."""

import sqlalchemy as sa
from alembic import op

revision = "a7d20c95e3b1"
down_revision = "5d0b7c31f9a6"
branch_labels = None
depends_on = None

SAME_POSITION = """
    DELETE FROM poll_answer WHERE EXISTS (
        SELECT 1 FROM poll_answer AS other
        WHERE other.poll_id = poll_answer.poll_id AND other.voter_hash = poll_answer.voter_hash
        AND other.position = poll_answer.position AND other.option < poll_answer.option
    )
"""
SAME_PLACE = """
    UPDATE contribution SET place = NULL WHERE EXISTS (
        SELECT 1 FROM contribution AS other
        WHERE other.performance_id = contribution.performance_id
        AND other.place = contribution.place AND other.id < contribution.id
    )
"""


def upgrade() -> None:
    """Of what stood twice one stays; then no second one can come."""
    op.execute(sa.text(SAME_POSITION))
    op.execute(sa.text(SAME_PLACE))
    op.create_index(
        "uq_poll_answer_position", "poll_answer", ["poll_id", "voter_hash", "position"], unique=True
    )
    op.create_index("uq_contribution_place", "contribution", ["performance_id", "place"], unique=True)


def downgrade() -> None:
    """Nothing would be lost, but nothing needs it."""
    raise NotImplementedError("Restore a copy instead.")
