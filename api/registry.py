"""Which releases there are and which snapshot each is; a change is noticed within two seconds."""

import asyncio
import logging
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from api.opened import OpenRelease
from api.problems import ProblemError, bad_value, being_replaced, not_found
from indicators.commentary import FILE_NAME as COMMENTS_NAME
from indicators.commentary import Comment, CommentaryError, read_commentary
from indicators.releases import REBUILT_HISTORY, ReleaseEntry, ReleasesError, read_releases
from indicators.snapshot import SnapshotError, open_snapshot
from reference.boundaries import BoundariesError, BoundarySet, index_path, read_index

LOG: Final = logging.getLogger(__name__)

LOOK_EVERY: Final = 1.0
"""Seconds between two looks at releases.json and at the comments."""

_WRITTEN: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:]{5}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?"
)

LATEST: Final = "latest"
LIST_NAME: Final = "releases.json"


Release = ReleaseEntry


def release_row(release: Release) -> dict[str, Any]:
    """Return the row of /releases."""
    row = asdict(release)
    names = ("id", "kind", "published_at", "published_on", "digest", "policy", "note")
    return {name: row[name] for name in (*names, "withdrawn", "amends", "amended_by")}


def public_from(release: Release) -> datetime:
    """Return since when it counts as published: rebuilt history by its own date."""
    is_rebuilt = release.kind == REBUILT_HISTORY and release.published_on
    return moment_of(release.published_on if is_rebuilt else release.published_at)


@dataclass(frozen=True)
class State:
    """All releases at one moment; `token` changes whenever anything of it does."""

    token: str
    latest: str | None = None
    releases: tuple[Release, ...] = ()
    is_practice: bool = False
    comments: tuple[Comment, ...] = ()
    """What authorities say of their figures: of no release, so they change without one."""

    boundaries: tuple[BoundarySet, ...] = ()
    """Shapes of areas that were loaded: of no release either."""
    changed_at: float = 0.0
    """When the list of releases or the comments were last written, in seconds since 1970."""

    @cached_property
    def by_id(self) -> Mapping[str, Release]:
        """Release id to release."""
        return {release.id: release for release in self.releases}

    @cached_property
    def beside(self) -> Mapping[str, tuple[str | None, str | None]]:
        """Release id to the ids of the releases before and after, those withdrawn left out."""
        ids = [release.id for release in self.releases if release.withdrawn is None]
        around = [None, *ids, None]
        return {id: (around[n], around[n + 2]) for n, id in enumerate(ids)}

    def find(self, release: str | None, as_of: str | None) -> Release:
        """Return the release that a request means; raises ProblemError."""
        if as_of is not None:
            if release is not None:
                raise bad_value("as_of", "give either release or as_of, not both")
            return self._as_of(as_of)
        if release is None or release == LATEST:
            release = self.latest
        if release is None:
            raise ProblemError(503, "no-release", "no release has been published yet")
        found = self.by_id.get(release)
        if found is None:
            raise not_found(release, (LATEST, *self.by_id), "a release", "release")
        if found.withdrawn is not None:
            raise _withdrawn(found)
        return found

    def _as_of(self, text: str) -> Release:
        moment = _moment_asked(text)
        standing = [r for r in self.releases if r.withdrawn is None]
        known = [r for r in standing if public_from(r) <= moment]
        if not known:
            first = min(standing, key=lambda r: public_from(r), default=None)
            advice = f"the first is of {public_from(first).date()}" if first else "there is none"
            raise bad_value("as_of", f"no release had been published by {text}; {advice}")
        order = {release.id: place for place, release in enumerate(self.releases)}
        return max(known, key=lambda r: (public_from(r), order[r.id]))


