"""What a catalogue says of each release: facts read from its folder, without opening it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from api.feeds import folder_of
from api.opened import OpenRelease
from api.registry import Release, public_from
from api.release_files import ReleaseFile, files_in
from indicators.citation import cite
from reference.licences import Licence, licence_named
from reference.periods import parse_period


@dataclass(frozen=True)
class Dataset:
    """One release as a data set; first and last are days (ISO), blank where it holds no figure."""

    release: Release
    published: datetime
    first_day: str
    last_day: str
    licences: tuple[Licence, ...]
    files: Mapping[str, ReleaseFile]


@dataclass(frozen=True)
class Holdings:
    """All that a catalogue is made of: the latest release, open, and what is known of all."""

    latest: OpenRelease
    datasets: tuple[Dataset, ...]

    @property
    def title(self) -> str:
        """What the figures are called, as they are cited."""
        return cite(self.latest.snapshot).title

    @property
    def publisher(self) -> str:
        """Who made the releases."""
        return cite(self.latest.snapshot).author

    def address(self, path: str) -> str:
        """Return a path as readers find it."""
        return f"{self.latest.public_url}{path}"


def dataset_of(home: Path, release: Release) -> Dataset | None:
    """Return what is known of a release; None where its folder is just being replaced."""
    folder = folder_of(home, release)
    try:
        index: dict[str, Any] = orjson.loads((folder / "index.json").read_bytes())
        sources: list[dict[str, Any]] = orjson.loads((folder / "sources.json").read_bytes())
        files = files_in(folder)
    except FileNotFoundError:
        return None
    periods = [parse_period(id) for id in index["periods"]]
    names = dict.fromkeys(source["licence"] for source in sources if source["licence"])
    return Dataset(
        release=release,
        published=public_from(release),
        first_day=min(p.start for p in periods).isoformat() if periods else "",
        last_day=max(p.end for p in periods).isoformat() if periods else "",
        licences=tuple(map(licence_named, names)),
        files=files,
    )
