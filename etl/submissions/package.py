"""Taking in what an authority sends, in memory: CSV, JSON or a workbook, a folder or a ZIP."""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from errno import EINVAL
from pathlib import Path, PurePosixPath
from typing import Final

from etl.file_kinds import Limits, RefusedFileError, kind_of, megabytes
from etl.findings import Place
from etl.submissions.json_table import is_json
from etl.submissions.privacy import screen_table, screen_text
from etl.submissions.rules import finding

MAX_BYTES: Final = 5_000_000
MAX_UNPACKED_BYTES: Final = 25_000_000
MAX_RATIO: Final = 200
MAX_MEMBERS: Final = 100
MANIFEST_NAME: Final = "manifest.json"

MEDIA_TYPES: Final = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
_TABLE_ENDINGS: Final = (".csv", ".xlsx", ".json")
_LITTER: Final = ("__MACOSX/", ".DS_Store", "Thumbs.db")
_MACRO_PARTS: Final = ("vbaproject.bin", "/macrosheets/", "/externallinks/", "/activex/")


@dataclass(frozen=True)
class Package:
    """What was sent: one table of counts and, unless it was left out, its manifest."""

    name: str
    table_name: str
    table: bytes
    manifest: bytes | None
    is_workbook: bool
    is_loose: bool
    """Whether the table came by itself, neither in a folder nor in an archive."""

    @property
    def table_place(self) -> Place:
        """Where findings about the table point to."""
        return Place(self.table_name if self.is_loose else f"{self.name}/{self.table_name}")

    @property
    def manifest_place(self) -> Place:
        """Where findings about the manifest point to."""
        return Place(f"{self.name}/{MANIFEST_NAME}")


def open_package(path: Path) -> Package:
    """Read a package into memory; raises RefusedFileError. Nothing is written anywhere."""
    try:
        if path.is_dir():
            return _from_members(path.name, _folder_members(path), is_loose=False)
        content = _read_at_most(path, MAX_BYTES)
    except OSError as error:
        raise _not_a_package(path.name, error.strerror or "an error", "check the name") from None
    return package_of(path.name, content)


def package_of(name: str, content: bytes) -> Package:
    """Return the package in the bytes of one file; raises RefusedFileError."""
    place = Place(name)
    if not content:
        raise _not_a_package(name, "a file of 0 bytes", "send the file again")
    if is_zip(content) and not _is_workbook(name, content):
        return _from_members(name, _zip_members(place, content), is_loose=False)
    return _from_members(name, {name: content}, is_loose=True)


