"""What a publication's files were and how its totals compare, beside the publication."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column; publications read before have none until they are loaded again."""
    op.add_column("source", sa.Column("details", sa.Text(), nullable=False, server_default="{}"))


def downgrade() -> None:
    """Drop the column; nothing that was published is in it alone."""
    op.drop_column("source", "details")
