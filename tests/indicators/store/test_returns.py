"""The way of a return through the store: every step, by whom, and what no step may do."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from indicators.draft import Decision
from indicators.permissions import Action, Actor, NotPermittedError, Role
from indicators.store import Store
from indicators.store.explaining import FindingEntry, explain, read_explanations
from indicators.store.keeping import CheckedUpload, SentCount, keep_checked
from indicators.store.occasions import Occasion
from indicators.store.receiving import ReceiptEntry, Upload, list_receipts, receive
from indicators.store.return_tables import (
    finding,
    receipt,
    received_file,
    release_member,
    submission,
    submission_value,
)
from indicators.store.returns import ReturnError, find_return, list_returns
from indicators.store.reviewing import StaleSignOffError, accept, send_back, sign_off, withdraw
from indicators.store.slot_lists import list_slots
from indicators.store.slots import SlotFacts, SlotState, decide, extend, open_round, slot_state
from indicators.store.steps import watched
from indicators.store.submitted import accepted_submissions
from indicators.store.tokens import TokenError, actor_of, issue_token, revoke_token
from tests.indicators.store.accepting import STEWARD, approver, submitter
from tests.indicators.store.conftest import Opener

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


def test_a_return_goes_from_ready_to_accepted_with_three_people(store: Store) -> None:
    source = accepted(store)
    entry = find_return(store, source, STEWARD)
    assert (entry.state, entry.version) == ("accepted", 1)
    people = {entry.submitted_by, entry.signed_off_by, entry.reviewed_by}
    assert len(people) == 3
    with store.reading() as connection:
        frame, _ = accepted_submissions(connection)
    assert set(frame["source"]) == {source}


def test_whoever_sent_a_return_neither_signs_it_off_nor_accepts_it(store: Store) -> None:
    both = Actor("Ann", Role.APPROVER, ONE)
    entry = receive(store, Upload(b"y", "data.csv", "desk", ONE), on(both))
    source = keep_checked(store, entry.id, upload_of(1), on(both)).source
    with pytest.raises(NotPermittedError, match="somebody else"):
        sign_off(store, source, on(both))
    sign_off(store, source, on(approver(ONE)))
    for name in ("Ann", approver(ONE).name):
        with pytest.raises(NotPermittedError, match="somebody else"):
            accept(store, source, on(Actor(name, Role.STEWARD)))


def test_one_cell_changed_after_sign_off_undoes_the_sign_off(store: Store) -> None:
    source = sent(store)
    sign_off(store, source, on(approver(ONE)))
    with store.writing() as connection:
        connection.execute(
            sa.update(submission_value)
            .where(submission_value.c.measure == "CLA_OPEN")
            .values(value=42)
        )
    with pytest.raises(StaleSignOffError, match="signed off again"):
        accept(store, source, on(STEWARD))
    assert state_of(store, source) == "ready"
    with pytest.raises(StaleSignOffError):
        sign_off(store, source, on(approver(ONE)))


def test_a_sign_off_is_of_what_was_looked_at(store: Store) -> None:
    source = sent(store)
    with pytest.raises(StaleSignOffError):
        sign_off(store, source, on(approver(ONE)), digest="another")
    assert state_of(store, source) == "ready"


def test_a_corrected_return_needs_a_sign_off_of_its_own(store: Store) -> None:
    first = sent(store, 41)
    sign_off(store, first, on(approver(ONE)))
    second = sent(store, 42)
    with pytest.raises(ReturnError, match="newer"):
        accept(store, first, on(STEWARD))
    with pytest.raises(ReturnError, match="only a return that is signed off"):
        accept(store, second, on(STEWARD))


def test_an_accepted_version_supersedes_the_one_before_at_once(store: Store) -> None:
    first = accepted(store, 41)
    second = accepted(store, 42)
    assert (state_of(store, first), state_of(store, second)) == ("superseded", "accepted")
    with store.reading() as connection:
        after, _ = accepted_submissions(connection)
    assert set(after["source"]) == {second}


def test_exactly_the_same_figures_are_a_duplicate(store: Store) -> None:
    source = sent(store)
    again = received(store, b"other bytes")
    done = keep_checked(store, again.id, upload_of(41), on(submitter(ONE)))
    assert (done.state, done.source) == ("duplicate", source)
    assert len(list_returns(store, STEWARD)) == 1


def test_the_same_figures_sent_after_they_were_sent_back_are_open_again(store: Store) -> None:
    source = sent(store)
    sign_off(store, source, on(approver(ONE)))
    send_back(store, source, "please check the extract", on(STEWARD))
    assert state_of(store, source) == "returned"
    assert sent(store) == source
    entry = find_return(store, source, STEWARD)
    assert (entry.state, entry.signed_off_by, entry.review_reason) == ("ready", "", "")


def test_a_query_is_explained_before_a_sign_off(store: Store) -> None:
    source = sent(store, 41, QUERY)
    assert state_of(store, source) == "needs_explanation"
    with pytest.raises(ReturnError, match="only a return that is ready"):
        sign_off(store, source, on(approver(ONE)))
    for reason, text in (("", "too short"), ("other", ""), ("nonsense", LONG)):
        with pytest.raises(ReturnError):
            explain(store, source, 1, on(submitter(ONE)), reason=reason, text=text)
    with pytest.raises(ReturnError, match="numbers 1"):
        explain(store, source, 2, on(submitter(ONE)), text=LONG)
    assert explain(store, source, 1, on(submitter(ONE)), reason="genuine") == "ready"


def test_an_explanation_is_carried_over_while_the_finding_is_the_same(store: Store) -> None:
    first = sent(store, 41, QUERY)
    explain(store, first, 1, on(submitter(ONE)), text=LONG)
    second = sent(store, 42, QUERY)
    third = sent(store, 43, replace(QUERY, key="another"))
    said = read_explanations(store, find_return(store, second, STEWARD), STEWARD)
    assert (said["odd"].text, said["odd"].carried_from) == (LONG, first)
    assert (state_of(store, second), state_of(store, third)) == ("ready", "needs_explanation")


def test_a_return_is_withdrawn_unless_a_release_has_it(store: Store) -> None:
    source = accepted(store)
    withdraw(store, source, "sent by mistake", on(approver(ONE)))
    assert state_of(store, source) == "withdrawn"
    pinned = accepted(store, 42)
    with store.writing() as connection:
        pin = {"release": 0, "authority": ONE, "collection": "CLA", "period": "RY2025"}
        connection.execute(sa.insert(release_member).values(source=pinned, **pin))
    with pytest.raises(ReturnError, match="is in a release"):
        withdraw(store, pinned, "sent by mistake", on(approver(ONE)))


Act = Callable[[Store, str, Occasion], object]
ACTS: dict[Action, tuple[Act, str]] = {
    Action.EXPLAIN: (lambda s, r, at: explain(s, r, 1, at, reason="genuine"), "needs_explanation"),
    Action.SIGN_OFF: (sign_off, "ready"),
    Action.REVIEW: (accept, "signed_off"),
    Action.WITHDRAW_RETURN: (lambda s, r, at: withdraw(s, r, "sent by mistake", at), "ready"),
}
ALLOWED = {
    (Role.SUBMITTER, Action.EXPLAIN),
    (Role.APPROVER, Action.EXPLAIN),
    (Role.APPROVER, Action.SIGN_OFF),
    (Role.APPROVER, Action.WITHDRAW_RETURN),
    (Role.STEWARD, Action.REVIEW),
}


def test_every_role_may_do_its_own_and_nothing_else(sqlite_store: Store) -> None:
    store, number = sqlite_store, 0
    for action, (act, wanted) in ACTS.items():
        for role in Role:
            for mine in (ONE, OTHER):
                number += 1
                asked = replace(QUERY, key=f"odd {number}")
                findings = (asked,) if wanted == "needs_explanation" else ()
                source = sent(store, number, *findings)
                if wanted == "signed_off":
                    sign_off(store, source, on(approver(ONE)))
                is_own = role in (Role.SUBMITTER, Role.APPROVER)
                actor = Actor(f"Person {number}", role, mine if is_own else "")
                is_allowed = (role, action) in ALLOWED and (not is_own or mine == ONE)
                if is_allowed:
                    act(store, source, on(actor))
                else:
                    with pytest.raises(NotPermittedError):
                        act(store, source, on(actor))
                    assert state_of(store, source) == wanted


def test_nobody_sends_for_another_authority_and_stewards_send_nothing(store: Store) -> None:
    for actor in (submitter(OTHER), approver(OTHER), STEWARD, Actor("P", Role.PUBLISHER)):
        with pytest.raises(NotPermittedError):
            receive(store, Upload(b"x", "data.csv", "desk", ONE), on(actor))
    assert list_receipts(store, STEWARD) == ()


def test_an_authority_neither_sees_nor_hears_of_anothers_return(store: Store) -> None:
    source = sent(store)
    assert list_returns(store, submitter(OTHER), authority=ONE) == ()
    with pytest.raises(ReturnError, match="there is no return"):
        find_return(store, source, submitter(OTHER))


def test_an_expired_or_revoked_approver_is_refused(store: Store) -> None:
    at = Occasion(NOW)
    secret = issue_token(store, "Ann", Role.APPROVER, authority=ONE, days=1, at=at)
    assert actor_of(store, secret, NOW).authority == ONE
    with pytest.raises(TokenError, match="expired"):
        actor_of(store, secret, NOW + timedelta(days=1))
    revoke_token(store, secret.split("_")[1], at)
    with pytest.raises(TokenError, match="revoked"):
        actor_of(store, secret, NOW)


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


def test_a_round_makes_a_slot_for_every_authority_and_follows_its_return(store: Store) -> None:
    count = open_round(store, "CLA", "RY2025", on(STEWARD), due_on=date(2025, 8, 1))
    assert count == len(store.places.authorities(date(2025, 3, 31)))
    assert mine(store) is SlotState.LATE
    extend(store, ONE, "CLA", "RY2025", date(2025, 10, 1), on(STEWARD))
    assert mine(store) is SlotState.EXTENDED
    source = sent(store)
    assert mine(store) is SlotState.SUBMITTED
    sign_off(store, source, on(approver(ONE)))
    accept(store, source, on(STEWARD))
    assert mine(store) is SlotState.ACCEPTED
    reason = "attack on its computers"
    decide(store, ONE, "CLA", "RY2025", Decision.IMPUTED, reason, on(STEWARD))
    assert mine(store) is SlotState.MISSING_IMPUTED
    with pytest.raises(NotPermittedError):
        decide(store, ONE, "CLA", "RY2025", Decision.EXEMPT, reason, on(approver(ONE)))


def mine(store: Store) -> SlotState:
    [slot] = list_slots(store, submitter(ONE), NOW.date())
    return slot.state


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (SlotFacts(), SlotState.NOT_STARTED),
        (SlotFacts(has_failed=True), SlotState.IN_PROGRESS),
        (SlotFacts(states=frozenset({"needs_explanation"})), SlotState.IN_PROGRESS),
        (SlotFacts(due_on="2025-09-01"), SlotState.NOT_STARTED),
        (SlotFacts(due_on="2025-08-31"), SlotState.LATE),
        (SlotFacts(due_on="2025-08-31", states=frozenset({"ready"})), SlotState.SUBMITTED),
        (SlotFacts(decision="exempt", states=frozenset({"accepted"})), SlotState.EXEMPT),
        (SlotFacts(due_on="2025-08-31", decision="unreliable"), SlotState.MISSING_EXCLUDED),
    ],
)
def test_the_state_of_a_slot_follows_from_facts_and_the_day(
    facts: SlotFacts, state: SlotState
) -> None:
    assert slot_state(facts, NOW.date()) is state
