"""Receiving and keeping: wherever a process ends, nothing is lost, halved or doubled."""

import os

import pytest
import sqlalchemy as sa

from indicators.store import Store
from indicators.store.explaining import FindingEntry
from indicators.store.keeping import CheckedUpload, keep_checked
from indicators.store.receiving import list_receipts
from indicators.store.return_tables import (
    finding,
    receipt,
    received_file,
    submission,
    submission_value,
)
from indicators.store.steps import watched
from tests.indicators.store.accepting import STEWARD, submitter
from tests.indicators.store.conftest import Opener
from tests.indicators.store.made_up_returns import ONE, on, received, sent, upload_of

POINTS = (
    "receive:file",
    "receive:row",
    "receive:committed",
    "load:version",
    "load:values",
    "load:written",
    "load:committed",
)


@pytest.mark.parametrize("point", POINTS)
def test_whatever_point_a_process_ends_at_nothing_is_lost_halved_or_doubled(
    reopen: Opener, point: str
) -> None:
    store = reopen()
    store.engine.dispose()
    child = os.fork()
    if child == 0:

        def end(reached: str) -> None:
            if reached == point:
                os._exit(9)

        with watched(end):
            sent(store)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    store = reopen()
    files, receipts, versions, values = counted(store)
    assert files == receipts
    assert values == 2 * versions
    if receipts == 0:
        assert point in POINTS[:2]
    assert versions == (point == "load:committed")
    for entry in list_receipts(store, STEWARD, state="received"):
        keep_checked(store, entry.id, upload_of(41), on(submitter(ONE)))
    sent(store)
    assert counted(store)[2:] == (1, 2)


def counted(store: Store) -> tuple[int, ...]:
    tables = (received_file, receipt, submission, submission_value)
    with store.reading() as connection:
        query = (sa.select(sa.func.count()).select_from(table) for table in tables)
        return tuple(connection.scalar(one) or 0 for one in query)


def test_a_failed_file_keeps_its_findings_and_makes_no_version(store: Store) -> None:
    entry = received(store)
    error = FindingEntry(1, "A01", "error", found="more than there are")
    failed = CheckedUpload(False, ONE, "CLA", "RY2025", findings=(error,), detail="broke A01")
    done = keep_checked(store, entry.id, failed, on(submitter(ONE)))
    assert (done.state, done.source, counted(store)[2:]) == ("failed", "", (0, 0))
    with store.reading() as connection:
        assert connection.scalar(sa.select(finding.c.rule)) == "A01"