def is_zip(content: bytes) -> bool:
    """Say whether the bytes begin as a ZIP archive does."""
    return content[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def media_type_of(content: bytes) -> str:
    """Return the media type of a table, told by its content."""
    if is_zip(content):
        return MEDIA_TYPES["xlsx"]
    return MEDIA_TYPES["json" if is_json(content) else "csv"]


def _from_members(name: str, members: Mapping[str, bytes], *, is_loose: bool) -> Package:
    """Pick the table and the manifest; anything else in a package is refused.

    Before anything else is said of the files, they are screened for records about children.
    """
    for member, content in members.items():
        place = Place(member if is_loose else f"{name}/{member}")
        (screen_text if member == MANIFEST_NAME else screen_table)(place, content)
    manifest = members.get(MANIFEST_NAME)
    tables = {n: b for n, b in members.items() if n != MANIFEST_NAME}
    if len(tables) != 1:
        found = f"{len(tables)} files beside the manifest" if tables else "no data file"
        limit = f"one data.csv, data.xlsx or data.json and {MANIFEST_NAME}"
        raise RefusedFileError(finding("S02", Place(name), what=found, limit=limit))
    [(table_name, content)] = tables.items()
    if len(content) > MAX_BYTES:
        raise too_large(Place(name), len(content))
    is_workbook = _check_kind(Place(name if is_loose else f"{name}/{table_name}"), content)
    return Package(name, table_name, content, manifest, is_workbook, is_loose)


def too_large(place: Place, size: int) -> RefusedFileError:
    """Refuse a file by its size."""
    limit = f"at most {megabytes(MAX_BYTES)}"
    return RefusedFileError(finding("S02", place, what=f"{megabytes(size)}", limit=limit))


def _not_a_package(name: str, what: str, advice: str) -> RefusedFileError:
    return RefusedFileError(finding("S01", Place(name), what=what, advice=advice))


def _check_kind(place: Place, content: bytes) -> bool:
    """Say whether the table is a workbook; refuses what is neither that nor text."""
    name = place.file
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RefusedFileError(finding("S04", place, what="text in UTF-16"))
    if content[:2] == b"\x1f\x8b":
        raise _not_a_package(name, "a gzip file", "unpack it")
    if not content.strip():
        raise _not_a_package(name, "an empty file", "send the file again")
    try:
        # By content alone: the name of a file is advice.
        kind = kind_of("data", content, Limits(MAX_BYTES, MAX_UNPACKED_BYTES))
    except RefusedFileError as error:
        first = error.findings[0]
        rule = "S02" if first.rule == "too_large_unpacked" else "S01"
        advice = first.advice or "send the data file"
        raise RefusedFileError(
            finding(rule, place, what=first.found, advice=advice, limit=first.expected)
        ) from None
    if kind == "workbook":
        _check_workbook(place, content)
    return kind == "workbook"


def _check_workbook(place: Place, content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = book.infolist()
    for part in parts:
        bad = next((bad for bad in _MACRO_PARTS if bad in f"/{part.filename}".lower()), None)
        if bad:
            what = "links to other workbooks" if "link" in bad else "macros"
            raise RefusedFileError(finding("S03", place, what=what))
    _check_archive(place, parts, len(content))


def _check_archive(place: Place, parts: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(part.file_size for part in parts)
    ratio = unpacked / max(size, 1)
    if len(parts) > MAX_MEMBERS:
        raise _unpacks(place, f"{len(parts):,} parts", f"at most {MAX_MEMBERS}")
    if unpacked > MAX_UNPACKED_BYTES or ratio > MAX_RATIO:
        limit = f"at most {megabytes(MAX_UNPACKED_BYTES)} unpacked"
        raise _unpacks(place, f"{megabytes(unpacked)} inside {megabytes(size)}", limit)


def _unpacks(place: Place, what: str, limit: str) -> RefusedFileError:
    return RefusedFileError(finding("S02", place, what=what, limit=limit))


def _is_workbook(name: str, content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise _not_a_package(name, "an archive that breaks off", "send the file again") from None
    return "[Content_Types].xml" in names


def _zip_members(place: Place, content: bytes) -> dict[str, bytes]:
    members: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [part for part in archive.infolist() if not _is_litter(part.filename)]
        _check_archive(place, parts, len(content))
        for part in parts:
            if part.is_dir():
                continue
            name = _safe_name(place, part)
            if name in members:
                raise _unpacks(place, "two files of one name", "one file of each name")
            members[name] = _unpacked(place, archive, part)
    return members


def _is_litter(name: str) -> bool:
    return name.startswith(_LITTER[0]) or PurePosixPath(name).name in _LITTER[1:]


def _safe_name(place: Place, part: zipfile.ZipInfo) -> str:
    """Return the last part of a member's name; refuses names that lead elsewhere, and links."""
    path = PurePosixPath(part.filename.replace("\\", "/"))
    leads_out = path.is_absolute() or ".." in path.parts or ":" in part.filename
    if leads_out or stat.S_ISLNK(part.external_attr >> 16):
        raise _unpacks(place, "a file that would unpack elsewhere", "plain file names")
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _unpacks(place, "an archive packed in a rare way", "an ordinary ZIP archive")
    if part.flag_bits & 1:
        raise _unpacks(place, "an archive with a password", "an archive without one")
    return path.name


def _unpacked(place: Place, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """Read one member, never more than allowed, whatever its header claims."""
    try:
        with archive.open(part) as stream:
            content = stream.read(MAX_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError):
        raise _not_a_package(place.file, "a damaged archive", "send the file again") from None
    if len(content) > MAX_BYTES:
        raise too_large(place, part.file_size)
    if is_zip(content) and not _is_workbook(place.file, content):
        raise _unpacks(place, "an archive inside the archive", "the data file itself")
    return content


def _folder_members(folder: Path) -> dict[str, bytes]:
    """Read the manifest and the tables of a folder; other files of the folder stay untouched."""
    wanted = [file for file in sorted(folder.iterdir()) if _is_member(file)]
    return {file.name: _read_at_most(file, MAX_BYTES) for file in wanted}


def _is_member(path: Path) -> bool:
    is_ours = path.name == MANIFEST_NAME or path.name.lower().endswith(_TABLE_ENDINGS)
    return is_ours and path.is_file()


def _read_at_most(path: Path, limit: int) -> bytes:
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise OSError(EINVAL, "not an ordinary file")
    size = found.st_size
    if size > limit:
        raise too_large(Place(path.name), size)
    with path.open("rb") as stream:
        content = stream.read(limit + 1)
    if len(content) > limit:
        raise too_large(Place(path.name), len(content))
    return content


def find_packages(path: Path) -> Iterator[Path]:
    """Yield the packages at a path: itself, or each one inside a folder of packages."""
    if not path.is_dir() or any(_is_member(file) for file in path.iterdir()):
        yield path
        return
    for inner in sorted(path.iterdir()):
        is_candidate = inner.is_dir() or inner.name.lower().endswith((".zip", *_TABLE_ENDINGS))
        if is_candidate and not inner.name.startswith("."):
            yield inner


def bytes_of(path: Path) -> bytes:
    """Return what lies at a path as one file, in memory: a folder becomes an archive of it.

    Raises RefusedFileError. The same folder always gives the same bytes.
    """
    try:
        return _archived(path) if path.is_dir() else _read_at_most(path, MAX_BYTES)
    except OSError as error:
        raise _not_a_package(path.name, error.strerror or "an error", "check the name") from None


def _archived(folder: Path) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in _folder_members(folder).items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()
