"""Several files as one zip: the same files give the same bytes, whenever it is written."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_PACKED: Final = (".gz", ".parquet", ".zip")
_READABLE: Final = 0o644 << 16
_UNIX: Final = 3


def write_zip(path: Path, parts: Mapping[str, Path]) -> None:
    """Write files under their names in the zip; those that are packed already are only stored."""
    with ZipFile(path, "w") as archive:
        for name, part in parts.items():
            entry = ZipInfo(name)  # of 1980: no clock
            entry.create_system = _UNIX
            entry.external_attr = _READABLE
            entry.compress_type = ZIP_STORED if part.suffix in _PACKED else ZIP_DEFLATED
            entry.file_size = part.stat().st_size
            with part.open("rb") as source, archive.open(entry, "w") as target:
                shutil.copyfileobj(source, target)
