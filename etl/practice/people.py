"""Who does what in a round of practice: made-up people with tokens, as a real round has them."""

from dataclasses import dataclass
from datetime import datetime

from indicators.permissions import Actor, Role
from indicators.store import Store
from indicators.store.occasions import Occasion
from indicators.store.tokens import actor_of, issue_token

_DAYS: int = 365


@dataclass(frozen=True)
class People:
    """Those of the centre, and by authority who sends and who signs off."""

    steward: Actor
    publisher: Actor
    submitters: dict[str, Actor]
    approvers: dict[str, Actor]


def issue_tokens(store: Store, authorities: tuple[str, ...], period: str, now: datetime) -> People:
    """Issue everybody a token for one period, and have each act by it."""
    at = Occasion(now)

    def person(role: Role, authority: str = "") -> Actor:
        name = f"practice {period} {role.value} {authority}".strip()
        token = issue_token(store, name, role, authority=authority, days=_DAYS, at=at)
        return actor_of(store, token, now)

    return People(
        steward=person(Role.STEWARD),
        publisher=person(Role.PUBLISHER),
        submitters={code: person(Role.SUBMITTER, code) for code in authorities},
        approvers={code: person(Role.APPROVER, code) for code in authorities},
    )
