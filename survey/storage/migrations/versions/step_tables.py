"""Steps: what the public sees keeps how its answers came, so that no caption is counted again later."""

import json

import sqlalchemy as sa
from alembic import op

revision = "b7d20f5a9c13"
down_revision = "a7d20c95e3b1"
branch_labels = None
depends_on = None

CAME = """
    SELECT COALESCE(other_way.mode, respondent.mode), response.language, source.provenance, COUNT(*)
    FROM answer
    JOIN response ON response.id = answer.response_id
    JOIN respondent ON respondent.id = response.respondent_id
    LEFT JOIN other_way ON other_way.response_id = response.id
    JOIN source ON source.id = COALESCE(other_way.source_id, respondent.source_id)
    WHERE respondent.performance_id = :performance AND response.wave = :wave AND response.standing = 'counted'
        AND answer.question = :question AND answer.position = 1
        AND COALESCE(other_way.mode, respondent.mode) IN ('phone', 'paper', 'web')
    GROUP BY 1, 2, 3
"""


def upgrade() -> None:
    """Add how a step's answers came. Of an old step it is known where nothing was added or taken back since."""
    op.add_column("checkpoint", sa.Column("ways", sa.JSON(), nullable=True))
    connection = op.get_bind()
    steps = connection.execute(
        sa.text("SELECT performance_id, wave, question, step, base FROM checkpoint")
    ).all()
    for step in steps:
        where = {"performance": step.performance_id, "wave": step.wave, "question": step.question}
        ways = [list(way) for way in connection.execute(sa.text(CAME), where)]
        if sum(way[-1] for way in ways) == step.base:
            connection.execute(
                sa.text(
                    "UPDATE checkpoint SET ways = :ways WHERE performance_id = :performance AND wave = :wave"
                    " AND question = :question AND step = :step"
                ),
                where | {"ways": json.dumps(ways), "step": step.step},
            )


def downgrade() -> None:
    """How answers came would be lost: restore a copy instead."""
    raise NotImplementedError("Restore a copy instead.")
