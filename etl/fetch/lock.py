"""The lock file: exactly what was fetched, so that it can be told whether there is anything new."""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

from pydantic import ValidationError

from etl.fetch.faults import FetchError, unreadable
from indicators.parts import Part

LOCK_NAME: Final = "fetch.lock.json"
_CHUNK: Final = 1 << 20


class LockEntry(Part):
    """What was fetched for one name; `sha256` and `bytes` are those of the file as it lies here.

    `version` is that of the public API, or release and time of the last change on the website.
    """

    publication: str
    table: str | None
    data_set_id: str
    data_set_title: str
    version: str
    release: str
    published: str | None
    file_id: str
    total_results: int | None
    file: str
    sha256: str
    bytes: int
    rows: int
    url: str
    fetched_at: str
    licence: str = "Open Government Licence v3.0"


class LockFile(Part):
    """All entries, by name."""

    format: Literal[1] = 1
    sources: Mapping[str, LockEntry] = {}


def read_lock(folder: Path) -> LockFile:
    """Read the lock file of a folder, empty where there is none; raises FetchError."""
    path = folder / LOCK_NAME
    try:
        return LockFile.model_validate(json.loads(path.read_bytes()))
    except FileNotFoundError:
        return LockFile()
    except ValidationError as error:
        field = ".".join(map(str, error.errors()[0]["loc"]))
        raise _damaged(f"{field}: {error.errors()[0]['msg']}") from None
    except ValueError:
        raise _damaged("text that is not JSON") from None
    except OSError as error:
        raise _damaged(error.strerror or "an error on reading") from None


def write_entry(folder: Path, name: str, entry: LockEntry) -> LockFile:
    """Put one entry into the lock file and return the whole, as it then is."""
    lock = read_lock(folder)
    sources = dict(sorted({**lock.sources, name: entry}.items()))
    new = LockFile(sources=sources)
    text = json.dumps(new.model_dump(mode="json"), indent=1, ensure_ascii=False)
    path = folder / f".{LOCK_NAME}.new"
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(f"{text}\n")
        out.flush()
        os.fsync(out.fileno())
    path.replace(folder / LOCK_NAME)
    return new


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file; '' where there is none."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as content:
            while piece := content.read(_CHUNK):
                digest.update(piece)
    except FileNotFoundError:
        return ""
    return digest.hexdigest()


def _damaged(found: str) -> FetchError:
    return unreadable(
        "damaged_lock",
        LOCK_NAME,
        found,
        "the lock file as `outcomes fetch` wrote it",
        "take it from a backup, or move it away: then everything is fetched and recorded anew",
    )
