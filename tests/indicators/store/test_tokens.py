"""Tokens: shown once, kept as a hash, for one role and authority, until a day."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from indicators.permissions import Actor, NotPermittedError, Role
from indicators.store import Store
from indicators.store.occasions import Occasion
from indicators.store.return_tables import token
from indicators.store.tables import audit
from indicators.store.tokens import (
    TokenError,
    actor_of,
    issue_token,
    list_tokens,
    revoke_token,
)

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
AT = Occasion(NOW)


def authority_of(store: Store) -> str:
    return store.places.authorities()[0].code


def issued(store: Store, days: int = 30) -> str:
    authority = authority_of(store)
    return issue_token(store, "A clerk", Role.SUBMITTER, authority=authority, days=days, at=AT)


def test_a_token_says_who_somebody_is_in_which_role_and_for_whom(store: Store) -> None:
    actor = actor_of(store, issued(store), NOW)
    assert (actor.name, actor.role) == ("A clerk", Role.SUBMITTER)
    assert actor.authority == authority_of(store)


def test_the_secret_is_neither_stored_nor_logged(store: Store) -> None:
    secret = issued(store).split("_", 2)[2]
    with store.reading() as connection:
        rows = [*connection.execute(sa.select(token)), *connection.execute(sa.select(audit))]
    assert secret not in repr(rows)
    assert "A clerk" in repr(rows)


def test_a_token_is_of_no_use_once_its_day_has_come(store: Store) -> None:
    text = issued(store, days=1)
    almost = NOW + timedelta(days=1) - timedelta(seconds=1)
    assert actor_of(store, text, almost).name == "A clerk"
    with pytest.raises(TokenError, match="expired on 2026-06-02"):
        actor_of(store, text, almost + timedelta(seconds=1))


def test_a_revoked_token_is_of_no_use(store: Store) -> None:
    text = issued(store)
    revoke_token(store, text.split("_")[1], AT)
    with pytest.raises(TokenError, match="revoked"):
        actor_of(store, text, NOW)
    with pytest.raises(TokenError, match="no token"):
        revoke_token(store, text.split("_")[1], AT)


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-1], lambda t: t + "x", lambda _: "", lambda _: "oct"]
)
def test_what_is_not_the_whole_token_is_refused_without_saying_why(
    store: Store, spoil: Callable[[str], str]
) -> None:
    text = issued(store)
    with pytest.raises(TokenError, match="not valid") as caught:
        actor_of(store, spoil(text), NOW)
    assert text.split("_", 2)[2] not in str(caught.value)


def test_the_list_names_everything_but_the_secret(store: Store) -> None:
    text = issued(store)
    [entry] = list_tokens(store, AT)
    assert (entry.name, entry.role, entry.expires_at[:10]) == (
        "A clerk",
        Role.SUBMITTER,
        "2026-07-01",
    )
    assert text.split("_", 2)[2] not in repr(entry)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OPERATOR])
def test_only_the_operator_issues_tokens(store: Store, role: Role) -> None:
    at = Occasion(NOW, Actor("Somebody", role, authority_of(store)))
    with pytest.raises(NotPermittedError):
        issue_token(store, "Another", Role.STEWARD, days=1, at=at)
    with pytest.raises(NotPermittedError):
        list_tokens(store, at)


@pytest.mark.parametrize(
    ("name", "role", "authority", "days", "says"),
    [
        ("x" * 99, Role.STEWARD, "", 9, "2 to 80"),
        ("operator", Role.STEWARD, "", 9, "name of whoever"),
        ("Somebody", Role.OPERATOR, "", 9, "no token for it"),
        ("Somebody", Role.STEWARD, "", 0, "1 to 366"),
        ("Somebody", Role.STEWARD, "", 367, "1 to 366"),
        ("Somebody", Role.SUBMITTER, "", 9, "needs the code"),
        ("Somebody", Role.STEWARD, "own", 9, "no one authority"),
        ("Somebody", Role.APPROVER, "country", 9, "not an authority"),
    ],
)
def test_a_token_that_would_say_nonsense_is_not_issued(
    store: Store, name: str, role: Role, authority: str, days: int, says: str
) -> None:
    places = {"own": authority_of(store), "country": store.places.country.code}
    with pytest.raises(TokenError, match=says):
        issue_token(store, name, role, authority=places.get(authority, ""), days=days, at=AT)
