"""Downloading one file into a part file, going on where an earlier try broke off."""

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import httpx

from etl.fetch.faults import FetchError, RefusedStatusError, TryAgainError, refused
from etl.fetch.web import Web
from etl.file_kinds import megabytes

_CONTENT_RANGE: Final = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


@dataclass(frozen=True)
class PartFile:
    """A file that is on its way, and beside it where it comes from and its strong ETag."""

    path: Path

    @property
    def _about(self) -> Path:
        return self.path.with_name(f"{self.path.name}.json")

    def start(self, url: str) -> tuple[int, str]:
        """Return from which byte a download can go on and the ETag it depends on, or 0 and ''."""
        try:
            about = json.loads(self._about.read_bytes())
            held = self.path.stat().st_size
        except (OSError, ValueError):
            return 0, ""
        is_same = isinstance(about, dict) and about.get("url") == url and about.get("etag")
        return (held, str(about["etag"])) if is_same and held else (0, "")

    def remember(self, url: str, etag: str) -> None:
        """Write down where the bytes come from."""
        self._about.write_text(json.dumps({"url": url, "etag": etag}), encoding="utf-8")

    def discard(self) -> None:
        """Forget what was downloaded."""
        self.path.unlink(missing_ok=True)
        self._about.unlink(missing_ok=True)


def receive(web: Web, url: str, part: PartFile, place: str) -> None:
    """Download a file once, or the rest of it.

    Bytes are kept as they are sent, packed or not. Raises TryAgainError if it breaks off: what
    has come is kept if the server gave an ETag by which the rest can be asked for.
    """
    start, etag = part.start(url)
    headers = {"Accept": "text/csv", "Accept-Encoding": "gzip"}
    if start:
        headers |= {"Range": f"bytes={start}-", "If-Range": etag}
    try:
        with web.opened(url, headers=headers) as response:
            start = _agreed_start(response, start, part)
            _look_at_length(web, response, start, place)
            part.path.parent.mkdir(parents=True, exist_ok=True)
            part.remember(url, _strong(response.headers.get("ETag", "")))
            with part.path.open("r+b" if start else "wb") as out:
                out.seek(start)
                out.truncate()
                _write(web, response, out, place)
    except RefusedStatusError as error:
        if error.status != httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            raise
        part.discard()
        raise TryAgainError("a server that does not have the rest of the file") from None


def _agreed_start(response: httpx.Response, asked: int, part: PartFile) -> int:
    """Return where the answer begins: at what was asked for, or at 0 if the server starts anew."""
    if response.status_code != httpx.codes.PARTIAL_CONTENT:
        return 0
    said = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
    if asked and said and int(said[1]) == asked:
        return asked
    part.discard()
    raise TryAgainError("another part of the file than was asked for")


def _strong(etag: str) -> str:
    """Return an ETag that stands for the very same bytes; '' for any other."""
    return etag if etag.startswith('"') else ""


def _look_at_length(web: Web, response: httpx.Response, start: int, place: str) -> None:
    length = response.headers.get("Content-Length", "")
    if length.isascii() and length.isdigit() and start + int(length) > web.limits.file_bytes:
        raise too_large(place, f"a file of {megabytes(start + int(length))}", web)


def _write(web: Web, response: httpx.Response, out: BinaryIO, place: str) -> None:
    began = web.clock.stopwatch()
    for piece in response.iter_raw():
        out.write(piece)
        if out.tell() > web.limits.file_bytes:
            raise too_large(place, f"more than {megabytes(web.limits.file_bytes)}", web)
        if web.clock.stopwatch() - began > web.limits.file_seconds:
            found = f"a file that had not come after {web.limits.file_seconds / 60:.0f} minutes"
            raise TryAgainError(found, rule="too_slow")
    out.flush()
    os.fsync(out.fileno())


def too_large(place: str, found: str, web: Web) -> FetchError:
    """Make the error for a file that is larger than any of these publications."""
    return refused(
        "too_large",
        place,
        found,
        f"at most {megabytes(web.limits.file_bytes)}",
        "look at the file on the publisher's page; if it is right, download it there and load it "
        "from the folder you saved it in",
    )
