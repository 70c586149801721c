"""A sample of the proof of disclosure control, and that the proof notices when a part is broken."""

import pytest

from indicators.disclosure import RecoverableError, audit, protecting, repair
from indicators.disclosure.programme import Room
from indicators.disclosure.unknowns import Secret
from tests.prove.disclosure import prove

pytestmark = pytest.mark.unmeasured

SAMPLE = 100


def test_nothing_hidden_in_random_tables_can_be_pinned_down() -> None:
    told: list[str] = []
    tally = prove(SAMPLE, tell=told.append)
    assert (tally.tables, tally.faults, tally.blocked) == (SAMPLE, 0, 0), told


def test_without_the_audit_hidden_counts_are_pinned_down(monkeypatch: pytest.MonkeyPatch) -> None:
    def blind(_: audit.Auditor, secret: Secret) -> tuple[Room, bool]:
        return Room(secret.low, secret.high), False

    monkeypatch.setattr(audit.Auditor, "room_of", blind)
    assert prove(8, tell=str).faults > 0


def test_without_a_second_count_beside_the_first_a_release_is_blocked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nothing = repair.Repair({}, {})
    monkeypatch.setattr(protecting, "repair", lambda *_, **__: nothing)
    told: list[str] = []
    tally = prove(8, tell=told.append)
    assert (tally.blocked > 0, tally.faults) == (True, 0)
    assert all(str(RecoverableError(1))[:4] in line for line in told)
