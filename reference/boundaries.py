"""Boundaries as a home folder holds them: sets of shapes, each of one level as at one day.

The worker writes them, the public process reads them; the index is replaced in one step. A set is
named by the digest of its shapes, so what a name stands for never changes.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from reference.areas import AreaKind

FOLDER: Final = "boundaries"
INDEX: Final = "index.json"
FORMAT: Final = 1

WEB: Final = "web"
FULL: Final = "full"
DETAILS: Final = (WEB, FULL)
"""How finely shapes are drawn: for pages, and as they were loaded."""

LEVELS: Final = (AreaKind.AUTHORITY, AreaKind.REGION, AreaKind.COUNTRY)


class BoundariesError(Exception):
    """The index of boundaries is there but cannot be read."""


@dataclass(frozen=True)
class BoundarySet:
    """The shapes of all areas of one level that existed on a day.

    `sizes` are the bytes of each of DETAILS.
    """

    digest: str
    place_set: str
    level: str
    as_at: str
    source: str
    licence: str
    attribution: str
    areas: int
    sizes: Mapping[str, int]

    @property
    def replaces(self) -> tuple[str, str, str]:
        """What a set loaded later must share to take the place of this one."""
        return (self.place_set, self.level, self.as_at)


def index_path(home: Path) -> Path:
    """Return where the index is."""
    return home / FOLDER / INDEX


def shapes_path(home: Path, digest: str, detail: str) -> Path:
    """Return where the shapes of a set are: a JSON object, code of an area to its geometry."""
    return home / FOLDER / digest / f"{detail}.json"


def read_index(path: Path) -> tuple[BoundarySet, ...]:
    """Return the sets held, none where none were loaded; raises BoundariesError."""
    try:
        content: Any = json.loads(path.read_bytes())
        if content["format"] != FORMAT:
            msg = f"{path.name} of boundaries has another format; load the boundaries again"
            raise BoundariesError(msg)
        return tuple(BoundarySet(**one) for one in content["sets"])
    except FileNotFoundError:
        return ()
    except (ValueError, KeyError, TypeError) as error:
        msg = f"{path.name} of boundaries cannot be read; load the boundaries again"
        raise BoundariesError(msg) from error


def index_bytes(sets: Iterable[BoundarySet]) -> bytes:
    """Return an index as it is written."""
    content = {"format": FORMAT, "sets": [asdict(one) for one in sets]}
    return json.dumps(content, indent=1, ensure_ascii=False).encode() + b"\n"


def with_set(sets: Iterable[BoundarySet], new: BoundarySet) -> tuple[BoundarySet, ...]:
    """Return the sets with a new one, which takes the place of an older of the same day."""
    kept = [one for one in sets if one.replaces != new.replaces]
    return tuple(sorted((*kept, new), key=lambda one: one.replaces))


def in_force(sets: Iterable[BoundarySet], level: str, on: str | None) -> BoundarySet | None:
    """Return the set of a level that was in force on a day (ISO), the newest for none."""
    known = [one for one in sets if one.level == level and (on is None or one.as_at <= on)]
    return max(known, key=lambda one: one.as_at, default=None)
