"""Who may do what: roles, actions, and the one check that every command and function makes.

No role both supplies and accepts, or both prepares and publishes. The operator is whoever runs
commands beside the database without a token: it loads published statistics, receives what others
send and issues tokens, but neither signs off, accepts nor publishes an authority's return.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final


class NotPermittedError(Exception):
    """Somebody may not do what they asked for; the message says what would be needed."""


class Role(StrEnum):
    """What a person or a machine is to the service."""

    SUBMITTER = "submitter"
    APPROVER = "approver"
    STEWARD = "steward"
    PUBLISHER = "publisher"
    VIEWER = "pre_release_viewer"
    AUDITOR = "auditor"
    OPERATOR = "operator"


class Action(StrEnum):
    """Everything that needs a permission."""

    SUBMIT = "submit a return"
    EXPLAIN = "explain a finding"
    READ_RETURN = "read a return with its figures"
    SIGN_OFF = "sign a return off"
    WITHDRAW_RETURN = "withdraw a return"
    COMMENT = "comment on a figure"
    REVIEW = "accept or send back a return"
    MANAGE_ROUNDS = "open a collection and decide about missing returns"
    MODERATE = "moderate commentary"
    DRAFT = "draft a release"
    FREEZE = "freeze a release"
    PROTECT = "protect a release"
    AMEND = "prepare an amendment"
    CHOOSE_POLICY = "choose another disclosure policy"
    REOPEN = "reopen a release"
    APPROVE = "approve a release"
    SCHEDULE = "schedule a release"
    PUBLISH = "publish a release"
    PUBLISH_STATISTICS = "publish a release of published statistics alone"
    WITHDRAW_RELEASE = "withdraw a release"
    REDACT = "withhold a published cell"
    READ_EMBARGOED = "read a release before it is published"
    READ_AUDIT = "read the audit log"
    READ_INCIDENTS = "read incidents"
    LOAD_STATISTICS = "load published statistics"
    MANAGE_TOKENS = "issue and revoke tokens"
    BACK_UP = "back up and restore the store"


OWN_ONLY: Final = frozenset({Role.SUBMITTER, Role.APPROVER})
"""Roles that act for one authority and for no other."""

_SENDING: Final = frozenset({Action.SUBMIT, Action.EXPLAIN, Action.READ_RETURN, Action.COMMENT})

GRANTS: Final[Mapping[Role, frozenset[Action]]] = {
    Role.SUBMITTER: _SENDING,
    Role.APPROVER: _SENDING | {Action.SIGN_OFF, Action.WITHDRAW_RETURN},
    Role.STEWARD: frozenset(
        {
            Action.READ_RETURN,
            Action.REVIEW,
            Action.MANAGE_ROUNDS,
            Action.MODERATE,
            Action.DRAFT,
            Action.FREEZE,
            Action.PROTECT,
            Action.REOPEN,
            Action.AMEND,
            Action.REDACT,
            Action.READ_EMBARGOED,
        }
    ),
    Role.PUBLISHER: frozenset(
        {
            Action.CHOOSE_POLICY,
            Action.REOPEN,
            Action.APPROVE,
            Action.SCHEDULE,
            Action.PUBLISH,
            Action.PUBLISH_STATISTICS,
            Action.WITHDRAW_RELEASE,
            Action.READ_EMBARGOED,
        }
    ),
    Role.VIEWER: frozenset({Action.READ_EMBARGOED}),
    Role.AUDITOR: frozenset({Action.READ_AUDIT, Action.READ_INCIDENTS, Action.READ_EMBARGOED}),
    Role.OPERATOR: frozenset(
        {
            Action.SUBMIT,
            Action.DRAFT,
            Action.PUBLISH_STATISTICS,
            Action.WITHDRAW_RELEASE,
            Action.REDACT,
            Action.LOAD_STATISTICS,
            Action.MANAGE_TOKENS,
            Action.BACK_UP,
        }
    ),
}
"""What each role may do; whatever is not here is refused."""


@dataclass(frozen=True)
class Actor:
    """Whoever asks: a name that stays the same, one role and, where that is for one, an authority.

    `name` identifies a person or a machine (the name that its token was issued for) and is what
    four-eyes rules compare; it goes into the audit log.
    """

    name: str
    role: Role
    authority: str = ""
    expires_at: datetime | None = None

    def may(self, action: Action, authority: str = "") -> bool:
        """Say whether the actor may do this, for this authority where it concerns one."""
        if action not in GRANTS[self.role]:
            return False
        return self.role not in OWN_ONLY or (bool(authority) and authority == self.authority)


OPERATOR: Final = Actor("operator", Role.OPERATOR)


def require(actor: Actor, action: Action, authority: str = "") -> None:
    """Raise NotPermittedError unless the actor may do this."""
    if actor.may(action, authority):
        return
    if action in GRANTS[actor.role]:
        found = authority or "no authority"
        msg = (
            f"{actor.name} may {action} for {actor.authority} only, not for {found}; "
            "use the token of that authority"
        )
        raise NotPermittedError(msg)
    able = " or ".join(role.value for role, actions in GRANTS.items() if action in actions)
    msg = f"{actor.name} ({actor.role}) may not {action}; that takes the role {able}"
    raise NotPermittedError(msg)


def folded(name: str) -> str:
    """Return a name as four-eyes rules compare it: case and blanks make no other person."""
    return " ".join(name.split()).casefold()


def require_other(actor: Actor, first: str, action: Action) -> None:
    """Raise NotPermittedError if the same person did the step before: two pairs of eyes."""
    if folded(actor.name) == folded(first):
        msg = f"{actor.name} did the step before and so may not {action}: it takes somebody else"
        raise NotPermittedError(msg)
