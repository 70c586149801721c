"""The tables of returns, of their way to a release, and of who did what.

Those in RESTRICTED hold figures that were not protected, or words that were not checked: on
PostgreSQL they are in a schema of their own, which no public role may read.
"""

from typing import Final

import sqlalchemy as sa

from indicators.store.connect import RESTRICTED
from indicators.store.tables import metadata


def _scope() -> tuple["sa.Column[object]", ...]:
    return tuple(
        sa.Column(name, sa.Text, primary_key=True) for name in ("authority", "collection", "period")
    )


def _texts(*names: str) -> tuple["sa.Column[object]", ...]:
    return tuple(sa.Column(name, sa.Text, nullable=False, server_default="") for name in names)


received_file: Final = sa.Table(
    "received_file",
    metadata,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("stored_at", sa.Text, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    schema=RESTRICTED,
    comment="What was sent, byte for byte, once; never deleted by a command",
)

receipt: Final = sa.Table(
    "receipt",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    *_texts("name", "channel", "submitted_by", "for_authority", "for_collection"),
    sa.Column("without_manifest", sa.Boolean, nullable=False),
    sa.Column("received_at", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    *_texts("source", "detail", "authority", "collection", "period"),
    *_texts("submission_reason", "replaces"),
    schema=RESTRICTED,
    comment="One row each time something was sent; source is the return that it turned out to be",
)

incident: Final = sa.Table(
    "incident",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("reference", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    *_texts("signals", "channel", "submitted_by", "for_authority"),
    sa.Column("happened_at", sa.Text, nullable=False),
    schema=RESTRICTED,
    comment="All that is kept of files with records about children, or with harmful contents",
)

submission: Final = sa.Table(
    "submission",
    metadata,
    sa.Column("source", sa.Text, sa.ForeignKey("source.id"), primary_key=True),
    sa.Column("authority", sa.Text, nullable=False),
    sa.Column("collection", sa.Text, nullable=False),
    sa.Column("period", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("received_at", sa.Text, nullable=False),
    sa.Column("release", sa.Integer, sa.ForeignKey("release.sequence"), nullable=True),
    *_texts(
        "receipt",
        "channel",
        "submitted_by",
        "submission_reason",
        "replaces",
        "ruleset",
        "signed_off_by",
        "signed_off_at",
        "signed_digest",
        "reviewed_by",
        "reviewed_at",
        "review_reason",
    ),
    sa.Column("row_count", sa.Integer, nullable=False, server_default="0"),
    sa.UniqueConstraint(
        "authority", "collection", "period", "version", name="uq_submission_version"
    ),
    sa.UniqueConstraint("authority", "collection", "period", "digest", name="uq_submission_digest"),
    comment="One version of a return; release is the first one that it was published with",
)

submission_value: Final = sa.Table(
    "submission_value",
    metadata,
    sa.Column("source", sa.Text, sa.ForeignKey("submission.source"), primary_key=True),
    sa.Column("measure", sa.Text, primary_key=True),
    sa.Column("breakdown_type", sa.Text, primary_key=True),
    sa.Column("breakdown", sa.Text, primary_key=True),
    sa.Column("value", sa.Double, nullable=True),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False, server_default=""),
    schema=RESTRICTED,
    sqlite_with_rowid=False,
    comment="Insert only: a corrected return is a new submission",
)

finding: Final = sa.Table(
    "finding",
    metadata,
    sa.Column("receipt", sa.Text, primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("severity", sa.Text, nullable=False),
    *_texts("file", "sheet", "column", "measure", "breakdown_type", "breakdown"),
    sa.Column("row", sa.Integer, nullable=False),
    *_texts("found", "expected", "advice", "key"),
    schema=RESTRICTED,
    comment="What the rules found; key stays the same while rule, count and value do",
)

explanation: Final = sa.Table(
    "explanation",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("source", sa.Text, sa.ForeignKey("submission.source"), nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    *_texts("rule", "reason", "text", "made_by", "made_at", "carried_from", "decision"),
    schema=RESTRICTED,
    comment="Insert only: the newest of a key stands, and is carried to the next version",
)

collection_round: Final = sa.Table(
    "collection_round",
    metadata,
    sa.Column("collection", sa.Text, primary_key=True),
    sa.Column("period", sa.Text, primary_key=True),
    *_texts("opens_on", "due_on", "closes_on", "opened_by", "opened_at"),
)

return_slot: Final = sa.Table(
    "return_slot",
    metadata,
    *_scope(),
    *_texts("extended_to", "decision", "decision_reason", "decided_by", "decided_at"),
    comment="One row for each return that is expected: late and missing are states of it",
)

release_member: Final = sa.Table(
    "release_member",
    metadata,
    sa.Column("release", sa.Integer, primary_key=True, autoincrement=False),
    *_scope(),
    *_texts("source", "decision", "digest"),
    comment="What a release pinned for each slot, a return or a decision; release 0 is the draft",
)

suppression_decision: Final = sa.Table(
    "suppression_decision",
    metadata,
    sa.Column("release", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    *_texts("authority", "collection", "period", "measure", "breakdown_type", "breakdown"),
    *_texts("indicator", "area", "reason", "policy", "because"),
    sa.Column("lower", sa.Double, nullable=True),
    sa.Column("upper", sa.Double, nullable=True),
    schema=RESTRICTED,
    comment="Why each count or total is hidden, and what a reader can still know; release 0: draft",
)

token: Final = sa.Table(
    "token",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    *_texts("name", "role", "authority", "hash"),
    *_texts("created_by", "created_at", "expires_at", "revoked_at"),
    schema=RESTRICTED,
    comment="hash is of the secret, which is shown once and kept nowhere",
)

commentary: Final = sa.Table(
    "commentary",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    *_texts("indicator", "area", "period", "breakdown", "kind", "reason", "text", "link"),
    *_texts("author_role", "made_by", "made_at"),
    *_texts("state", "moderated_by", "moderated_at", "moderation_reason"),
    schema=RESTRICTED,
    comment="Insert only but for its state; what was accepted goes out in commentary.json",
)

RESTRICTED_TABLES: Final = tuple(t for t in metadata.sorted_tables if t.schema == RESTRICTED)
"""Every table that no public role may read."""
