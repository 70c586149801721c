"""The way of a return through the store: every step, by whom, and what no step may do."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from indicators.permissions import Action, Actor, NotPermittedError, Role
from indicators.store import Store
from indicators.store.explaining import explain, read_explanations
from indicators.store.keeping import keep_checked
from indicators.store.members import find_members
from indicators.store.occasions import Occasion
from indicators.store.receiving import Upload, list_receipts, receive
from indicators.store.return_tables import release_member, submission_value
from indicators.store.returns import ReturnError, find_return, list_returns
from indicators.store.reviewing import StaleSignOffError, accept, send_back, sign_off, withdraw
from indicators.store.tokens import TokenError, actor_of, issue_token, revoke_token
from tests.indicators.store.accepting import STEWARD, approver, submitter
from tests.indicators.store.made_up_returns import (
    LONG,
    NOW,
    ONE,
    OTHER,
    QUERY,
    accepted,
    on,
    received,
    sent,
    state_of,
    upload_of,
)


def test_a_return_goes_from_ready_to_accepted_with_three_people(store: Store) -> None:
    source = accepted(store)
    entry = find_return(store, source, STEWARD)
    assert (entry.state, entry.version) == ("accepted", 1)
    people = {entry.submitted_by, entry.signed_off_by, entry.reviewed_by}
    assert len(people) == 3
    with store.reading() as connection:
        members = find_members(connection)
    assert [member.source for member in members] == [source]


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
        members = find_members(connection)
    assert [member.source for member in members] == [second]


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
