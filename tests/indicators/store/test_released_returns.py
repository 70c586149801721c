"""What a release tells of the returns in it: pinned versions, days and roles, and its policy."""

import shutil
from typing import Any

import pandas as pd
import sqlalchemy as sa

from indicators.store import Store
from indicators.store.contents import contents_of, standing_releases
from indicators.store.reconciling import settle
from indicators.store.return_tables import release_member, submission
from indicators.store.tables import release
from indicators.told_beside import read_disclosure, read_returns
from tests.builders import a_cell, vintage
from tests.indicators.store.accepting import accept_submission
from tests.indicators.store.conftest import Opener
from tests.indicators.store.published import ALVERBY, BRENNOWCOMBE, NOW, folder_of, opened, publish

NAMES = ("Sam Submitter", "Ada Approver", "Stu Steward")


def sent(store: Store, authority: str, number: float) -> str:
    """Keep a return that was signed off and accepted; return its source."""
    row = {"measure": "CLA_OPEN", "breakdown_type": "TOTAL", "breakdown": "ALL", "status": "A"}
    values = pd.DataFrame([{**row, "value": number}])
    receipt = accept_submission(
        store, values, authority=authority, collection="CLA", period="RY2024", now=NOW
    )
    changes: dict[str, Any] = {
        "submitted_by": NAMES[0],
        "signed_off_by": NAMES[1],
        "signed_off_at": "2026-11-24T10:00:00Z",
        "reviewed_by": NAMES[2],
        "reviewed_at": "2026-11-25T10:00:00Z",
        "row_count": 190,
    }
    with store.writing() as connection:
        mine = submission.c.source == receipt.source
        connection.execute(sa.update(submission).where(mine).values(**changes))
    return receipt.source


def pin(store: Store, authority: str, source: str, decision: str = "") -> None:
    """Make a return, or a decision about a missing one, a member of the first release."""
    with store.writing() as connection:
        connection.execute(
            sa.insert(release_member).values(
                release=1, authority=authority, collection="CLA", period="RY2024",
                source=source, decision=decision,
            )
        )  # fmt: skip


def rebuilt(store: Store, reopen: Opener) -> Store:
    """Write the snapshot of the first release anew from the database."""
    shutil.rmtree(folder_of(store, "2026-11-23"))
    return reopen()


def test_a_release_holds_the_pinned_version_with_days_and_roles_but_no_names(
    store: Store, reopen: Opener
) -> None:
    publish(store, vintage(2024, a_cell(ALVERBY, "RY2024", 20)))
    first = sent(store, ALVERBY, 70)
    sent(store, ALVERBY, 71)  # accepted later: of the next release
    pin(store, ALVERBY, first)
    store = rebuilt(store, reopen)
    (held,) = opened(store, "2026-11-23").returns
    assert (held.source, held.version, held.rows_received) == (first, 1, 190)
    assert (held.received_on, held.signed_off_on, held.accepted_on) == (
        "2026-11-23",
        "2026-11-24",
        "2026-11-25",
    )
    text = (folder_of(store, "2026-11-23") / "returns.json").read_text("utf-8")
    assert not [name for name in NAMES if name in text]


def test_nobody_is_told_whose_return_is_missing(store: Store, reopen: Opener) -> None:
    publish(store, vintage(2024, a_cell(ALVERBY, "RY2024", 20)))
    pin(store, BRENNOWCOMBE, "", "missing_excluded")
    store = rebuilt(store, reopen)
    assert read_returns(folder_of(store, "2026-11-23")) == ()
    with store.reading() as connection:
        (facts,) = standing_releases(connection)
        assert contents_of(connection, facts).returns == ()


def test_a_release_of_published_statistics_alone_has_neither_returns_nor_policy(
    store: Store,
) -> None:
    publish(store, vintage(2024, a_cell(ALVERBY, "RY2024", 20)))
    folder = folder_of(store, "2026-11-23")
    assert (read_returns(folder), read_disclosure(folder)) == ((), None)
    assert not {"returns.json", "disclosure.json"} & {path.name for path in folder.iterdir()}


def test_a_snapshot_with_returns_and_policy_is_built_again_to_the_same_bytes(
    store: Store, reopen: Opener
) -> None:
    publish(store, vintage(2024, a_cell(ALVERBY, "RY2024", 20)))
    pin(store, ALVERBY, sent(store, ALVERBY, 70))
    with store.writing() as connection:
        connection.execute(
            sa.update(release).values(
                has_submissions=True, policy="dfe-csc-2025", policy_reason="Because"
            )
        )
    store = rebuilt(store, reopen)
    before = folder_of(store, "2026-11-23")
    told = read_disclosure(before)
    assert told is not None
    assert (told.policy, told.reason) == ("dfe-csc-2025", "Because")
    assert "own statistics" in told.title
    store = rebuilt(store, reopen)
    assert folder_of(store, "2026-11-23") == before
    assert settle(store) is False
    assert "Why this policy was chosen: Because" in (before / "files/disclosure.txt").read_text()
