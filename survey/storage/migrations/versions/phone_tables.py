"""The audience's phone: translations, two words, another seat, what is offered after sending."""

import sqlalchemy as sa
from alembic import op

revision = "8b40d6e19a27"
down_revision = "3f1c8a52d7e4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what the phone needs. Only new tables and new columns: nothing is made anew."""
    op.add_column(
        "performance", sa.Column("families", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("respondent", sa.Column("words_hash", sa.String(), nullable=True))
    op.create_index("uq_respondent_words", "respondent", ["performance_id", "words_hash"], unique=True)
    op.create_table(
        "translation",
        sa.Column("version_id", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("approved_words", sa.String(), nullable=True),
        sa.Column("read", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["questionnaire_version.id"],
            name=op.f("fk_translation_version_id_questionnaire_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version_id", "language", name=op.f("pk_translation")),
    )
    op.create_table(
        "other_seat",
        sa.Column("performance_id", sa.String(), nullable=False),
        sa.Column("seat_hash", sa.String(), nullable=False),
        sa.Column("receipt_hash", sa.String(), nullable=False),
        sa.Column("respondent_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["performance_id"],
            ["performance.id"],
            name=op.f("fk_other_seat_performance_id_performance"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["respondent_id"],
            ["respondent.id"],
            name=op.f("fk_other_seat_respondent_id_respondent"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("performance_id", "seat_hash", name=op.f("pk_other_seat")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_other_seat_receipt_hash"), "other_seat", ["receipt_hash"], unique=False)
    op.create_index(op.f("ix_other_seat_respondent_id"), "other_seat", ["respondent_id"], unique=False)
    op.create_table(
        "offer",
        sa.Column("production_id", sa.String(), nullable=False),
        sa.Column("information", sa.String(), nullable=False),
        sa.Column("pledge", sa.Text(), nullable=False),
        sa.Column("hashtag", sa.String(), nullable=False),
        sa.Column("stay_in_touch", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["production_id"],
            ["production.id"],
            name=op.f("fk_offer_production_id_production"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("production_id", name=op.f("pk_offer")),
    )
    op.create_table(
        "resource",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("production_id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("length", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("licence", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["production_id"],
            ["production.id"],
            name=op.f("fk_resource_production_id_production"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource")),
    )
    op.create_index(op.f("ix_resource_production_id"), "resource", ["production_id"], unique=False)
    op.create_table(
        "pledge",
        sa.Column("performance_id", sa.String(), nullable=False),
        sa.Column("pledge_hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["performance_id"],
            ["performance.id"],
            name=op.f("fk_pledge_performance_id_performance"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("performance_id", "pledge_hash", name=op.f("pk_pledge")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "contact",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("production_id", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("keep_until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["production_id"],
            ["production.id"],
            name=op.f("fk_contact_production_id_production"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_contact_production_id"), "contact", ["production_id"], unique=False)


def downgrade() -> None:
    """Answers may belong together only by these tables: restore a copy instead."""
    raise NotImplementedError("Restore a copy instead.")
