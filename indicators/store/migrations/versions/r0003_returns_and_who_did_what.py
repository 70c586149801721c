"""Returns with their way to a release, who did what, and a schema for what is not protected."""

import hashlib
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_AUDIT = ("actor", "role", "previous", "hash")
_DRAFT = (
    "state", "prepared_by", "policy_reason", "manifest", "amends", "approved_by", "approved_at",
    "scheduled_by", "publish_at", "rehearsed_digest",
)  # fmt: skip
_RELEASE = ("amends", "policy_reason", "prepared_by", "approved_by", "published_by")
_SUBMISSION = (
    "receipt", "channel", "submitted_by", "submission_reason", "replaces", "ruleset",
    "signed_off_by", "signed_off_at", "signed_digest", "reviewed_by", "reviewed_at",
    "review_reason",
)  # fmt: skip

_COMMENTS = {
    "audit": "Insert only, chained by hashes, and never a figure in it",
    "draft": "At most one row: the release being made, from draft to scheduled",
    "submission": "One version of a return; release is the first one that it was published with",
}


def upgrade() -> None:
    """Add columns and tables; what was accepted before stays accepted."""
    schema = _restricted()
    for table, names in (
        ("audit", _AUDIT),
        ("draft", _DRAFT),
        ("release", _RELEASE),
        ("submission", _SUBMISSION),
    ):
        for name in names:
            op.add_column(table, _text(name))
    op.add_column("submission", _count("row_count"))
    if schema is not None:
        for table, comment in _COMMENTS.items():
            op.create_table_comment(table, comment)
    op.add_column("submission_value", _text("note"), schema=schema)
    _chain_audit()
    _received(schema)
    _findings(schema)
    _rounds()
    _members(schema)
    _people(schema)


def downgrade() -> None:
    """Refuse: who did what is not dropped by a command."""
    msg = "the tables of returns cannot be taken back; restore a backup made before them"
    raise NotImplementedError(msg)


def _restricted() -> str | None:
    """Make the schema and move unprotected counts into it; SQLite has no schemas."""
    if op.get_bind().dialect.name == "sqlite":
        return None
    op.execute("CREATE SCHEMA IF NOT EXISTS restricted")
    op.execute("ALTER TABLE submission_value SET SCHEMA restricted")
    return "restricted"


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def _count(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False, server_default="0")


def _needed(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)


def _chain_audit() -> None:
    """Chain the lines that are there; the way of hashing is that of indicators/store/auditing."""
    audit = sa.table("audit", *(sa.column(n) for n in _LINE), sa.column("hash"))
    connection = op.get_bind()
    previous = ""
    for row in connection.execute(sa.select(audit).order_by(audit.c.id)).all():
        line = "\x1f".join(str(value) for value in (*row[:7], previous))
        digest = hashlib.sha256(line.encode()).hexdigest()
        connection.execute(
            sa.update(audit).where(audit.c.id == row.id).values(previous=previous, hash=digest)
        )
        previous = digest


_LINE = ("id", "happened_at", "action", "subject", "detail", "actor", "role", "previous")


def _received(schema: str | None) -> None:
    op.create_table(
        "received_file",
        _needed("sha256"),
        sa.Column("size", sa.Integer(), nullable=False),
        _needed("stored_at"),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_received_file"),
        schema=schema,
        comment="What was sent, byte for byte, once; never deleted by a command",
    )
    op.create_table(
        "receipt",
        _needed("id"),
        _needed("sha256"),
        sa.Column("size", sa.Integer(), nullable=False),
        *map(_text, ("name", "channel", "submitted_by", "for_authority", "for_collection")),
        sa.Column("without_manifest", sa.Boolean(), nullable=False),
        _needed("received_at"),
        _needed("state"),
        *map(_text, ("source", "detail", "authority", "collection", "period")),
        *map(_text, ("submission_reason", "replaces")),
        sa.PrimaryKeyConstraint("id", name="pk_receipt"),
        schema=schema,
        comment="One row each time something was sent; source is the return that it turned out "
        "to be",
    )
    op.create_table(
        "incident",
        _number("id"),
        _needed("reference"),
        _needed("sha256"),
        sa.Column("size", sa.Integer(), nullable=False),
        *map(_text, ("signals", "channel", "submitted_by", "for_authority")),
        _needed("happened_at"),
        sa.PrimaryKeyConstraint("id", name="pk_incident"),
        schema=schema,
        comment="All that is kept of files with records about children, or with harmful contents",
    )


