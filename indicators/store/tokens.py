"""Tokens: who somebody is, in which role, for which authority and until when.

A token is shown once, when it is issued; the store keeps a hash of its secret. The secret has 256
random bits, so a plain hash cannot be tried out.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from indicators.permissions import OWN_ONLY, Action, Actor, Role, require
from indicators.store.auditing import note
from indicators.store.connect import Store
from indicators.store.errors import StoreError
from indicators.store.occasions import Occasion
from indicators.store.return_tables import token
from reference.places import AreaKind

LONGEST_DAYS: Final = 366
_PREFIX: Final = "oct"
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._'()/-]{1,79}")
_UNUSABLE: Final = "this token is not valid: check that it is whole, or ask for another"


class TokenError(StoreError):
    """A token cannot be issued or used; the message says why, and nothing of the token."""


@dataclass(frozen=True)
class TokenEntry:
    """A token as it is listed: everything but its secret."""

    id: str
    name: str
    role: Role
    authority: str
    created_at: str
    expires_at: str
    revoked_at: str


def issue_token(
    store: Store, name: str, role: Role, *, authority: str = "", days: int, at: Occasion
) -> str:
    """Return a new token, to be shown once; raises TokenError or NotPermittedError.

    `name` says whose it is and is what four-eyes rules compare: one name for one person.
    """
    require(at.actor, Action.MANAGE_TOKENS)
    name = " ".join(name.split())
    authority = _checked(store, name, role, authority, days)
    identifier, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    until = Occasion(at.now + timedelta(days=days))
    with store.writing() as connection:
        connection.execute(
            sa.insert(token).values(
                id=identifier,
                name=name,
                role=role.value,
                authority=authority,
                hash=_hash(secret),
                created_by=at.actor.name,
                created_at=at.moment,
                expires_at=until.moment,
            )
        )
        subject = f"{identifier} {name}"
        note(connection, at, "issue token", subject, f"{role} {authority} until {until.moment}")
    return f"{_PREFIX}_{identifier}_{secret}"


def _checked(store: Store, name: str, role: Role, authority: str, days: int) -> str:
    """Return the code of the authority; raises TokenError for what no token may say."""
    if not _NAME.fullmatch(name) or name == Role.OPERATOR:
        msg = "give the name of whoever gets the token: 2 to 80 letters, digits and ._'()/-"
        raise TokenError(msg)
    if role is Role.OPERATOR:
        msg = "the operator is whoever runs commands beside the database; there is no token for it"
        raise TokenError(msg)
    if not 1 <= days <= LONGEST_DAYS:
        msg = f"a token is for 1 to {LONGEST_DAYS} days, not {days}"
        raise TokenError(msg)
    if (role in OWN_ONLY) != bool(authority):
        need = "needs the code of one authority" if role in OWN_ONLY else "is for no one authority"
        msg = f"the role {role} {need}"
        raise TokenError(msg)
    if not authority:
        return ""
    area = store.places.resolve(authority)
    if area.kind is not AreaKind.AUTHORITY:
        msg = f"{area.name} is a {area.kind}, not an authority"
        raise TokenError(msg)
    return area.code


def actor_of(store: Store, text: str, now: datetime) -> Actor:
    """Return who a token stands for; raises TokenError unless it is valid at this moment."""
    prefix, _, rest = text.strip().partition("_")
    identifier, _, secret = rest.partition("_")
    with store.reading() as connection:
        row = connection.execute(sa.select(token).where(token.c.id == identifier)).one_or_none()
    expected = row.hash if row is not None else _hash("")
    is_same = hmac.compare_digest(_hash(secret), expected)
    if prefix != _PREFIX or row is None or not is_same:
        raise TokenError(_UNUSABLE)
    if row.revoked_at:
        msg = f"this token was revoked on {row.revoked_at[:10]}; ask for another"
        raise TokenError(msg)
    expires = datetime.fromisoformat(row.expires_at)
    if now >= expires:
        msg = f"this token expired on {row.expires_at[:10]}; ask for another"
        raise TokenError(msg)
    return Actor(row.name, Role(row.role), row.authority, expires)


def revoke_token(store: Store, identifier: str, at: Occasion) -> None:
    """Make a token useless from now on; raises TokenError when there is none of that id."""
    require(at.actor, Action.MANAGE_TOKENS)
    with store.writing() as connection:
        changed = connection.execute(
            sa.update(token)
            .where(token.c.id == identifier, token.c.revoked_at == "")
            .values(revoked_at=at.moment)
        )
        if changed.rowcount == 0:
            msg = f"there is no token '{identifier}' to revoke; `outcomes token list` names them"
            raise TokenError(msg)
        note(connection, at, "revoke token", identifier, "")


def list_tokens(store: Store, at: Occasion) -> tuple[TokenEntry, ...]:
    """Return all tokens, oldest first, without their secrets."""
    require(at.actor, Action.MANAGE_TOKENS)
    with store.reading() as connection:
        query = sa.select(token).order_by(token.c.created_at, token.c.id)
        return tuple(map(_entry, connection.execute(query)))


def _entry(row: "sa.Row[Any]") -> TokenEntry:
    return TokenEntry(
        row.id,
        row.name,
        Role(row.role),
        row.authority,
        row.created_at,
        row.expires_at,
        row.revoked_at,
    )


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
