"""How a release protects small counts, as the API tells of it."""

from dataclasses import asdict
from typing import Any

from api.opened import OpenRelease
from indicators.hidden_figures import hidden_by_publishers, hidden_of_returns
from indicators.told_beside import Disclosure

_NOT_APPLIED = Disclosure(policy="", title="")


def disclosure_card(release: OpenRelease) -> dict[str, Any]:
    """Return the policy of a release with what it protects, and how many figures are hidden.

    A release without returns is under no policy: publishers' symbols stay as they are.
    """
    made: dict[str, Any] = release.recall("disclosure", lambda: _card(release))
    return made


def _card(release: OpenRelease) -> dict[str, Any]:
    snapshot = release.snapshot
    told = snapshot.disclosure or _NOT_APPLIED
    return {
        "policy": told.policy,
        "title": told.title,
        "reason": told.reason,
        "statements": [asdict(statement) for statement in told.statements],
        "hidden": hidden_of_returns(snapshot),
        "hidden_by_publishers": hidden_by_publishers(snapshot),
    }
