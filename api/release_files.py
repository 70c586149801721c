"""The files of a release: their names, sizes, digests and what each is for."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from api.contract import API_PREFIX
from api.formats import FORMATS
from api.opened import OpenRelease
from indicators.export import (
    ABOUT_FILES,
    CHECKSUMS,
    CSVW,
    FOLDER,
    OBSERVATIONS_CSV,
    OBSERVATIONS_UNPACKED,
    WITH_FIGURES,
)
from indicators.file_tables import TABLES
from indicators.practice import RELEASE_PREFIX
from indicators.snapshot import Snapshot

PLAIN_BYTES: Final = "application/octet-stream"
MEDIA_TYPES: Final = {
    ".bib": "application/x-bibtex",
    ".cff": "application/yaml",
    ".csv": "text/csv; charset=utf-8",
    ".gz": "application/gzip",
    ".json": "application/json",
    ".jsonl": "application/x-ndjson",
    ".md": "text/markdown; charset=utf-8",
    ".parquet": FORMATS["parquet"].media_type,
    ".txt": "text/plain; charset=utf-8",
    ".zip": "application/zip",
}
"""By suffix; anything else is plain bytes, and nothing is ever shown as a page."""
NO_COUNTS: Final[Mapping[str, int]] = {}
BY_NAME: Final = {CSVW: "application/csvm+json"}


@dataclass(frozen=True)
class ReleaseFile:
    """One file that readers can have; `sha256` is None where only the packed form has one.

    `is_unpacked` says that `path` holds it packed by gzip, to be unpacked as it is sent.
    """

    name: str
    path: Path
    bytes: int
    media_type: str
    sha256: str | None
    rows: int | None
    about: str
    is_unpacked: bool = False


def files_of(release: OpenRelease) -> Mapping[str, ReleaseFile]:
    """Return the files of a release by name; read from disk once and kept with it."""
    found: Mapping[str, ReleaseFile] | None = release.kept.get(files_of)
    if found is None:
        snapshot = release.snapshot
        found = release.kept[files_of] = files_in(snapshot.folder, _row_counts(snapshot))
    return found


def file_named(release: OpenRelease, plain_name: str) -> ReleaseFile | None:
    """Return a file by its name without the mark of practice; None for one it does not have."""
    files = files_of(release)
    return files.get(plain_name) or files.get(f"{RELEASE_PREFIX}{plain_name}")


def file_row(release: OpenRelease, file: ReleaseFile) -> dict[str, Any]:
    """Return the row of /releases/{release}/files."""
    return {
        "name": file.name,
        "bytes": file.bytes,
        "media_type": file.media_type,
        "sha256": file.sha256,
        "rows": file.rows,
        "about": file.about,
        "url": f"{API_PREFIX}/releases/{quote(release.id)}/files/{quote(file.name)}",
        "lasting_url": f"{API_PREFIX}/files/{release.digest}/{quote(file.name)}",
    }


def files_in(
    snapshot_folder: Path, rows: Mapping[str, int] = NO_COUNTS
) -> Mapping[str, ReleaseFile]:
    """Return the files of a snapshot, which need not be open; `rows` are those of its tables."""
    folder = snapshot_folder / FOLDER
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    checksums = _checksums(paths)
    found: dict[str, ReleaseFile] = {}
    for path in paths:
        name = path.relative_to(folder).as_posix()
        plain = name.removeprefix(RELEASE_PREFIX)
        if plain == OBSERVATIONS_CSV:
            unpacked = _unpacked(path, name, rows.get(plain))
            found[unpacked.name] = unpacked
        found[name] = ReleaseFile(
            name=name,
            path=path,
            bytes=path.stat().st_size,
            media_type=BY_NAME.get(plain) or MEDIA_TYPES.get(path.suffix, PLAIN_BYTES),
            sha256=checksums.get(name) or _sha256(path),
            rows=rows.get(plain),
            about=ABOUT_FILES.get(plain, ""),
        )
    return found


def _unpacked(path: Path, name: str, rows: int | None) -> ReleaseFile:
    """Return the figures as a file that is unpacked on the way to its reader."""
    with path.open("rb") as file:
        file.seek(-4, 2)  # gzip ends with the size of what it holds
        size = int.from_bytes(file.read(4), "little")
    return ReleaseFile(
        name=name.removesuffix(".gz"),
        path=path,
        bytes=size,
        media_type=MEDIA_TYPES[".csv"],
        sha256=None,
        rows=rows,
        about=ABOUT_FILES[OBSERVATIONS_UNPACKED],
        is_unpacked=True,
    )


def _row_counts(snapshot: Snapshot) -> Mapping[str, int]:
    """Return how many rows each table has, by the name of its file."""
    counts = dict.fromkeys(WITH_FIGURES, snapshot.index.row_count)
    return counts | {f"{table.name}.csv": len(list(table.rows(snapshot))) for table in TABLES}


def _checksums(paths: list[Path]) -> Mapping[str, str]:
    """Return SHA-256 by name, as the release itself says."""
    found: dict[str, str] = {}
    for path in paths:
        if path.name.removeprefix(RELEASE_PREFIX) == CHECKSUMS:
            lines = path.read_text(encoding="utf-8").splitlines()
            found |= {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    return found


def _sha256(path: Path) -> str:
    """Work out the digest of a file that no list has: the list itself."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
