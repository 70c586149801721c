"""The list of releases that public processes read: written whole, replaced by one rename."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from indicators.lasting_files import replace_file

FORMAT: Final = 1
REBUILT_HISTORY: Final = "rebuilt_history"
"""Kind of a release made later from old publications and dated when they came out."""


class ReleasesError(Exception):
    """The list of releases is there but cannot be read."""


@dataclass(frozen=True)
class ReleaseEntry:
    """One release; `digest` names its snapshot folder, `published_at` is a moment in UTC.

    `withdrawn` has `reason`, `withdrawn_on` and, where there is one, `replacement`. `amends` is
    the id of the release that this one corrects, `amended_by` of the one that corrects it.
    """

    id: str
    kind: str
    published_at: str
    published_on: str
    digest: str
    policy: str = ""
    note: str = ""
    withdrawn: Mapping[str, str] | None = None
    amends: str = ""
    amended_by: str = ""


@dataclass(frozen=True)
class ReleaseList:
    """All releases, oldest first; `latest` is the id of the newest that was not withdrawn.

    `is_practice` says that every figure of every one is made up.
    """

    place_set: str
    latest: str | None = None
    releases: tuple[ReleaseEntry, ...] = ()
    is_practice: bool = False
    format: int = field(default=FORMAT)


_LIST: Final = TypeAdapter(ReleaseList)


def read_releases(path: Path) -> ReleaseList | None:
    """Read the list; None when there is none yet; raises ReleasesError when it is damaged."""
    try:
        found = _LIST.validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except ValidationError as error:
        msg = f"{path.name} cannot be read ({error.error_count()} faults); it is written by release"
        raise ReleasesError(msg) from error
    if found.format != FORMAT:
        msg = f"{path.name} has format {found.format}; this version reads {FORMAT}"
        raise ReleasesError(msg)
    return found


def write_releases(path: Path, releases: ReleaseList) -> None:
    """Replace the list in one step: a reader sees the old one or the new one, never a part."""
    replace_file(path, _LIST.dump_json(releases, indent=1) + b"\n")
