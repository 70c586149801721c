"""What the stand-in publishes: data sets with versions, files of the website, and replies."""

import gzip
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """What is sent; `cut_after` bytes the connection drops, and `delay` comes before the rest."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    cut_after: int | None = None
    delay: float = 0.0
    has_length: bool = True


@dataclass
class Edition:
    """One version of a data set of the API."""

    version: str
    type: str
    csv: bytes
    status: str = "Published"
    rows: int | None = None
    release: str = "2025"
    notes: str = ""
    body: bytes | None = None

    @property
    def parts(self) -> tuple[int, ...]:
        """The number, all three parts of it."""
        numbers = [int(part) for part in self.version.split(".")]
        return (*numbers, *[0] * (3 - len(numbers)))

    @property
    def sent(self) -> bytes:
        """The bytes on the wire: always gzip."""
        return gzip.compress(self.csv, mtime=0) if self.body is None else self.body

    def summary(self) -> Json:
        """What the list of versions says."""
        rows = self.csv.count(b"\n") - 1 if self.rows is None else self.rows
        digest = hashlib.md5(self.version.encode(), usedforsecurity=False).hexdigest()
        return {
            "version": self.version,
            "type": self.type,
            "status": self.status,
            "published": "2025-11-27T09:30:00Z",
            "notes": self.notes,
            "totalResults": rows,
            "file": {"id": f"{digest[:8]}-0000-4000-8000-000000000000"},
            "release": {"slug": self.release, "title": f"Reporting year {self.release}"},
        }


@dataclass
class DataSet:
    """A data set of the API with its versions, oldest first; drafts are among them."""

    id: str
    title: str
    editions: list[Edition] = field(default_factory=list)
    status: str = "Published"
    superseded_by: str | None = None
    major_changes: Json = field(default_factory=dict)

    def public(self) -> list[Edition]:
        """Every version that anyone may see, newest first."""
        return [e for e in reversed(self.editions) if e.status != "Draft"]

    def matching(self, pin: str) -> Edition | int:
        """Return the version that a pin asks for, or the status that says no."""
        if re.fullmatch(r"v?\d+(\.\d+){0,2}", pin):
            wanted = Edition(pin.removeprefix("v"), "", b"").parts
            found = [e for e in self.editions if e.parts == wanted]
        elif re.fullmatch(r"\*|\d+\.\*|\d+\.\d+\.\*", pin):
            start = [int(part) for part in pin.split(".") if part != "*"]
            live = [e for e in self.public() if e.status == "Published"]
            found = [e for e in live if list(e.parts[: len(start)]) == start]
        else:
            return 404
        if not found:
            return 404
        return 403 if found[0].status == "Draft" else found[0]

    def summary(self) -> Json:
        """What is said of the data set; fields without a value are left out."""
        published = [e for e in self.public() if e.status == "Published"]
        more: Json = {"supersedingDataSetId": self.superseded_by} if self.superseded_by else {}
        if published:
            latest = published[0].summary()
            more["latestVersion"] = {key: latest[key] for key in ("version", "totalResults")}
        return {"id": self.id, "title": self.title, "status": self.status, **more}


@dataclass
class WebFile:
    """A file of the website that is not in the API."""

    id: str
    filename: str
    csv: bytes
    release: str = "2025"
    last_updated: str = "2025-10-30T09:30:00Z"
    rows: int | None = None
    is_latest: bool = True
    api: Json | None = None

    def meta(self) -> Json:
        """How many rows it is said to have."""
        return {"numDataFileRows": self.csv.count(b"\n") - 1 if self.rows is None else self.rows}


def as_json(answer: object, status: int = 200) -> Reply:
    """Send an answer."""
    return Reply(status, json.dumps(answer).encode(), {"Content-Type": "application/json"})


def said(status: int, title: str) -> Reply:
    """Say no, as the publisher does."""
    return as_json({"title": title, "status": status}, status)


def paged(items: list[Json], query: Mapping[str, str], most: int) -> Json | Reply:
    """Return one page of a list; there is one page even of nothing."""
    page, size = int(query.get("page", 1)), int(query.get("pageSize", 10))
    if not (page >= 1 and 1 <= size <= most):
        return said(400, "page or pageSize is out of range")
    paging = {"page": page, "pageSize": size, "totalResults": len(items)}
    paging["totalPages"] = max(1, ceil(len(items) / size))
    return {"paging": paging, "results": items[(page - 1) * size : page * size]}