@dataclass
class Registry:
    """The releases of a home folder; snapshots are opened when first asked for."""

    home: Path
    clock: Callable[[], float] = time.monotonic
    keep_open: int = 6
    public_url: str = ""
    """Where readers find the service: what stands before the addresses that answers cite."""
    kept_rows: int = 0
    """Rows of each release whose text may be kept, in each format of text."""
    _state: State = field(default_factory=lambda: State(token=""))
    _seen: tuple[tuple[int, ...], ...] = ()
    _looked_at: float = float("-inf")
    _fault: str = ""
    """Why the list of releases could not be read when it was last looked at."""
    _open: OrderedDict[tuple[str, str], OpenRelease] = field(default_factory=OrderedDict)
    _opening: dict[tuple[str, str], asyncio.Task[OpenRelease]] = field(default_factory=dict)

    def state(self, *, look_now: bool = False) -> State:
        """Return the releases, looking at the file again when a second has gone by.

        Raises ReleasesError as long as the list cannot be read: what it said before may since
        have been withheld.
        """
        now = self.clock()
        if look_now or now - self._looked_at >= LOOK_EVERY:
            self._looked_at = now
            self._fault = ""
            try:
                self._look()
            except ReleasesError as error:
                self._fault = str(error)
                raise
        if self._fault:
            raise ReleasesError(self._fault)
        return self._state

    def open(self, release: Release) -> OpenRelease:
        """Return an open release at once; raises SnapshotError when its snapshot is not whole."""
        key = (release.id, release.digest)
        found = self._open.get(key)
        if found is None:
            folder = self.home / "snapshots" / release.digest
            found = OpenRelease(
                id=release.id,
                published_at=release.published_at,
                snapshot=open_snapshot(folder),
                published_on=release.published_on or release.published_at[:10],
                public_url=self.public_url,
                most_kept_rows=self.kept_rows,
            )
            self._remember(key, found)
        with suppress(KeyError):  # another thread may just have closed it
            self._open.move_to_end(key)
        return found

    def written_at(self, release: Release) -> float:
        """Return when a release was published, or its snapshot written again: a redaction."""
        published = moment_of(release.published_at).timestamp()
        with suppress(FileNotFoundError):
            folder = self.home / "snapshots" / release.digest
            return max(published, folder.stat().st_mtime)
        return published

    def warm(self) -> bool:
        """Open the latest release, so that nobody waits for it; say whether there is one.

        Raises SnapshotError when it is not whole.
        """
        state = self.state(look_now=True)
        latest = state.by_id.get(state.latest or "")
        return latest is not None and bool(self.open(latest))

    async def open_aside(self, release: Release) -> OpenRelease:
        """Return an open release; a first opening takes place once, beside the event loop."""
        key = (release.id, release.digest)
        if key in self._open:
            return self.open(release)
        task = self._opening.get(key)
        if task is None:
            task = asyncio.create_task(asyncio.to_thread(self.open, release))
            self._opening[key] = task
            task.add_done_callback(lambda _: self._opening.pop(key, None))
        try:
            return await asyncio.shield(task)
        except SnapshotError as error:
            raise being_replaced(f"release {release.id}: {error}") from error

    def _remember(self, key: tuple[str, str], opened: OpenRelease) -> None:
        self._open[key] = opened
        while len(self._open) > self.keep_open:
            self._open.popitem(last=False)[1].let_go()

    def _look(self) -> None:
        paths = (self.home / LIST_NAME, self.home / COMMENTS_NAME, index_path(self.home))
        seen = tuple(map(_mark, paths))
        if seen == self._seen:
            return
        found = with_boundaries(with_comments(read_state(paths[0]), paths[1]), paths[2])
        changed_at = max((mark[0] / 1e9 for mark in seen if mark), default=0.0)
        self._state = replace(found, changed_at=changed_at)
        self._seen = seen
        held = {(release.id, release.digest) for release in self._state.releases}
        for key in [key for key in self._open if key not in held]:
            # A redaction changed its digest: nothing may read it any more.
            self._open.pop(key).let_go()


def _mark(path: Path) -> tuple[int, ...]:
    """Return what changes when a file is replaced; nothing where there is none."""
    try:
        stat = path.stat()
    except FileNotFoundError:
        return ()
    return (stat.st_mtime_ns, stat.st_ino, stat.st_size)


def read_state(path: Path) -> State:
    """Read the list of releases; raises ReleasesError when it cannot be read."""
    found = read_releases(path)
    if found is None:
        return State(token="")
    token = sha256(repr(found).encode()).hexdigest()
    return State(
        token=token,
        latest=found.latest,
        releases=found.releases,
        is_practice=found.is_practice,
    )


def with_comments(state: State, path: Path) -> State:
    """Add the comments; figures are answered without them where their file cannot be read."""
    try:
        found = read_commentary(path)
    except CommentaryError:
        LOG.exception("the comments cannot be read")
        return state
    if found is None or not found.comments:
        return state
    token = sha256(f"{state.token} {found}".encode()).hexdigest()
    return replace(state, token=token, comments=found.comments)


def with_boundaries(state: State, path: Path) -> State:
    """Add the boundaries; all else is answered without them where their index cannot be read."""
    try:
        found = read_index(path)
    except BoundariesError:
        LOG.exception("the boundaries cannot be read")
        return state
    if not found:
        return state
    token = sha256(f"{state.token} {found}".encode()).hexdigest()
    return replace(state, token=token, boundaries=found)


def _withdrawn(release: Release) -> ProblemError:
    told = dict(release.withdrawn or {})
    reason = told.get("reason", "no reason is recorded")
    replacement = told.get("replacement", "")
    advice = f" It is replaced by {replacement}." if replacement else ""
    return ProblemError(
        410,
        "withdrawn",
        f"release {release.id} was withdrawn: {reason}.{advice}",
        parameter="release",
        suggestions=[replacement] if replacement else [LATEST],
        more={"withdrawn": told},
    )


def _moment_asked(text: str) -> datetime:
    """Read a day or a moment as a reader writes it; raises ProblemError."""
    with suppress(ValueError):
        if _WRITTEN.fullmatch(text):
            return moment_of(text, end_of_day=True)
    form = "write a day as 2026-11-20 (YYYY-MM-DD), or a moment as 2026-11-20T09:30:00Z"
    raise bad_value("as_of", f"'{text[:40]}' is neither a day nor a moment; {form}")


def moment_of(text: str, *, end_of_day: bool = False) -> datetime:
    """Read a day or a moment; raises ValueError."""
    if len(text) == len("2026-11-20"):
        day = date.fromisoformat(text)
        clock = (23, 59, 59) if end_of_day else (0, 0, 0)
        return datetime(day.year, day.month, day.day, *clock, tzinfo=UTC)
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
