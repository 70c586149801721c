"""Roles and actions: nobody supplies and accepts, or prepares and publishes."""

from itertools import product

import pytest

from indicators.permissions import (
    GRANTS,
    OPERATOR,
    OWN_ONLY,
    Action,
    Actor,
    NotPermittedError,
    Role,
    require,
    require_other,
)

OWN, OTHER = "X10000001", "X10000002"


def actor(role: Role) -> Actor:
    return Actor(f"somebody who is {role}", role, OWN if role in OWN_ONLY else "")


@pytest.mark.parametrize(("role", "action"), list(product(Role, Action)))
def test_a_role_may_do_what_it_is_granted_and_nothing_else(role: Role, action: Action) -> None:
    is_granted = action in GRANTS[role]
    assert actor(role).may(action, OWN) == is_granted
    if is_granted:
        require(actor(role), action, OWN)
    else:
        with pytest.raises(NotPermittedError, match="may not"):
            require(actor(role), action, OWN)


@pytest.mark.parametrize(("role", "action"), list(product(sorted(OWN_ONLY), Action)))
def test_who_acts_for_one_authority_acts_for_no_other_and_not_for_all(
    role: Role, action: Action
) -> None:
    assert not actor(role).may(action, OTHER)
    assert not actor(role).may(action)


def test_every_action_is_granted_to_somebody() -> None:
    assert {action for actions in GRANTS.values() for action in actions} == set(Action)


@pytest.mark.parametrize(
    ("supply", "accept"),
    [
        (Action.SUBMIT, Action.REVIEW),
        (Action.SIGN_OFF, Action.REVIEW),
        (Action.PROTECT, Action.APPROVE),
        (Action.FREEZE, Action.PUBLISH),
        (Action.COMMENT, Action.MODERATE),
    ],
)
def test_no_role_does_two_steps_that_check_each_other(supply: Action, accept: Action) -> None:
    for role in Role:
        assert not {supply, accept} <= GRANTS[role]


def test_a_refusal_names_the_role_that_it_takes() -> None:
    with pytest.raises(NotPermittedError, match="takes the role steward"):
        require(OPERATOR, Action.REVIEW)


def test_a_refusal_for_another_authority_names_ones_own() -> None:
    with pytest.raises(NotPermittedError, match=f"for {OWN} only, not for {OTHER}"):
        require(actor(Role.SUBMITTER), Action.SUBMIT, OTHER)


def test_two_steps_that_check_each_other_take_two_people() -> None:
    one = Actor("A person", Role.PUBLISHER)
    with pytest.raises(NotPermittedError, match="somebody else"):
        require_other(one, "A person", Action.APPROVE)
    with pytest.raises(NotPermittedError, match="somebody else"):
        require_other(one, "a  Person ", Action.APPROVE)
    require_other(one, "Another person", Action.APPROVE)