def _findings(schema: str | None) -> None:
    op.create_table(
        "finding",
        _needed("receipt"),
        _number("place"),
        _needed("rule"),
        _needed("severity"),
        *map(_text, ("file", "sheet", "column", "measure", "breakdown_type", "breakdown")),
        sa.Column("row", sa.Integer(), nullable=False),
        *map(_text, ("found", "expected", "advice", "key")),
        sa.PrimaryKeyConstraint("receipt", "place", name="pk_finding"),
        schema=schema,
        comment="What the rules found; key stays the same while rule, count and value do",
    )
    op.create_table(
        "explanation",
        _number("id"),
        _needed("source"),
        _needed("key"),
        *map(_text, ("rule", "reason", "text", "made_by", "made_at", "carried_from", "decision")),
        sa.PrimaryKeyConstraint("id", name="pk_explanation"),
        sa.ForeignKeyConstraint(
            ["source"], ["submission.source"], name="fk_explanation_source_submission"
        ),
        schema=schema,
        comment="Insert only: the newest of a key stands, and is carried to the next version",
    )


def _rounds() -> None:
    op.create_table(
        "collection_round",
        _needed("collection"),
        _needed("period"),
        *map(_text, ("opens_on", "due_on", "closes_on", "opened_by", "opened_at")),
        sa.PrimaryKeyConstraint("collection", "period", name="pk_collection_round"),
    )
    op.create_table(
        "return_slot",
        *map(_needed, ("authority", "collection", "period")),
        *map(_text, ("extended_to", "decision", "decision_reason", "decided_by", "decided_at")),
        sa.PrimaryKeyConstraint("authority", "collection", "period", name="pk_return_slot"),
        comment="One row for each return that is expected: late and missing are states of it",
    )


def _members(schema: str | None) -> None:
    op.create_table(
        "release_member",
        _number("release"),
        *map(_needed, ("authority", "collection", "period")),
        *map(_text, ("source", "decision", "digest")),
        sa.PrimaryKeyConstraint(
            "release", "authority", "collection", "period", name="pk_release_member"
        ),
        comment="What a release pinned for each slot, a return or a decision; release 0 is the "
        "draft",
    )
    op.create_table(
        "suppression_decision",
        _number("release"),
        _number("place"),
        *map(
            _text,
            ("authority", "collection", "period", "measure", "breakdown_type", "breakdown"),
        ),
        *map(_text, ("indicator", "area", "reason", "policy", "because")),
        sa.Column("lower", sa.Double(), nullable=True),
        sa.Column("upper", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("release", "place", name="pk_suppression_decision"),
        schema=schema,
        comment="Why each count or total is hidden, and what a reader can still know; release 0: "
        "draft",
    )


def _people(schema: str | None) -> None:
    op.create_table(
        "token",
        _needed("id"),
        *map(_text, ("name", "role", "authority", "hash")),
        *map(_text, ("created_by", "created_at", "expires_at", "revoked_at")),
        sa.PrimaryKeyConstraint("id", name="pk_token"),
        schema=schema,
        comment="hash is of the secret, which is shown once and kept nowhere",
    )
    op.create_table(
        "commentary",
        _needed("id"),
        _number("version"),
        *map(_text, ("indicator", "area", "period", "breakdown", "kind", "reason", "text", "link")),
        *map(_text, ("author_role", "made_by", "made_at")),
        *map(_text, ("state", "moderated_by", "moderated_at", "moderation_reason")),
        sa.PrimaryKeyConstraint("id", "version", name="pk_commentary"),
        schema=schema,
        comment="Insert only but for its state; what was accepted goes out in commentary.json",
    )
