"""Terse builders of returns in a store: received, sent, accepted."""

from datetime import UTC, datetime

from indicators.permissions import Actor
from indicators.store import Store
from indicators.store.explaining import FindingEntry
from indicators.store.keeping import CheckedUpload, SentCount, keep_checked
from indicators.store.occasions import Occasion
from indicators.store.receiving import ReceiptEntry, Upload, receive
from indicators.store.returns import find_return
from indicators.store.reviewing import accept, sign_off
from tests.indicators.store.accepting import STEWARD, approver, submitter

NOW = datetime(2025, 9, 1, 12, tzinfo=UTC)
ONE, OTHER = "X06000001", "X06000002"
QUERY = FindingEntry(1, "A14", "query", found="a total that is odd", key="odd")
LONG = "The extract was made from a new system this year."


def on(actor: Actor) -> Occasion:
    return Occasion(NOW, actor)


def upload_of(first: float, *findings: FindingEntry, authority: str = ONE) -> CheckedUpload:
    counts = (
        SentCount("CLA_OPEN", "TOTAL", "ALL", first, "A"),
        SentCount("CLA_START", "TOTAL", "ALL", None, "x", "not extracted"),
    )
    return CheckedUpload(True, authority, "CLA", "RY2025", "A return", counts, findings)


def received(store: Store, body: bytes = b"x", authority: str = ONE) -> ReceiptEntry:
    upload = Upload(body, "data.csv", "command_line", authority)
    return receive(store, upload, on(submitter(authority)))


def sent(store: Store, first: float = 41, *findings: FindingEntry, authority: str = ONE) -> str:
    entry = received(store, repr((first, findings)).encode(), authority)
    upload = upload_of(first, *findings, authority=authority)
    return keep_checked(store, entry.id, upload, on(submitter(authority))).source


def state_of(store: Store, source: str) -> str:
    return find_return(store, source, STEWARD).state


def accepted(store: Store, first: float = 41) -> str:
    source = sent(store, first)
    sign_off(store, source, on(approver(ONE)))
    accept(store, source, on(STEWARD))
    return source
