"""The tables of the store, the same on SQLite and PostgreSQL."""

from typing import Final

import sqlalchemy as sa

from indicators.cells import BREAKDOWN_COLUMNS

metadata: Final = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

store_meta: Final = sa.Table(
    "store_meta",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

source: Final = sa.Table(
    "source",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("publisher_table", sa.Text, nullable=False),
    sa.Column("vintage", sa.Text, nullable=False),
    sa.Column("publisher", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("published_on", sa.Text, nullable=False),
    sa.Column("designation", sa.Text, nullable=False),
    sa.Column("licence", sa.Text, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("details", sa.Text, nullable=False, server_default="{}"),
)

document: Final = sa.Table(
    "document",
    metadata,
    sa.Column("digest", sa.Text, primary_key=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
    comment="Place sets, catalogues and source lists, word for word as releases hold them",
)


def _documents() -> tuple["sa.Column[str]", ...]:
    return tuple(
        sa.Column(name, sa.Text, sa.ForeignKey("document.digest"), nullable=False)
        for name in ("places", "catalogue", "sources")
    )


release: Final = sa.Table(
    "release",
    metadata,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("published_at", sa.Text, nullable=False),
    sa.Column("published_on", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("policy", sa.Text, nullable=False),
    sa.Column("method_version", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("has_submissions", sa.Boolean, nullable=False),
    sa.Column("previous", sa.Integer, nullable=True),
    *_documents(),
    sa.Column("withdrawn_on", sa.Text, nullable=True),
    sa.Column("withdrawn_reason", sa.Text, nullable=True),
    sa.Column("replacement", sa.Text, nullable=True),
    *(
        sa.Column(name, sa.Text, nullable=False, server_default="")
        for name in ("amends", "policy_reason", "prepared_by", "approved_by", "published_by")
    ),
)

breakdown: Final = sa.Table(
    "breakdown",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    *(sa.Column(name, sa.Text, nullable=False) for name in BREAKDOWN_COLUMNS),
    sa.UniqueConstraint(*BREAKDOWN_COLUMNS, name="uq_breakdown_codes"),
)


def _figures() -> tuple["sa.Column[object]", ...]:
    """Return the columns of a figure, in the order in which rows are written and read."""
    return (
        *(
            sa.Column(name, sa.Double, nullable=True)
            for name in ("value", "numerator", "denominator", "ci_lower", "ci_upper", "ci_level")
        ),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("status", "flags", "source_symbol", "source")
        ),
        sa.Column("definition_version", sa.Integer, nullable=False),
        sa.Column("is_computed", sa.Boolean, nullable=False),
        sa.Column("held_in", sa.Text, nullable=False),
    )


def _key() -> tuple["sa.Column[object]", ...]:
    return (
        sa.Column("indicator", sa.Text, primary_key=True),
        sa.Column("period", sa.Text, primary_key=True),
        sa.Column("area", sa.Text, primary_key=True),
        sa.Column("breakdown", sa.Integer, primary_key=True, autoincrement=False),
    )


cell: Final = sa.Table(
    "cell",
    metadata,
    *_key(),
    sa.Column("from_release", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("to_release", sa.Integer, nullable=True),
    *_figures(),
    sa.Column("updated_release", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
    comment="Each published cell once per change; to_release is the first release without it",
)

draft: Final = sa.Table(
    "draft",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("release_id", sa.Text, nullable=True),
    sa.Column("base", sa.Integer, nullable=True),
    sa.Column("drafted_at", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("published_on", sa.Text, nullable=True),
    sa.Column("policy", sa.Text, nullable=False),
    sa.Column("method_version", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("has_submissions", sa.Boolean, nullable=False),
    sa.Column("protected_digest", sa.Text, nullable=False),
    sa.Column("suppressed", sa.Integer, nullable=False),
    *_documents(),
    *(
        sa.Column(name, sa.Text, nullable=False, server_default="")
        for name in (
            "state",
            "prepared_by",
            "policy_reason",
            "manifest",
            "amends",
            "approved_by",
            "approved_at",
            "scheduled_by",
            "publish_at",
            "rehearsed_digest",
        )
    ),
    comment="At most one row: the release being made, from draft to scheduled",
)

draft_cell: Final = sa.Table(
    "draft_cell",
    metadata,
    *_key(),
    *_figures(),
    sqlite_with_rowid=False,
)

load: Final = sa.Table(
    "load",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("loaded_at", sa.Text, nullable=False),
    sa.Column("release", sa.Integer, sa.ForeignKey("release.sequence"), nullable=True),
    sa.Column("cells", sa.Integer, nullable=False),
    comment="release is null while the load is only in a draft",
)

load_range: Final = sa.Table(
    "load_range",
    metadata,
    sa.Column("load", sa.Integer, sa.ForeignKey("load.id"), primary_key=True),
    sa.Column("source", sa.Text, sa.ForeignKey("source.id"), primary_key=True),
    sa.Column("indicator", sa.Text, primary_key=True),
    sa.Column("first_period", sa.Text, nullable=False),
    sa.Column("last_period", sa.Text, nullable=False),
    sa.Column("levels", sa.Text, nullable=False),
)

redaction: Final = sa.Table(
    "redaction",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("indicator", sa.Text, nullable=False),
    sa.Column("period", sa.Text, nullable=False),
    sa.Column("area", sa.Text, nullable=False),
    sa.Column("breakdown", sa.Integer, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("made_by", sa.Text, nullable=False),
    sa.Column("made_at", sa.Text, nullable=False),
    sa.Column("release", sa.Integer, sa.ForeignKey("release.sequence"), nullable=False),
    comment="made_by a steward: holds for later releases too; by the publisher: history only",
)

audit: Final = sa.Table(
    "audit",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("happened_at", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    *(
        sa.Column(name, sa.Text, nullable=False, server_default="")
        for name in ("actor", "role", "previous", "hash")
    ),
    comment="Insert only, chained by hashes, and never a figure in it",
)
