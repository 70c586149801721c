"""The commands about releases and the database: each gives a text and an exit code."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from etl.findings import ExitCode
from etl.progress import shown
from etl.settings import Settings
from etl.store_commands import Answer, answered, on_store
from indicators.catalogue import load_catalogue
from indicators.cells import BREAKDOWN_COLUMNS
from indicators.change_table import KINDS
from indicators.commentary import read_breakdown
from indicators.draft import Redaction
from indicators.releases import ReleaseEntry
from indicators.revisions import find_sizes
from indicators.shipped.figures import SHIPPED_FILE, write_shipped
from indicators.shipped.preparing import prepare
from indicators.snapshot import Change
from indicators.store import (
    Store,
    diff_releases,
    draft_release,
    export_release,
    list_releases,
    publish_draft,
    redact_cells,
    withdraw_release,
)
from indicators.store.exported_comments import export_comments
from indicators.store.occasions import Occasion
from reference.areas import UnknownAreaError
from reference.periods import PeriodError, parse_period
from reference.placesets import load_place_set

_MOST_CHANGES: Final = 200


def prepare_command(settings: Settings) -> Answer:
    """Bring the store up to date and, if it is empty, load the figures that ship."""

    def prepared() -> str:
        places = load_place_set(settings.place_set)
        with shown("preparing") as progress:
            latest = prepare(
                settings.home,
                settings.database_url,
                places,
                load_catalogue(),
                progress=progress,
            )
        return f"latest release: {latest}" if latest else "no release yet"

    return answered(prepared)


def list_command(settings: Settings) -> Answer:
    """List the releases, oldest first."""
    return on_store(settings, _listed)


def draft_command(release: str | None, settings: Settings, token: str = "") -> Answer:
    """Draft a release; accepted returns come in when it is frozen."""

    def drafted(store: Store, at: Occasion) -> str:
        held = draft_release(
            store, load_catalogue(), release_id=release, now=at.now, actor=at.actor
        )
        return held.message

    return on_store(settings, drafted, token=token)


def publish_command(
    release: str | None, published_on: date | None, settings: Settings, token: str = ""
) -> Answer:
    """Publish the draft as it was kept, or as it was approved."""

    def published(store: Store, at: Occasion) -> str:
        outcome = publish_draft(
            store, release_id=release, published_on=published_on, now=at.now, actor=at.actor
        )
        return outcome.message

    return on_store(settings, published, token=token)


def diff_command(
    first: str | None, second: str | None, settings: Settings, token: str = ""
) -> Answer:
    """Say how releases differ.

    Of one (default: the latest; `draft` for the draft), from the release before it; of two, the
    second from the first.
    """
    return on_store(settings, lambda store, at: _differences(store, first, second, at), token=token)


def withdraw_command(
    release: str, reason: str, replacement: str | None, settings: Settings, token: str = ""
) -> Answer:
    """Withdraw a release."""

    def withdrawn(store: Store, at: Occasion) -> str:
        had_draft = withdraw_release(
            store, release, reason, replacement=replacement, now=at.now, actor=at.actor
        )
        again = "; the release in the making was built on it: draft it again" if had_draft else ""
        return f"withdrawn: {release}{again}"

    return on_store(settings, withdrawn, token=token)


def redact_command(
    indicator: str,
    area: str,
    period: str,
    reason: str,
    breakdown: Sequence[str],
    settings: Settings,
    token: str = "",
) -> Answer:
    """Withhold one cell in every release; `breakdown` has items such as `sex=F`."""
    try:
        broken_down = read_breakdown(";".join(breakdown))
        parse_period(period)
        code = load_place_set(settings.place_set).resolve(area).code
    except (PeriodError, UnknownAreaError, ValueError) as error:
        return str(error), ExitCode.USAGE
    cell = Redaction(indicator, period, code, broken_down, reason=reason)

    def redacted(store: Store, at: Occasion) -> str:
        return redact_cells(store, [cell], reason, now=at.now, actor=at.actor).message

    return on_store(settings, redacted, token=token)


def export_command(folder: Path, release: str | None, settings: Settings) -> Answer:
    """Write the files of a release into a folder."""

    def exported(store: Store, _at: Occasion) -> str:
        folder.mkdir(parents=True, exist_ok=True)
        paths = (*export_release(store, folder, release), export_comments(store, folder, release))
        return "\n".join(f"written: {path}" for path in paths)

    return on_store(settings, exported)


def ship_command(path: Path | None, settings: Settings) -> Answer:
    """Write the latest release as the compact table that ships with the project."""

    def shipped(store: Store, _at: Occasion) -> str:
        target = path or SHIPPED_FILE
        about = write_shipped(store, target)
        return f"written: {target}, release {about.release}, {target.stat().st_size:,} bytes"

    return on_store(settings, shipped)


def _listed(store: Store, _at: Occasion) -> str:
    releases = list_releases(store)
    if not releases:
        return "no release yet; `outcomes load published` makes one"
    return "\n".join(_line(entry) for entry in releases)


def _line(entry: ReleaseEntry) -> str:
    if entry.withdrawn is not None:
        state = f"withdrawn on {entry.withdrawn['withdrawn_on']}: {entry.withdrawn['reason']}"
    else:
        state = entry.digest[:12]
    kind = " (history rebuilt)" if entry.kind == "rebuilt_history" else ""
    amends = f" (amends {entry.amends})" if entry.amends else ""
    return f"{entry.id}  published {entry.published_on}{kind}{amends}  {state}"


def _differences(store: Store, first: str | None, second: str | None, at: Occasion) -> str:
    standing = [entry.id for entry in list_releases(store) if entry.withdrawn is None]
    if not standing:
        return "no release yet"
    old, new = (first, second) if second else (None, first or standing[-1])
    if old is None:
        before = standing[: standing.index(new)] if new in standing else standing
        if not before:
            return f"{new} is the first release: everything in it is new"
        old = before[-1]
    changes = diff_releases(store, old, new or "", at)
    kinds = Counter(change.kind for change in changes)
    lines = [f"{new} against {old}: {len(changes):,} cells differ"]
    lines += [f"  {kinds[kind]:,} {kind}" for kind in KINDS if kinds[kind]]
    lines += [_change(change) for change in changes[:_MOST_CHANGES]]
    if len(changes) > _MOST_CHANGES:
        lines.append(f"and {len(changes) - _MOST_CHANGES:,} more; the release's files hold them")
    return "\n".join(lines)


def _change(change: Change) -> str:
    codes = zip(BREAKDOWN_COLUMNS, change.breakdown.codes, strict=True)
    parts = "".join(f" {name}={code}" for name, code in codes if code != "_T")
    old = change.old_status if change.old_value is None else f"{change.old_value:.10g}"
    new = change.new_status if change.new_value is None else f"{change.new_value:.10g}"
    step = f"{old} to {new}" if old else new
    where = f"{change.indicator} {change.period} {change.area}{parts}"
    return f"  {where}: {change.kind}, {step}{_size(change)}"


def _size(change: Change) -> str:
    """Return by how much a figure changed, in its unit and per cent; nothing without a size."""
    if change.old_value is None or change.new_value is None:
        return ""
    sizes = find_sizes([change.old_value], [change.new_value])
    points, per_cent = float(sizes.change[0]), float(sizes.relative[0])
    return f" ({points:+.10g})" if np.isnan(per_cent) else f" ({points:+.10g}, {per_cent:+.1f} %)"
