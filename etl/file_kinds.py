"""What a file is, told by its first bytes and not by its name; unpacking within limits."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import Final

from etl.findings import Finding, Place, Severity

_CHUNK: Final = 1 << 20
_MAX_ZIP_MEMBERS: Final = 10_000

_SAVE_AS_CSV: Final = "open it and save it as 'CSV UTF-8 (comma delimited)'"


@dataclass(frozen=True)
class Limits:
    """How much one file may cost; beyond it the file is refused with one finding."""

    packed_bytes: int = 100_000_000
    unpacked_bytes: int = 500_000_000
    memory_bytes: int = 2_500_000_000
    seconds: int = 120
    columns: int = 2_000


class RefusedFileError(Exception):
    """A file that cannot be taken; `findings` say why."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__("; ".join(map(str, findings)))
        self.findings = findings


def refused(
    rule: str, place: Place, found: str, expected: str = "", advice: str = ""
) -> RefusedFileError:
    """Make the error for a file that cannot be read at all."""
    return RefusedFileError(Finding(rule, Severity.UNREADABLE, place, found, expected, advice))


def megabytes(size: int) -> str:
    """Write a size as people read it."""
    return f"{size / 1_000_000:,.1f} MB" if size >= 100_000 else f"{size:,} bytes"


def unpacked(name: str, content: bytes, limits: Limits) -> bytes:
    """Return the bytes inside gzip, or the bytes themselves; raises RefusedFileError."""
    place = Place(name)
    if not content:
        raise refused("empty_file", place, "a file of 0 bytes", "a table", "fetch it again")
    return _gunzipped(place, content, limits) if content[:2] == b"\x1f\x8b" else content


def _gunzipped(place: Place, content: bytes, limits: Limits) -> bytes:
    """Unpack piece by piece, so that a gzip bomb costs no more than the limit."""
    out = bytearray()
    rest = content
    while rest:
        unpacker = zlib.decompressobj(wbits=31)
        try:
            rest = _member(place, unpacker, rest, out, limits)
        except zlib.error as error:
            raise refused(
                "damaged_gzip",
                place,
                f"gzip that breaks off ({error})",
                "a whole gzip file",
                "fetch the file again",
            ) from None
    if not out:
        raise refused("empty_file", place, "gzip of nothing", "a table", "fetch it again")
    return bytes(out)


def _member(
    place: Place, unpacker: "zlib._Decompress", content: bytes, out: bytearray, limits: Limits
) -> bytes:
    """Unpack one member of a gzip file; return what follows it (another member, or nothing)."""
    rest = content
    while not unpacker.eof:
        piece = unpacker.decompress(rest, _CHUNK)
        out += piece
        rest = unpacker.unconsumed_tail
        if len(out) > limits.unpacked_bytes:
            raise refused(
                "too_large_unpacked",
                place,
                f"more than {megabytes(limits.unpacked_bytes)} inside {megabytes(len(content))}",
                f"at most {megabytes(limits.unpacked_bytes)} unpacked",
                "split the file, or raise OUTCOMES_MAX_UNPACKED_BYTES if it is what you expect",
            )
        if not piece and not rest and not unpacker.eof:
            raise refused(
                "truncated_file",
                place,
                "gzip that ends too early",
                "a whole gzip file",
                "the download broke off; fetch the file again",
            )
    return unpacker.unused_data.lstrip(b"\0")


def kind_of(name: str, content: bytes, limits: Limits) -> str:
    """Return `csv` or `workbook`; raises RefusedFileError for anything else."""
    if content[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _kind_of_zip(name, content, limits)
    for start, what in _FOREIGN.items():
        if content.startswith(start):
            raise refused(
                "not_a_table", Place(name), what, "CSV, ODS or XLSX", _ADVICE.get(what, "")
            )
    beginning = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if re.match(rb"<(!doctype|html|head|body|\?xml|table|!--)", beginning, re.IGNORECASE):
        raise refused(
            "not_a_table",
            Place(name),
            "a web page (HTML or XML)",
            "CSV, ODS or XLSX",
            "the download gave a page instead of the file; fetch the file itself",
        )
    return "csv"


_FOREIGN: Final = {
    b"\xd0\xcf\x11\xe0": "an old Excel workbook (.xls)",
    b"%PDF": "a PDF document",
    b"PAR1": "a Parquet file",
    b"ARROW1": "an Arrow file",
    b"\xff\xfe": "text in UTF-16",
    b"\xfe\xff": "text in UTF-16",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"SQLite format 3": "a SQLite database",
    b"\x89PNG": "a picture",
    b"\x7fELF": "a program",
    b"MZ": "a program",
}

_ADVICE: Final = {
    "an old Excel workbook (.xls)": _SAVE_AS_CSV,
    "text in UTF-16": _SAVE_AS_CSV,
    "a bzip2 archive": "unpack it",
    "an xz archive": "unpack it",
    "a 7z archive": "unpack it",
    "a RAR archive": "unpack it",
}


def _kind_of_zip(name: str, content: bytes, limits: Limits) -> str:
    place = Place(name)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise refused(
            "truncated_file",
            place,
            "a workbook or archive that breaks off",
            "a whole file",
            "fetch the file again",
        ) from None
    size = sum(member.file_size for member in members)
    if size > limits.unpacked_bytes or len(members) > _MAX_ZIP_MEMBERS:
        raise refused(
            "too_large_unpacked",
            place,
            f"{megabytes(size)} in {len(members):,} parts inside {megabytes(len(content))}",
            f"at most {megabytes(limits.unpacked_bytes)} unpacked",
            "split the file",
        )
    if not {"xl/workbook.xml", "xl/workbook.bin", "content.xml"} & {m.filename for m in members}:
        raise refused("not_a_table", place, "an archive of files", "a table", "unpack it")
    if name.lower().removesuffix(".gz").endswith((".csv", ".tsv", ".txt")):
        raise refused(
            "workbook_named_csv",
            place,
            "a workbook whose name says it is text",
            "text with commas",
            f"{_SAVE_AS_CSV}, or give it its right name (.xlsx or .ods)",
        )
    return "workbook"
