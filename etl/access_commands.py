"""The commands about tokens and the audit log: each gives a text and an exit code."""

from etl.settings import Settings
from etl.store_commands import Answer, on_store
from indicators.permissions import Role
from indicators.store import Store, StoreError
from indicators.store.auditing import AuditLine, check_audit, read_audit
from indicators.store.occasions import Occasion
from indicators.store.receiving import IncidentEntry, read_incidents
from indicators.store.tokens import TokenEntry, issue_token, list_tokens, revoke_token


def create_token_command(
    name: str, role: str, authority: str, days: int, settings: Settings
) -> Answer:
    """Issue a token and show it, this once."""

    def issued(store: Store, at: Occasion) -> str:
        return issue_token(store, name, _role(role), authority=authority, days=days, at=at)

    return on_store(settings, issued)


def list_tokens_command(settings: Settings) -> Answer:
    """List all tokens without their secrets."""
    return on_store(settings, lambda store, at: _listed(list_tokens(store, at)))


def revoke_token_command(identifier: str, settings: Settings) -> Answer:
    """Make a token useless."""

    def revoked(store: Store, at: Occasion) -> str:
        revoke_token(store, identifier, at)
        return f"revoked: {identifier}"

    return on_store(settings, revoked)


def show_audit_command(settings: Settings, token: str) -> Answer:
    """Print the audit log to an auditor."""

    def shown(store: Store, at: Occasion) -> str:
        return "\n".join(map(_line, read_audit(store, at.actor)))

    return on_store(settings, shown, token=token)


def show_incidents_command(settings: Settings, token: str) -> Answer:
    """Print to an auditor what was dropped on the way in: fingerprints and signs, nothing else."""

    def shown(store: Store, at: Occasion) -> str:
        found = read_incidents(store, at.actor)
        return "\n".join(map(_incident, found)) or "no incident"

    return on_store(settings, shown, token=token)


def check_audit_command(settings: Settings) -> Answer:
    """Say whether the audit log is whole; opening the store refuses one that is not."""

    def checked(store: Store, _at: Occasion) -> str:
        check_audit(store)
        return "the audit log is whole"

    return on_store(settings, checked)


def _role(text: str) -> Role:
    try:
        return Role(text)
    except ValueError:
        known = ", ".join(role for role in Role if role is not Role.OPERATOR)
        msg = f"'{text}' is not a role; use one of {known}"
        raise StoreError(msg) from None


def _listed(entries: tuple[TokenEntry, ...]) -> str:
    return "\n".join(map(_entry, entries)) or "no token yet; `outcomes token create` issues one"


def _entry(entry: TokenEntry) -> str:
    state = f"revoked {entry.revoked_at}" if entry.revoked_at else f"until {entry.expires_at}"
    place = f" of {entry.authority}" if entry.authority else ""
    return f"{entry.id}  {entry.name}: {entry.role}{place}, {state}"


def _incident(one: IncidentEntry) -> str:
    whose = f" for {one.for_authority}" if one.for_authority else ""
    return (
        f"{one.reference}  {one.happened_at}  sent by {one.submitted_by}{whose} ({one.channel}): "
        f"{one.signals}; {one.size:,} bytes, sha256 {one.sha256}"
    )


def _line(line: AuditLine) -> str:
    who = f"{line.actor} ({line.role})" if line.actor else "before actors were recorded"
    detail = f": {line.detail}" if line.detail else ""
    return f"{line.number}  {line.happened_at}  {who}  {line.action}  {line.subject}{detail}"
