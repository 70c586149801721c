"""The first tables: releases, cells, publications, submissions."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    _audit()
    _breakdown()
    _cell()
    _document()
    _draft_cell()
    _source()
    _store_meta()
    _draft()
    _release()
    _submission()
    _load()
    _redaction()
    _submission_value()
    _load_range()


def downgrade() -> None:
    """Refuse: figures that were published are not dropped by a command."""
    msg = "the first tables cannot be taken back; use another database"
    raise NotImplementedError(msg)


def _figures() -> tuple[sa.Column[Any], ...]:
    numbers = ("value", "numerator", "denominator", "ci_lower", "ci_upper", "ci_level")
    texts = ("status", "flags", "source_symbol", "source")
    return (
        *(sa.Column(name, sa.Double(), nullable=True) for name in numbers),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        sa.Column("definition_version", sa.Integer(), nullable=False),
        sa.Column("is_computed", sa.Boolean(), nullable=False),
        sa.Column("held_in", sa.Text(), nullable=False),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("happened_at", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        comment="Insert only, and never a figure in it",
    )


def _breakdown() -> None:
    op.create_table(
        "breakdown",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("age", sa.Text(), nullable=False),
        sa.Column("ethnicity", sa.Text(), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("placement", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("school_phase", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_breakdown"),
        sa.UniqueConstraint(
            "sex",
            "age",
            "ethnicity",
            "need",
            "placement",
            "reason",
            "role",
            "school_phase",
            name="uq_breakdown_codes",
        ),
    )


def _cell() -> None:
    op.create_table(
        "cell",
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("breakdown", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("from_release", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("to_release", sa.Integer(), nullable=True),
        *_figures(),
        sa.Column("updated_release", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "indicator", "period", "area", "breakdown", "from_release", name="pk_cell"
        ),
        comment="Each published cell once per change; to_release is the first release without it",
        sqlite_with_rowid=False,
    )


def _document() -> None:
    op.create_table(
        "document",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_document"),
        comment="Place sets, catalogues and source lists, word for word as releases hold them",
    )


def _draft_cell() -> None:
    op.create_table(
        "draft_cell",
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("breakdown", sa.Integer(), autoincrement=False, nullable=False),
        *_figures(),
        sa.PrimaryKeyConstraint("indicator", "period", "area", "breakdown", name="pk_draft_cell"),
        sqlite_with_rowid=False,
    )


def _source() -> None:
    op.create_table(
        "source",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("publisher_table", sa.Text(), nullable=False),
        sa.Column("vintage", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Text(), nullable=False),
        sa.Column("designation", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_source"),
    )


def _store_meta() -> None:
    op.create_table(
        "store_meta",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_store_meta"),
    )


def _draft() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("release_id", sa.Text(), nullable=True),
        sa.Column("base", sa.Integer(), nullable=True),
        sa.Column("drafted_at", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Text(), nullable=True),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("method_version", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("has_submissions", sa.Boolean(), nullable=False),
        sa.Column("protected_digest", sa.Text(), nullable=False),
        sa.Column("suppressed", sa.Integer(), nullable=False),
        sa.Column("places", sa.Text(), nullable=False),
        sa.Column("catalogue", sa.Text(), nullable=False),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["catalogue"], ["document.digest"], name="fk_draft_catalogue"),
        sa.ForeignKeyConstraint(["places"], ["document.digest"], name="fk_draft_places"),
        sa.ForeignKeyConstraint(["sources"], ["document.digest"], name="fk_draft_sources"),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        comment="At most one row: the release being made",
    )


def _release() -> None:
    op.create_table(
        "release",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("published_at", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("method_version", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("has_submissions", sa.Boolean(), nullable=False),
        sa.Column("previous", sa.Integer(), nullable=True),
        sa.Column("places", sa.Text(), nullable=False),
        sa.Column("catalogue", sa.Text(), nullable=False),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("withdrawn_on", sa.Text(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column("replacement", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["catalogue"], ["document.digest"], name="fk_release_catalogue"),
        sa.ForeignKeyConstraint(["places"], ["document.digest"], name="fk_release_places"),
        sa.ForeignKeyConstraint(["sources"], ["document.digest"], name="fk_release_sources"),
        sa.PrimaryKeyConstraint("sequence", name="pk_release"),
        sa.UniqueConstraint("id", name="uq_release_id"),
    )


def _submission() -> None:
    op.create_table(
        "submission",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("collection", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("received_at", sa.Text(), nullable=False),
        sa.Column("release", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["release"], ["release.sequence"], name="fk_submission_release"),
        sa.ForeignKeyConstraint(["source"], ["source.id"], name="fk_submission_source"),
        sa.PrimaryKeyConstraint("source", name="pk_submission"),
        sa.UniqueConstraint(
            "authority", "collection", "period", "digest", name="uq_submission_digest"
        ),
        sa.UniqueConstraint(
            "authority", "collection", "period", "version", name="uq_submission_version"
        ),
        comment="release is the first one that a submission was published with",
    )


def _load() -> None:
    op.create_table(
        "load",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("loaded_at", sa.Text(), nullable=False),
        sa.Column("release", sa.Integer(), nullable=True),
        sa.Column("cells", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["release"], ["release.sequence"], name="fk_load_release"),
        sa.PrimaryKeyConstraint("id", name="pk_load"),
        comment="release is null while the load is only in a draft",
    )


def _redaction() -> None:
    op.create_table(
        "redaction",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("breakdown", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["release"], ["release.sequence"], name="fk_redaction_release"),
        sa.PrimaryKeyConstraint("id", name="pk_redaction"),
        comment="made_by a steward: holds for later releases too; by the publisher: history only",
    )


def _submission_value() -> None:
    op.create_table(
        "submission_value",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("breakdown_type", sa.Text(), nullable=False),
        sa.Column("breakdown", sa.Text(), nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source"], ["submission.source"], name="fk_submission_value_source"
        ),
        sa.PrimaryKeyConstraint(
            "source", "measure", "breakdown_type", "breakdown", name="pk_submission_value"
        ),
        comment="Insert only: a corrected return is a new submission",
        sqlite_with_rowid=False,
    )


def _load_range() -> None:
    op.create_table(
        "load_range",
        sa.Column("load", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("first_period", sa.Text(), nullable=False),
        sa.Column("last_period", sa.Text(), nullable=False),
        sa.Column("levels", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["load"], ["load.id"], name="fk_load_range_load"),
        sa.ForeignKeyConstraint(["source"], ["source.id"], name="fk_load_range_source"),
        sa.PrimaryKeyConstraint("load", "source", "indicator", name="pk_load_range"),
    )
