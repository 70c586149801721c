"""A return from sending to publishing and beyond, step by step, for the proof about faults."""

from collections.abc import Callable
from typing import Final

import sqlalchemy as sa

from indicators.draft import Redaction
from indicators.store import (
    Store,
    approve_release,
    draft_release,
    freeze_release,
    protect_release,
    publish_draft,
    publish_due,
    redact_cells,
    reopen_release,
    schedule_release,
    withdraw_release,
)
from indicators.store.keeping import CheckedUpload, keep_checked
from indicators.store.occasions import Occasion
from indicators.store.receiving import Upload, receive
from indicators.store.return_tables import receipt
from indicators.store.reviewing import accept, sign_off
from tests.builders import a_cell, vintage
from tests.indicators.store.accepting import STEWARD as REVIEWER
from tests.indicators.store.accepting import approver, sent_counts, submitter
from tests.indicators.store.published import ALVERBY, BRENNOWCOMBE, INDICATORS, NOW, on, publish
from tests.indicators.store.ways import LATER, NEXT, PUBLISHER, RETURN, STEWARD, by, stand_in

SOURCE: Final = f"submission_cla_{BRENNOWCOMBE.lower()}_ry2026_v1"
THEN: Final = vintage(2024, a_cell(ALVERBY, "RY2024", 10), a_cell(BRENNOWCOMBE, "RY2024", 20))
HIDDEN: Final = vintage(2026, a_cell(BRENNOWCOMBE, "RY2024"))

Act = Callable[[Store], object]


def _receive(store: Store) -> object:
    body = repr(sent_counts(RETURN)).encode()
    upload = Upload(body, "data.csv", "command_line", BRENNOWCOMBE)
    return receive(store, upload, Occasion(NOW, submitter(BRENNOWCOMBE)))


def _keep(store: Store) -> object:
    with store.reading() as connection:
        waiting = connection.scalar(sa.select(receipt.c.id).where(receipt.c.source == ""))
    upload = CheckedUpload(True, BRENNOWCOMBE, "CLA", "RY2026", "", sent_counts(RETURN))
    return keep_checked(store, str(waiting), upload, Occasion(NOW, submitter(BRENNOWCOMBE)))


def _withhold(store: Store) -> object:
    cell = Redaction("an_indicator_pct", "RY2024", ALVERBY)
    return redact_cells(store, [cell], "a reason", now=NOW)


STORY: Final[tuple[tuple[str, Act], ...]] = (
    ("load", lambda s: publish(s, THEN, release_id="then", published_on=on(2024))),
    ("receive", _receive),
    ("keep", _keep),
    ("sign off", lambda s: sign_off(s, SOURCE, Occasion(NOW, approver(BRENNOWCOMBE)))),
    ("accept", lambda s: accept(s, SOURCE, Occasion(NOW, REVIEWER))),
    ("draft", lambda s: draft_release(s, INDICATORS, release_id="with", now=NOW)),
    ("freeze", lambda s: freeze_release(s, by(STEWARD))),
    ("protect", lambda s: protect_release(s, by(STEWARD), protect=stand_in)),
    ("approve", lambda s: approve_release(s, by(PUBLISHER))),
    ("schedule", lambda s: schedule_release(s, LATER, by(PUBLISHER))),
    ("withhold", _withhold),
    ("publish", lambda s: publish_due(s, lambda: LATER)),
    ("load more", lambda s: publish(s, NEXT, draft=True)),
    ("withdraw", lambda s: withdraw_release(s, "with", "wrong", now=LATER)),
    ("draft again", lambda s: draft_release(s, INDICATORS, release_id="again", now=LATER)),
    ("freeze again", lambda s: freeze_release(s, by(STEWARD, LATER))),
    ("protect again", lambda s: protect_release(s, by(STEWARD, LATER), protect=stand_in)),
    ("approve again", lambda s: approve_release(s, by(PUBLISHER, LATER))),
    ("reopen", lambda s: reopen_release(s, by(PUBLISHER, LATER))),
    ("freeze anew", lambda s: freeze_release(s, by(STEWARD, LATER))),
    ("protect anew", lambda s: protect_release(s, by(STEWARD, LATER), protect=stand_in)),
    ("approve anew", lambda s: approve_release(s, by(PUBLISHER, LATER))),
    ("publish again", lambda s: publish_draft(s, now=LATER, actor=PUBLISHER)),
    ("load hidden", lambda s: publish(s, HIDDEN, draft=True)),
)
