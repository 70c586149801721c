"""How the definition of an indicator changed from release to release, and where its series break.

Only what is counted and how is compared, never figures; catalogues are read as each release holds
them, so the history is that of the releases that still stand.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import orjson

from api.contract import VersionRow
from api.problems import ProblemError
from api.registry import Release, State, public_from

COLUMNS: Final = tuple(VersionRow.__annotations__)

Definition = Mapping[str, Any]
History = Mapping[str, Sequence[dict[str, Any]]]
"""Indicator id to the rows of what became of its definition, oldest first."""

_PLAIN: Final = (
    "title", "short_title", "definition", "numerator", "denominator", "arithmetic", "unit",
    "decimals", "kind", "stage", "period_kind", "measured", "designation", "publisher",
)  # fmt: skip
TOLD: Final = (*_PLAIN, "direction", "interval", "submission", "sources")
"""What of a definition is compared; of these, rows give the first and the two after them."""


def standing(state: State, until: Release) -> list[Release]:
    """Return the releases that stand, in the order of publication, up to one of them."""
    order = {listed.id: place for place, listed in enumerate(state.releases)}
    held = [listed for listed in state.releases if listed.withdrawn is None]
    held.sort(key=lambda listed: (public_from(listed), order[listed.id]))
    return held[: [listed.id for listed in held].index(until.id) + 1]


def histories(home: Path, releases: Sequence[Release]) -> History:
    """Return the history of every indicator in some releases; raises ProblemError.

    Each catalogue is read and dropped again: in memory stay only the changes.
    """
    rows: dict[str, list[dict[str, Any]]] = {}
    before: Mapping[str, Definition] = {}
    for release in releases:
        now = _read(home / "snapshots" / release.digest / "catalogue.json", release.id)
        for id in before.keys() | now.keys():
            event = _event(before.get(id), now.get(id))
            if event and (id in now or id in before):
                told = now.get(id) or before[id]
                was = before.get(id) if id in now else None
                rows.setdefault(id, []).append(_row(id, event, release, told, was))
        before = now
    for id, found in rows.items():
        found.extend(_breaks(id, releases[-1], before[id]) if id in before else ())
    return rows


def _event(was: Definition | None, now: Definition | None) -> str:
    """Return what became of a definition between two releases; blank for nothing."""
    if was is None or now is None:
        return "first_held" if was is None else "removed"
    if was["version"] != now["version"]:
        return "redefined"
    return "reworded" if _changed(was, now) else ""


def _changed(was: Definition, now: Definition) -> list[str]:
    return [name for name in TOLD if was["told"][name] != now["told"][name]]


def _row(
    id: str, event: str, release: Release, told: Definition, was: Definition | None
) -> dict[str, Any]:
    changed = _changed(was, told) if was else []
    return {
        **dict.fromkeys(COLUMNS),
        "indicator": id,
        "event": event,
        "definition_version": told["version"],
        "release": release.id,
        "published_at": release.published_at,
        "changed": changed,
        "was": {name: _text(was["told"][name]) for name in changed} if was else {},
        **{name: told["told"][name] for name in _PLAIN if name in COLUMNS},
        "direction": told["told"]["direction"],
        "interval": told["told"]["interval"],
    }


def _breaks(id: str, release: Release, told: Definition) -> Iterator[dict[str, Any]]:
    """Give the breaks of a series as its newest definition has them."""
    for one in told["breaks"]:
        yield {
            **dict.fromkeys(COLUMNS),
            "indicator": id,
            "event": "break",
            "definition_version": told["version"],
            "release": release.id,
            "published_at": release.published_at,
            "period": one["period"],
            "note": one["note"],
            "changed": [],
            "was": {},
        }


def _text(value: Any) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def _read(path: Path, release: str) -> Mapping[str, Definition]:
    try:
        held: Iterable[Mapping[str, Any]] = orjson.loads(path.read_bytes())
    except FileNotFoundError:
        detail = f"release {release} is being replaced at this moment; try again"
        raise ProblemError(503, "unavailable", detail) from None
    return {one["id"]: _definition(one) for one in held}


def _definition(one: Mapping[str, Any]) -> Definition:
    told = {
        **{name: one.get(name) for name in _PLAIN},
        "direction": one["direction"]["good"],
        "interval": one["interval"]["method"],
        "submission": one.get("submission"),
        "sources": sorted({rows["table"] for rows in one.get("sources", ())}),
    }
    return {"version": one["version"], "told": told, "breaks": one.get("breaks", ())}
