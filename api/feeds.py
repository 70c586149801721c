"""What the feeds tell: releases as they come out, and what each of them changed."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from api.atom import Entry, lasting_id
from api.changes import ChangeList, Wanted, change_tables, changed_rows, coded
from api.contract import Paths
from api.opened import OpenRelease
from api.registry import Release, moment_of, public_from
from indicators.cells import BREAKDOWN_COLUMNS, TOTAL
from indicators.change_table import (
    KINDS,
    NEW,
    NEWLY_SUPPRESSED,
    NO_LONGER_SUPPRESSED,
    REVISED,
    WITHDRAWN,
    open_changes,
    read_summary,
)

MOST_ENTRIES: Final = 100
"""Releases that a feed goes back."""
MOST_TOLD: Final = 10
"""Changes that an entry tells one by one."""
_WORDS: Final[Mapping[str, str]] = {
    NEW: "new",
    REVISED: "revised",
    NEWLY_SUPPRESSED: "newly suppressed",
    NO_LONGER_SUPPRESSED: "no longer suppressed",
    WITHDRAWN: "withdrawn",
}


def folder_of(home: Path, release: Release) -> Path:
    """Return the folder of the snapshot of a release."""
    return home / "snapshots" / release.digest


def release_entry(home: Path, place_set: str, release: Release) -> Entry:
    """Return the entry of a release: that it came out, or that it was withdrawn."""
    address = Paths.RELEASE.format(release=quote(release.id))
    out = public_from(release)
    updated, summary = out, _what_came(home, release)
    if release.withdrawn is not None:
        updated = max(out, moment_of(release.withdrawn["withdrawn_on"]))
        summary = f"Withdrawn: {release.withdrawn.get('reason', 'no reason is recorded')}."
    links = {"alternate": address}
    if release.withdrawn is None:
        links["related"] = f"{address}/files"
    state = " (withdrawn)" if release.withdrawn is not None else ""
    return Entry(
        id=lasting_id(place_set, "releases", release.id),
        title=f"Release {release.id}{state}",
        published=out,
        updated=updated,
        summary=summary,
        links=links,
        categories=(release.kind,),
    )


def _what_came(home: Path, release: Release) -> str:
    """Return in words what is new in a release."""
    try:
        found = read_summary(folder_of(home, release))
    except FileNotFoundError:
        found = None
    parts = [release.note, f"Corrects release {release.amends}." if release.amends else ""]
    if found is not None and found.since:
        total: Counter[str] = Counter()
        for counts in found.counts.values():
            total.update(counts)
        parts.append(f"Since release {found.since}: {_counted(total)}.")
        parts += [
            f"New {what}: {', '.join(ids)}."
            for what, ids in (("indicators", found.new_indicators), ("sources", found.new_sources))
            if ids
        ]
    return " ".join(f"{part.rstrip('.')}." for part in parts if part) or "Published."


def _counted(counts: Mapping[str, int]) -> str:
    told = [f"{counts[kind]} {_WORDS[kind]}" for kind in KINDS if counts.get(kind)]
    return ", ".join(told) or "no figure differs"


def revision_entry(
    home: Path, latest: OpenRelease, release: Release, wanted: Wanted, query: str
) -> Entry | None:
    """Return what a release changed in the cells wanted, None where it changed nothing.

    `latest` knows the names of areas; `query` asks /changes for the same.
    """
    folder = folder_of(home, release)
    try:
        summary, table = read_summary(folder), open_changes(folder)
    except FileNotFoundError:
        return None  # being replaced at this moment: the feed is made again when it has been
    changes = ChangeList(latest, summary.since if summary else "", table)
    if not changes.since or not table.num_rows:
        return None
    rows = changed_rows(changes, wanted)
    if not len(rows):
        return None
    kind = coded(table.take(rows), "kind")
    counts = Counter(kind.dictionary[code].as_py() for code in kind.indices.to_pylist())
    shown = next(change_tables(changes, rows[:MOST_TOLD])).to_pylist()
    more = f"\nand {len(rows) - MOST_TOLD} more" if len(rows) > MOST_TOLD else ""
    address = Paths.RELEASE_CHANGES.format(release=quote(release.id))
    return Entry(
        id=lasting_id(latest.snapshot.card.place_set, "revisions", release.id, query),
        title=f"Release {release.id}: {_counted(counts)}",
        published=public_from(release),
        updated=public_from(release),
        summary="\n".join(map(change_in_words, shown)) + more,
        links={"alternate": f"{address}{query}"},
        categories=tuple(kind for kind in KINDS if counts[kind]),
    )


def change_in_words(row: Mapping[str, Any]) -> str:
    """Return one change in a line; what is suppressed now has no number, neither old nor new."""
    parts = [row["indicator"], row["period"], row["area_name"] or row["area_code"]]
    parts += [f"{name} {row[name]}" for name in BREAKDOWN_COLUMNS if row[name] != TOTAL]
    if row["kind"] == NEWLY_SUPPRESSED:
        told = _WORDS[NEWLY_SUPPRESSED]
    else:
        told = f"{_side(row, 'old')} → {_side(row, 'new')} ({_WORDS[row['kind']]})"
    return f"{', '.join(parts)}: {told}"


def _side(row: Mapping[str, Any], side: str) -> str:
    value = row[f"{side}_value"]
    if value is not None:
        return f"{value:.10g}"
    status: str = row[f"{side}_status"]
    return status.replace("_", " ") or "nothing"
