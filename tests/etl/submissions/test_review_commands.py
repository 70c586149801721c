"""The commands of approvers and stewards: refusals by their rule, decisions about many at once."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from etl.findings import ExitCode
from etl.release_steps import protect_command
from etl.settings import Settings
from etl.submissions.collection_commands import decide_missing_command
from etl.submissions.return_commands import Chosen
from etl.submissions.review_commands import accept_command, sign_off_command
from indicators.disclosure import RecoverableError, SmallCountsError
from indicators.permissions import Role
from indicators.store import Store, UnprotectedError, open_store
from indicators.store.occasions import Occasion
from indicators.store.return_tables import submission_value
from indicators.store.reviewing import sign_off
from indicators.store.slot_lists import list_slots
from indicators.store.slots import SlotState, open_round
from indicators.store.tokens import issue_token
from reference.placesets import load_place_set
from tests.indicators.store.accepting import STEWARD, approver, submitter
from tests.indicators.store.made_up_returns import ONE, on, sent, state_of


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", place_set="made_up", database_url="")


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    opened = open_store("", settings.home, load_place_set("made_up"))
    yield opened
    opened.close()


def token(store: Store, name: str, role: Role, authority: str = "") -> str:
    return issue_token(
        store, name, role, authority=authority, days=1, at=Occasion(datetime.now(UTC))
    )


def test_whoever_sent_a_return_is_told_rule_p03_when_signing_it_off(
    store: Store, settings: Settings
) -> None:
    source = sent(store)
    both = token(store, submitter(ONE).name, Role.APPROVER, ONE)
    text, code = sign_off_command(Chosen(source=source), True, settings, both)
    assert code == ExitCode.REFUSED
    assert "[P03]" in text
    assert state_of(store, source) == "ready"


def test_a_return_that_changed_after_its_sign_off_is_told_as_rule_p04(
    store: Store, settings: Settings
) -> None:
    source = sent(store)
    sign_off(store, source, on(approver(ONE)))
    with store.writing() as connection:
        connection.execute(sa.update(submission_value).values(value=42.0))
    text, code = accept_command(
        Chosen(source=source), settings, token(store, "Sam Steward", Role.STEWARD)
    )
    assert code != ExitCode.OK
    assert "[P04]" in text
    assert state_of(store, source) == "ready"


def test_all_that_never_came_can_be_decided_about_at_once(store: Store, settings: Settings) -> None:
    open_round(store, "CLA", "RY2025", on(STEWARD))
    sent(store)
    steward = token(store, "Sam Steward", Role.STEWARD)
    why = "the authority sent nothing"
    text, code = decide_missing_command("cla", "RY2025", "excluded", why, settings, steward)
    assert (code, "152 returns" in text) == (ExitCode.OK, True)
    states = {slot.authority: slot.state for slot in list_slots(store, STEWARD, on(STEWARD).today)}
    assert states.pop(ONE) is SlotState.SUBMITTED
    assert set(states.values()) == {SlotState.MISSING_EXCLUDED}


@pytest.mark.parametrize(
    ("cause", "rule"), [(RecoverableError(2), "[D07]"), (SmallCountsError(3), "[D08]")]
)
def test_a_release_that_cannot_be_protected_is_told_by_its_rule(
    store: Store,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    cause: Exception,
    rule: str,
) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise UnprotectedError(str(cause)) from cause

    monkeypatch.setattr("etl.release_steps.protect_release", refuse)
    text, code = protect_command("", "", settings, token(store, "Sam Steward", Role.STEWARD))
    assert code == ExitCode.REFUSED
    assert rule in text
