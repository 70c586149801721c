"""Freezing a release: what it is made of is pinned, and written down the same way every time."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib import metadata
from typing import Any, Final

import sqlalchemy as sa

from indicators.cell_frames import cells_digest
from indicators.permissions import Action, require
from indicators.store import drafts
from indicators.store.auditing import note
from indicators.store.connect import Store
from indicators.store.history import release_ids
from indicators.store.members import Member, find_members, pin
from indicators.store.occasions import Occasion
from indicators.store.publishing import newest_releases
from indicators.store.release_states import State, Step, check_step
from indicators.store.steps import reached
from reference.places import PlaceSet

SUBMISSIONS_POLICY: Final = "strict"
"""The policy for figures from submissions, unless a publisher chooses another with a reason."""

_OURSELVES: Final = "csc-outcomes"


@dataclass(frozen=True)
class Frozen:
    """What a draft is made of: its members, and the manifest that says so."""

    members: tuple[Member, ...]
    manifest: str

    @property
    def message(self) -> str:
        """What to tell whoever froze it."""
        by_decision = sum(1 for member in self.members if member.decision)
        returns = len(self.members) - by_decision
        return (
            f"frozen with {returns} returns and {by_decision} decisions about returns; "
            "protect it with `outcomes release protect`"
        )


def freeze_release(store: Store, at: Occasion) -> Frozen:
    """Pin one accepted return or one decision for everything that is expected.

    From here on nothing that is accepted or decided later changes the release. Raises
    StoreError, which says what is missing.
    """
    require(at.actor, Action.FREEZE)
    with store.writing() as connection:
        facts = drafts.current_draft(connection, newest_releases(connection)[0])
        check_step(facts, Step.FREEZE)
        members = find_members(connection)
        pin(connection, members)
        reached("freeze:pinned")
        manifest = _manifest(connection, facts, members)
        drafts.change_draft(
            connection,
            state=State.FROZEN.value,
            manifest=manifest,
            prepared_by=at.actor.name,
            has_submissions=bool(members),
            **drafts.NOT_APPROVED,
        )
        note(connection, at, "freeze", facts.release_id or "", f"{len(members)} members")
        reached("freeze:noted")
    reached("freeze:committed")
    return Frozen(members, manifest)


def _manifest(connection: sa.Connection, facts: "sa.Row[Any]", members: Sequence[Member]) -> str:
    """Return what the release is made of as JSON: no clock, the same parts give the same text."""
    drafted = drafts.read_draft(connection, facts)
    content = {
        "format": 1,
        "base": release_ids(connection).get(facts.base, ""),
        "amends": facts.amends,
        "published_cells": cells_digest(drafted.cells),
        "places": facts.places,
        "populations": _populations(drafted.places),
        "catalogue": facts.catalogue,
        "method_version": facts.method_version,
        "code_version": _code_version(),
        "policy": SUBMISSIONS_POLICY if members else "",
        "members": [asdict(member) for member in members],
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":"))


def _populations(places: PlaceSet) -> str:
    """Return the newest vintage of the estimates that rates are worked out with."""
    return max((population.vintage for population in places.populations), default="")


def _code_version() -> str:
    try:
        return metadata.version(_OURSELVES)
    except metadata.PackageNotFoundError:
        return ""
